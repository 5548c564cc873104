package telegram

import (
	"net/url"
	"regexp"
	"strings"
)

// tokenShape is what BotFather hands out: the bot's id, a colon and a secret.
var (
	tokenShape = regexp.MustCompile(`^\d+:[\w-]{30,}$`)
	tokenLike  = regexp.MustCompile(`(?i)\d+(:|%(25)*3a)[\w-]{30,}`)
	quoted     = regexp.MustCompile(`"[^"]*"|'[^']*'|“[^”]*”`)
	longNumber = regexp.MustCompile(`\d{6,}`)
)

const (
	mask      = "***"
	maxDetail = 300
)

// redactor takes what must not be read out of texts for errors and logs.
type redactor struct{ token string }

// text masks the token, however it is written, and whatever looks like one.
func (r redactor) text(s string) string {
	if r.token != "" {
		s = strings.ReplaceAll(s, r.token, mask)
		s = strings.ReplaceAll(s, url.QueryEscape(r.token), mask)
		if _, secret, ok := strings.Cut(r.token, ":"); ok && secret != "" {
			s = strings.ReplaceAll(s, secret, mask)
		}
	}
	return tokenLike.ReplaceAllString(s, mask)
}

// detail is what an error keeps of a description: no token, nothing that was
// quoted from the message, no address of a chat.
func (r redactor) detail(s string) string {
	s = r.text(s)
	s = quoted.ReplaceAllString(s, "…")
	s = longNumber.ReplaceAllString(s, "…")
	if len(s) > maxDetail {
		s = strings.ToValidUTF8(s[:maxDetail], "") + "…"
	}
	return s
}
