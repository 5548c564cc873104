package outbox

import (
	"cmp"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// Why is the kind of a refusal, in a word.
type Why string

// The kinds. Each wants something else to be done about it.
const (
	NoRights  Why = "no-rights"  // the account may not publish there
	NotFound  Why = "not-found"  // the network knows no such channel
	NotInside Why = "not-inside" // the account is not in it: it was never added, or put out, or the channel was deleted
)

// Refusal is a channel of the configuration that takes nothing.
type Refusal struct {
	Chat  news.ChatID `json:"chat"`
	Why   Why         `json:"why"`
	Since time.Time   `json:"since"`
}

// Refusals are the channels of an account that refuse what is sent to them, as
// their last answers have it: a channel is in the list until it takes a message.
// Readers and groups never are: one who blocks the bot has left, and that is all.
type Refusals struct {
	Log *slog.Logger

	// Told is called when a channel begins to refuse, refuses for another reason
	// or takes messages again. It returns at once. Nil: nobody wants to know.
	Told func()

	mu   sync.Mutex
	list map[news.ChatID]Refusal
}

// List returns the refusals, by channel.
func (r *Refusals) List() []Refusal {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.SortedFunc(maps.Values(r.list), func(a, b Refusal) int { return cmp.Compare(a.Chat, b.Chat) })
}

// Recall takes over what was known before a restart, and tells nobody.
func (r *Refusals) Recall(known []Refusal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, one := range known {
		r.put(one)
	}
}

// Keep forgets the channels that are not named any more.
func (r *Refusals) Keep(named func(news.ChatID) bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	maps.DeleteFunc(r.list, func(chat news.ChatID, _ Refusal) bool { return !named(chat) })
}

func (r *Refusals) put(one Refusal) {
	if r.list == nil {
		r.list = map[news.ChatID]Refusal{}
	}
	r.list[one.Chat] = one
}

// heard takes the answer to a new message into account. What became of a change
// says nothing: a right to edit is none to post, and one that is refused may be
// about the message.
func (r *Refusals) heard(a answer, now time.Time) {
	if r == nil || !a.fresh || a.letter.reply != nil || a.letter.to.Kind != news.Channel {
		return
	}
	chat := a.letter.chat
	why := refusalOf(a.err)
	switch {
	case a.err == nil && r.over(chat):
		r.Log.Info("a channel takes messages again", "channel", chat)
	case why != "" && r.begun(Refusal{Chat: chat, Why: why, Since: now}):
		r.Log.Warn("a channel refuses what is sent to it", "channel", chat, "why", why, "err", a.err)
	default:
		return
	}
	if r.Told != nil {
		r.Told()
	}
}

// begun notes a refusal, and reports whether it was not known.
func (r *Refusals) begun(one Refusal) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.list[one.Chat].Why == one.Why {
		return false
	}
	r.put(one)
	return true
}

// over notes that a channel takes messages, and reports whether it did not.
func (r *Refusals) over(chat news.ChatID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, was := r.list[chat]
	delete(r.list, chat)
	return was
}

// refusalOf is what an error says of the channel; empty: nothing.
func refusalOf(err error) Why {
	switch {
	case errors.Is(err, bots.ErrSuspended):
		return NoRights
	case errors.Is(err, bots.ErrMissing):
		return NotFound
	case errors.Is(err, bots.ErrGone):
		return NotInside
	}
	return ""
}
