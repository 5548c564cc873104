package telegram

import (
	"bytes"
	"errors"
	"io"
	"sync"
	"sync/atomic"
)

// Buffers start at a size that holds a usual message's request, and are not
// kept when an upload has made them large.
const (
	usualBody = 4 << 10
	keepBody  = 64 << 10
)

var errClosedBody = errors.New("read a closed request body")

// buffers lends request and answer buffers.
type buffers struct{ pool sync.Pool }

func (p *buffers) get() *bytes.Buffer {
	if b, ok := p.pool.Get().(*bytes.Buffer); ok {
		return b
	}
	return bytes.NewBuffer(make([]byte, 0, usualBody))
}

func (p *buffers) put(b *bytes.Buffer) {
	if b.Cap() <= keepBody {
		b.Reset()
		p.pool.Put(b)
	}
}

// payload is a request body in memory. A transport may hold on to a body after
// it has answered, so the buffer goes back only when its last reader is
// closed and the call is over.
type payload struct {
	buffers *buffers
	buffer  *bytes.Buffer
	holders atomic.Int32
	written atomic.Bool // some reader came to the end
}

func (p *payload) open() io.ReadCloser {
	p.holders.Add(1)
	return &payloadReader{payload: p, rest: p.buffer.Bytes()}
}

func (p *payload) release() {
	if p.holders.Add(-1) == 0 {
		p.buffers.put(p.buffer)
		p.buffer = nil
	}
}

type payloadReader struct {
	mu      sync.Mutex // HTTP/2 closes while it reads
	payload *payload
	rest    []byte
	closed  bool
}

func (r *payloadReader) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return 0, errClosedBody
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	if len(r.rest) > 0 {
		return n, nil
	}
	r.payload.written.Store(true)
	return n, io.EOF
}

func (r *payloadReader) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed {
		r.closed, r.rest = true, nil
		r.payload.release()
	}
	return nil
}
