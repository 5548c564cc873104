package desk

import (
	"context"
	"fmt"
	"slices"
	"strconv"
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
	Words   string // what they wrote or forwarded; may be empty beside a file
	File    TipFile
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
	// does not wait any more. Nothing is written to somebody who has left since,
	// and to is the zero Seat.
	Answered(ctx context.Context, id TipID, how string, m news.Message, e Entry) (to Seat, err error)

	// TipsAfter counts the tips that wait when one of them is newer than id, and
	// returns the newest; zeros when none is.
	TipsAfter(ctx context.Context, id TipID) (waiting int, newest TipID, err error)

	// Forgot deletes the tips from before t, and those from before held whose
	// readers have not said whether they were meant, with everything about who
	// told them, and what was lent before lent. It counts tips.
	Forgot(ctx context.Context, before, held, lent time.Time) (int, error)
}

// The bounds of tips.
const (
	tipLife  = 30 * 24 * time.Hour
	heldLife = time.Hour // of one whose reader was asked whether it is one
	lentLife = 24 * time.Hour
	maxTip   = 2000 // UTF-16 units that are kept
	maxReply = 1500
)

// Tell takes a reader's tip, which needs no right: its words, its file, and
// whether it was passed on. It is in the queue when Tell returns.
func (d *Desk) Tell(ctx context.Context, key string, from Teller, t Tip) (TipID, error) {
	t = Tip{Words: TipWords(t.Words), File: t.File, Forward: t.Forward, At: d.Now()}
	switch {
	case t.File.None() && t.Words == "":
		return 0, refuse("the tip has no words")
	case !t.File.None() && t.File.Unfit() != "":
		return 0, refuseAs(t.File.Unfit(), "a tip does not carry this file")
	}
	from.Name = TellerName(from.Name)
	id, _, err := d.Store.Told(ctx, key, t, from)
	if err != nil {
		return 0, fmt.Errorf("take a tip: %w", err)
	}
	d.wake()
	return id, nil
}

// TipWords are what is kept of a stranger's words: without what turns the
// direction, and no more than an editor reads.
func TipWords(words string) string { return arabic.Clip(said(words), maxTip) }

// TellerName is what is kept of a stranger's name.
func TellerName(name string) string { return cleanName(name) }

// ReadTip returns a tip.
func (d *Desk) ReadTip(ctx context.Context, by EditorID, id TipID) (Tip, error) {
	who, err := d.editor(ctx, by)
	if err != nil {
		return Tip{}, err
	}
	if err := who.allowed(ActAnswer); err != nil {
		return Tip{}, err
	}
	t, err := d.Store.Tip(ctx, id)
	return t, explained(err)
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

// Answer answers a tip in words; heard says that the reader gets them, and has
// not left since.
func (d *Desk) Answer(ctx context.Context, by EditorID, id TipID, words string) (heard bool, err error) {
	words = said(words)
	if words == "" || arabic.Units(words) > maxReply {
		return false, refuse("an answer has words, and at most %d characters", maxReply)
	}
	return d.settle(ctx, by, id, ActAnswer, "answered", d.words().TipAnswer(words, ""))
}

// Point answers a tip with the address of a check.
func (d *Desk) Point(ctx context.Context, by EditorID, id TipID, link string) (heard bool, err error) {
	if !webAddress(strings.TrimSpace(link)) {
		return false, refuse("the link %q is no web address", link)
	}
	return d.settle(ctx, by, id, ActAnswer, "linked", d.words().TipAnswer("", strings.TrimSpace(link)))
}

// Close closes a tip; the reader is thanked.
func (d *Desk) Close(ctx context.Context, by EditorID, id TipID) (heard bool, err error) {
	return d.settle(ctx, by, id, ActClose, "closed", d.words().TipAnswer("", ""))
}

func (d *Desk) settle(ctx context.Context, by EditorID, id TipID, a Act, how string, m news.Message) (heard bool, err error) {
	err = d.turn(ctx, by, a, func(ctx context.Context, e Entry) error {
		t, err := d.Store.Tip(ctx, id)
		if err != nil {
			return err
		}
		if t.Closed != "" {
			return refuseAs(Taken, "the tip has been settled: %s", t.Closed)
		}
		e.About = fmt.Sprintf("tip %d: %s", id, how)
		to, err := d.Store.Answered(ctx, id, how, m, e)
		if heard = err == nil && to != (Seat{}); heard {
			d.posted([]Letter{{Seat: to}})
		}
		return err
	})
	return heard && err == nil, err
}

// tipsTold is what the desk's memory of notices calls the tips; the state is
// the newest one that those on duty have been told of.
const (
	tipsTold  = "tips"
	tipsEvery = time.Hour
)

// tellOfTips tells those on duty, at most once an hour, that tips wait.
func (d *Desk) tellOfTips(ctx context.Context) error {
	state, at, err := d.Store.Notice(ctx, tipsTold)
	if err != nil {
		return fmt.Errorf("look what was told of tips: %w", err)
	}
	last, _ := strconv.ParseInt(state, 10, 64)
	n, newest, err := d.Store.TipsAfter(ctx, TipID(last))
	if err != nil {
		return fmt.Errorf("count the tips: %w", err)
	}
	if since := d.Now().Sub(at); n == 0 || since >= 0 && since < tipsEvery {
		return nil
	}
	on, err := d.answering(ctx)
	if err != nil {
		return err
	}
	letters, err := d.deliver(ctx, d.words().Notice(Notice{Kind: NoticeTips, N: n}), on)
	if err != nil {
		return err
	}
	told, err := d.Store.Noticed(ctx, tipsTold, strconv.FormatInt(int64(newest), 10), d.Now(), letters)
	if err != nil {
		return fmt.Errorf("tell of tips: %w", err)
	}
	if told {
		d.posted(letters)
	}
	return nil
}

// answering are those on duty who may answer tips, and all who may when none of
// them is.
func (d *Desk) answering(ctx context.Context) ([]Editor, error) {
	may := func(all []Editor) []Editor {
		return slices.DeleteFunc(all, func(e Editor) bool { return !e.May(ActAnswer) })
	}
	on, err := d.OnDuty(ctx)
	if err != nil || len(may(slices.Clone(on))) > 0 {
		return may(on), err
	}
	all, err := d.Store.Roster(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the editors: %w", err)
	}
	return may(all), nil
}

// forgetTips deletes what is older than readers were promised.
func (d *Desk) forgetTips(ctx context.Context) error {
	now := d.Now()
	if _, err := d.Store.Forgot(ctx, now.Add(-tipLife), now.Add(-heldLife), now.Add(-lentLife)); err != nil {
		return fmt.Errorf("delete old tips: %w", err)
	}
	return nil
}
