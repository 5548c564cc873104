package outbox_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// chain is an alert and everything over it.
type chain struct {
	root    news.BroadcastID
	over    map[news.BroadcastID]int // corrections and the withdrawal, by version
	version int
	loud    int // the newest version that readers are told of
	end     int // the version of the withdrawal; 0: none
}

// screen is what one chat shows of a chain, and has shown.
type screen struct {
	shown map[news.MessageID]int // versions of the alert's copies
	fresh []int                  // versions of the copies as they arrived, in order
	told  map[int]int            // messages of its own for a version
	least int                    // the oldest version that was ever to be seen; 0: none
}

func (c *chain) screens(got []arrival) map[news.ChatID]*screen {
	all := map[news.ChatID]*screen{}
	for _, a := range got {
		s := all[a.Chat]
		if s == nil {
			s = &screen{shown: map[news.MessageID]int{}, told: map[int]int{}}
			all[a.Chat] = s
		}
		if a.gone {
			delete(s.shown, a.edit)
			continue
		}
		head, _, _ := strings.Cut(a.Text.String(), " ")
		id, v, ok := strings.Cut(head, "/")
		b, _ := strconv.Atoi(id)
		version, _ := strconv.Atoi(v)
		switch {
		case !ok:
		case a.edit != "":
			if _, there := s.shown[a.edit]; there {
				s.shown[a.edit] = version
			}
		case news.BroadcastID(b) == c.root:
			if a.id == "" {
				a.id = news.MessageID(fmt.Sprint("?", len(s.shown)))
			}
			s.shown[a.id] = version
			s.fresh = append(s.fresh, version)
			if s.least == 0 || version < s.least {
				s.least = version
			}
		case c.over[news.BroadcastID(b)] != 0:
			s.told[version]++
		}
	}
	return all
}

// check holds a chat to what is promised: whoever saw a wrong text was told the
// right one, or got it after the wrong one, and no copy that can be reached
// stays wrong. A copy of which a killed program had no word to leave is one
// that nobody knows of. It returns how many messages there were that nobody
// should have got, those included.
func (c *chain) check(t testing.TB, chat news.ChatID, s *screen, known []news.MessageID) (more int) {
	newest := 0
	for v := range s.told {
		newest = max(newest, v)
	}
	right := newest
	for _, v := range s.fresh {
		right = max(right, v)
	}
	wanted := max(c.loud, c.end)
	switch {
	case s.least == 0 && newest > 0:
		t.Errorf("%s was told of a correction to nothing", chat)
	case c.end == 0 && s.least > 0 && s.least < wanted && right < wanted:
		t.Errorf("%s saw version %d and was never told of %d: %+v", chat, s.least, wanted, s)
	}
	for id, v := range s.shown {
		switch {
		case v >= c.version || newest >= wanted && newest > v:
		case slices.Contains(known, id):
			t.Errorf("%s shows version %d of %d as %s: %+v", chat, v, c.version, id, s)
		default:
			more++
		}
	}
	for _, n := range s.told {
		more += n - 1
	}
	return more + max(0, len(s.fresh)-1)
}

func TestEveryReaderEndsWithTheRightText(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { chainStorm(t, seed) })
		})
	}
}

func chainStorm(t *testing.T, seed uint64) {
	d := openDisk(t)
	defer func() { d.must(d.file.Close()) }()
	d.setup = func(o *outbox.Outbox) { o.Chunk, o.RepeatUnknown = 20, seed%2 == 0 }
	rng := rand.New(rand.NewPCG(seed, 15))
	d.joinDisk(240, "jobs")
	doubtful, kills := d.weather(rand.New(rand.NewPCG(seed, 16))), 0
	d.begin()
	c := &chain{root: d.alertDisk("1"), over: map[news.BroadcastID]int{}, version: 1}
	for range 14 {
		pass(time.Duration(rng.IntN(4000)) * time.Millisecond)
		switch rng.IntN(5) {
		case 0:
			d.amend(c, rng.IntN(3) == 0)
		case 1:
			d.amend(c, false)
		case 2:
			d.leaveDisk(d.readers[rng.IntN(len(d.readers))].Chat)
		default:
			d.kill()
			kills++
			d.begin()
		}
	}
	if seed%4 == 3 {
		c.version++
		c.end = c.version
		c.over[d.withdraw(c.root)] = c.version
	}
	d.net.mu.Lock()
	d.net.script = nil
	d.net.mu.Unlock()
	pass(100 * time.Minute)
	d.checkChain(c, *doubtful, kills)
	d.must(d.end())
	if t.Failed() {
		t.Log(d.log.String())
	}
}

func (d *disk) amend(c *chain, silent bool) {
	c.version++
	c.over[d.correct(c.root, fmt.Sprint(c.version), silent)] = c.version
	if !silent {
		c.loud = c.version
	}
}

func (d *disk) checkChain(c *chain, doubtful, kills int) {
	t := d.t
	t.Helper()
	for _, chat := range d.gone {
		d.left[chat] = true
	}
	more := 0
	screens, receipts := c.screens(d.net.arrivals()), d.receiptsDisk(c.root)
	for i, r := range d.readers {
		if s := screens[r.Chat]; s != nil && !d.left[r.Chat] {
			more += c.check(t, r.Chat, s, receipts[news.SubscriberID(i+1)].IDs)
		}
		if _, there := receipts[news.SubscriberID(i+1)]; !there && !d.left[r.Chat] && c.end == 0 {
			t.Errorf("%s has no receipt", r.Chat)
		}
	}
	if most := (kills+c.version)*d.limits.InFlight + doubtful; more > most {
		t.Errorf("%d messages too many, at most %d are promised", more, most)
	}
	for id := range c.over {
		if n := d.reach(id); n.Waiting > 0 {
			if b, _ := d.file.Broadcast(context.Background(), id); b.State != news.Stopped {
				t.Errorf("correction %d is %s: %+v", id, b.State, n)
			}
		}
	}
	t.Logf("%d versions, %d told of, %d messages, %d too many, %d kills, %d doubtful", c.version, c.loud, len(d.net.arrivals()), more, kills, doubtful)
}

var _ bots.Deleter = (*line)(nil)
