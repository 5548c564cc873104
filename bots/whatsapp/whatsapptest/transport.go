package whatsapptest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
)

// Install hands the server's transport to a client, in place of the network, for
// pairing, for the chat connection and for media. Call it before Connect.
func (s *Server) Install(client *whatsmeow.Client) { InstallClient(client, s.Client()) }

// InstallClient hands any HTTP client to all three uses of a whatsmeow client;
// a child process takes its client from Dial.
func InstallClient(client *whatsmeow.Client, over *http.Client) {
	client.SetPreLoginHTTPClient(over)
	client.SetWebsocketHTTPClient(over)
	client.SetMediaHTTPClient(over)
}

// Client is an HTTP client whose every request, whatever its host, is answered
// by the server in this process, without a socket. It works in a synctest bubble
// when the server was made in that bubble.
func (s *Server) Client() *http.Client { return &http.Client{Transport: inProcess{s}} }

// Listen serves the same over loopback TCP until ctx ends or Close is called, and
// returns the address for Dial in a child process.
func (s *Server) Listen(ctx context.Context) (string, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("listen on loopback: %w", err)
	}
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	s.spawn(func() { _ = server.Serve(listener) })
	s.onClose(func() { _ = server.Close() })
	context.AfterFunc(ctx, func() { _ = server.Close() })
	return listener.Addr().String(), nil
}

// Dial is an HTTP client whose every request goes to addr in the clear, https
// and wss included: the connection inside is encrypted by Noise anyhow.
func Dial(addr string) *http.Client {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", addr)
	}
	return &http.Client{Transport: &http.Transport{DialContext: dial, DialTLSContext: dial}}
}

// chatPath is where the chat connection is made.
const chatPath = "/ws/chat"

// errNetworkDown is what a client sees while the network is down.
var errNetworkDown = &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("network is unreachable")}

// inProcess is a RoundTripper that calls the server's handler; an upgraded
// connection becomes a pair of buffers.
type inProcess struct{ server *Server }

func (t inProcess) RoundTrip(request *http.Request) (*http.Response, error) {
	if t.server.networkIsDown() {
		return nil, errNetworkDown
	}
	if err := request.Context().Err(); err != nil {
		return nil, err
	}
	reply := &response{header: http.Header{}, status: http.StatusOK, upgraded: make(chan struct{})}
	done := make(chan struct{})
	ctx := request.Context()
	if request.URL.Path == chatPath { // it is the client's to close
		ctx = context.WithoutCancel(ctx)
	}
	inner := request.Clone(ctx)
	if inner.Body == nil {
		inner.Body = http.NoBody
	}
	serve := func() {
		defer close(done)
		defer inner.Body.Close()
		t.server.ServeHTTP(reply, inner)
	}
	if !t.server.spawn(serve) {
		return nil, errNetworkDown
	}
	select {
	case <-reply.upgraded:
		return reply.result(request, reply.far), nil
	case <-done:
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return reply.result(request, io.NopCloser(bytes.NewReader(reply.body.Bytes()))), nil
	}
}

// response is the ResponseWriter of one in-process request.
type response struct {
	header   http.Header
	status   int
	body     bytes.Buffer
	upgraded chan struct{}
	far      *pipeEnd
}

func (r *response) Header() http.Header            { return r.header }
func (r *response) WriteHeader(status int)         { r.status = status }
func (r *response) Write(data []byte) (int, error) { return r.body.Write(data) }

// Hijack gives the handler one end of a new pipe and the client the other.
func (r *response) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	near, far := newPipe()
	r.far = far
	close(r.upgraded)
	return near, bufio.NewReadWriter(bufio.NewReader(near), bufio.NewWriter(near)), nil
}

func (r *response) result(request *http.Request, body io.ReadCloser) *http.Response {
	return &http.Response{
		Status: http.StatusText(r.status), StatusCode: r.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: r.header.Clone(), Body: body, ContentLength: -1, Request: request,
	}
}

// newPipe makes the two ends of a connection with unlimited buffers, so that
// neither side ever waits for the other to read.
func newPipe() (near, far *pipeEnd) {
	a, b := newStream(), newStream()
	return &pipeEnd{in: a, out: b}, &pipeEnd{in: b, out: a}
}

type pipeEnd struct{ in, out *stream }

func (p *pipeEnd) Read(data []byte) (int, error)  { return p.in.read(data) }
func (p *pipeEnd) Write(data []byte) (int, error) { return p.out.write(data) }

func (p *pipeEnd) Close() error {
	p.in.close()
	p.out.close()
	return nil
}

// The rest of net.Conn, for the websocket library; it sets no deadline.

func (p *pipeEnd) LocalAddr() net.Addr              { return &net.IPAddr{} }
func (p *pipeEnd) RemoteAddr() net.Addr             { return &net.IPAddr{} }
func (p *pipeEnd) SetDeadline(time.Time) error      { return nil }
func (p *pipeEnd) SetReadDeadline(time.Time) error  { return nil }
func (p *pipeEnd) SetWriteDeadline(time.Time) error { return nil }

// stream is one direction of a pipe.
type stream struct {
	mu     sync.Mutex
	filled *sync.Cond
	data   []byte
	closed bool
}

func newStream() *stream {
	s := &stream{}
	s.filled = sync.NewCond(&s.mu)
	return s
}

func (s *stream) read(data []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.data) == 0 && !s.closed {
		s.filled.Wait()
	}
	if len(s.data) == 0 {
		return 0, io.EOF
	}
	n := copy(data, s.data)
	if s.data = s.data[n:]; len(s.data) == 0 {
		s.data = nil
	}
	return n, nil
}

func (s *stream) write(data []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return 0, io.ErrClosedPipe
	}
	s.data = append(s.data, data...)
	s.filled.Signal()
	return len(data), nil
}

func (s *stream) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.filled.Broadcast()
}
