package outbox_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// disk is a world whose store is the real one.
type disk struct {
	*world
	file    *sqlite.Store
	readers []news.Reader
	left    map[news.ChatID]bool
	gone    []news.ChatID // as the network says
	sent    []sentOut
}

// sentOut is a broadcast and how many readers there were when it was published.
type sentOut struct {
	news.Broadcast
	readers int
}

func openDisk(t *testing.T) *disk {
	file, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "nashra.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := &disk{world: newWorld(t), file: file, left: map[news.ChatID]bool{}}
	d.world.real = file
	d.must(file.Opened(t.Context(), desk.Entry{At: time.Now(), Act: desk.ActOpen}))
	d.must(file.Settings(t.Context(), sqlite.Settings{Slots: []news.Slot{"morning"}, Tree: tree}))
	return d
}

func (d *disk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *disk) joinDisk(n int, follows ...news.Slug) {
	d.t.Helper()
	var list []sqlite.Subscriber
	for range n {
		r := news.Reader{Account: account, Chat: news.ChatID(fmt.Sprint("c", len(d.readers)+1)), Kind: news.Private,
			Pace: news.PaceDigest, Slots: []news.Slot{"morning"}, Follows: follows, Breaking: true}
		d.readers = append(d.readers, r)
		list = append(list, sqlite.Subscriber{Reader: r})
	}
	done, err := d.file.Import(context.Background(), time.Now(), list)
	if d.must(err); done.Added != n {
		d.t.Fatalf("imported %+v", done)
	}
}

func (d *disk) publishDisk(kind news.Kind, date int, items ...news.Item) {
	d.t.Helper()
	b := news.Broadcast{Kind: kind, Items: items, Audience: audience(items), Since: time.Now().Add(-48 * time.Hour), Published: time.Now()}
	if kind == news.Digest {
		b.Slot, b.Date = "morning", news.DateOf(time.Date(2030, 1, date, 0, 0, 0, 0, time.UTC))
	}
	id, err := d.file.Publish(context.Background(), digest.Publication{Broadcast: b, Accounts: []news.AccountID{account}})
	d.must(err)
	b.ID = id
	d.sent = append(d.sent, sentOut{b, len(d.readers)})
	d.box.Wake()
}

// leaveDisk has a reader leave, as the conversation does it.
func (d *disk) leaveDisk(chat news.ChatID) {
	d.t.Helper()
	d.left[chat] = true
	done, err := d.file.Commit(context.Background(), talk.Commit{Account: account, At: time.Now(), Chat: chat, Kind: news.Private, Leave: "stop",
		Replies: []talk.Reply{{Message: news.Say(news.T("bye"))}}})
	d.must(err)
	if done.Dropped != 0 {
		d.box.Drop(done.Dropped)
	}
	d.box.Wake()
}

func TestNobodyIsLostOnTheRealStore(t *testing.T) {
	for seed := range uint64(2) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := openDisk(t)
				defer func() { d.must(d.file.Close()) }()
				d.setup = func(o *outbox.Outbox) { o.Chunk = 20 }
				rng := rand.New(rand.NewPCG(seed, 5))
				for _, s := range tree.All() {
					d.joinDisk(25, s.Slug)
				}
				doubtful, kills := d.weather(rand.New(rand.NewPCG(seed, 6))), 0
				d.begin()
				for day := range 25 {
					switch rng.IntN(6) {
					case 0, 1:
						a := news.ArticleID(10*len(d.sent) + 1)
						d.publishDisk(news.Breaking, day, news.Item{Article: a, Section: tree.All()[rng.IntN(5)].Slug})
						d.publishDisk(news.Digest, day+1, news.Item{Article: a, Section: tree.All()[rng.IntN(5)].Slug},
							news.Item{Article: a + 1, Section: tree.All()[rng.IntN(5)].Slug})
					case 2:
						d.joinDisk(3, tree.All()[rng.IntN(5)].Slug)
					case 3:
						d.leaveDisk(d.readers[rng.IntN(len(d.readers))].Chat)
					case 4:
						d.kill()
						kills++
						d.begin()
					}
					pass(time.Duration(rng.IntN(3000)) * time.Millisecond)
				}
				d.net.mu.Lock()
				d.net.script = nil
				d.net.mu.Unlock()
				pass(100 * time.Minute)
				d.check(*doubtful, kills)
				d.must(d.end())
				if t.Failed() {
					t.Log(d.log.String())
				}
			})
		})
	}
}

// weather lets the network fail now and then, and counts what nobody can know.
func (d *disk) weather(rng *rand.Rand) *int {
	doubtful := new(int)
	d.net.script = func(m bots.Message, _ int) error {
		switch p := rng.IntN(60); p {
		case 0:
			return bots.ErrNotSent
		case 1:
			*doubtful++
			return errArrived
		case 2:
			if !strings.HasPrefix(m.Text.String(), "bye") {
				d.gone = append(d.gone, m.Chat)
				return bots.ErrGone
			}
		case 3:
			return &bots.RetryError{After: 45 * time.Second}
		case 4:
			return bots.ErrMissing
		}
		return nil
	}
	return doubtful
}

func (d *disk) check(doubtful, kills int) {
	t := d.t
	t.Helper()
	for _, chat := range d.gone {
		d.left[chat] = true
	}
	progress, err := d.file.Progress(context.Background(), 1000)
	d.must(err)
	for _, p := range progress {
		if p.State != news.Done || p.Counts[news.Deferred] > 0 {
			t.Errorf("broadcast %d is %s: %v", p.Broadcast, p.State, p.Counts)
		}
	}
	got := map[string]int{}
	repeats := 0
	for _, a := range d.net.arrivals() {
		if got[a.Key]++; got[a.Key] > 1 {
			repeats++
		}
	}
	if most := kills*d.limits.InFlight + doubtful; repeats > most {
		t.Errorf("%d repeats, at most %d are promised", repeats, most)
	}
	for _, b := range d.sent {
		receipts := map[news.SubscriberID]outbox.Receipt{}
		d.must(d.file.Deliveries(context.Background(), b.ID, func(one sqlite.Delivery) error {
			receipts[one.Subscriber] = one.Receipt
			return nil
		}))
		for i, r := range d.readers {
			id := news.SubscriberID(i + 1)
			_, there := receipts[id]
			key := outbox.Key([]byte("secret"), b.ID, 1, id, 0)
			switch {
			case i >= b.readers && there:
				t.Errorf("reader %d joined later and has a receipt of broadcast %d", id, b.ID)
			case i < b.readers && !there && !d.left[r.Chat] && b.isFor(r):
				t.Errorf("reader %d has no receipt of broadcast %d", id, b.ID)
			case receipts[id].Outcome == news.Sent && got[key] == 0:
				t.Errorf("reader %d has a receipt of broadcast %d and nothing else", id, b.ID)
			}
		}
	}
	t.Logf("%d broadcasts, %d messages, %d kills, %d repeats, %d doubtful", len(d.sent), len(d.net.arrivals()), kills, repeats, doubtful)
}

func (b sentOut) isFor(r news.Reader) bool {
	for _, i := range b.Items {
		if tree.Follows(r.Follows, i.Section) {
			return true
		}
	}
	return false
}
