package feed

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Fetcher asks web sites for documents. The zero Fetcher works. It must not be
// copied once used.
type Fetcher struct {
	Transport    http.RoundTripper           // nil: the network
	Now          func() time.Time            // nil: time.Now
	Agent        string                      // User-Agent; empty: UserAgent("dev")
	MaxBytes     int64                       // of a document, unpacked; 0: 10 MB
	Timeout      time.Duration               // for one request, from its turn to its last byte; 0: 30 s
	Gap          time.Duration               // between two requests to a public host; 0: 1 s, negative: none
	Heard        func(*url.URL, http.Header) // told of every answer; nil: nobody is
	AllowPrivate bool                        // let public sites send us to private addresses

	hosts         hosts
	once          sync.Once
	open, guarded *http.Transport
}

// maxRedirects is how often a request may be sent elsewhere.
const maxRedirects = 5

// UserAgent returns how the program of that version introduces itself.
func UserAgent(version string) string {
	return "Nashra/" + version + " (+https://github.com/nashra-bot/nashra)"
}

// Request is one question.
type Request struct {
	URL          string
	Origin       string // the configured address behind it; empty: URL
	Public       bool   // the address comes from outside: nothing private is asked for it, whatever leads there
	ETag         string // of the last full answer, sent as it came
	LastModified string
	Accept       string
}

// Answer is a good answer: a document, or word that it has not changed.
type Answer struct {
	URL         string // where it was found in the end
	Status      int
	Header      http.Header
	Body        []byte
	NotModified bool
	Cut         bool // the connection broke before the end
}

func (a Answer) html() bool {
	kind, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
	switch strings.ToLower(strings.TrimSpace(kind)) {
	case "text/html", "application/xhtml+xml":
		return true
	case "":
		return looksHTML(a.Body)
	}
	return false
}

// Get asks for a document, in turn with others who ask the same host. Every
// error but that of an ended ctx is a *Problem.
func (f *Fetcher) Get(ctx context.Context, q Request) (Answer, error) {
	at, err := httpURL(q.URL)
	if err != nil {
		return Answer{}, broken(q.URL, "not an http address", err)
	}
	origin := at
	switch {
	case q.Public:
		origin = nil
	case q.Origin != "":
		if origin, err = httpURL(q.Origin); err != nil {
			return Answer{}, broken(q.Origin, "not an http address", err)
		}
	}
	for hop := range maxRedirects + 1 {
		a, next, err := f.ask(ctx, q, at, origin)
		switch {
		case err != nil && ctx.Err() != nil:
			return Answer{}, fmt.Errorf("read %s: %w", redact(at.String()), ctx.Err())
		case err != nil:
			return Answer{}, sentOn(err, hop)
		case next == nil:
			return a, nil
		}
		at = next
	}
	return Answer{}, sentOn(broken(q.URL, fmt.Sprintf("sends us in circles (%d redirects)", maxRedirects+1), nil), 1)
}

// sentOn notes on a problem behind a redirect that the site did answer.
func sentOn(err error, hops int) error {
	if p := (*Problem)(nil); errors.As(err, &p) && p.Code == 0 && hops > 0 {
		p.Code = http.StatusFound
	}
	return err
}

// ask makes one request and returns an answer or where to go next.
func (f *Fetcher) ask(ctx context.Context, q Request, at, origin *url.URL) (Answer, *url.URL, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return Answer{}, nil, broken(at.String(), "not an http address", err)
	}
	f.dress(r, q)
	transport, err := f.transport(r, origin)
	if err != nil {
		return Answer{}, nil, unreachable(at.String(), err)
	}
	leave, err := f.hosts.enter(ctx, strings.ToLower(at.Host), f.gap(at))
	if err != nil {
		return Answer{}, nil, unreachable(at.String(), err)
	}
	defer leave()
	ctx, cancel := context.WithTimeout(ctx, f.timeout())
	defer cancel()
	client := &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r.WithContext(ctx))
	if err != nil {
		return Answer{}, nil, unreachable(at.String(), err)
	}
	defer resp.Body.Close()
	if f.Heard != nil {
		f.Heard(at, resp.Header)
	}
	if next, err := redirect(resp, at); next != nil || err != nil {
		return Answer{}, next, err
	}
	a := Answer{URL: at.String(), Status: resp.StatusCode, Header: resp.Header}
	if a.Status == http.StatusNotModified && (q.ETag != "" || q.LastModified != "") {
		a.NotModified = true
		return a, nil, nil
	}
	if a, err = f.body(resp, a); err != nil {
		return Answer{}, nil, err
	}
	if a.Status != http.StatusOK || blocked(a) {
		return Answer{}, nil, refused(a, f.now())
	}
	return a, nil, nil
}

// dress puts the headers on a request. Accept-Encoding is the transport's, so
// that it unpacks by itself.
func (f *Fetcher) dress(r *http.Request, q Request) {
	agent := f.Agent
	if agent == "" {
		agent = UserAgent("dev")
	}
	r.Header.Set("User-Agent", agent)
	if q.Accept != "" {
		r.Header.Set("Accept", q.Accept)
	}
	if q.ETag != "" {
		r.Header["If-None-Match"] = []string{q.ETag}
	}
	if q.LastModified != "" {
		r.Header["If-Modified-Since"] = []string{q.LastModified}
	}
}

// redirect returns where an answer sends us, if it does.
func redirect(resp *http.Response, at *url.URL) (*url.URL, error) {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	next, err := at.Parse(resp.Header.Get("Location"))
	if err != nil || resp.Header.Get("Location") == "" {
		return nil, sentOn(broken(at.String(), "redirects to nowhere", nil), 1)
	}
	if next, err = httpURL(next.String()); err != nil {
		return nil, sentOn(broken(at.String(), "redirects to something that is not http", nil), 1)
	}
	return next, nil
}

// body takes in the document, up to the cap.
func (f *Fetcher) body(resp *http.Response, a Answer) (Answer, error) {
	most := f.MaxBytes
	if most <= 0 {
		most = 10 << 20
	}
	tooLarge := func() error {
		p := broken(a.URL, fmt.Sprintf("larger than %s, which is the most that is read", size(most)), ErrTooLarge)
		p.Code = a.Status
		return p
	}
	if resp.ContentLength > most {
		return a, tooLarge()
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	if int64(len(data)) > most {
		return a, tooLarge()
	}
	if err != nil {
		if late := resp.Request.Context().Err(); late != nil {
			return a, unreachable(a.URL, late) // the connection that broke with it says less
		}
		if len(data) == 0 || a.Status != http.StatusOK {
			return a, unreachable(a.URL, err)
		}
		a.Cut = true
	}
	if bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		if data, err = unpack(data, most); errors.Is(err, ErrTooLarge) {
			return a, tooLarge()
		} else if err != nil {
			return a, broken(a.URL, "packed with gzip and cannot be unpacked", err)
		}
	}
	a.Body = data
	return a, nil
}

// ErrTooLarge is within the error for a document over the cap.
var ErrTooLarge = errors.New("too large")

// unpack opens a document that was packed without saying so.
func unpack(data []byte, most int64) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(z, most+1))
	if int64(len(out)) > most {
		return nil, ErrTooLarge
	}
	return out, err
}

// httpURL parses an absolute http or https address.
func httpURL(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("it cannot be parsed") // the parser's words would repeat the address
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, errors.New("it must begin with https:// or http://")
	}
	return u, nil
}

func (f *Fetcher) now() time.Time {
	if f.Now == nil {
		return time.Now()
	}
	return f.Now()
}

func (f *Fetcher) timeout() time.Duration {
	if f.Timeout <= 0 {
		return 30 * time.Second
	}
	return f.Timeout
}

// gap returns the rest due to a host; our own machine needs none.
func (f *Fetcher) gap(at *url.URL) time.Duration {
	switch {
	case f.Gap < 0 || private(at.Hostname()):
		return 0
	case f.Gap == 0:
		return time.Second
	}
	return f.Gap
}

func size(n int64) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}
