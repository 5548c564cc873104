package whatsapp

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"strings"

	waLog "go.mau.fi/whatsmeow/util/log"
)

// libraryLog passes the library's complaints on without what they may hold of
// people: its lines name numbers and print whole stanzas.
type libraryLog struct{ log *slog.Logger }

var _ waLog.Logger = libraryLog{}

func (l libraryLog) Errorf(format string, args ...any) {
	level := slog.LevelWarn
	if strings.HasPrefix(format, "Error reading from websocket") {
		level = slog.LevelDebug // every connection ends like this
	}
	l.write(level, format, args)
}

func (l libraryLog) Warnf(format string, args ...any) { l.write(slog.LevelDebug, format, args) }
func (l libraryLog) Infof(string, ...any)             {}
func (l libraryLog) Debugf(string, ...any)            {}
func (l libraryLog) Sub(string) waLog.Logger          { return l }

func (l libraryLog) write(level slog.Level, format string, args []any) {
	if !l.log.Enabled(context.Background(), level) {
		return
	}
	l.log.Log(context.Background(), level, "the library complained", "detail", clean(fmt.Sprintf(format, args...)))
}

const longestDetail = 200

// clean takes out of the words of the library and of the system what they may
// hold of people: numbers, stanzas and everything after them.
func clean(s string) string {
	s, _, _ = strings.Cut(s, "<")
	s, _, _ = strings.Cut(s, "\n")
	s = personal.ReplaceAllString(s, "…")
	if r := []rune(s); len(r) > longestDetail {
		s = string(r[:longestDetail])
	}
	return s
}

// personal matches numbers and addresses of people, groups and channels.
var personal = regexp.MustCompile(`[0-9][0-9.:_-]{4,}(@[a-z.]+)?`)
