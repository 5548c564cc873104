package wire_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"
)

// Another program polls with the same token: those on duty hear of it once, over
// a restart, too, and when it is gone. One that is there for a moment is none.
func TestRivalIsTold(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim := w.editor("سالم")
		stop := w.rival()
		w.pass(time.Minute)
		stop()
		w.pass(7 * time.Minute)
		salim.gets()
		stop = w.rival()
		w.pass(6 * time.Minute)
		hears(salim, "خلل:", "برنامج آخر يأخذ ما يكتبه القراء إلى بوت تلغرام", "@BotFather")
		w.restart()
		w.pass(8 * time.Minute)
		salim.gets()
		stop()
		w.pass(8 * time.Minute)
		hears(salim, "انتهى خلل", "يصل إلينا وحدنا من جديد")
	})
}

// rival is another program that polls with the bot's token until stop is called.
func (w *world) rival() (stop func()) {
	ctx, cancel := context.WithCancel(w.t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for ctx.Err() == nil {
			r, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://api.telegram.org/bot"+token+"/getUpdates", strings.NewReader(`{"timeout":45}`))
			if err != nil {
				w.t.Error(err)
				return
			}
			r.Header.Set("Content-Type", "application/json")
			if resp, err := (toTelegram{w}).RoundTrip(r); err == nil {
				_ = resp.Body.Close()
			}
			select {
			case <-time.After(time.Second):
			case <-ctx.Done():
			}
		}
	}()
	return func() {
		cancel()
		<-ended
	}
}
