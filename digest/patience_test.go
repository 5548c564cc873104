package digest_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// urgentOffice is an office where urgent articles wait.
type urgentOffice struct {
	*office
	waiting []digest.Urgent
	settled map[news.ArticleID]time.Time
}

func (o *urgentOffice) Urgent(context.Context) ([]digest.Urgent, error) { return o.waiting, nil }

func (o *urgentOffice) Settle(_ context.Context, id news.ArticleID, _ bool) error {
	o.settled[id] = time.Now()
	kept := o.waiting[:0:0]
	for _, u := range o.waiting {
		if u.Article.ID != id {
			kept = append(kept, u)
		}
	}
	o.waiting = kept
	return nil
}

// A site that is down is asked for an urgent article a few times, further and
// further apart, and the article goes into the digests in the end. A site that
// answers meanwhile is asked for its own article at once.
func TestASiteThatIsDownIsNotAskedWithoutEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		room := newsroom(t)
		start := time.Now()
		urgent := func(id news.ArticleID, due time.Duration) digest.Urgent {
			a := article(int(id), "weather", "عاصفة", "")
			a.Urgent, a.Published, a.Arrived = true, start, start
			return digest.Urgent{Article: a, Due: start.Add(due)}
		}
		o := &urgentOffice{office: newOffice(), waiting: []digest.Urgent{urgent(1, time.Minute), urgent(2, 10*time.Minute)}, settled: map[news.ArticleID]time.Time{}}
		var asked []time.Duration
		p := digest.NewPublisher(digest.Publisher{
			Store: o, Queue: o, Newsroom: func() digest.Newsroom { return room }, Now: time.Now, Log: slog.New(slog.DiscardHandler),
			Accounts: func() []news.AccountID { return nil }, Channels: func() []news.AccountID { return nil }, Wake: func() {},
			Reread: func(_ context.Context, a news.Article) (news.Article, bool, error) {
				if a.ID == 2 {
					return a, true, nil
				}
				asked = append(asked, time.Since(start))
				return a, false, errors.New("no answer")
			},
			Automatic: func(context.Context, news.Article) (bool, error) { return true, nil },
		})
		ctx, stop := context.WithCancel(t.Context())
		go p.Run(ctx)
		defer stop()
		for range 40 { // ringing does not make it ask more often
			time.Sleep(30 * time.Second)
			p.Woken()
		}
		synctest.Wait()
		if len(asked) > 7 || len(asked) < 5 || asked[0] != time.Minute {
			t.Errorf("the site was asked after %v", asked)
		}
		for i := 2; i < len(asked); i++ {
			if apart := asked[i] - asked[i-1]; apart > 5*time.Minute || apart < asked[i-1]-asked[i-2] {
				t.Errorf("the site was asked after %v", asked)
			}
		}
		if gone := o.settled[1].Sub(start); gone < 15*time.Minute || gone > 20*time.Minute {
			t.Errorf("the article was given up after %v", gone)
		}
		if out := o.settled[2].Sub(start); out != 10*time.Minute {
			t.Errorf("the other article went out after %v", out)
		}
	})
}

// A publication that the store does not take is tried again in the same way,
// and does not stand in the way of another one.
func TestAStoreThatFailsIsNotAskedWithoutEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		room := newsroom(t)
		start := time.Now()
		a, b := article(1, "weather", "عاصفة", ""), article(2, "weather", "ضباب", "")
		a.Urgent, a.Arrived, b.Urgent, b.Arrived = true, start, true, start
		o := &urgentOffice{office: newOffice(), waiting: []digest.Urgent{{Article: a, Due: start}, {Article: b, Due: start}}, settled: map[news.ArticleID]time.Time{}}
		tries := 0
		p := digest.NewPublisher(digest.Publisher{
			Store: o, Queue: o, Newsroom: func() digest.Newsroom { return room }, Now: time.Now, Log: slog.New(slog.DiscardHandler),
			Accounts: func() []news.AccountID { return nil }, Channels: func() []news.AccountID { return nil }, Wake: func() {},
			Reread: func(_ context.Context, a news.Article) (news.Article, bool, error) { return a, true, nil },
			Automatic: func(_ context.Context, a news.Article) (bool, error) {
				if a.ID == 1 {
					tries++
					return false, errors.New("the disk is full")
				}
				return true, nil
			},
		})
		ctx, stop := context.WithCancel(t.Context())
		go p.Run(ctx)
		defer stop()
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if tries < 4 || tries > 6 {
			t.Errorf("the store was asked %d times", tries)
		}
		if out := o.settled[2].Sub(start); o.settled[2].IsZero() || out > time.Second {
			t.Errorf("the other article went out after %v", out)
		}
	})
}
