package whatsapp

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/nashra-bot/nashra/bots"
)

// bound keeps an answer within what its request allows: whatever a phone says of
// a file's size, no more of it comes into memory.
type bound struct{ next http.RoundTripper }

type mostKey struct{}

// sealing is what encryption adds to a file: padding and a code.
const sealing = 64

// within says how many bytes a file may have that is fetched with ctx.
func within(ctx context.Context, most int64) context.Context {
	return context.WithValue(ctx, mostKey{}, most+sealing)
}

// bounded is an HTTP client that heeds within; of nil: one like the library's
// own.
func bounded(c *http.Client) *http.Client {
	if c == nil {
		return &http.Client{Transport: bound{http.DefaultTransport}}
	}
	own := *c
	if own.Transport == nil {
		own.Transport = http.DefaultTransport
	}
	own.Transport = bound{own.Transport}
	return &own
}

// RoundTrip implements http.RoundTripper.
func (b bound) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := b.next.RoundTrip(r)
	if most, ok := r.Context().Value(mostKey{}).(int64); ok && err == nil {
		resp.Body = &boundedBody{ReadCloser: resp.Body, left: most}
	}
	return resp, err
}

// boundedBody fails where it becomes too long. Its error is none of the
// network's, after which the library would try again.
type boundedBody struct {
	io.ReadCloser
	left int64
}

func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, fmt.Errorf("read the file: %w", bots.ErrTooBig)
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return n, fmt.Errorf("read the file: %w", bots.ErrTooBig)
	}
	return n, err
}
