// Package storetest holds the promises of every store. A store keeps them all
// or is none: each engine runs the whole suite over a real database.
package storetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// Run holds a kind of store to its promises. Open returns a new, empty one each
// time, and closes it when its test ends. All but the trial promises are about a
// bot that is open to the public.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	for name, promises := range map[string]map[string]func(*house){
		"feed":    feedPromises,
		"digest":  digestPromises,
		"outbox":  outboxPromises,
		"record":  recordPromises,
		"talk":    talkPromises,
		"link":    linkPromises,
		"carry":   carryPromises,
		"written": writtenPromises,
		"keeper":  keeperPromises,
		"editor":  editorPromises,
		"draft":   draftPromises,
		"chain":   chainPromises,
		"frozen":  frozenPromises,
		"numbers": numberPromises,
		"tip":     tipPromises,
		"tipfile": tipFilePromises,
		"notice":  noticePromises,
		"rhythm":  rhythmPromises,
		"random":  randomPromises,
		"amend":   amendPromises,
		"astray":  astrayPromises,
		"file":    filePromises,
		"client":  clientPromises,
		"trial":   trialPromises,
		"seen":    seenPromises,

		"command": commandPromises,
		"flood":   floodPromises,
		"carried": carriedPromises,
	} {
		t.Run(name, func(t *testing.T) {
			for promise, hold := range promises {
				t.Run(promise, func(t *testing.T) {
					h := newHouse(t, open(t))
					if name != "trial" {
						h.open()
					}
					hold(h)
				})
			}
		})
	}
}

// tg is the account of most tests.
const tg news.AccountID = "telegram:1"

// house is a store with what most tests begin with: three slots, a tree of
// sections, one source that has been read before.
type house struct {
	*testing.T
	store.Store
	ctx  context.Context
	now  time.Time
	last int // article
}

func newHouse(t *testing.T, s store.Store) *house {
	h := &house{T: t, Store: s, ctx: t.Context(), now: time.Now().Truncate(time.Millisecond).UTC()}
	h.must(s.Settings(h.ctx, h.settings()))
	_, err := s.Pulled(h.ctx, feed.Pull{Source: "site", At: h.now.Add(-48 * time.Hour), Complete: true})
	h.must(err)
	return h
}

// open opens the bot to the public.
func (h *house) open() {
	h.Helper()
	h.must(h.Opened(h.ctx, desk.Entry{At: h.now, Act: desk.ActOpen}))
}

func (h *house) settings() store.Settings {
	return store.Settings{
		Slots: []news.Slot{"morning", "noon", "evening"},
		Tree: news.NewTree([]news.Section{
			{Slug: "news"}, {Slug: "weather", Parent: "news"}, {Slug: "oman", Parent: "news"},
			{Slug: "culture"}, {Slug: "poetry", Parent: "culture"}, {Slug: "jobs"},
		}),
	}
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// want fails unless got is want.
func want[T comparable](h *house, what string, got, want T) {
	h.Helper()
	if got != want {
		h.Errorf("%s: %v, want %v", what, got, want)
	}
}

func wantList[T comparable](h *house, what string, got, want []T) {
	h.Helper()
	if !slices.Equal(got, want) {
		h.Errorf("%s: %v, want %v", what, got, want)
	}
}

// reader is somebody with a digest at morning and evening, and breaking news.
func reader(follows ...news.Slug) news.Reader {
	return news.Reader{Kind: news.Private, Pace: news.PaceDigest, Slots: []news.Slot{"morning", "evening"}, Follows: follows, Breaking: true}
}

// join makes r the reader of a chat by what somebody said there.
func (h *house) join(chat news.ChatID, r news.Reader) news.SubscriberID {
	h.Helper()
	done, err := h.Commit(h.ctx, talk.Commit{
		Account: tg, At: h.now, Chat: chat, Kind: r.Kind, Reader: &r,
		Join: &talk.Consent{How: "chat", Words: "welcome/1"},
	})
	h.must(err)
	if done.Reader == 0 {
		h.Fatalf("%s joined and is no reader", chat)
	}
	return done.Reader
}

// edit changes a reader's choices.
func (h *house) edit(chat news.ChatID, change func(*news.Reader)) {
	h.Helper()
	c, err := h.Chat(h.ctx, tg, chat)
	h.must(err)
	change(&c.Reader)
	_, err = h.Commit(h.ctx, talk.Commit{Account: tg, At: h.now, Chat: chat, Kind: c.Reader.Kind, Reader: &c.Reader})
	h.must(err)
}

func (h *house) say(c talk.Commit) talk.Committed {
	h.Helper()
	c.Account, c.At = tg, h.now
	if c.Kind == "" {
		c.Kind = news.Private
	}
	done, err := h.Commit(h.ctx, c)
	h.must(err)
	return done
}

// arrive stores new articles, one for each section.
func (h *house) arrive(sections ...news.Slug) []news.ArticleID {
	h.Helper()
	p := feed.Pull{Source: "site", At: h.now, Complete: true}
	for _, s := range sections {
		h.last++
		p.Articles = append(p.Articles, news.Article{Key: string(rune('a' + h.last)), Title: "title", URL: "https://site.example/", Section: s, Matched: true})
	}
	taken, err := h.Pulled(h.ctx, p)
	h.must(err)
	if len(taken.New) != len(sections) {
		h.Fatalf("%d of %d articles are new", len(taken.New), len(sections))
	}
	return taken.New
}

// publish publishes a broadcast to the readers of sections.
func (h *house) publish(b news.Broadcast, sections ...news.Slug) news.BroadcastID {
	h.Helper()
	if b.Words == "" && len(b.Items) == 0 {
		b.Words = "words"
	}
	if b.Kind == news.Digest && b.Date == "" {
		h.last++
		b.Date = news.DateOf(h.now.AddDate(0, 0, h.last))
	}
	if !b.Audience.Everyone {
		b.Audience.Sections = sections
	}
	if b.Published.IsZero() {
		b.Published = h.now
	}
	id, err := h.Publish(h.ctx, digest.Publication{Broadcast: b, Accounts: []news.AccountID{tg}, Channels: []news.AccountID{tg}})
	h.must(err)
	return id
}

func morning() news.Broadcast { return news.Broadcast{Kind: news.Digest, Slot: "morning"} }

func alert() news.Broadcast { return news.Broadcast{Kind: news.Breaking} }

func people(id news.BroadcastID) outbox.LaneKey { return outbox.LaneKey{Broadcast: id, Account: tg} }

func (h *house) own() outbox.Epoch {
	h.Helper()
	e, err := h.Own(h.ctx, tg)
	h.must(err)
	return e
}

func (h *house) take(e outbox.Epoch, lane outbox.LaneKey, n int) outbox.Chunk {
	h.Helper()
	c, err := h.Take(h.ctx, e, lane, n)
	h.must(err)
	return c
}

func (h *house) record(e outbox.Epoch, r outbox.Results) {
	h.Helper()
	r.At = h.now
	h.must(h.Record(h.ctx, e, r))
}

// finish records everybody in a chunk as sent.
func (h *house) finish(e outbox.Epoch, c outbox.Chunk) {
	h.Helper()
	var receipts []outbox.Receipt
	for _, to := range c.Recipients {
		receipts = append(receipts, outbox.Receipt{Subscriber: to.ID, Outcome: news.Sent, Version: 1, IDs: []news.MessageID{"7"}})
	}
	h.record(e, outbox.Results{Chunks: []outbox.ChunkResult{closed(c, receipts)}})
}

// closed is a chunk's result when all is told.
func closed(c outbox.Chunk, receipts []outbox.Receipt) outbox.ChunkResult {
	r := outbox.ChunkResult{ID: c.ID, Receipts: outbox.EncodeReceipts(receipts), Counts: map[news.Outcome]int{}, Closed: true}
	for _, one := range receipts {
		r.Counts[one.Outcome]++
	}
	return r
}

// walk takes a lane to its end, n at a time, and returns who was in it.
func (h *house) walk(lane outbox.LaneKey, n int) []news.SubscriberID {
	h.Helper()
	e := h.own()
	var all []news.SubscriberID
	for {
		c := h.take(e, lane, n)
		if len(c.Recipients) == 0 {
			h.record(e, outbox.Results{Ended: []outbox.LaneKey{lane}})
			return all
		}
		for _, r := range c.Recipients {
			all = append(all, r.ID)
		}
		if len(c.Recipients) > n {
			h.Fatalf("%d recipients in a chunk of %d", len(c.Recipients), n)
		}
		want(h, "the first of a chunk", c.Lo, c.Recipients[0].ID)
		want(h, "the last of a chunk", c.Hi, c.Recipients[len(c.Recipients)-1].ID)
		h.finish(e, c)
	}
}

// state is how far a broadcast is.
func (h *house) state(id news.BroadcastID) news.State {
	h.Helper()
	b, err := h.Broadcast(h.ctx, id)
	h.must(err)
	return b.State
}
