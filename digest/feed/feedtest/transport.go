package feedtest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
)

// Client returns an HTTP client whose every request goes straight to this
// site, whatever its host.
func (s *Site) Client() *http.Client { return &http.Client{Transport: Transport{Handler: s}} }

// Transport calls an http.Handler in process instead of dialling. Bodies are
// streamed; a handler that aborts (http.ErrAbortHandler) is a connection that
// was cut.
type Transport struct{ Handler http.Handler }

// RoundTrip returns with the first byte or header of the answer, as a
// connection does.
func (t Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
	}
	ctx, cancel := context.WithCancel(r.Context())
	inner := r.Clone(ctx)
	inner.Body, inner.RequestURI, inner.RemoteAddr = http.NoBody, r.URL.RequestURI(), "in-process"
	if inner.Host == "" {
		inner.Host = r.URL.Host
	}
	reader, writer := io.Pipe()
	w := &stream{header: http.Header{}, pipe: writer, started: make(chan struct{})}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer w.WriteHeader(http.StatusOK)
		_ = writer.CloseWithError(t.serve(w, inner))
	}()
	stop := context.AfterFunc(r.Context(), func() { _ = writer.CloseWithError(context.Cause(r.Context())) })
	body := &body{PipeReader: reader, done: func() { stop(); cancel(); <-ended }}
	select {
	case <-w.started:
	case <-r.Context().Done():
		_ = body.Close()
		return nil, context.Cause(r.Context())
	}
	if w.failed() != nil {
		_ = body.Close()
		return nil, w.failed()
	}
	return w.response(r, body), nil
}

// serve runs the handler and returns what a reader of the body is to see.
func (t Transport) serve(w *stream, r *http.Request) (err error) {
	defer func() {
		problem := recover()
		if problem == nil {
			return
		}
		if problem != http.ErrAbortHandler { //nolint:errorlint // the value itself is panicked with
			panic(problem)
		}
		err = io.ErrUnexpectedEOF
		w.fail(fmt.Errorf("%s %s: connection cut: %w", r.Method, r.URL.Host, err))
	}()
	t.Handler.ServeHTTP(w, r)
	return nil
}

// stream is a response in the making.
type stream struct {
	pipe    *io.PipeWriter
	started chan struct{}

	mu     sync.Mutex
	header http.Header
	sent   http.Header // as it was when the answer began
	status int
	err    error
}

func (w *stream) Header() http.Header { return w.header }

func (w *stream) WriteHeader(status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.status == 0 {
		w.status, w.sent = status, w.header.Clone()
		close(w.started)
	}
}

func (w *stream) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.pipe.Write(p)
}

// fail notes that nothing came before the connection broke.
func (w *stream) fail(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.status == 0 {
		w.err = err
	}
}

func (w *stream) failed() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

func (w *stream) response(r *http.Request, body io.ReadCloser) *http.Response {
	w.mu.Lock()
	defer w.mu.Unlock()
	return &http.Response{
		Status: fmt.Sprintf("%d %s", w.status, http.StatusText(w.status)), StatusCode: w.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.sent, Body: body, ContentLength: -1, Request: r,
	}
}

// body lets the handler go when the reader has had enough, and waits for it.
type body struct {
	*io.PipeReader
	done func()
	once sync.Once
}

func (b *body) Close() error {
	err := b.PipeReader.Close()
	b.once.Do(b.done)
	return err
}
