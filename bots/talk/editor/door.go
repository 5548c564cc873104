package editor

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// Door takes editors' events to the desk, and hands on all others.
type Door struct {
	Desk  *desk.Desk
	Store Store
	Next  bots.Handler           // the readers' conversation
	Stops func(text string) bool // whether a text asks to stop messages, in any words
	Tree  func() news.Tree
	Zone  func() *time.Location

	// Buttons says whether an account's network shows buttons, and takes edits
	// of what it was sent. Nil: Telegram does.
	Buttons func(news.AccountID) bool

	// Reach counts what a correction or a withdrawal has reached.
	Reach func(context.Context, news.BroadcastID) (news.Reach, error)

	// Fetch brings a file that was sent to an account, of at most so many bytes:
	// bots.ErrTooBig, or bots.ErrMissing when its network has it no more. Nil: none
	// can be had.
	Fetch func(ctx context.Context, a news.AccountID, f bots.File, most int64) ([]byte, error)

	// Coming makes a digest as it would look now: of a slot and a date, or the
	// next one of a slot, or the next of all; ok is false when it cannot come
	// any more, or none does.
	Coming func(ctx context.Context, slot news.Slot, date news.Date) (u desk.Upcoming, ok bool, err error)

	Slots   func() []Slot   // the digest hours, in the order of the configuration
	Presets func() []Preset // calendars that are ready to be switched on; nil: none

	Wake func(accounts ...news.AccountID) // replies wait to be sent; nil: nobody is told
	Now  func() time.Time
	Log  *slog.Logger

	phrases *phrases
	rhythm  rhythmPhrases
	said    *desk.Phrases
	words   *vocabulary
	locks   talk.Locks
	tries   tries
	watches watches
}

// Store is where the door leaves its replies.
type Store interface {
	Chat(ctx context.Context, account news.AccountID, chat news.ChatID) (talk.Chat, error)
	Commit(ctx context.Context, c talk.Commit) (talk.Committed, error)
}

var _ bots.Handler = (*Door)(nil)

// New makes a door ready. It speaks the language of its newsroom, and
// understands all.
func New(d *Door, l desk.Language) *Door {
	d.phrases, d.rhythm = phrasesOf(l)
	d.said, d.words = desk.PhrasesOf(l), understood()
	d.tries.chats = map[desk.Seat][]time.Time{}
	d.watches = watches{all: map[desk.DraftID]*watch{}, bell: make(chan struct{}, 1)}
	return d
}

// Handle answers an event. An error means that the event is to come again.
func (d *Door) Handle(ctx context.Context, e bots.Event) (bots.Answer, error) {
	if e.ChatKind != news.Private || e.Kind != bots.Wrote && e.Kind != bots.Pressed && e.Kind != bots.Sent {
		return d.Next.Handle(ctx, e)
	}
	defer d.locks.Lock(talk.Address{Account: e.Account, Chat: e.Chat})()
	seat := desk.Seat{Account: e.Account, Chat: e.Chat}
	who, ok, err := d.Desk.Who(ctx, seat)
	if err != nil {
		return bots.Answer{}, err
	}
	t := &turn{door: d, e: e, who: who, seat: seat, plain: !d.buttons(e.Account)}
	act := t.act
	switch {
	case e.Kind == bots.Wrote && desk.LooksLikeCode(e.Text) && d.tries.may(seat, d.Now()):
		act = t.claim
	case !ok && e.Kind == bots.Pressed && strings.HasPrefix(e.Data, dataMark):
		act = t.nobody
	case !ok:
		return d.Next.Handle(ctx, e)
	}
	done, err := act(ctx)
	if words, refused := d.said.Refusal(err); refused {
		t.refuse(words)
	} else if err != nil {
		return bots.Answer{}, fmt.Errorf("answer an editor: %w", err)
	} else if !done {
		return d.Next.Handle(ctx, e)
	}
	return t.commit(ctx)
}

func (d *Door) buttons(a news.AccountID) bool {
	if d.Buttons == nil {
		return a.Platform() == news.Telegram
	}
	return d.Buttons(a)
}

// commit writes the replies of a turn, once for each event.
func (t *turn) commit(ctx context.Context) (bots.Answer, error) {
	err := t.door.write(ctx, talk.Address{Account: t.e.Account, Chat: t.e.Chat}, t.e.Key, t.replies)
	if errors.Is(err, talk.ErrSeen) {
		return bots.Answer{}, nil
	}
	return bots.Answer{Toast: t.toast}, err
}

// write leaves replies for a chat, whose lock is held.
func (d *Door) write(ctx context.Context, to talk.Address, key string, replies []talk.Reply) error {
	chat, err := d.Store.Chat(ctx, to.Account, to.Chat)
	if err != nil {
		return fmt.Errorf("read an editor's chat: %w", err)
	}
	_, err = d.Store.Commit(ctx, talk.Commit{
		Account: to.Account, Key: key, At: d.Now(), Chat: to.Chat, Kind: news.Private, Memo: chat.Memo, Replies: replies,
	})
	if err != nil {
		return fmt.Errorf("leave word for an editor: %w", err)
	}
	if d.Wake != nil {
		d.Wake(to.Account)
		for _, r := range replies {
			if r.To.Account != "" {
				d.Wake(r.To.Account)
			}
		}
	}
	return nil
}

// tries counts the codes that come from a chat: nobody gets to guess.
type tries struct {
	mu    sync.Mutex
	chats map[desk.Seat][]time.Time
}

// The codes that one chat may try in the time.
const (
	mostTries = 5
	triesTime = time.Hour
	triesKept = 10_000 // chats; more than that are an attack, which waits
)

func (t *tries) may(s desk.Seat, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.chats) >= triesKept {
		for one, at := range t.chats {
			if now.Sub(at[len(at)-1]) > triesTime {
				delete(t.chats, one)
			}
		}
	}
	recent := t.chats[s]
	for len(recent) > 0 && now.Sub(recent[0]) > triesTime {
		recent = recent[1:]
	}
	if len(recent) >= mostTries || len(recent) == 0 && len(t.chats) >= triesKept {
		return false
	}
	t.chats[s] = append(recent, now)
	return true
}
