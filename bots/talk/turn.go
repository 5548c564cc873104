package talk

import (
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// Input is everything that an answer depends on.
type Input struct {
	Chat     Chat
	Event    bots.Event
	Now      time.Time
	Settings Settings
	Network  Network
	Facts    Facts
	Full     bool // the account takes in nobody new
}

// Facts are what was read for one event because its Need said so.
type Facts struct {
	News     []news.Article // the newest ones, for a welcome
	Latest   []news.Article // those that were asked for
	Counts   map[news.Slug]int
	Kept     Kept
	Digest   news.Message // without blocks: nothing is new
	Floor    news.ArticleID
	NoDigest bool   // the digest could not be made
	Admin    bool   // the person runs the group
	Code     string // a new one, to be given
	Offer    Offer  // what stands behind a code that was sent
	Offered  bool
	Tried    bool // too many wrong codes came from here
	Tellings Tellings
	NoAdmin  bool // who runs the group could not be found out
}

// Need says which facts an answer needs. The zero Need is none.
type Need struct {
	News     bool
	NewsOf   []news.Slug // sections of News; nil: all
	Latest   int         // how many; 0: none
	Sections []news.Slug // sections of Latest; nil: all
	Counts   bool
	Kept     bool
	Digest   bool
	Give     bool   // a code
	Code     string // to be looked up
	Tips     bool   // what the chat has told the newsroom
	Tip      string // and how this one stands; empty: none
	Admin    bool   // to be read first: without it the others are not needed
}

// Turn is the answer to one event.
type Turn struct {
	Commit Commit
	Answer bots.Answer
	Idle   bool // nothing is to be written: the event is of no concern
	Paused bool // the reader wants to be written to less, or not, from now on
}

// without returns the input as if the code that was sent were wrong.
func (in Input) without() Input {
	in.Facts.Offered, in.Facts.Offer = false, Offer{}
	return in
}

// Needs says what has to be read before Turn. It is pure.
func (t *Talk) Needs(in Input) Need {
	x := t.exchange(in)
	what, ok := x.what()
	if !ok {
		return Need{}
	}
	return x.needs(what)
}

// Turn answers an event. It is pure: all it knows is in its argument.
func (t *Talk) Turn(in Input) Turn {
	x := t.exchange(in)
	what, ok := x.what()
	if !ok {
		return Turn{Idle: true}
	}
	x.play(what)
	return x.turn()
}
