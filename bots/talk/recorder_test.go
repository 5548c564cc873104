package talk_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// shelf is a store that articles can be put on.
type shelf interface {
	talk.Store
	put(news.Article)
	tips() []desk.Tip
}

// recorder notes what is committed, checks it against the contract, and plays
// the outbox to Kept: everything is sent, and 12 copies were.
type recorder struct {
	shelf
	mu       sync.Mutex
	replies  []talk.Reply
	commits  []talk.Commit
	articles []news.Article
	fail     error // of the next commit
}

func (r *recorder) Commit(ctx context.Context, c talk.Commit) (talk.Committed, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.fail; err != nil {
		r.fail = nil
		return talk.Committed{}, err
	}
	if err := sound(c); err != nil {
		return talk.Committed{}, err
	}
	done, err := r.shelf.Commit(ctx, c)
	if err == nil {
		r.commits = append(r.commits, c)
		r.replies = append(r.replies, c.Replies...)
	}
	return done, err
}

func (r *recorder) Kept(ctx context.Context, account news.AccountID, chat news.ChatID) (talk.Kept, error) {
	k, err := r.shelf.Kept(ctx, account, chat)
	k.Receipts, k.Replies = 12, 0
	return k, err
}

func (r *recorder) put(a news.Article) {
	a.ID = news.ArticleID(len(r.articles) + 1)
	r.articles = append(r.articles, a)
	r.shelf.put(a)
}

// last returns the newest commit that ok likes.
func (r *recorder) last(ok func(talk.Commit) bool) talk.Commit {
	for _, c := range slices.Backward(r.commits) {
		if ok(c) {
			return c
		}
	}
	return talk.Commit{}
}

// real is the program's own store.
type real struct {
	*sqlite.Store
	t *testing.T
}

func (r real) put(a news.Article) {
	_, err := r.Pulled(context.Background(), feed.Pull{
		Source: "site", At: a.Arrived, Articles: []news.Article{a}, Complete: true, Due: time.Time{},
	})
	if err != nil {
		r.t.Fatal(err)
	}
}
