package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Heartbeat tells an outside watcher that the program lives and can write its
// database. The watcher raises the alarm when it is silent.
type Heartbeat struct {
	URL   string // a secret: in no error
	Alive func(ctx context.Context) error
	HTTP  http.RoundTripper
}

// Once asks for the address, unless the program is not well.
func (h Heartbeat) Once(ctx context.Context) error {
	if err := h.Alive(ctx); err != nil {
		return fmt.Errorf("the heartbeat is left out: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, h.URL, nil)
	if err != nil {
		return errors.New("send the heartbeat: its address is malformed")
	}
	resp, err := (&http.Client{Transport: h.HTTP}).Do(req)
	if err != nil {
		return errors.New("send the heartbeat: its address was not reached")
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<16))
	if resp.StatusCode >= 300 {
		return fmt.Errorf("send the heartbeat: the watcher answered %s", resp.Status)
	}
	return nil
}
