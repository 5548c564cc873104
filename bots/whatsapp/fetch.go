package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"syscall"
	"time"
)

// Defaults of Fetcher.
const (
	DefaultFetchSize    = 8 << 20
	DefaultFetchTimeout = 15 * time.Second
)

const mostRedirects = 4

// Errors of a Fetcher.
var (
	ErrAddress = errors.New("not an address to be fetched")
	ErrTooBig  = errors.New("the file is too big")
)

// Fetcher gets pages and pictures that articles name. It follows http and
// https only, and does not connect to private networks, whatever a name
// resolves to.
type Fetcher struct {
	// Private allows loopback and private networks, for tests and demos.
	Private bool
	// Size is the most bytes of an answer (0: DefaultFetchSize).
	Size int64
	// Timeout is for the whole of a Get (0: DefaultFetchTimeout).
	Timeout time.Duration
	// Transport carries the calls (nil: one of its own). With one of the
	// caller's, keeping away from private networks is the caller's business.
	Transport http.RoundTripper

	once   sync.Once
	client *http.Client
}

// Get fetches an address.
func (f *Fetcher) Get(ctx context.Context, address string) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || !fetchable(u) {
		return nil, ErrAddress
	}
	f.once.Do(f.prepare)
	timeout := f.Timeout
	if timeout <= 0 {
		timeout = DefaultFetchTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, ErrAddress
	}
	q.Header.Set("User-Agent", "Nashra (link preview)")
	r, err := f.client.Do(q)
	if err != nil {
		return nil, fmt.Errorf("fetch from %s: %w", u.Host, cause(err))
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("fetch from %s: status %d", u.Host, r.StatusCode)
	}
	size := f.Size
	if size <= 0 {
		size = DefaultFetchSize
	}
	data, err := io.ReadAll(io.LimitReader(r.Body, size+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("fetch from %s: %w", u.Host, err)
	case int64(len(data)) > size:
		return nil, fmt.Errorf("fetch from %s: %w", u.Host, ErrTooBig)
	}
	return data, nil
}

// cause is the error without the address around it.
func cause(err error) error {
	var of *url.Error
	if errors.As(err, &of) {
		return of.Err
	}
	return err
}

func (f *Fetcher) prepare() {
	carry := f.Transport
	if carry == nil {
		dialer := &net.Dialer{Timeout: 5 * time.Second}
		if !f.Private {
			dialer.Control = public
		}
		carry = &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: 5 * time.Second, ForceAttemptHTTP2: true,
			DisableKeepAlives: true, // pages of one broadcast are fetched once
		}
	}
	f.client = &http.Client{Transport: carry, CheckRedirect: func(q *http.Request, via []*http.Request) error {
		if len(via) > mostRedirects || !fetchable(q.URL) {
			return ErrAddress
		}
		return nil
	}}
}

func fetchable(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil
}

// public refuses connections to networks that are not the public one. It sees
// the address that is really connected to.
func public(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return ErrAddress
	}
	ip := at.Addr().Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || shared.Contains(ip) || translated.Contains(ip) {
		return fmt.Errorf("a private network: %w", ErrAddress)
	}
	return nil
}

var (
	shared     = netip.MustParsePrefix("100.64.0.0/10") // RFC 6598, carriers' own
	translated = netip.MustParsePrefix("64:ff9b::/96")  // RFC 6052, may lead to any IPv4 address
)
