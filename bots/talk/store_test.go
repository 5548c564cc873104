package talk_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// memory is a talk.Store that lives in memory and does what the contract says.
type memory struct {
	mu       sync.Mutex
	seen     map[string]bool
	chats    map[string]*entry
	last     news.SubscriberID
	articles []news.Article
}

type entry struct {
	reader  news.Reader // ID 0: none
	left    bool
	before  news.SubscriberID // of one who left
	memo    []byte
	consent []talk.Consented
}

func newMemory() *memory {
	return &memory{seen: map[string]bool{}, chats: map[string]*entry{}}
}

func key(account news.AccountID, chat news.ChatID) string {
	return string(account) + "|" + string(chat)
}

func (m *memory) Chat(_ context.Context, account news.AccountID, chat news.ChatID) (talk.Chat, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.chats[key(account, chat)]
	if e == nil {
		return talk.Chat{}, nil
	}
	return talk.Chat{Reader: e.reader, Left: e.left, Memo: slices.Clone(e.memo)}, nil
}

func (m *memory) Commit(_ context.Context, c talk.Commit) (talk.Committed, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c.Key != "" && m.seen[string(c.Account)+"|"+c.Key] {
		return talk.Committed{}, talk.ErrSeen
	}
	m.seen[string(c.Account)+"|"+c.Key] = true
	var out talk.Committed
	at := key(c.Account, c.Chat)
	e := m.chats[at]
	if e == nil {
		e = &entry{}
		m.chats[at] = e
	}
	e.memo = c.Memo
	if c.Reader != nil {
		r := *c.Reader
		if r.ID == 0 {
			if e.reader.ID != 0 {
				return talk.Committed{}, errors.New("join: the chat has a reader")
			}
			// Who comes back is who left.
			if r.ID = e.before; r.ID == 0 {
				m.last++
				r.ID = m.last
			}
			e.consent = append(e.consent, talk.Consented{Consent: *c.Join, At: c.At})
		} else if r.ID != e.reader.ID {
			return talk.Committed{}, fmt.Errorf("change: reader %d is not of this chat", r.ID)
		}
		e.reader, e.left = r, false
	}
	out.Reader = e.reader.ID
	if c.Leave != "" {
		out.Dropped, out.Reader = e.reader.ID, 0
		e.before = max(e.before, e.reader.ID)
		e.reader.ID, e.left = 0, true
	}
	if c.Forget {
		out.Dropped, out.Reader = e.reader.ID, 0
		delete(m.chats, at)
	}
	if c.Moved != "" {
		delete(m.chats, at)
		e.reader.Chat = c.Moved
		m.chats[key(c.Account, c.Moved)] = e
	}
	return out, nil
}

// sound refuses commits that make no sense.
func sound(c talk.Commit) error {
	switch {
	case c.Account == "" || c.Chat == "" || c.Kind == "" || c.At.IsZero() || c.Key == "":
		return errors.New("commit: account, chat, kind, key and time are needed")
	case c.Reader != nil && c.Reader.ID == 0 && c.Join == nil:
		return errors.New("join: no consent")
	case c.Join != nil && (c.Reader == nil || c.Reader.ID != 0 || c.Join.How == "" || c.Join.Words == ""):
		return errors.New("join: consent without a joining reader")
	case c.Reader != nil && (len(c.Reader.Follows) == 0 || c.Reader.Pace == "" || len(c.Reader.Slots) == 0):
		return errors.New("commit: a reader who is subscribed to nothing")
	case c.Reader != nil && c.Reader.Pace == news.PaceBreaking && !c.Reader.Breaking:
		return errors.New("commit: a reader who gets nothing")
	case c.Reader != nil && (c.Reader.Chat != c.Chat || c.Reader.Account != c.Account || c.Reader.Kind != c.Kind):
		return errors.New("commit: a reader of another chat")
	case c.Forget && (c.Memo != nil || c.Reader != nil || c.Leave != ""):
		return errors.New("forget: something is to be kept")
	case c.Leave != "" && c.Reader != nil:
		return errors.New("leave: the reader changes as well")
	}
	for _, r := range c.Replies {
		if len(r.Message.Blocks) == 0 {
			return errors.New("reply: nothing is said")
		}
		for _, b := range r.Message.Blocks {
			if b.Empty() {
				return errors.New("reply: an empty block")
			}
		}
		for _, row := range r.Message.Buttons {
			for _, b := range row {
				if b.Label == "" || len(b.Data) > 64 || b.Data == "" && b.URL == "" {
					return fmt.Errorf("reply: no network takes the button %+v", b)
				}
			}
		}
	}
	return nil
}

func (m *memory) put(a news.Article) { m.articles = append(m.articles, a) }

func (m *memory) Latest(_ context.Context, sections []news.Slug, n int) ([]news.Article, error) {
	var out []news.Article
	for _, a := range slices.Backward(m.articles) {
		if len(out) < n && (sections == nil || slices.Contains(sections, a.Section)) {
			out = append(out, a)
		}
	}
	return out, nil
}

func (m *memory) Counts(_ context.Context, t time.Time) (map[news.Slug]int, error) {
	out := map[news.Slug]int{}
	for _, a := range m.articles {
		if !a.Arrived.Before(t) {
			out[a.Section]++
		}
	}
	return out, nil
}

func (m *memory) Kept(_ context.Context, account news.AccountID, chat news.ChatID) (talk.Kept, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.chats[key(account, chat)]
	if e == nil {
		return talk.Kept{}, nil
	}
	return talk.Kept{Reader: e.reader, Consent: e.consent, Receipts: 0}, nil
}
