package sqlite

import (
	"context"
	"encoding/json"
	"time"

	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
)

// Pulled implements feed.Store.
func (s *Store) Pulled(ctx context.Context, p feed.Pull) (taken feed.Taken, err error) {
	err = s.write(ctx, "store a pull", func(t tx) error {
		taken = feed.Taken{}
		complete := false
		if _, err := t.one("SELECT complete FROM source WHERE source = ?", args(p.Source), &complete); err != nil {
			return err
		}
		for _, a := range p.Articles {
			a.Source, a.Archive, a.Arrived = p.Source, !complete, p.At
			if err := t.pulled(a, p.Due, &taken); err != nil {
				return err
			}
		}
		_, err := t.exec(`INSERT INTO source (source, complete) VALUES (?1, ?2)
			ON CONFLICT DO UPDATE SET complete = max(complete, ?2)`, p.Source, p.Complete)
		return err
	})
	return taken, err
}

const articleColumns = `id, source, key, url, short_url, title, lead, body, image, author, categories,
	published, modified, section, matched, form, urgent, arrived, archive`

func articleFields(a *news.Article) []any {
	return args(&a.ID, &a.Source, &a.Key, &a.URL, &a.ShortURL, &a.Title, &a.Lead, &a.Body, &a.Image, &a.Author,
		encoded{&a.Categories}, clock{&a.Published}, clock{&a.Modified}, &a.Section, &a.Matched, &a.Form,
		&a.Urgent, clock{&a.Arrived}, &a.Archive)
}

// pulled writes one article of a pull.
func (t tx) pulled(a news.Article, due time.Time, taken *feed.Taken) error {
	var old news.Article
	found, err := t.one("SELECT "+articleColumns+" FROM article WHERE source = ? AND key = ?", args(a.Source, a.Key), articleFields(&old)...)
	if err != nil {
		return err
	}
	if found {
		a.ID, a.Arrived, a.Archive = old.ID, old.Arrived, old.Archive
		if same(a, old) {
			return nil
		}
		taken.Changed++
		if a.Urgent && !old.Urgent && !a.Archive {
			if err := t.hurry(a.ID, due); err != nil {
				return err
			}
		}
		return t.changeArticle(a)
	}
	id, err := t.addArticle(a)
	if err != nil {
		return err
	}
	if !a.Matched {
		taken.Default++
	}
	if a.Archive {
		taken.Archive++
		return nil
	}
	taken.New = append(taken.New, id)
	if a.Urgent {
		return t.hurry(id, due)
	}
	return nil
}

// hurry puts an article on the urgent list, where it comes once: one that was
// settled stays so, however often the source calls it urgent again.
func (t tx) hurry(id news.ArticleID, due time.Time) error {
	if due.IsZero() {
		return nil
	}
	_, err := t.exec("INSERT INTO urgent (article, due) VALUES (?, ?) ON CONFLICT DO NOTHING", id, millis(due))
	return err
}

// same reports whether storing a over old would change nothing.
func same(a, old news.Article) bool {
	return articleText(a) == articleText(old)
}

func articleText(a news.Article) string {
	a.Published, a.Modified, a.Arrived = moment(millis(a.Published)), moment(millis(a.Modified)), time.Time{}
	if len(a.Categories) == 0 {
		a.Categories = nil
	}
	b, err := json.Marshal(a)
	if err != nil { // an article is strings, numbers and times of this era
		return err.Error()
	}
	return string(b)
}

func (t tx) addArticle(a news.Article) (news.ArticleID, error) {
	categories, err := encode(a.Categories)
	if err != nil {
		return 0, err
	}
	id, err := t.insert(`INSERT INTO article (source, key, url, short_url, title, lead, body, image, author, categories,
		published, modified, section, matched, form, urgent, arrived, archive, moment, fresh)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.Source, a.Key, a.URL, a.ShortURL, a.Title, a.Lead, a.Body, a.Image, a.Author, categories,
		millis(a.Published), millis(a.Modified), a.Section, a.Matched, a.Form, a.Urgent, millis(a.Arrived), a.Archive,
		millis(dated(a)), !a.Archive)
	return news.ArticleID(id), err
}

func (t tx) changeArticle(a news.Article) error {
	categories, err := encode(a.Categories)
	if err != nil {
		return err
	}
	_, err = t.exec(`UPDATE article SET url = ?, short_url = ?, title = ?, lead = ?, body = ?, image = ?, author = ?,
		categories = ?, published = ?, modified = ?, section = ?, matched = ?, form = ?, urgent = ?, moment = ? WHERE id = ?`,
		a.URL, a.ShortURL, a.Title, a.Lead, a.Body, a.Image, a.Author, categories, millis(a.Published), millis(a.Modified),
		a.Section, a.Matched, a.Form, a.Urgent, millis(dated(a)), a.ID)
	return err
}

// dated is when an article is from: its date, or its arrival where it has none
// or claims to come from the future.
func dated(a news.Article) time.Time {
	if a.Published.IsZero() || a.Published.After(a.Arrived) {
		return a.Arrived
	}
	return a.Published
}

// articles returns what a query finds that begins with articleColumns.
func (t tx) articles(query string, a ...any) (out []news.Article, err error) {
	err = t.each(query, a, func(r row) error {
		var one news.Article
		if err := r.Scan(articleFields(&one)...); err != nil {
			return err
		}
		out = append(out, one)
		return nil
	})
	return out, err
}

func (t tx) articlesOf(ids []news.ArticleID) ([]news.Article, error) {
	out := make([]news.Article, 0, len(ids))
	for _, id := range ids {
		some, err := t.articles("SELECT "+articleColumns+" FROM article WHERE id = ?", id)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}
