package feed

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/nashra-bot/nashra/news"
)

const (
	firstPage = 50 // posts asked for on the first visit
	laterPage = 20 // and on later ones
	mostPages = 10 // of one visit
	overlap   = time.Hour
	oldAge    = 48 * time.Hour
)

// visit reads one address of a source.
type visit struct {
	puller   *Puller
	source   Source
	endpoint endpoint
	memory   Memory
	report   *Report

	keep   bool // known articles are left as they are: they were read in a better way before
	first  bool // the address was never read before
	stored bool
	batch  batch
}

// run reads, stores and remembers, in this order.
func (v *visit) run(ctx context.Context) error {
	v.first = v.memory.OKAt.IsZero()
	v.batch = batch{at: map[string]int{}, known: map[string]bool{}}
	newest, failed := v.read(ctx)
	var problem *Problem
	if failed != nil && !errors.As(failed, &problem) {
		return failed
	}
	now := v.puller.now()
	if problem != nil && v.batch.empty() {
		return v.remember(ctx, v.memory.failed(now, problem, v.endpoint.maybe), problem)
	}
	if newest.NotModified {
		v.report.NotModified = true
		return v.remember(ctx, v.memory.worked(now, newest, v.memory.Problem), nil)
	}
	note := ""
	if v.batch.listed == 0 && v.endpoint.kind == Feed {
		note = "the feed has no articles"
		v.warn(note)
	}
	whole := problem == nil && !newest.Cut && (note == "" || !v.first)
	if err := v.store(ctx, whole); err != nil {
		return err
	}
	if problem != nil {
		return v.remember(ctx, v.memory.failed(now, problem, false), problem)
	}
	m := v.memory.worked(now, newest, note)
	if v.first && !whole {
		m.OKAt = time.Time{} // the next visit is the first that counts
	}
	if newest.Cut || v.endpoint.page || v.endpoint.kind == WordPress {
		m.ETag, m.LastModified = "", ""
	}
	return v.remember(ctx, m, nil)
}

func (v *visit) remember(ctx context.Context, m Memory, problem *Problem) error {
	v.memory = m
	if err := v.puller.Store.Remember(ctx, v.source.Name, v.endpoint.key(), m); err != nil {
		return fmt.Errorf("remember: %w", err)
	}
	if problem != nil {
		return problem
	}
	return nil
}

// read fills the batch and returns the answer that the newest page came in.
func (v *visit) read(ctx context.Context) (Answer, error) {
	if v.endpoint.kind == WordPress {
		return v.readPosts(ctx)
	}
	return v.readFeed(ctx)
}

// readPosts reads the list by date until it meets what is known, since a
// scheduled post keeps the modification time of the day it was written, and
// then the list by modification for changes of known posts. What is new is
// stored in between.
func (v *visit) readPosts(ctx context.Context) (Answer, error) {
	per := laterPage
	if v.first {
		per = firstPage
	}
	var newest Answer
	for n := 1; n <= mostPages; n++ {
		p, err := v.puller.Fetcher.posts(ctx, v.source, v.endpoint, v.query(per, n, "date"))
		if err != nil {
			return newest, err
		}
		if n == 1 {
			newest = p.answer
		}
		if enough, err := v.take(ctx, p, false); err != nil || enough || p.last {
			if err != nil {
				return newest, err
			}
			break
		}
	}
	if v.first {
		return newest, nil
	}
	if v.batch.news(v.memory.OKAt) { // it need not wait for the list of changes, a second away
		if err := v.store(ctx, false); err != nil {
			return newest, err
		}
	}
	for n := 1; n <= mostPages; n++ {
		q := v.query(laterPage, n, "modified")
		q.Set("modified_after", v.memory.OKAt.Add(-overlap).In(v.source.zone()).Format(time.RFC3339))
		p, err := v.puller.Fetcher.posts(ctx, v.source, v.endpoint, q)
		if err != nil {
			return newest, err
		}
		if _, err := v.take(ctx, p, true); err != nil {
			return newest, err
		}
		if p.last || v.batch.before(v.memory.OKAt.Add(-overlap)) {
			break
		}
	}
	return newest, nil
}

func (v *visit) query(per, n int, order string) url.Values {
	q := url.Values{"per_page": {strconv.Itoa(per)}, "orderby": {order}, "order": {"desc"}}
	if n > 1 {
		q.Set("page", strconv.Itoa(n))
	}
	for _, id := range v.source.categoryIDs() {
		q["categories"] = []string{joined(q.Get("categories"), id)}
	}
	return q
}

func joined(list, next string) string {
	if list == "" {
		return next
	}
	return list + "," + next
}

// readFeed reads a feed, and the older pages of a WordPress feed until it
// meets what is known.
func (v *visit) readFeed(ctx context.Context) (Answer, error) {
	q := Request{URL: v.endpoint.address}
	if v.memory.fresh(v.puller.now()) {
		q.ETag, q.LastModified = v.memory.ETag, v.memory.LastModified
	}
	p, err := v.puller.Fetcher.feed(ctx, v.source, v.endpoint, q)
	if err != nil || p.answer.NotModified {
		return p.answer, err
	}
	newest := p.answer
	enough, err := v.take(ctx, p, false)
	for n := 2; err == nil && !enough && p.wordpress && n <= mostPages; n++ {
		older := v.endpoint
		older.page = false
		p, err = v.puller.Fetcher.feed(ctx, v.source, older, Request{URL: olderPage(newest.URL, n)})
		var problem *Problem
		if errors.As(err, &problem) && problem.Code >= 400 && problem.Code < 500 && problem.Status == Broken {
			return newest, nil // WordPress's way to say that there are no more
		}
		if err == nil {
			before := v.batch.total
			enough, err = v.take(ctx, p, false)
			enough = enough || v.batch.total == before
		}
	}
	return newest, err
}

// take adds a page to the batch. It is enough when the page reaches back to
// what was known at the last complete visit, or no visit should bring more. Of a list of changes only known
// articles are taken: an old one that was edited is no news.
func (v *visit) take(ctx context.Context, p page, changes bool) (enough bool, err error) {
	v.warn(p.warnings...)
	v.batch.listed += len(p.drafts)
	var keys []string
	var articles []news.Article
	var warnings [][]string
	for i := range p.drafts {
		d := &p.drafts[i]
		a, ok := v.puller.judge(d, v.source)
		if ok {
			articles, keys, warnings = append(articles, a), append(keys, a.Key), append(warnings, describe(*d))
		} else {
			v.warn(describe(*d)...)
		}
	}
	known, err := v.puller.Store.Known(ctx, v.source.Name, keys)
	if err != nil {
		return false, fmt.Errorf("look up articles: %w", err)
	}
	v.batch.oldest = time.Time{}
	met := false
	for i, a := range articles {
		v.batch.see(a)
		if known[a.Key] {
			met, v.batch.known[a.Key] = true, true
			v.batch.meet(a, changes)
		} else {
			v.warn(warnings[i]...) // known ones were complained of when they were new
		}
		if changes && !known[a.Key] || v.keep && known[a.Key] {
			continue
		}
		if v.batch.add(a) {
			v.warn(fmt.Sprintf("two articles are called %s: the later one was taken", a.Key))
		}
	}
	return v.first || v.batch.total >= maxItems || met && v.batch.before(v.memory.OKAt), nil
}

// describe returns the warnings about an article, each with its name.
func describe(d draft) []string {
	name := plainLine(d.title)
	if name == "" {
		name = redact(d.link)
	}
	var out []string
	for _, w := range d.warnings {
		out = append(out, fmt.Sprintf("%s: %s", name, w))
	}
	return out
}

func (v *visit) warn(warnings ...string) { v.report.Warnings = append(v.report.Warnings, warnings...) }

// oneWrite is how many articles are stored at a time. The store has one
// writer, which others wait for.
const oneWrite = 200

// store hands the batch over, the oldest first. What is complete is so with
// the last of them.
func (v *visit) store(ctx context.Context, complete bool) error {
	now := v.puller.now()
	articles, old := v.batch.sorted(v.first, v.memory.OKAt)
	v.report.Read, v.report.Old = len(articles), old
	pull := Pull{Source: v.source.Name, At: now}
	if v.source.Breaking {
		pull.Due = now.Add(v.puller.wait())
	}
	for more := true; more; {
		some := min(len(articles), oneWrite)
		pull.Articles, articles = articles[:some], articles[some:]
		more = len(articles) > 0
		pull.Complete = complete && !more
		taken, err := v.puller.Store.Pulled(ctx, pull)
		if err != nil {
			return fmt.Errorf("store: %w", err)
		}
		v.report.Taken, v.stored = v.report.Taken.and(taken), true
	}
	return nil
}
