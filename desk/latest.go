package desk

import (
	"context"
	"fmt"
	"slices"

	"github.com/nashra-bot/nashra/news"
)

// Articles are what alerts are made of.
type Articles interface {
	// Latest returns the newest n articles of sections (nil: of all).
	Latest(ctx context.Context, sections []news.Slug, n int) ([]news.Article, error)

	// Articles returns the articles of ids as they are now; missing ones are
	// left out.
	Articles(ctx context.Context, ids []news.ArticleID) ([]news.Article, error)
}

// looksBack is how many articles are looked at for those that an editor writes
// about.
const looksBack = 60

// Latest returns the newest n articles that an editor may make an alert of.
func (d *Desk) Latest(ctx context.Context, by EditorID, n int) ([]news.Article, error) {
	who, err := d.editor(ctx, by)
	if err != nil {
		return nil, err
	}
	if err := who.allowed(ActWrite); err != nil {
		return nil, err
	}
	all, err := d.Store.Latest(ctx, nil, looksBack)
	if err != nil {
		return nil, fmt.Errorf("read the latest articles: %w", err)
	}
	all = slices.DeleteFunc(all, func(a news.Article) bool { return !who.covers(d.Tree(), d.made(a)) })
	return all[:min(n, len(all))], nil
}

// Choose makes a draft of an article, as it is now. The right to its section
// is looked at here, and again at every later act.
func (d *Desk) Choose(ctx context.Context, by EditorID, key string, id news.ArticleID) (Draft, error) {
	found, err := d.Store.Articles(ctx, []news.ArticleID{id})
	if err != nil {
		return Draft{}, fmt.Errorf("read article %d: %w", id, err)
	}
	if len(found) == 0 {
		return Draft{}, refuseAs(NoSuch, "there is no article %d", id)
	}
	return d.Write(ctx, by, key, d.made(found[0]))
}

// made is an alert of an article: its title, link and picture, to the readers
// of its section.
func (d *Desk) made(a news.Article) Content {
	c := Content{Words: said(a.Title), Link: a.Link(), Article: a.ID}
	if _, ok := d.Tree().Find(a.Section); ok {
		c.Sections = []news.Slug{a.Section}
	}
	if webAddress(a.Image) {
		c.Media = news.PhotoAt(a.Image)
	}
	return c
}
