package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// TipID is the store's number of a tip.
type TipID int64

// Tip is what a reader has told the newsroom. Who they are stays in the store
// unless they agreed to be named.
type Tip struct {
	ID      TipID
	Words   string // what they wrote or forwarded
	From    string // their name as they gave it; empty unless they agreed
	Forward bool   // a message that they had received
	At      time.Time
	Closed  string // "answered", "linked" or "closed"; empty: it waits
}

// Teller is who told, for the store alone.
type Teller struct {
	Seat
	Name   string
	Agreed bool // to be named to the editors
}

// Tips is the queue of what readers tell.
type Tips interface {
	// Told writes a tip. The same key twice is one tip; fresh is false.
	Told(ctx context.Context, key string, t Tip, from Teller) (id TipID, fresh bool, err error)

	// Tip returns one; ErrNone.
	Tip(ctx context.Context, id TipID) (Tip, error)

	// Tipped returns those that wait, oldest first.
	Tipped(ctx context.Context) ([]Tip, error)

	// Answered settles a tip and writes m to whoever told it; ErrChanged when it
	// does not wait any more.
	Answered(ctx context.Context, id TipID, how string, m news.Message, e Entry) (to Seat, err error)

	// Forgot deletes the tips from before t, with everything about who told
	// them.
	Forgot(ctx context.Context, before time.Time) (int, error)
}

// The bounds of tips.
const (
	tipLife  = 30 * 24 * time.Hour
	maxTip   = 2000 // UTF-16 units that are kept
	maxReply = 1500
)

// Tell takes a reader's tip, which needs no right. It is in the queue when
// Tell returns.
func (d *Desk) Tell(ctx context.Context, key string, from Teller, words string, forwarded bool) (TipID, error) {
	words = arabic.Clip(said(words), maxTip)
	if words == "" {
		return 0, refuse("the tip has no words")
	}
	from.Name = cleanName(from.Name)
	id, _, err := d.Store.Told(ctx, key, Tip{Words: words, Forward: forwarded, At: d.Now()}, from)
	if err != nil {
		return 0, fmt.Errorf("take a tip: %w", err)
	}
	return id, nil
}

// Tipped lists the tips that wait.
func (d *Desk) Tipped(ctx context.Context, by EditorID) ([]Tip, error) {
	who, err := d.editor(ctx, by)
	if err != nil {
		return nil, err
	}
	if err := who.allowed(ActAnswer); err != nil {
		return nil, err
	}
	return d.Store.Tipped(ctx)
}

// Answer answers a tip in words; the reader hears them.
func (d *Desk) Answer(ctx context.Context, by EditorID, id TipID, words string) error {
	words = said(words)
	if words == "" || arabic.Units(words) > maxReply {
		return refuse("an answer has words, and at most %d characters", maxReply)
	}
	return d.settle(ctx, by, id, ActAnswer, "answered", d.words().TipAnswer(words, ""))
}

// Point answers a tip with the address of a check.
func (d *Desk) Point(ctx context.Context, by EditorID, id TipID, link string) error {
	if !webAddress(strings.TrimSpace(link)) {
		return refuse("the link %q is no web address", link)
	}
	return d.settle(ctx, by, id, ActAnswer, "linked", d.words().TipAnswer("", strings.TrimSpace(link)))
}

// Close closes a tip; the reader is thanked.
func (d *Desk) Close(ctx context.Context, by EditorID, id TipID) error {
	return d.settle(ctx, by, id, ActClose, "closed", d.words().TipAnswer("", ""))
}

func (d *Desk) settle(ctx context.Context, by EditorID, id TipID, a Act, how string, m news.Message) error {
	return d.turn(ctx, by, a, func(ctx context.Context, e Entry) error {
		t, err := d.Store.Tip(ctx, id)
		if err != nil {
			return err
		}
		if t.Closed != "" {
			return refuseAs(Taken, "the tip has been settled: %s", t.Closed)
		}
		e.About = fmt.Sprintf("tip %d: %s", id, how)
		to, err := d.Store.Answered(ctx, id, how, m, e)
		if err == nil {
			d.posted([]Letter{{Seat: to}})
		}
		return err
	})
}

// forgetTips deletes what is older than readers were promised.
func (d *Desk) forgetTips(ctx context.Context) error {
	if _, err := d.Store.Forgot(ctx, d.Now().Add(-tipLife)); err != nil {
		return fmt.Errorf("delete old tips: %w", err)
	}
	return nil
}
