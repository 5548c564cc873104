package talk_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
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
	codes    map[string]given
	last     news.SubscriberID
	articles []news.Article
	told     []tipped
}

// entry is a reader with all their chats, the one for broadcasts first.
type entry struct {
	reader  news.Reader // ID 0: none
	left    bool
	before  news.SubscriberID // of one who left
	chats   []talk.Address
	memo    map[talk.Address][]byte
	consent []talk.Consented
}

// others returns the further chats.
func (e *entry) others() []talk.Address {
	if len(e.chats) < 2 {
		return nil
	}
	return slices.Clone(e.chats[1:])
}

// prefer makes a the chat for broadcasts.
func (e *entry) prefer(a talk.Address) {
	if at := slices.Index(e.chats, a); at > 0 {
		e.chats[0], e.chats[at] = e.chats[at], e.chats[0]
	}
	e.reader.Account, e.reader.Chat = e.chats[0].Account, e.chats[0].Chat
}

type given struct {
	to      talk.Address
	expires time.Time
}

func newMemory() *memory {
	return &memory{seen: map[string]bool{}, codes: map[string]given{}, chats: map[string]*entry{}}
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
	return talk.Chat{Reader: e.reader, Others: e.others(), Left: e.left, Memo: slices.Clone(e.memo[talk.Address{Account: account, Chat: chat}])}, nil
}

func (m *memory) Commit(_ context.Context, c talk.Commit) (talk.Committed, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c.Key != "" && m.seen[string(c.Account)+"|"+c.Key] {
		return talk.Committed{}, talk.ErrSeen
	}
	m.seen[string(c.Account)+"|"+c.Key] = true
	m.tell(c)
	var out talk.Committed
	here := talk.Address{Account: c.Account, Chat: c.Chat}
	at := key(c.Account, c.Chat)
	e := m.chats[at]
	if c.Take != "" {
		giver, ok := m.taken(c, here, e)
		if !ok {
			return talk.Committed{}, talk.ErrCode
		}
		out.Was = giver.chats[0].Account
		if e != nil && e.reader.ID != 0 {
			out.Dropped = e.reader.ID
		}
		if e != nil {
			giver.memo[here] = e.memo[here]
		}
		giver.chats = append([]talk.Address{here}, giver.chats...)
		e = giver
		m.chats[at] = e
	}
	if e == nil {
		e = &entry{chats: []talk.Address{here}, memo: map[talk.Address][]byte{}}
		m.chats[at] = e
	}
	was := e.chats[0]
	e.memo[here] = c.Memo
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
			e.prefer(here)
		} else if r.ID != e.reader.ID {
			return talk.Committed{}, fmt.Errorf("change: reader %d is not of this chat", r.ID)
		}
		if c.Join != nil {
			e.consent = append(e.consent, talk.Consented{Consent: *c.Join, At: c.At})
		}
		e.reader, e.left = r, false
	}
	if c.Prefer != (talk.Address{}) {
		e.prefer(c.Prefer)
	}
	if c.Unlink != (talk.Address{}) {
		m.unlink(e, c.Unlink)
	}
	if e = m.chats[at]; e.reader.ID != 0 {
		e.prefer(e.chats[0])
	}
	out.Reader = e.reader.ID
	if out.Was == "" {
		out.Was = was.Account
	}
	if out.Now = e.chats[0].Account; out.Was == out.Now || out.Reader == 0 {
		out.Was, out.Now = "", ""
	}
	if c.Give != nil {
		maps.DeleteFunc(m.codes, func(_ string, g given) bool { return g.to == here })
		m.codes[c.Give.Digits] = given{here, c.Give.Expires}
	}
	if c.Leave != "" {
		out.Dropped, out.Reader = e.reader.ID, 0
		e.before = max(e.before, e.reader.ID)
		e.reader.ID, e.left = 0, true
	}
	if c.Forget {
		out.Dropped, out.Reader = e.reader.ID, 0
		for _, a := range e.chats {
			delete(m.chats, key(a.Account, a.Chat))
		}
	}
	if c.Moved != "" {
		delete(m.chats, at)
		to := talk.Address{Account: c.Account, Chat: c.Moved}
		e.chats[slices.Index(e.chats, here)] = to
		e.memo[to] = e.memo[here]
		e.prefer(e.chats[0])
		m.chats[key(c.Account, c.Moved)] = e
	}
	return out, nil
}

// taken finds who was given a code that here may take.
func (m *memory) taken(c talk.Commit, here talk.Address, taker *entry) (*entry, bool) {
	code, ok := m.codes[c.Take]
	if !ok || !code.expires.After(c.At) || code.to.Account == here.Account || taker != nil && len(taker.chats) > 1 {
		return nil, false
	}
	giver := m.chats[key(code.to.Account, code.to.Chat)]
	if giver == nil || giver.reader.ID == 0 || len(giver.chats) > 1 || c.Reader == nil || c.Reader.ID != giver.reader.ID {
		return nil, false
	}
	delete(m.codes, c.Take)
	return giver, true
}

// unlink makes one of e's chats that of somebody who has left.
func (m *memory) unlink(e *entry, a talk.Address) {
	at := slices.Index(e.chats, a)
	if at < 0 || len(e.chats) < 2 {
		return
	}
	e.chats = slices.Delete(e.chats, at, at+1)
	e.prefer(e.chats[0])
	gone := &entry{reader: e.reader, left: true, chats: []talk.Address{a}, memo: map[talk.Address][]byte{a: e.memo[a]}}
	m.last++
	gone.before, gone.reader.ID, gone.reader.Account, gone.reader.Chat = m.last, 0, a.Account, a.Chat
	m.chats[key(a.Account, a.Chat)] = gone
}

func (m *memory) Offered(_ context.Context, code string, t time.Time) (talk.Offer, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	g, ok := m.codes[code]
	if !ok || !g.expires.After(t) {
		return talk.Offer{}, false, nil
	}
	e := m.chats[key(g.to.Account, g.to.Chat)]
	if e == nil || e.reader.ID == 0 {
		return talk.Offer{}, false, nil
	}
	return talk.Offer{Reader: e.reader, Linked: len(e.chats) > 1}, true, nil
}

// sound refuses commits that make no sense.
func sound(c talk.Commit) error {
	switch {
	case c.Account == "" || c.Chat == "" || c.Kind == "" || c.At.IsZero() || c.Key == "":
		return errors.New("commit: account, chat, kind, key and time are needed")
	case c.Reader != nil && c.Reader.ID == 0 && c.Join == nil:
		return errors.New("join: no consent")
	case c.Join != nil && (c.Reader == nil || c.Reader.ID != 0 && c.Take == "" || c.Join.How == "" || c.Join.Words == ""):
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
	if err := soundTip(c); err != nil {
		return err
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
	tips, files := 0, 0
	for _, one := range m.told {
		if one.at == (talk.Address{Account: account, Chat: chat}) {
			tips++
			if !one.File.None() {
				files++
			}
		}
	}
	e := m.chats[key(account, chat)]
	if e == nil {
		return talk.Kept{Tips: tips, Files: files}, nil
	}
	return talk.Kept{Reader: e.reader, Others: e.others(), Consent: e.consent, Receipts: 0, Tips: tips, Files: files}, nil
}
