package digest

import (
	"context"
	"errors"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// ErrPublished says that this very thing went out already: the edition of
// that slot and date, or that article as that kind.
var ErrPublished = errors.New("already published")

// ErrDecided says that editors have decided about an edition while it was
// being made: it has to be made again.
var ErrDecided = errors.New("editors have decided meanwhile")

// Store is what digests ask of the store. Each method is one transaction.
type Store interface {
	// Publish writes the broadcast and a lane for each (account, people or
	// channels), takes its Asof in the same transaction, and returns its id. It
	// never touches a row per reader. A broadcast without Items and Words is
	// written as Done, without lanes: it says that the slot had its turn.
	// The error matches ErrPublished when the slot and date, or the kind and
	// article, were published before, and ErrDecided when editors have decided
	// something about the edition since p.Revision.
	Publish(ctx context.Context, p Publication) (news.BroadcastID, error)

	// Decision returns what editors have decided about an edition: the zero
	// Decision when they decided nothing. What they left out of another one from
	// since to date is left out too, unless it is pinned here. An empty slot and
	// date ask for what was left out of any since then.
	Decision(ctx context.Context, slot news.Slot, date, since news.Date) (Decision, error)

	// Editions returns the last published edition of each slot.
	Editions(ctx context.Context) (map[news.Slot]Edition, error)

	// Window returns the articles that arrived behind from and not before
	// since, in arrival order, without archived ones and without urgent ones
	// that are still waiting.
	Window(ctx context.Context, from news.ArticleID, since time.Time) ([]news.Article, error)

	// Articles returns the articles of ids as they are now, in that order;
	// missing ones are left out.
	Articles(ctx context.Context, ids []news.ArticleID) ([]news.Article, error)

	// Had returns the articles that a reader was sent since t, by any
	// broadcast: those of receipts that say Sent or Unknown.
	Had(ctx context.Context, reader news.SubscriberID, t time.Time) (map[news.ArticleID]bool, error)

	// Broadcast returns one broadcast.
	Broadcast(ctx context.Context, id news.BroadcastID) (news.Broadcast, error)
}

// Queue is what waits between arrival and publication of single articles.
type Queue interface {
	// Urgent returns the waiting urgent articles, by due time.
	Urgent(ctx context.Context) ([]Urgent, error)

	// Settle takes an article off the urgent list. Urgent says what it turned
	// out to be; false makes it an ordinary article.
	Settle(ctx context.Context, id news.ArticleID, urgent bool) error

	// Fresh returns the articles that have been neither sent singly nor held
	// for a digest: without archived ones and without waiting urgent ones, in
	// arrival order.
	Fresh(ctx context.Context) ([]news.Article, error)

	// Hold marks articles as left to the digests.
	Hold(ctx context.Context, ids []news.ArticleID) error
}

// Publication is a broadcast about to be published. An automatic Breaking or
// Single broadcast has exactly one item and Auto set; publishing a Single
// marks its article as no longer Fresh.
type Publication struct {
	Broadcast news.Broadcast // ID, Asof and State are the store's to set
	Auto      bool
	Accounts  []news.AccountID
	Channels  []news.AccountID // accounts with configured channels
	Revision  int              // of an edition: the Decision it was made by
}

// Decision is what editors have decided about an edition before its slot.
// Nothing changes in it once the edition is published.
type Decision struct {
	Revision int // grows with every decision; 0: there was none
	Hold     bool
	Drop     []news.ArticleID // left out, of this edition or of an earlier one
	Pin      []news.ArticleID // first, in this order
	Intro    string           // above the digest
}

// Edition is the digest of one slot on one date.
type Edition struct {
	Slot      news.Slot
	Date      news.Date
	To        news.ArticleID // the newest article of its window
	Published time.Time
}

// Urgent is an article on the urgent list.
type Urgent struct {
	Article  news.Article
	Due      time.Time
	Proposed bool // it lies before the editors, who settle it, or time does
}
