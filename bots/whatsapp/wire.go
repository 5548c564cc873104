package whatsapp

import (
	"io"
	"net/http"
	"sync"
	"time"
)

// wire carries the library's connections, so that they can be ended from
// below, as a network would. The library's own way loses a goroutine when a
// frame arrives at that moment, because whoever takes the frames goes before
// whoever reads them; and it is not safe against the network being quicker.
type wire struct {
	next http.RoundTripper

	mu   sync.Mutex
	open map[*plug]bool
}

const (
	hangUpWithin = 5 * time.Second
	tidyUpFor    = 50 * time.Millisecond // the library's, after the end of a connection
)

func newWire(client *http.Client) *wire {
	w := &wire{next: http.DefaultTransport, open: map[*plug]bool{}}
	if client != nil && client.Transport != nil {
		w.next = client.Transport
	}
	return w
}

// client is an HTTP client over the wire.
func (w *wire) client() *http.Client { return &http.Client{Transport: w} }

// RoundTrip watches connections that become something else than HTTP.
func (w *wire) RoundTrip(q *http.Request) (*http.Response, error) {
	r, err := w.next.RoundTrip(q)
	if err != nil || r.StatusCode != http.StatusSwitchingProtocols {
		return r, err
	}
	body, ok := r.Body.(io.ReadWriteCloser)
	if !ok {
		return r, nil
	}
	p := &plug{ReadWriteCloser: body, wire: w, over: make(chan struct{})}
	w.mu.Lock()
	w.open[p] = true
	w.mu.Unlock()
	r.Body = p
	return r, nil
}

// hangUp ends all connections, and returns when the library has noticed.
func (w *wire) hangUp() {
	w.cut()
	<-time.After(tidyUpFor)
}

// cut ends all connections, and returns when nothing more is read from them.
func (w *wire) cut() {
	w.mu.Lock()
	var plugs []*plug
	for p := range w.open {
		plugs = append(plugs, p)
	}
	clear(w.open)
	w.mu.Unlock()
	limit := time.NewTimer(hangUpWithin)
	defer limit.Stop()
	for _, p := range plugs {
		_ = p.ReadWriteCloser.Close() // it is going away
		select {
		case <-p.over:
		case <-limit.C:
			return
		}
	}
}

// plug is one connection.
type plug struct {
	io.ReadWriteCloser
	wire *wire
	once sync.Once
	over chan struct{} // closed after the last read
}

func (p *plug) Read(b []byte) (int, error) {
	n, err := p.ReadWriteCloser.Read(b)
	if err != nil {
		p.once.Do(func() {
			p.wire.mu.Lock()
			delete(p.wire.open, p)
			p.wire.mu.Unlock()
			close(p.over)
		})
	}
	return n, err
}
