package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"

	"github.com/nashra-bot/nashra/desk"
)

// ErrNotRunning says that no program answers at the socket.
var ErrNotRunning = errors.New("nashra is not running")

// Client is the other side of the control socket.
type Client struct{ http http.Client }

// Dial returns a client of the socket at path. It asks nothing yet.
func Dial(path string) *Client {
	return &Client{http: http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", path)
		},
	}}}
}

// Call sends in as JSON, or as it is when it is an io.Reader, and decodes the
// answer into out, or copies it when that is an io.Writer. The error matches ErrNotRunning when nobody answers, and is
// a *desk.RefusedError when the program says what to mend.
func (c *Client) Call(ctx context.Context, method, path string, in, out any) error {
	body, ok := in.(io.Reader)
	if !ok && in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("encode the request: %w", err)
		}
		body = strings.NewReader(string(text))
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://nashra"+path, body)
	if err != nil {
		return fmt.Errorf("ask the running program: %w", err)
	}
	resp, err := c.http.Do(req)
	switch {
	case errors.Is(err, os.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED):
		return ErrNotRunning
	case err != nil:
		return fmt.Errorf("ask the running program: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return complaint(resp)
	}
	if out == nil {
		return nil
	}
	if w, ok := out.(io.Writer); ok {
		if _, err := io.Copy(w, resp.Body); err != nil {
			return fmt.Errorf("copy the running program's answer: %w", err)
		}
		return nil
	}
	if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
		return fmt.Errorf("read the running program's answer: %w", err)
	}
	return nil
}

func complaint(resp *http.Response) error {
	var said struct {
		Error string `json:"error"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&said); err != nil || said.Error == "" {
		return fmt.Errorf("the running program answered %s", resp.Status)
	}
	if resp.StatusCode == http.StatusBadRequest {
		return &desk.RefusedError{Reason: said.Error}
	}
	return errors.New(said.Error)
}
