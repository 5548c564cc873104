package telegramtest

import (
	"math"
	"time"
)

// Limits are the rates of the Bots FAQ. A call over one is answered 429 with
// retry_after and does not count. Sends and edits share them; an album counts
// for each of its items.
type Limits struct {
	PerSecond int // messages a second, of one bot to everybody (0: 30)
	// Strict allows PerSecond in any one second; otherwise a token bucket of
	// that size refills at that rate.
	Strict bool
	Burst  int // messages at once to one chat, then one a second (0: 3)
	Group  int // messages a minute to one group (0: 20)
	// Besides, uploads of more than 100 KB and of one size count half a second
	// each: with five seconds' worth at once the answer is to retry after 60.
}

// pace remembers what was sent.
type pace struct {
	bots   map[int64]*botPace
	chats  map[paceKey]time.Time // when the chat's bucket is empty again
	groups map[paceKey][]time.Time
	loads  map[paceKey]time.Time // by bot and size of upload
}

type paceKey struct{ bot, chat int64 }

type botPace struct {
	tokens float64
	at     time.Time
	sent   []time.Time // of the last second, for Strict
}

const crowd = 100_000 // chats remembered before the idle ones are forgotten

// take counts n messages or refuses them. The lock is held.
func (p *pace) take(s *Server, b *Bot, c *Chat, n int) *Error {
	l := s.Limits
	if l == nil {
		return nil
	}
	if p.bots == nil {
		p.bots, p.chats, p.groups = map[int64]*botPace{}, map[paceKey]time.Time{}, map[paceKey][]time.Time{}
	}
	if p.bots[b.id] == nil {
		p.bots[b.id] = &botPace{tokens: float64(or(l.PerSecond, 30)), at: s.now()}
	}
	now, key, own := s.now(), paceKey{b.id, c.id}, p.bots[b.id]
	wait := max(own.wait(l, now, n), p.chatWait(l, key, now, n), p.groupWait(l, c, key, now, n))
	if wait > 0 {
		return tooMany(max(1, int(math.Ceil(wait.Seconds()))))
	}
	own.spend(l, now, n)
	if len(p.chats) > crowd {
		for k, free := range p.chats {
			if free.Before(now) {
				delete(p.chats, k)
			}
		}
	}
	free := p.chats[key]
	if free.Before(now) {
		free = now
	}
	p.chats[key] = free.Add(time.Duration(n) * time.Second)
	if c.kind == Group || c.kind == Supergroup {
		for range n {
			p.groups[key] = append(p.groups[key], now)
		}
	}
	return nil
}

const (
	largeUpload   = 100 << 10
	uploadTakes   = 500 * time.Millisecond
	uploadBacklog = 5 * time.Second
	uploadRest    = 60 // seconds
)

// takeUpload counts an upload or refuses it.
func (s *Server) takeUpload(b *Bot, size int) *Error {
	if s.Limits == nil || size <= largeUpload {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pace.loads == nil {
		s.pace.loads = map[paceKey]time.Time{}
	}
	now, key := s.now(), paceKey{b.id, int64(size)}
	free := s.pace.loads[key]
	if free.Before(now) {
		free = now
	}
	if free = free.Add(uploadTakes); free.Sub(now) > uploadBacklog {
		return tooMany(uploadRest)
	}
	s.pace.loads[key] = free
	return nil
}

func or(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}

func (o *botPace) wait(l *Limits, now time.Time, n int) time.Duration {
	rate := or(l.PerSecond, 30)
	if !l.Strict {
		o.tokens = min(float64(rate), o.tokens+now.Sub(o.at).Seconds()*float64(rate))
		o.at = now
		const rounding = 1e-6
		return time.Duration((min(float64(n), float64(rate)) - o.tokens - rounding) / float64(rate) * float64(time.Second))
	}
	o.sent = since(o.sent, now.Add(-time.Second))
	return full(o.sent, rate, n, time.Second, now)
}

func (o *botPace) spend(l *Limits, now time.Time, n int) {
	if !l.Strict {
		o.tokens -= float64(n)
		return
	}
	for range n {
		o.sent = append(o.sent, now)
	}
}

// chatWait is a bucket of Burst messages that leaks one a second.
func (p *pace) chatWait(l *Limits, key paceKey, now time.Time, n int) time.Duration {
	level := max(0, p.chats[key].Sub(now)) + time.Duration(n)*time.Second
	burst := time.Duration(or(l.Burst, 3)) * time.Second
	if n > or(l.Burst, 3) { // an album is let through when the chat is idle
		burst = time.Duration(n) * time.Second
	}
	return level - burst
}

func (p *pace) groupWait(l *Limits, c *Chat, key paceKey, now time.Time, n int) time.Duration {
	if c.kind != Group && c.kind != Supergroup {
		return 0
	}
	p.groups[key] = since(p.groups[key], now.Add(-time.Minute))
	return full(p.groups[key], or(l.Group, 20), n, time.Minute, now)
}

// since drops what was sent before a moment.
func since(sent []time.Time, start time.Time) []time.Time {
	for len(sent) > 0 && !sent[0].After(start) {
		sent = sent[1:]
	}
	return sent
}

// full tells how long a window stays too full for n more.
func full(sent []time.Time, limit, n int, window time.Duration, now time.Time) time.Duration {
	over := len(sent) + n - limit
	if over <= 0 || len(sent) == 0 {
		return 0
	}
	return sent[min(over, len(sent))-1].Add(window).Sub(now)
}
