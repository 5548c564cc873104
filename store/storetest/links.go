package storetest

import (
	"errors"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

func second[T any](_ T, err error) error { return err }

// joinAt makes r the reader of a chat of any account.
func (h *house) joinAt(at talk.Address, r news.Reader) news.SubscriberID {
	h.Helper()
	done, err := h.Commit(h.ctx, talk.Commit{
		Account: at.Account, At: h.now, Chat: at.Chat, Kind: r.Kind, Reader: &r, Join: &talk.Consent{How: "chat", Words: "welcome/1"},
	})
	h.must(err)
	return done.Reader
}

// link links the two chats; the code is taken on WhatsApp.
func (h *house) link(follows ...news.Slug) talk.Committed {
	h.Helper()
	return h.linkChats(telegramChat, whatsappChat, follows...)
}

func (h *house) linkChats(from, to talk.Address, follows ...news.Slug) talk.Committed {
	h.Helper()
	h.must(second(h.Commit(h.ctx, talk.Commit{
		Account: from.Account, At: h.now, Chat: from.Chat, Kind: news.Private, Give: &talk.Code{Digits: "204060", Expires: h.now.Add(time.Minute)},
	})))
	o, _, err := h.Offered(h.ctx, "204060", h.now)
	h.must(err)
	o.Reader.Follows = follows
	c := talk.Commit{Account: to.Account, At: h.now, Chat: to.Chat, Kind: news.Private, Take: "204060", Reader: &o.Reader}
	if there, err := h.Chat(h.ctx, to.Account, to.Chat); err == nil && there.Reader.ID == 0 {
		c.Join = &talk.Consent{How: "linked", Words: "linked/1"}
	}
	done, err := h.Commit(h.ctx, c)
	h.must(err)
	return done
}

func (h *house) refused(c talk.Commit) {
	h.Helper()
	if _, err := h.Commit(h.ctx, c); !errors.Is(err, talk.ErrCode) {
		h.Errorf("taken: %v", err)
	}
}

// both publishes on both networks.
func (h *house) both(b news.Broadcast, sections ...news.Slug) news.BroadcastID {
	h.Helper()
	if len(b.Items) == 0 {
		b.Words = "words"
	}
	if b.Kind == news.Digest {
		b.Date = news.DateOf(h.now)
	}
	b.Audience.Sections, b.Published, b.Since = sections, h.now, h.now.Add(-48*time.Hour)
	id, err := h.Publish(h.ctx, digest.Publication{Broadcast: b, Accounts: []news.AccountID{tg, wa}})
	h.must(err)
	return id
}

func lane(id news.BroadcastID, account news.AccountID) outbox.LaneKey {
	return outbox.LaneKey{Broadcast: id, Account: account}
}

// takeAt takes a chunk as the owner of an account.
func (h *house) takeAt(account news.AccountID, id news.BroadcastID) outbox.Chunk {
	h.Helper()
	e, err := h.Own(h.ctx, account)
	h.must(err)
	return h.take(e, lane(id, account), 10)
}

func (h *house) takenBy(k outbox.LaneKey) (ids []news.SubscriberID) {
	h.Helper()
	for _, r := range h.takeAt(k.Account, k.Broadcast).Recipients {
		ids = append(ids, r.ID)
	}
	return ids
}

// walkAt takes a lane of any account to its end.
func (h *house) walkAt(account news.AccountID, id news.BroadcastID) (all []news.SubscriberID) {
	h.Helper()
	e, err := h.Own(h.ctx, account)
	h.must(err)
	for {
		c := h.take(e, lane(id, account), 10)
		if len(c.Recipients) == 0 {
			return all
		}
		for _, r := range c.Recipients {
			all = append(all, r.ID)
		}
		h.finish(e, c)
	}
}

// due returns the retries that are due after a while.
func (h *house) due(account news.AccountID, after time.Duration) []outbox.Retry {
	h.Helper()
	due, err := h.Due(h.ctx, account, h.now.Add(after), 10)
	h.must(err)
	return due
}

func (h *house) recordAt(account news.AccountID, r outbox.Results) {
	h.Helper()
	e, err := h.Own(h.ctx, account)
	h.must(err)
	h.record(e, r)
}

// settleAt records what became of a retry.
func (h *house) settleAt(account news.AccountID, r outbox.Retry, o news.Outcome) {
	h.Helper()
	h.recordAt(account, outbox.Results{
		Late:    []outbox.LateReceipt{{Lane: r.Lane, Receipt: outbox.Receipt{Subscriber: r.Subscriber, Outcome: o, Version: 1, IDs: []news.MessageID{"7"}}}},
		Settled: []outbox.RetryKey{{Lane: r.Lane, Subscriber: r.Subscriber}},
	})
}

// delivered fails unless a broadcast reached a reader once, through account.
func (h *house) delivered(id news.BroadcastID, account news.AccountID, reader news.SubscriberID) {
	h.Helper()
	n := 0
	h.must(h.Deliveries(h.ctx, id, func(d store.Delivery) error {
		if d.Subscriber == reader && d.Outcome == news.Sent {
			n++
			want(h, "account", d.Account, account)
		}
		return nil
	}))
	want(h, "copies", n, 1)
}
