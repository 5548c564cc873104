package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// This file is about articles that went out and were no alerts: singly, or in a
// digest. A single one is corrected like an alert. A digest is not: its copies
// differ from reader to reader, and what follows them would follow all of them.
// Those on duty hear of it, and may send an alert.

// Carried is an article as a broadcast has brought it to somebody.
type Carried struct {
	Broadcast news.BroadcastID
	Kind      news.Kind // news.Single or news.Digest
	Slot      news.Slot // of a digest
	Date      news.Date // of a digest
	Article   news.ArticleID
	Words     string // the headline that readers have
	Link      string
	Section   news.Slug
	Audience  news.Audience
	Trial     bool
	Published time.Time
	Draft     DraftID // of a single one that was adopted; 0: it was not
}

// Brought is an article that went out in one way or the other.
type Brought struct {
	Article news.ArticleID
	Changed bool // its headline is another by now, and that was not proposed yet
}

// Carriers is what goes out and is no alert.
type Carriers interface {
	// Brought returns the articles of a source that went out since then, singly or
	// in a digest, and reached somebody; the newest first.
	Brought(ctx context.Context, source news.SourceID, since time.Time) ([]Brought, error)

	// Carrying returns what has brought an article to somebody since then, but for
	// what was withdrawn; the oldest first.
	Carrying(ctx context.Context, id news.ArticleID, since time.Time) ([]Carried, error)
}

// outdated returns what says something else of an article than its site does
// now, and gives the single ones among it a draft, over which they can be put
// right.
func (d *Desk) outdated(ctx context.Context, a news.Article, gone bool) (editions []Carried, err error) {
	all, err := d.Store.Carrying(ctx, a.ID, d.Now().Add(-remembered))
	if err != nil {
		return nil, fmt.Errorf("look what brought article %d: %w", a.ID, err)
	}
	for _, c := range all {
		switch {
		case c.Kind == news.Digest && (gone || arabic.Fold(c.Words) != arabic.Fold(a.Title)):
			editions = append(editions, c)
		case c.Kind == news.Single && c.Draft == 0 && (gone || said(c.Words) != said(a.Title)):
			if _, err := d.adopt(ctx, c.alerted()); err != nil {
				return nil, err
			}
		}
	}
	return editions, nil
}

// alerted is a single article in the words of what is adopted.
func (c Carried) alerted() Alerted {
	return Alerted{
		Broadcast: c.Broadcast, Words: c.Words, Link: c.Link, Article: c.Article, Section: c.Section, Audience: c.Audience,
		Auto: true, Single: true, Trial: c.Trial, Published: c.Published,
	}
}

// proposeEdition says to those on duty that digests have brought what is wrong
// by now. One that is gone is told of in the words that readers have.
func (d *Desk) proposeEdition(ctx context.Context, a news.Article, gone bool, editions []Carried) (Proposal, error) {
	p := Proposal{Kind: ProposeEdition, Article: a}
	if gone {
		p.Kind, p.Article.Title = ProposeEditionGone, editions[len(editions)-1].Words
	}
	return d.propose(ctx, p, editions)
}

// editions names digests, each once: «المساء 22 نوفمبر».
func (d *Desk) editions(all []Carried) (list string) {
	var names []string
	for _, c := range all {
		label := string(c.Slot)
		if d.Slot != nil {
			label = d.Slot(c.Slot)
		}
		name := put(d.words().Notices.Edition, "slot", label, "date", d.words().day(c.Date, d.setup().Zone))
		if slices.Contains(names, name) {
			continue
		}
		if names = append(names, name); list == "" {
			list = name
		} else {
			list = put(d.words().Notices.Comma, "first", list, "last", name)
		}
	}
	return list
}

// wasCalled are the headlines that digests had, each once.
func wasCalled(all []Carried) (out []string) {
	for _, c := range all {
		if words := said(c.Words); !slices.Contains(out, words) {
			out = append(out, words)
		}
	}
	return out
}

// ofEdition is the alert that a proposal about a digest becomes: a suggestion,
// which its editor writes anew if need be.
func (d *Desk) ofEdition(p Proposal) Content {
	c := Content{Words: put(d.words().Amended, "title", d.headline(p.Article)), Link: p.Article.Link()}
	if p.Kind == ProposeEditionGone {
		c.Words, c.Link = put(d.words().Retracted, "title", said(p.Article.Title)), ""
	}
	if _, ok := d.Tree().Find(p.Article.Section); ok {
		c.Sections = []news.Slug{p.Article.Section}
	}
	return c
}

// proposed are the lines of a proposal's letter, but for the first; empty ones
// are left out.
func (p *Phrases) proposed(n Notice) []string {
	x := p.Notices
	if kind := ProposalKind(n.Name); kind == ProposeEdition || kind == ProposeEditionGone {
		var lines []string
		for _, was := range n.Was {
			lines = append(lines, put(x.EditionWas, "title", was))
		}
		if kind == ProposeEdition {
			lines = append(lines, put(x.EditionNow, "title", n.Words), n.Do)
		}
		return append(lines, put(x.EditionHow, "n", ProposalMark))
	}
	too := ""
	if n.Editions != "" {
		too = put(x.EditionToo, "digests", n.Editions)
	}
	return []string{n.Words, n.Do, too, put(x.Look, "n", ProposalMark)}
}
