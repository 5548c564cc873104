package web_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/nashra-bot/nashra/desk/web"
)

// broken lets nobody in.
type broken struct{ net.Listener }

var errBroken = errors.New("no file is left to open")

func (broken) Accept() (net.Conn, error) { return nil, errBroken }
func (broken) Close() error              { return nil }

// A server that can let nobody in says so, and leaves nothing running: the
// bubble would complain.
func TestNothingIsLeftOfAServerThatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		err := web.ServeAPI(context.Background(), broken{}, http.NotFoundHandler(), slog.New(slog.DiscardHandler))
		if !errors.Is(err, errBroken) {
			t.Errorf("the end is %v", err)
		}
	})
}
