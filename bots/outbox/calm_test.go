package outbox_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// storm is a story of everything at once: readers join and leave, broadcasts
// of all kinds run beside each other, the network fails in every way, and the
// program is killed again and again.
type storm struct {
	*world
	rng      *rand.Rand
	wind     *rand.Rand // of the network alone, which has goroutines of its own
	kills    int
	doubtful int // messages that may have arrived although nobody knows
	all      []news.Broadcast
	moves    int
}

func (s *storm) fault(m bots.Message, n int) error {
	switch p := s.wind.IntN(100); {
	case p < 4:
		return bots.ErrNotSent
	case p < 6:
		s.doubtful++
		return errArrived
	case p < 8:
		s.doubtful++
		return bots.ErrUnknown
	case p == 8:
		return bots.ErrGone
	case p == 9:
		return bots.ErrMissing
	case p == 10:
		return &bots.RetryError{After: time.Duration(1+s.wind.IntN(40)) * time.Second}
	case p == 11 && !strings.HasPrefix(string(m.Chat), "moved"):
		s.moves++
		return &bots.MovedError{To: news.ChatID(fmt.Sprint("moved", s.moves, "-", m.Chat))}
	case p == 12:
		return bots.ErrSuspended
	}
	return nil
}

func (s *storm) step(article *news.ArticleID) {
	switch s.rng.IntN(9) {
	case 0, 1:
		s.publish(article)
	case 2:
		s.db.join(1+s.rng.IntN(5), tree.All()[s.rng.IntN(5)].Slug)
	case 3:
		s.leave()
	case 4:
		s.kill()
		s.kills++
		s.begin()
	case 5:
		s.db.reply(outbox.Reply{Chat: news.ChatID(fmt.Sprint("c", 1+s.rng.IntN(40))), Message: news.Say(news.T("reply"))})
		s.box.Wake()
	}
	pass(time.Duration(s.rng.IntN(2500)) * time.Millisecond)
}

func (s *storm) publish(article *news.ArticleID) {
	var items []news.Item
	kind := []news.Kind{news.Breaking, news.Single, news.Digest, news.Digest}[s.rng.IntN(4)]
	n := 1
	if kind == news.Digest {
		n = 1 + s.rng.IntN(5)
	}
	for i := range n {
		*article++
		a := *article
		if i > 0 && s.rng.IntN(3) == 0 {
			a = 1 + news.ArticleID(s.rng.IntN(int(a)))
		}
		if !has(items, a) {
			items = append(items, news.Item{Article: a, Section: tree.All()[int(a)%5].Slug})
		}
	}
	b := news.Broadcast{Kind: kind, Items: items, Audience: audience(items)}
	b.ID = s.db.publish(b)
	s.db.with(func() { b.Asof = s.db.seq })
	s.all = append(s.all, b)
	s.box.Wake()
}

func has(items []news.Item, a news.ArticleID) bool {
	for _, i := range items {
		if i.Article == a {
			return true
		}
	}
	return false
}

func (s *storm) leave() {
	var id news.SubscriberID
	s.db.with(func() {
		r := s.db.readers[s.rng.IntN(len(s.db.readers))]
		r.gone, id = true, r.ID
	})
	s.box.Drop(id)
}

func TestNobodyIsLostInAStorm(t *testing.T) {
	for seed := range uint64(18) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			play(t, func(w *world) {
				s := &storm{world: w, rng: rand.New(rand.NewPCG(seed, 99)), wind: rand.New(rand.NewPCG(seed, 7))}
				w.setup = func(o *outbox.Outbox) { o.Chunk = 8 + int(seed) }
				if seed >= 12 {
					w.gathers(24)
				}
				for _, sec := range tree.All() {
					w.db.join(5+s.rng.IntN(15), sec.Slug, tree.All()[s.rng.IntN(5)].Slug)
				}
				w.net.script = s.fault
				w.begin()
				var article news.ArticleID
				for range 60 {
					s.step(&article)
				}
				w.net.mu.Lock()
				w.net.script = nil
				w.net.mu.Unlock()
				pass(14 * time.Hour) // the longest back-off and some more
				s.check(t)
			})
		})
	}
}

// check says what must hold when all is quiet again.
func (s *storm) check(t *testing.T) {
	gone := map[news.SubscriberID]bool{}
	s.db.with(func() {
		for _, r := range s.db.readers {
			gone[r.ID] = r.gone
		}
	})
	got := map[string]int{} // by key
	for _, a := range s.net.arrivals() {
		got[a.Key]++
	}
	repeats := 0
	for _, n := range got {
		repeats += n - 1
	}
	if most := s.kills*s.repeatable() + s.doubtful; repeats > most {
		t.Errorf("%d repeats after %d kills and %d doubtful messages, at most %d are promised", repeats, s.kills, s.doubtful, most)
	}
	for _, b := range s.all {
		if state := s.db.state(b.ID); state != news.Done {
			t.Errorf("broadcast %d is %s", b.ID, state)
		}
		receipts := s.db.receipts(b.ID)
		s.db.with(func() {
			for _, r := range s.db.readers {
				key := outbox.Key([]byte("secret"), b.ID, 1, r.ID, 0)
				receipt, there := receipts[r.ID]
				lane := &outbox.Lane{Key: outbox.LaneKey{Broadcast: b.ID, Account: account}, Broadcast: b}
				switch {
				case r.joined > b.Asof && (there || got[key] > 0):
					t.Errorf("reader %d joined later and has broadcast %d", r.ID, b.ID)
				case !there && s.db.isFor(lane, r):
					t.Errorf("reader %d has no receipt of broadcast %d", r.ID, b.ID)
				case receipt.Outcome == news.Sent && got[key] == 0:
					t.Errorf("reader %d has a receipt of broadcast %d and nothing else", r.ID, b.ID)
				case receipt.Outcome == news.Deferred:
					t.Errorf("reader %d waits for ever for broadcast %d", r.ID, b.ID)
				}
			}
		})
	}
	if n := len(s.db.waitingReplies()); n > 0 {
		t.Errorf("%d replies were never answered", n)
	}
	if n := len(s.db.retries); n > 0 {
		t.Errorf("%d retries are left", n)
	}
	s.checkArticles(t)
}

// checkArticles: no reader has the same article from two broadcasts, but for
// what was in the air when the program died and what nobody can know.
func (s *storm) checkArticles(t *testing.T) {
	type seen struct {
		chat    news.ChatID
		article string
	}
	from := map[seen]map[string]bool{}
	twice := 0
	for _, a := range s.net.arrivals() {
		for _, line := range strings.Split(a.Text.String(), "\n") {
			b, rest, ok := strings.Cut(line, "/")
			if !ok {
				continue
			}
			k := seen{a.Chat, strings.Fields(rest)[1]}
			if from[k] == nil {
				from[k] = map[string]bool{}
			}
			if from[k][b] = true; len(from[k]) == 2 {
				twice++
			}
		}
	}
	if most := s.kills*s.repeatable() + s.doubtful; twice > most {
		t.Errorf("%d articles came twice, at most %d are promised", twice, most)
	}
}
