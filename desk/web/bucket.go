package web

import (
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

const (
	strangersPerMinute = 10
	mostBuckets        = 10_000 // more than that at a time are an attack, which waits
)

// buckets limit requests. A full bucket holds a minute's; it fills evenly. They
// go by the monotonic clock and are forgotten with the process.
type buckets struct {
	mu  sync.Mutex
	all map[string]*bucket
}

type bucket struct {
	left float64
	at   time.Time
}

// take spends one request, or says how long to wait for the next.
func (b *buckets) take(who string, perMinute int, now time.Time) (wait time.Duration) {
	return b.spend(who, perMinute, now, 1)
}

// wait says how long to wait for the next request, and spends none.
func (b *buckets) wait(who string, perMinute int, now time.Time) time.Duration {
	return b.spend(who, perMinute, now, 0)
}

func (b *buckets) spend(who string, perMinute int, now time.Time, n float64) (wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	one := b.all[who]
	if one == nil {
		if !b.room(now) {
			return time.Minute
		}
		if n == 0 {
			return 0
		}
		one = &bucket{left: float64(perMinute), at: now}
		b.all[who] = one
	}
	one.fill(perMinute, now)
	if one.left < 1 {
		return time.Duration((1 - one.left) / float64(perMinute) * float64(time.Minute))
	}
	one.left -= n
	return 0
}

func (b *bucket) fill(perMinute int, now time.Time) {
	b.left = min(float64(perMinute), b.left+now.Sub(b.at).Minutes()*float64(perMinute))
	b.at = now
}

// room forgets the buckets that are full again, when there are too many.
func (b *buckets) room(now time.Time) bool {
	if b.all == nil {
		b.all = map[string]*bucket{}
	}
	if len(b.all) < mostBuckets {
		return true
	}
	for who, one := range b.all {
		if now.Sub(one.at) > time.Minute {
			delete(b.all, who)
		}
	}
	return len(b.all) < mostBuckets
}

// address is where a request comes from. Whoever has an address of the sixth
// version has a whole net of them.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	if ip = ip.Unmap().WithZone(""); ip.Is6() {
		if net, err := ip.Prefix(64); err == nil {
			return net.String()
		}
	}
	return ip.String()
}
