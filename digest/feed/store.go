package feed

import (
	"context"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Store is what pulling asks of the store. Each method is one transaction.
type Store interface {
	// Memory returns what is remembered of an address; the zero Memory for an
	// address that was never asked.
	Memory(ctx context.Context, source news.SourceID, url string) (Memory, error)

	// Remember writes it.
	Remember(ctx context.Context, source news.SourceID, url string, m Memory) error

	// Known returns which of keys are stored of source.
	Known(ctx context.Context, source news.SourceID, keys []string) (map[string]bool, error)

	// Pulled stores a pull's articles: new ones in the order given, changed ones
	// in place, under the Section, Form and Urgent that they carry. The first
	// one of a source marks its articles Archive, and so does every later one
	// until one has been Complete. An article that is new and Urgent, or has
	// become Urgent, is put on the urgent list, due at Due (when Due is set),
	// unless it is Archive or was there before: what was settled stays settled.
	Pulled(ctx context.Context, p Pull) (Taken, error)
}

// Memory is what is remembered of one address between two pulls.
type Memory struct {
	ETag         string    // verbatim
	LastModified string    // verbatim
	FullAt       time.Time // last answer with a body
	CheckedAt    time.Time // last answer of any kind
	OKAt         time.Time // last good answer
	Failures     int       // in a row
	RetryAt      time.Time // not asked before; zero: any time
	Status       Status
	Problem      string // a sentence for whoever runs the bot; empty when all is well
}

// Status says how a source is doing.
type Status string

// The statuses.
const (
	OK      Status = "ok"
	Broken  Status = "broken"  // unreachable, or not readable
	Blocked Status = "blocked" // the site's guard turns us away
)

// Pull is what one visit to a source brought.
type Pull struct {
	Source   news.SourceID
	At       time.Time
	Articles []news.Article // oldest first
	Complete bool           // the source was read as far as needed
	Due      time.Time      // when urgent articles may go out; zero: they are not put on the list
}

// Taken counts what Pulled did.
type Taken struct {
	New     []news.ArticleID // not those marked Archive
	Archive int
	Changed int
	Default int // new ones that no rule matched (Section is the default one and Matched is false)
}

// and is what two pulls took together.
func (t Taken) and(more Taken) Taken {
	return Taken{
		New: append(t.New, more.New...), Archive: t.Archive + more.Archive, Changed: t.Changed + more.Changed, Default: t.Default + more.Default,
	}
}
