package desk

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// MaxWords is the length of an alert in UTF-16 units: with its heading, its
// link and its signature it is still one message, which can be edited later.
const MaxWords = 3500

// Desk is the rule. Store and Press are needed for everything but Send.
type Desk struct {
	Publisher Publisher // takes what Send is given while there is no Store
	Tree      func() news.Tree
	Now       func() time.Time

	Store Store
	Press Press
	Setup func() Setup // nil: the zero Setup
	Log   *slog.Logger // nil: nothing is logged

	// Compose sets the message of a broadcast for a network, as the outbox will.
	Compose func(ctx context.Context, b news.Broadcast, p news.Platform) (news.Message, error)

	// Works reports whether an account can send. Trouble is told over those that
	// do. Nil: all of them.
	Works func(news.AccountID) bool

	// Reaches reports whether an account brings a message now, as far as is
	// known: its network is there. Nil: all do.
	Reaches func(news.AccountID) bool

	Checker Checker                             // nil: links are not tried
	Wake    func(accounts ...news.AccountID)    // letters wait to be sent; nil: nobody is told
	Offer   func(Proposal) [][]news.Button      // under a proposal; data holds ProposalMark; nil: none
	Under   func(Notice) [][]news.Button        // under a notice about what editors can act on; nil: none
	Lay     func(Upcoming, Seat) []news.Message // a digest before its slot, as a chat sees it; nil: the bare message
	Turned  func(context.Context)               // the calendar was switched; nil: nobody is told

	// Turn returns when a digest comes, and until when it can; ok is false when
	// the calendar has none. Nil: every one can come.
	Turn func(slot news.Slot, date news.Date) (at, until time.Time, ok bool)

	// Shows reports whether a message in a chat follows a draft and shows that it
	// is now as it is given. Nil: none does.
	Shows func(Draft, Seat) bool

	Slot func(news.Slot) string // what readers call a digest; nil: its name in the configuration

	Changed func(Draft) // a draft has moved; nil: nobody is told
	Opened  func()      // the bot was opened; nil: nobody is told

	// Seated is told of who took a seat or has another role, and of who was
	// removed, with the seats they had. Nil: nobody is told.
	Seated func(Editor)

	once sync.Once
	bell chan struct{}

	posting sync.Mutex
}

// Store is what the desk asks of the store, by subject. Each method is one
// transaction.
type Store interface {
	Editors
	Drafts
	Audit
	Switches
	Commands
	Rhythm
	Proposals
	Floods
	Carriers
	Tips
	TipFiles
	Duty
	Numbers
	Clients
	Files
	Articles
}

// Setup is what the newsroom has decided about its desk. The zero Setup is
// usable.
type Setup struct {
	Zone     *time.Location // nil: UTC
	Language Language
	Networks []news.Platform // that have an account

	Countdown time.Duration // default 5 s
	Careful   time.Duration // the countdown where WhatsApp is among the networks. Default 15 s.
	Second    bool          // an alert to everybody needs a second person
	Patience  time.Duration // how late a countdown or a schedule may end. Default 15 min.

	PerDay    int // alerts a day before the editor is warned. Default 8.
	PerReader int // alerts a day that one reader would get. Default 5.
	Night     func(time.Time) bool
	Speed     map[news.Platform]Speed

	ProposalLife time.Duration // default 30 min
	PerHour      int           // automatic breaking alerts. Default 3.
	Invitation   time.Duration // how long a code is good. Default 24 h.
	Caption      int           // UTF-16 units under a medium, on the network that allows the fewest. Default 1024.
	Ahead        time.Duration // how long before its slot editors see a digest. Default 15 min.

	ProposalLetters int // about the proposals of one source in an hour. Default 5.
}

// Speed is what a network allows now.
type Speed struct {
	PerSecond float64       // 0: not known
	Within    time.Duration // what waited longer is no longer breaking, and is not sent; 0: there is no limit
}

func (s Setup) complete() Setup {
	if s.Zone == nil {
		s.Zone = time.UTC
	}
	fill(&s.Countdown, 5*time.Second)
	fill(&s.Careful, 15*time.Second)
	fill(&s.Patience, 15*time.Minute)
	fill(&s.PerDay, 8)
	fill(&s.PerReader, 5)
	fill(&s.ProposalLife, 30*time.Minute)
	fill(&s.ProposalLetters, 5)
	fill(&s.Caption, 1024)
	fill(&s.PerHour, 3)
	fill(&s.Invitation, 24*time.Hour)
	fill(&s.Ahead, 15*time.Minute)
	return s
}

func fill[T int | time.Duration](v *T, fallback T) {
	if *v <= 0 {
		*v = fallback
	}
}

func (d *Desk) setup() Setup {
	if d.Setup == nil {
		return Setup{}.complete()
	}
	return d.Setup().complete()
}

// Networks are those that have an account, in the order of their names.
func (d *Desk) Networks() []news.Platform { return slices.Sorted(slices.Values(d.setup().Networks)) }

// words are the phrases of the newsroom's language.
func (d *Desk) words() *Phrases { return PhrasesOf(d.setup().Language) }

func (d *Desk) log() *slog.Logger {
	if d.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return d.Log
}

// wake rings the bell of Run.
func (d *Desk) wake() {
	select {
	case d.ring() <- struct{}{}:
	default:
	}
}

func (d *Desk) ring() chan struct{} {
	d.once.Do(func() { d.bell = make(chan struct{}, 1) })
	return d.bell
}

// Woken says that the clock may have jumped, or that something is due: Run
// looks again. It returns at once.
func (d *Desk) Woken() { d.wake() }

// posted says that letters were written.
func (d *Desk) posted(letters []Letter) {
	if d.Wake == nil || len(letters) == 0 {
		return
	}
	var accounts []news.AccountID
	for _, l := range letters {
		accounts = append(accounts, l.Account)
	}
	d.Wake(accounts...)
}

// moved tells who watches that a draft has moved.
func (d *Desk) moved(draft Draft) {
	d.wake()
	if d.Changed != nil {
		d.Changed(draft)
	}
}

// seated says that the menus of somebody's chats may be others now.
func (d *Desk) seated(e Editor) {
	if d.Seated != nil {
		d.Seated(e)
	}
}

// decide retries an act that lost a race: the second time it is judged by what
// the winner has left.
func decide[T any](act func() (T, error)) (T, error) {
	for range 5 {
		out, err := act()
		if !isChanged(err) {
			return out, err
		}
	}
	out, err := act()
	if isChanged(err) {
		return out, fmt.Errorf("decide: %w", err)
	}
	return out, err
}
