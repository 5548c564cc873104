package digest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Composer turns a broadcast and the articles that are new to a reader into
// the message to send. It reads the articles as they are at that moment, so
// that a corrected headline goes out corrected; those of a digest, which is
// composed for one selection after the other, as they were a second ago at
// most.
type Composer struct {
	Store    Store
	Newsroom func() Newsroom
	More     func(news.Section) (news.Button, bool) // see Setter
	Less     func(news.Slug) (news.Button, bool)    // asks for less of an alert's kind; the section may be empty; nil: nothing does
	Now      func() time.Time

	galley galley
}

// Compose returns the message for those of the broadcast's articles that are
// named, in the broadcast's order. A message without blocks means that there
// is nothing left to say: the articles are gone. A trial says that it is one.
func (c *Composer) Compose(ctx context.Context, b news.Broadcast, ids []news.ArticleID, p news.Platform) (news.Message, error) {
	m, err := c.compose(ctx, b, ids, p)
	if err != nil || len(m.Blocks) == 0 || !b.Trial {
		return m, err
	}
	return c.setter(c.Newsroom(), p).Trial(m), nil
}

func (c *Composer) compose(ctx context.Context, b news.Broadcast, ids []news.ArticleID, p news.Platform) (news.Message, error) {
	n := c.Newsroom()
	set := c.setter(n, p)
	at := b.Published.In(n.Zone)
	if b.Kind == news.Withdrawal {
		return set.Withdrawal(b.Words, at), nil
	}
	if b.Words != "" && b.Kind == news.Correction {
		return set.Correction(b.Words, "", b.Was, b.Link, news.Plain, at), nil
	}
	if b.Words != "" && b.Kind != news.Single {
		m := set.Alert(b.Words, "", b.Link, news.Plain, at)
		m.Silent, m.Media = b.Silent, b.Media
		c.lesser(&m, b, n, p)
		return m, nil
	}
	articles, leads, err := c.galley.articles(ctx, c.Store, b, ids)
	if err != nil {
		return news.Message{}, fmt.Errorf("read the articles of broadcast %d: %w", b.ID, err)
	}
	set.leads = leads
	if len(articles) == 0 {
		return news.Message{}, nil
	}
	var m news.Message
	switch b.Kind {
	case news.Digest:
		d := draft(n, n.Calendar.Label(b.Slot), at, articles, b.Items)
		d.Intro = b.Intro
		m = set.Edition(d)
	case news.Single:
		a := articles[0]
		if b.Words != "" { // it was corrected
			a.Title = b.Words
			a.ShortURL = cmp.Or(b.Link, a.ShortURL)
		}
		m = set.Single(a)
	case news.Correction:
		if len(articles) > 1 {
			d := draft(n, "", at, articles, b.Items)
			d.Intro = b.Intro
			m = set.Revision(d)
			break
		}
		a := articles[0]
		m = set.Correction(a.Title, a.Lead, b.Was, a.Link(), a.Form, at)
	default:
		a := articles[0]
		m = set.Alert(a.Title, a.Lead, a.Link(), a.Form, at)
		c.lesser(&m, b, n, p)
	}
	// A correction's silence is about who is told, not about the sound.
	m.Silent = m.Silent || b.Silent && b.Kind != news.Correction
	return m, nil
}

// DigestNow returns the digest of everything that is new to a reader within
// the last day, and the floor to set when it is sent. A message without
// blocks means that nothing is.
func (c *Composer) DigestNow(ctx context.Context, r news.Reader) (news.Message, news.ArticleID, error) {
	n := c.Newsroom()
	now := c.Now().In(n.Zone)
	since := now.Add(-24 * time.Hour)
	window, err := c.Store.Window(ctx, r.Floor, since)
	if err != nil {
		return news.Message{}, 0, fmt.Errorf("read the articles of the last day: %w", err)
	}
	had, err := c.Store.Had(ctx, r.ID, since)
	if err != nil {
		return news.Message{}, 0, fmt.Errorf("read what the reader has: %w", err)
	}
	decided, err := c.Store.Decision(ctx, "", "", news.DateOf(since))
	if err != nil {
		return news.Message{}, 0, fmt.Errorf("read what editors left out: %w", err)
	}
	floor := r.Floor
	var fresh []news.Article
	for _, a := range window {
		floor = max(floor, a.ID)
		if !had[a.ID] && !slices.Contains(decided.Drop, a.ID) && n.Tree.Follows(r.Follows, a.Section) {
			fresh = append(fresh, a)
		}
	}
	if len(fresh) == 0 {
		return news.Message{}, floor, nil
	}
	arrange(n.Tree, fresh)
	set := c.setter(n, r.Account.Platform())
	return set.Edition(draft(n, words(n.Language).Now, now, fresh, nil)), floor, nil
}

func (c *Composer) setter(n Newsroom, p news.Platform) Setter {
	return Setter{Newsroom: n, Links: p == news.Telegram, More: c.More}
}

// draft groups articles, which stand in the order to show them: those that are
// pinned among items, then the others by section. Pinned ones are always shown,
// and count as ones of their section: pinning makes a digest no longer. Of each
// section something stands, so that the rest can be counted under it.
func draft(n Newsroom, name string, at time.Time, articles []news.Article, items []news.Item) Draft {
	d := Draft{Name: name, Time: at}
	first := map[news.ArticleID]bool{}
	for _, item := range items {
		first[item.Article] = item.Pinned
	}
	shown := map[news.Slug]int{}
	for _, a := range articles {
		last := len(d.Chapters) - 1
		switch {
		case first[a.ID] && last < 0:
			d.Chapters = append(d.Chapters, Chapter{Pinned: true})
			last++
		case !first[a.ID] && (last < 0 || d.Chapters[last].Pinned || d.Chapters[last].Section.Slug != a.Section):
			section, ok := n.Tree.Find(a.Section)
			if !ok {
				section = news.Section{Slug: a.Section, Name: n.Tree.Name(a.Section)}
			}
			d.Chapters = append(d.Chapters, Chapter{Section: section})
			last++
		}
		chapter := &d.Chapters[last]
		if chapter.Pinned || len(chapter.Articles) == 0 || shown[a.Section] < n.Limits.perSection() {
			chapter.Articles = append(chapter.Articles, a)
			shown[a.Section]++
		} else {
			chapter.More++
		}
	}
	return d
}
