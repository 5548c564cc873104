package wire

import (
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// api returns the address to listen on. Without a host it is this machine's
// own.
func (k *checker) api(c *APIConfig) string {
	if c == nil {
		return ""
	}
	text := strings.TrimSpace(c.Listen)
	if !strings.Contains(text, ":") {
		text = ":" + text
	}
	host, port, err := net.SplitHostPort(text)
	if n, wrong := strconv.ParseUint(port, 10, 16); err != nil || wrong != nil || n == 0 {
		k.bad("$.api.listen", "expected an address and a port like 127.0.0.1:8080, or a port alone, not %q", c.Listen)
		return ""
	}
	if host == "" || host == "localhost" {
		host = "127.0.0.1"
	}
	ip, err := netip.ParseAddr(host)
	switch {
	case err != nil:
		k.bad("$.api.listen", "expected the number of an address of this machine like 127.0.0.1:8080, not %q", c.Listen)
	case !ip.Unmap().IsLoopback() && !c.Beyond:
		k.bad("$.api.listen", "expected 127.0.0.1 or ::1, not %s: the API speaks plain HTTP; with a proxy that speaks TLS in front, say beyond_loopback: true", host)
	}
	return net.JoinHostPort(host, port)
}
