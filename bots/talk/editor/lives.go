package editor

import (
	"context"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// How often the message about a draft in the same state is brought up to date.
// Where nothing is shown but by a message of its own, a new one comes seldom;
// seldomer while the last one has not gone out.
const (
	plainStep  = time.Minute // by an edit, where it counts like a message
	freshAfter = 3 * time.Minute
	stuckAfter = 10 * time.Minute
)

// Sent says which message an answer is, in the chat that To names; empty: it is
// several. The one that follows a draft is edited from then on. It returns at
// once.
func (d *Door) Sent(r talk.Reply, id news.MessageID) {
	if len(r.Message.Blocks) == 0 {
		return
	}
	d.watches.mu.Lock()
	defer d.watches.mu.Unlock()
	for _, w := range d.watches.all {
		if w.place.to == r.To && w.wrote(r) {
			w.open = false
			if id != "" {
				w.place.edit = id
			}
		}
	}
}

// wrote reports whether a watch left an answer: an edit of its message, or the
// message that it does not know yet.
func (w *watch) wrote(r talk.Reply) bool {
	return r.Edit == w.place.edit && (r.Edit != "" || r.Message.Blocks[0].String() == w.shown)
}

// lives reports whether a watch has a message that shows everything by itself,
// its end too. An edit makes no sound, and without buttons not every phone may
// show it: what matters is a message of its own there.
func (d *Door) lives(w *watch) bool { return w.place.edit != "" && d.buttons(w.place.to.Account) }

// due reports whether a watch may show a draft that is in the same state still.
func (d *Door) due(w *watch) bool {
	d.watches.mu.Lock()
	defer d.watches.mu.Unlock()
	wait := freshAfter
	switch {
	case d.lives(w):
		return true
	case w.open:
		wait = stuckAfter
	case w.place.edit != "":
		wait = plainStep
	}
	return w.state == desk.Sending && d.Now().Sub(w.at) >= wait
}

// moves reports whether a state is no news to who has read the last one.
func (w *watch) moves(to desk.State) bool {
	return to == w.state || w.state == desk.Counting && to == desk.Sending
}

// bring writes what has changed: over the message that there is, or as a new
// one. Without buttons a new state is a new message, but for the first: that it
// goes out is what was asked for.
func (d *Door) bring(ctx context.Context, w *watch, draft desk.Draft, m news.Message) error {
	text := m.Blocks[0].String()
	d.watches.mu.Lock()
	was := *w
	if !d.lives(w) && (!was.moves(draft.State) || !was.later.IsZero()) {
		w.place.edit = ""
	}
	if text == was.shown || draft.State.Open() && !d.lives(w) {
		w.place = was.place
		d.watches.mu.Unlock()
		return nil
	}
	w.shown, w.at, w.open = text, d.Now(), true
	edit := w.place.edit
	d.watches.mu.Unlock()

	defer d.locks.Lock(w.place.to)()
	err := d.write(ctx, w.place.to, "", []talk.Reply{{Message: m, Edit: edit}})
	if err != nil {
		d.watches.mu.Lock()
		w.place.edit, w.shown, w.at, w.open = was.place.edit, was.shown, was.at, was.open
		d.watches.mu.Unlock()
	}
	return err
}
