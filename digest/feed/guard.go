package feed

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"
)

var errPrivate = errors.New("private address refused")

// private reports whether a host names this machine or its own network by
// itself, without asking DNS.
func private(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if ip, err := netip.ParseAddr(host); err == nil {
		return privateIP(ip)
	}
	for _, suffix := range []string{"localhost", ".localhost", ".local", ".internal"} {
		if strings.HasSuffix(host, suffix) && (suffix[0] == '.' || host == suffix) {
			return true
		}
	}
	return !strings.Contains(host, ".")
}

func privateIP(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	within := func(p netip.Prefix) bool { return p.Contains(ip) }
	return !ip.IsGlobalUnicast() || ip.IsPrivate() || slices.ContainsFunc(reserved(), within)
}

// reserved are networks that look public and are not, or lead to any address
// of the old kind.
func reserved() []netip.Prefix {
	return []netip.Prefix{
		netip.PrefixFrom(netip.AddrFrom4([4]byte{100, 64}), 10),                     // RFC 6598, carriers' own, where clouds keep services
		netip.PrefixFrom(netip.AddrFrom4([4]byte{}), 8),                             // RFC 791, this network
		netip.PrefixFrom(netip.AddrFrom16([16]byte{0, 0x64, 0xff, 0x9b}), 96),       // RFC 6052, translated
		netip.PrefixFrom(netip.AddrFrom16([16]byte{0, 0x64, 0xff, 0x9b, 0, 1}), 48), // RFC 8215, translated at one site
		netip.PrefixFrom(netip.AddrFrom16([16]byte{0x20, 0x02}), 16),                // RFC 3056, 6to4
		netip.PrefixFrom(netip.AddrFrom16([16]byte{}), 96),                          // RFC 4291, of the old kind within
		netip.PrefixFrom(netip.AddrFrom16([16]byte{0xfe, 0xc0}), 10),                // RFC 3879, site-local
	}
}

// newTransport returns a transport with bounds on everything; with guarded it
// also refuses to connect to private addresses, whatever name led there.
func newTransport(guarded bool) *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	if guarded {
		dialer.ControlContext = func(_ context.Context, _, address string, _ syscall.RawConn) error {
			at, err := netip.ParseAddrPort(address)
			if err != nil || privateIP(at.Addr()) {
				return errPrivate
			}
			return nil
		}
	}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  20 * time.Second,
		IdleConnTimeout:        90 * time.Second,
		MaxIdleConnsPerHost:    1,
		MaxResponseHeaderBytes: 256 << 10,
		ForceAttemptHTTP2:      true,
	}
}

// transport chooses who carries a request for at that began at origin. The
// host of origin is what the configuration names and is trusted to be where
// it is; everything that a site sends us to must be public, unless the site
// itself is private. Without an origin nothing is trusted. Behind a proxy it
// is the proxy that decides.
func (f *Fetcher) transport(r *http.Request, origin *url.URL) (http.RoundTripper, error) {
	at := r.URL
	trusted := f.AllowPrivate || origin != nil && (at.Hostname() == origin.Hostname() || private(origin.Hostname()))
	if !trusted && private(at.Hostname()) {
		return nil, errPrivate
	}
	if f.Transport != nil {
		return f.Transport, nil
	}
	f.once.Do(func() { f.open, f.guarded = newTransport(false), newTransport(true) })
	if proxy, err := http.ProxyFromEnvironment(r); trusted || err == nil && proxy != nil {
		return f.open, nil
	}
	return f.guarded, nil
}
