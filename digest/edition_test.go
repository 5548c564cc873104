package digest_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// office is a store with one window, and what editors decided about it.
type office struct {
	shelves
	decision  digest.Decision
	published []digest.Publication
	publish   error
}

func (o *office) Window(context.Context, news.ArticleID, time.Time) ([]news.Article, error) {
	return o.articles, nil
}

func (o *office) Decision(context.Context, news.Slot, news.Date, news.Date) (digest.Decision, error) {
	return o.decision, nil
}

func (o *office) Editions(context.Context) (map[news.Slot]digest.Edition, error) { return nil, nil }

func (o *office) Urgent(context.Context) ([]digest.Urgent, error)    { return nil, nil }
func (o *office) Settle(context.Context, news.ArticleID, bool) error { return nil }
func (o *office) Fresh(context.Context) ([]news.Article, error)      { return nil, nil }
func (o *office) Hold(context.Context, []news.ArticleID) error       { return nil }

func (o *office) Publish(_ context.Context, p digest.Publication) (news.BroadcastID, error) {
	o.published = append(o.published, p)
	return 1, o.publish
}

func newOffice() *office {
	return &office{shelves: shelves{articles: []news.Article{
		article(1, "weather", "أمطار متفرقة", "أول الخبر."), article(2, "weather", "ضباب على الساحل", ""), article(3, "weather", "رياح نشطة", ""),
		article(4, "jobs", "وظائف شاغرة", ""), article(5, "jobs", "دورة تدريبية", ""), article(6, "news", "إغلاق طريق", ""),
	}}}
}

// What editors have decided is in the edition: dropped articles are out of it,
// pinned ones are above the sections and never cut, and count as ones of theirs.
func TestEditionsAreAsEditorsDecided(t *testing.T) {
	room := newsroom(t)
	o := newOffice()
	o.decision = digest.Decision{Revision: 4, Drop: []news.ArticleID{6, 99}, Pin: []news.ArticleID{4, 3, 98}, Intro: "جولة في أخبار اليوم:\nقراءة طيبة"}
	now := at(t, room.Zone, "2025-11-23 20:00")
	made, err := digest.MakeEdition(t.Context(), o, room, digest.Turn{Slot: "evening", Date: "2025-11-23", At: now}, digest.Edition{}, now)
	if err != nil {
		t.Fatal(err)
	}
	if len(made.Out) != 1 || made.Out[0].ID != 6 || made.Broadcast.To != 6 {
		t.Errorf("left out are %+v, of a window to %d", made.Out, made.Broadcast.To)
	}
	var ids []news.ArticleID
	for _, item := range made.Broadcast.Items {
		ids = append(ids, item.Article)
	}
	if len(ids) != 5 || ids[0] != 4 || ids[1] != 3 || slices.Contains(ids, 6) {
		t.Errorf("the items are %v", ids)
	}
	c := &digest.Composer{Store: o, Newsroom: func() digest.Newsroom { return room }, Now: time.Now}
	m, err := c.Compose(t.Context(), made.Broadcast, ids, news.Telegram)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, filepath.Join("testdata", "edition-decided.txt"), show(m))
	// A reader of one section gets the pinned ones of that section alone.
	if m, err = c.Compose(t.Context(), made.Broadcast, []news.ArticleID{4, 5}, ""); err != nil {
		t.Fatal(err)
	}
	golden(t, filepath.Join("testdata", "edition-decided-jobs.txt"), show(m))
}

// A held edition waits; one that was decided about while it was made is made
// again, and the publication names the decision.
func TestHeldEditionsWait(t *testing.T) {
	room := newsroom(t)
	o := newOffice()
	now := at(t, room.Zone, "2025-11-23 20:00")
	p := digest.NewPublisher(digest.Publisher{
		Store: o, Queue: o, Newsroom: func() digest.Newsroom { return room }, Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler),
		Accounts: func() []news.AccountID { return nil }, Channels: func() []news.AccountID { return nil }, Wake: func() {},
	})
	once := func() int {
		t.Helper()
		o.published = nil
		if err := p.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
		return slices.IndexFunc(o.published, func(p digest.Publication) bool { return p.Broadcast.Slot == "evening" })
	}
	o.decision = digest.Decision{Revision: 1, Hold: true}
	if once() >= 0 {
		t.Error("a held edition went out")
	}
	o.decision, o.publish = digest.Decision{Revision: 2}, digest.ErrDecided
	if i := once(); i < 0 || o.published[i].Revision != 2 {
		t.Errorf("published %+v", o.published)
	}
}
