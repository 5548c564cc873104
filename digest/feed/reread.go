package feed

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// Reread asks the source for one article again, as it is now: its editors may
// have changed it, taken it off the urgent list, or withdrawn it, in which
// case found is false. The result keeps what the store knows of a, and is
// stored, so that readers get it as it is now. It asks even when the source is
// being left alone after failures.
func (p *Puller) Reread(ctx context.Context, s Source, a news.Article) (again news.Article, found bool, err error) {
	all, err := s.endpoints()
	if err != nil {
		return a, false, err
	}
	var failed error
	for _, e := range all {
		var d draft
		if e.kind == WordPress {
			d, found, err = p.rereadPost(ctx, s, e, a)
		} else {
			d, found, err = p.rereadFeed(ctx, s, e, a)
		}
		if err == nil {
			return p.renew(ctx, a, d, s, found)
		}
		if failed = worse(failed, err); ctx.Err() != nil || !e.onward(err) {
			break
		}
	}
	return a, false, fmt.Errorf("read %s again: %w", a.Key, failed)
}

// renew puts what was read over what is known. An article that can no longer
// be used counts as withdrawn, and what is known of it stays.
func (p *Puller) renew(ctx context.Context, a news.Article, d draft, s Source, found bool) (news.Article, bool, error) {
	if !found {
		return a, false, nil
	}
	again, ok := p.judge(&d, s)
	if !ok {
		return a, false, nil
	}
	again.ID, again.Arrived, again.Archive, again.Key = a.ID, a.Arrived, a.Archive, a.Key
	if _, err := p.Store.Pulled(ctx, Pull{Source: s.Name, At: p.now(), Articles: []news.Article{again}}); err != nil {
		return a, false, fmt.Errorf("store %s as it is now: %w", a.Key, err)
	}
	return again, true, nil
}

var errNotPost = errors.New("not a post of WordPress")

// rereadPost asks for the post by its id. A post that is withdrawn is answered
// with 404, or 401 as long as it lies in the bin or is a draft again.
func (p *Puller) rereadPost(ctx context.Context, s Source, e endpoint, a news.Article) (draft, bool, error) {
	id, ok := strings.CutPrefix(a.Key, "wp:")
	if _, err := strconv.Atoi(id); !ok || err != nil {
		return draft{}, false, &Problem{URL: redact(a.URL), Status: Broken, Code: http.StatusNotFound, Reason: "cannot be asked for", Err: errNotPost}
	}
	address := with(e.address+"/"+id, wpQuery())
	answer, err := p.Fetcher.Get(ctx, Request{URL: address, Origin: s.URL, Accept: acceptJSON})
	var problem *Problem
	if errors.As(err, &problem) && (problem.Rest == "rest_post_invalid_id" || problem.Rest == "rest_forbidden" && problem.Code != http.StatusTooManyRequests) {
		return draft{}, false, nil
	}
	if err != nil {
		return draft{}, false, err
	}
	drafts, _, err := decodePosts(answer.Body, e.home, s.zone())
	if err != nil || len(drafts) == 0 {
		return draft{}, false, unreadable(answer, errors.Join(errKind, err))
	}
	return drafts[0], true, nil
}

// errRolled says that a feed no longer reaches back to an article, which is
// no word about the article.
var errRolled = errors.New("the feed no longer reaches back to it")

func (p *Puller) rereadFeed(ctx context.Context, s Source, e endpoint, a news.Article) (draft, bool, error) {
	page, err := p.Fetcher.feed(ctx, s, e, Request{URL: e.address})
	if err != nil {
		return draft{}, false, err
	}
	d, found, covered := find(page.drafts, s, a)
	for n := 2; !found && !covered && page.wordpress && n <= 3; n++ {
		older, err := p.Fetcher.feed(ctx, s, endpoint{kind: Feed, address: e.address}, Request{URL: with(page.answer.URL, url.Values{"paged": {strconv.Itoa(n)}})})
		if err != nil {
			break
		}
		d, found, covered = find(older.drafts, s, a)
	}
	if !found && !covered {
		return draft{}, false, broken(e.address, "cannot tell", errRolled)
	}
	return d, found, nil
}

// find looks for a among drafts. Covered says that the list reaches back
// beyond its date, so that it would be there.
func find(drafts []draft, s Source, a news.Article) (d draft, found, covered bool) {
	for _, d := range drafts {
		if !d.published.IsZero() && d.published.Before(a.Published) {
			covered = true
		}
		if got, _, ok := d.article(s); ok && got.Key == a.Key {
			return d, true, true
		}
	}
	return draft{}, false, covered || len(drafts) == 0
}
