package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/nashra-bot/nashra/news"
)

const (
	maxAnswer   = 16 << 20 // a hundred updates are far smaller
	idleTimeout = 55 * time.Second
)

// client exchanges requests and answers with a Bot API server. For the library
// it is an HTTP client that can be sent again (the body is in memory, so the
// transport may repeat what a server has refused unseen), follows no redirect
// and reports everything that is not a success as an outcome.
type client struct {
	transport http.RoundTripper
	base      string // server and token, with a slash at the end
	buffers   *buffers
	heard     func(http.Header) // told of every answer; nil: nobody is
	reached   func(bool)        // told of every call; nil: nobody is
}

// came tells whether a call was answered by the Bot API. What a middleman says
// and what the Bot API says of itself being down are no answers; a call that
// its caller gave up is none either way.
func (c *client) came(ctx context.Context, err error) {
	var o *outcome
	switch {
	case c.reached == nil, errors.Is(ctx.Err(), context.Canceled):
	case err == nil, errors.As(err, &o) && o.status != 0 && o.code != 0 && o.code < http.StatusInternalServerError:
		c.reached(true)
	default:
		c.reached(false)
	}
}

// newTransport is tuned for many small calls to one host. Idle connections
// are let go before the server does it (nginx: 75 s), because a call written
// into a dying connection has an unknown outcome.
func newTransport(connections int) *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout:   10 * time.Second,
		ForceAttemptHTTP2:     true,
		DisableCompression:    true,
		MaxIdleConns:          connections,
		MaxIdleConnsPerHost:   connections,
		IdleConnTimeout:       idleTimeout,
		ExpectContinueTimeout: time.Second,
		HTTP2:                 &http.HTTP2Config{SendPingTimeout: 20 * time.Second, PingTimeout: 10 * time.Second},
	}
}

// sent is what is read of an answer to a sent or edited message.
type sent struct {
	ID        int      `json:"message_id"`
	Photo     []fileID `json:"photo"`
	Video     fileID   `json:"video"`
	Animation fileID   `json:"animation"`
	Voice     fileID   `json:"voice"`
	Document  fileID   `json:"document"`
}

type fileID struct {
	ID string `json:"file_id"`
}

// file is what Telegram made of the medium, and its name of it. An animation
// comes as a document, too.
func (s *sent) file() (news.MediaKind, string) {
	switch {
	case len(s.Photo) > 0:
		return news.MediaPhoto, s.Photo[len(s.Photo)-1].ID // the largest
	case s.Video.ID != "":
		return news.MediaVideo, s.Video.ID
	case s.Animation.ID != "":
		return animation, s.Animation.ID
	case s.Voice.ID != "":
		return news.MediaVoice, s.Voice.ID
	}
	return news.MediaDocument, s.Document.ID
}

type sentKey struct{}

// withSent asks for the answer in ctx's call to be read into the result, and
// to be kept from the library, which would read all of it twice.
func withSent(ctx context.Context) (context.Context, *sent) {
	s := new(sent)
	return context.WithValue(ctx, sentKey{}, s), s
}

// Do is the library's way to the server.
func (c *client) Do(r *http.Request) (*http.Response, error) {
	resp, err := c.do(r)
	c.came(r.Context(), err)
	return resp, err
}

func (c *client) do(r *http.Request) (*http.Response, error) {
	b := c.buffers.get()
	_, err := b.ReadFrom(r.Body)
	_ = r.Body.Close()
	if err != nil {
		c.buffers.put(b)
		return nil, &outcome{code: http.StatusBadRequest, description: fmt.Sprintf("encode the request: %v", err)}
	}
	answer, err := c.exchange(r, b)
	if err != nil {
		return nil, err
	}
	defer c.buffers.put(answer)
	var body []byte
	if s, ok := r.Context().Value(sentKey{}).(*sent); ok {
		body, err = []byte(`{"ok":true,"result":{}}`), decode(answer.Bytes(), s)
	} else {
		body, err = bytes.Clone(answer.Bytes()), decode(answer.Bytes(), nil)
	}
	if err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(bytes.NewReader(body)), Request: r}, nil
}

// call calls a method that the library does not offer.
func (c *client) call(ctx context.Context, method string, params, result any) error {
	b := c.buffers.get()
	if err := json.NewEncoder(b).Encode(params); err != nil {
		c.buffers.put(b)
		return fmt.Errorf("encode %s: %w", method, err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+method, nil)
	if err != nil {
		c.buffers.put(b)
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := c.exchange(r, b)
	if err == nil {
		err = decode(answer.Bytes(), result)
		c.buffers.put(answer)
	}
	c.came(ctx, err)
	return err
}

// exchange sends body with r, takes care of it, and returns the answer of
// HTTP status 200, which the caller puts back. Everything else is an outcome.
func (c *client) exchange(r *http.Request, body *bytes.Buffer) (*bytes.Buffer, error) {
	p := &payload{buffers: c.buffers, buffer: body}
	p.holders.Store(1)
	defer p.release()
	r.ContentLength = int64(body.Len())
	r.Body = p.open()
	r.GetBody = func() (io.ReadCloser, error) { return p.open(), nil }

	if err := r.Context().Err(); err != nil {
		return nil, &outcome{err: err}
	}
	resp, err := c.transport.RoundTrip(r)
	if err != nil {
		return nil, &outcome{err: err, written: p.written.Load()}
	}
	defer func() { _ = resp.Body.Close() }()
	if c.heard != nil {
		c.heard(resp.Header)
	}
	answer := c.buffers.get()
	n, err := answer.ReadFrom(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case err != nil:
		err = &outcome{status: resp.StatusCode, err: fmt.Errorf("read the answer: %w", err), written: true}
	case n > maxAnswer:
		err = &outcome{status: resp.StatusCode, err: errors.New("the answer is too long"), written: true}
	case resp.StatusCode != http.StatusOK:
		err = refused(resp, answer.Bytes())
	default:
		return answer, nil
	}
	c.buffers.put(answer)
	return nil, err
}

// reply is an answer of the Bot API ("Making requests").
type reply struct {
	OK          bool   `json:"ok"`
	Result      any    `json:"result"`
	Code        int    `json:"error_code"`
	Description string `json:"description"`
	Parameters  struct {
		RetryAfter int64 `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// outcome is what the reply says, if it is no success.
func (a *reply) outcome(status int) *outcome {
	return &outcome{
		status: status, code: a.Code, description: a.Description, written: true,
		retry:   time.Duration(a.Parameters.RetryAfter) * time.Second,
		movedTo: a.Parameters.MigrateTo,
	}
}

// decode reads a successful answer into result; nil only looks whether it is
// one.
func decode(data []byte, result any) error {
	if result == nil {
		result = new(json.RawMessage)
	}
	a := reply{Result: result}
	if err := json.Unmarshal(data, &a); err != nil {
		return &outcome{status: http.StatusOK, err: errors.New("the answer is not what the Bot API gives"), written: true}
	}
	if !a.OK {
		return a.outcome(http.StatusOK)
	}
	return nil
}

func refused(resp *http.Response, data []byte) *outcome {
	var a reply
	if err := json.Unmarshal(data, &a); err != nil || a.Code == 0 {
		a = reply{}
	}
	o := a.outcome(resp.StatusCode)
	if seconds, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && seconds > 0 && o.retry == 0 {
		o.retry = time.Duration(seconds) * time.Second
	}
	return o
}
