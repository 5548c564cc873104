package telegram

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever surrounds a token, and however it is written, nothing of its
// secret is left.
func TestRedactorHidesTokens(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const alphabet = "ABCxyz019_-"
	for range 2000 {
		var secret strings.Builder
		for range 30 + random.IntN(20) {
			secret.WriteByte(alphabet[random.IntN(len(alphabet))])
		}
		token := fmt.Sprintf("%d:%s", random.Int64N(1e12), secret.String())
		r := redactor{token: token}
		other := redactor{token: "1:" + strings.Repeat("q", 30)} // not its own
		for _, text := range []string{
			token,
			"Post https://api.telegram.org/bot" + token + "/getMe: EOF",
			"https://api.telegram.org/file/bot" + url.QueryEscape(token) + "/photo.jpg",
			"%2Fbot" + url.QueryEscape(url.QueryEscape(token)) + "%2F",
			"\n" + token + "\n" + token,
			strings.Repeat("خ", random.IntN(200)) + token,
		} {
			for _, cleaned := range []string{r.text(text), r.detail(text), other.text(text), other.detail(text)} {
				if strings.Contains(cleaned, secret.String()) || strings.Contains(cleaned, secret.String()[:20]) {
					t.Fatalf("%q became %q", text, cleaned)
				}
			}
		}
		// Alone, only its own secret is known.
		if got := r.text("secret " + secret.String()); strings.Contains(got, secret.String()) {
			t.Fatalf("the bare secret is left: %q", got)
		}
	}
}

func TestDetailKeepsNothingOfTheMessage(t *testing.T) {
	r := redactor{token: "1:" + strings.Repeat("q", 30)}
	tests := map[string]string{
		"Bad Request: chat not found":                                          "Bad Request: chat not found",
		"Bad Request: inline keyboard button URL 'https://x.om/سر' is invalid": "Bad Request: inline keyboard button URL … is invalid",
		`Bad Request: can't find "سر"`:                                         "Bad Request: can't find …",
		"chat -1001234567890 is gone":                                          "chat -… is gone",
	}
	for text, want := range tests {
		if got := r.detail(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	if long := r.detail(strings.Repeat("خبر ", 500)); len(long) > maxDetail+4 || !utf8.ValidString(long) {
		t.Errorf("a long text became %d bytes", len(long))
	}
}
