package telegramtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Client is an HTTP client whose every request goes straight to this server,
// whatever its host. Timeout is for one call, 0 for none.
func (s *Server) Client(timeout time.Duration) *http.Client {
	return &http.Client{Transport: Transport{Handler: s}, Timeout: timeout}
}

// Transport calls an http.Handler in process instead of dialling. A handler
// that aborts (http.ErrAbortHandler) is a connection that was cut.
type Transport struct{ Handler http.Handler }

// ErrCut is what a caller in process sees of a connection that was cut.
var ErrCut = errors.New("connection cut by telegramtest: unexpected EOF")

// RoundTrip drains and closes the request's body, as the contract of
// http.RoundTripper asks.
func (t Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	inner := r.Clone(r.Context())
	if inner.Body == nil {
		inner.Body = http.NoBody
	}
	inner.RequestURI = r.URL.RequestURI()
	inner.RemoteAddr = "in-process"
	answer := &answer{header: http.Header{}, status: http.StatusOK}
	// A body fed from a pipe is let go when the caller gives up.
	stop := context.AfterFunc(r.Context(), func() { _ = inner.Body.Close() })
	defer stop()
	if err := t.serve(answer, inner); err != nil {
		return nil, err
	}
	if r.Context().Err() != nil {
		return nil, context.Cause(r.Context())
	}
	return answer.response(r), nil
}

func (t Transport) serve(w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		drain(r)
		switch problem := recover(); problem {
		case nil:
		case http.ErrAbortHandler:
			err = fmt.Errorf("%s %s: %w", r.Method, r.Host, ErrCut)
		default:
			panic(problem)
		}
	}()
	t.Handler.ServeHTTP(w, r)
	return nil
}

// answer is a response in the making.
type answer struct {
	header http.Header
	status int
	wrote  bool
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if !a.wrote {
		a.wrote, a.status = true, status
	}
}

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}

func (a *answer) response(r *http.Request) *http.Response {
	return &http.Response{
		Status:     fmt.Sprintf("%d %s", a.status, http.StatusText(a.status)),
		StatusCode: a.status,
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        a.header,
		Body:          io.NopCloser(bytes.NewReader(a.body.Bytes())),
		ContentLength: int64(a.body.Len()),
		Request:       r,
	}
}
