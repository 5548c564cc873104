package web_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/news"
)

// TestLogThroughTheSocket: the lines come as they are; what is refused says
// why, and half a log never passes for a whole one.
func TestLogThroughTheSocket(t *testing.T) {
	const line = `{"act":"claim"}` + "\n"
	client, _ := open(t, web.Acts{Log: func(_ context.Context, since news.Date, lines io.Writer) error {
		switch since {
		case "never":
			return &desk.RefusedError{Reason: "no day"}
		case "2026-01-02":
			_, err := io.WriteString(lines, strings.Repeat(line, 1000))
			return errors.Join(err, errors.New("the disk is gone"))
		}
		_, err := io.WriteString(lines, line)
		return err
	}})
	var out bytes.Buffer
	if err := client.Call(t.Context(), http.MethodGet, "/v1/editors/log?since=2026-01-01", nil, &out); err != nil || out.String() != line {
		t.Errorf("%q %v", out.String(), err)
	}
	out.Reset()
	err := client.Call(t.Context(), http.MethodGet, "/v1/editors/log?since=never", nil, &out)
	if reason, refused := desk.Refused(err); !refused || reason != "no day" || out.Len() > 0 {
		t.Errorf("said %v and %q", err, out.String())
	}
	if err := client.Call(t.Context(), http.MethodGet, "/v1/editors/log?since=2026-01-02", nil, &out); err == nil {
		t.Error("a log that broke off passed for a whole one")
	}
}
