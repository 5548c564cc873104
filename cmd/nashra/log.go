package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"regexp"

	"github.com/nashra-bot/nashra/cmd/wire"
)

// tokenShape is that of a Telegram bot's token, wherever it stands: also in an
// address, and also when its colon is escaped there; and that of a client's.
var tokenShape = regexp.MustCompile(`(?i)\d+(:|%(25)*3a)[\w-]{30,}|nashra_\d+_[\w-]{20,}`)

// mask hides whatever looks like a token.
func mask(s string) string { return tokenShape.ReplaceAllString(s, "***") }

// newLog makes the log of a running program. Whatever a library or an error
// brings along, no token gets into it.
func newLog(w io.Writer, p *wire.Plan) *slog.Logger {
	return logFrom(w, p.Config.Log.Format, p.LogLevel)
}

// logFrom is newLog from a level on, which may change while the program runs.
func logFrom(w io.Writer, format string, level slog.Leveler) *slog.Logger {
	o := &slog.HandlerOptions{Level: level, ReplaceAttr: masked}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// masked masks one attribute; slog hands in the message as one, too.
func masked(_ []string, a slog.Attr) slog.Attr {
	switch a.Value.Kind() {
	case slog.KindString:
		a.Value = slog.StringValue(mask(a.Value.String()))
	case slog.KindAny:
		switch v := a.Value.Any().(type) {
		case *slog.Source, slog.Level:
		case error:
			a.Value = slog.StringValue(mask(v.Error()))
		case []byte:
			a.Value = slog.StringValue(mask(string(v)))
		default:
			a.Value = maskedAny(v, a.Value)
		}
	}
	return a
}

// maskedAny returns whole unless v shows a token in either format.
func maskedAny(v any, whole slog.Value) slog.Value {
	text := fmt.Sprintf("%+v", v)
	if tokenShape.MatchString(text) {
		return slog.StringValue(mask(text))
	}
	if data, err := json.Marshal(v); err == nil && tokenShape.Match(data) {
		return slog.StringValue(mask(string(data)))
	}
	return whole
}
