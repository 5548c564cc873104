package sqlite

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// newsBefore is what a replaced database has seen and sent by itself since the
// backup was made.
type newsBefore struct {
	articles, broadcasts copied
}

// copied are rows of a table.
type copied struct {
	columns []string
	rows    [][]any
}

// backup says what a backup is a copy of, and how far it goes.
type backup struct {
	key                []byte // of the database
	article, broadcast int64  // the highest numbers
}

func (t tx) backup() (b backup, err error) {
	keys, err := t.forgottenKeys()
	if err != nil || len(keys) == 0 {
		return b, err
	}
	b.key = keys[0]
	_, err = t.one("SELECT (SELECT ifnull(max(id), 0) FROM article), (SELECT ifnull(max(id), 0) FROM broadcast)", nil, &b.article, &b.broadcast)
	return b, err
}

// read reads what the database knows and its backup does not. From another
// database nothing is taken: its numbers mean other things.
func (b *newsBefore) read(t tx, from backup) error {
	own, err := t.backup()
	if err != nil || !bytes.Equal(own.key, from.key) {
		return err
	}
	if b.articles, err = t.copied("article WHERE id > ? ORDER BY id", from.article); err != nil {
		return err
	}
	b.broadcasts, err = t.copied("broadcast WHERE id > ? AND original IS NULL AND (kind = ? OR article IS NOT NULL) ORDER BY id", from.broadcast, news.Digest)
	return err
}

// copied reads rows whole. The columns are the table's.
func (t tx) copied(from string, a ...any) (c copied, err error) {
	table, _, _ := strings.Cut(from, " ")
	err = t.each("SELECT name FROM pragma_table_info(?) ORDER BY cid", args(table), func(r row) error {
		var name string
		err := r.Scan(&name)
		c.columns = append(c.columns, name)
		return err
	})
	if err != nil {
		return c, err
	}
	err = t.each("SELECT "+strings.Join(c.columns, ", ")+" FROM "+from, a, func(r row) error {
		values, into := make([]any, len(c.columns)), make([]any, len(c.columns))
		for i := range values {
			into[i] = &values[i]
		}
		err := r.Scan(into...)
		c.rows = append(c.rows, values)
		return err
	})
	return c, err
}

// put writes rows of a table, except those that something there stands in the
// way of.
func (t tx) put(table string, c copied) error {
	query := "INSERT OR IGNORE INTO " + table + " (" + strings.Join(c.columns, ", ") + ") VALUES (?" + strings.Repeat(", ?", max(0, len(c.columns)-1)) + ")"
	for _, values := range c.rows {
		if _, err := t.exec(query, values...); err != nil {
			return err
		}
	}
	return nil
}

// takeOverNews keeps what went out by itself since the backup from going out
// again: the articles are known, and the digests, single articles and automatic
// alerts made of them are over. Who got them is not known any more.
func (t tx) takeOverNews(b newsBefore, now time.Time) error {
	if err := t.put("article", b.articles); err != nil {
		return err
	}
	set := func(column string, value any) {
		if i := slices.Index(b.broadcasts.columns, column); i >= 0 {
			for _, values := range b.broadcasts.rows {
				values[i] = value
			}
		}
	}
	set("state", string(news.Stopped))
	set("finished", millis(now))
	set("purged", 1)
	if err := t.withArticles(&b.broadcasts); err != nil {
		return err
	}
	if err := t.put("broadcast", b.broadcasts); err != nil {
		return err
	}
	if i := slices.Index(b.articles.columns, "id"); i >= 0 {
		for _, values := range b.articles.rows {
			if _, err := t.exec("UPDATE article SET fresh = 0 WHERE id = ?", values[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// withArticles leaves out the broadcasts whose article is not there by its
// number: another restore in between may have given it another one.
func (t tx) withArticles(c *copied) (err error) {
	i := slices.Index(c.columns, "article")
	c.rows = slices.DeleteFunc(c.rows, func(values []any) bool {
		if values[i] == nil || err != nil {
			return false
		}
		var found bool
		found, err = t.one("SELECT 1 FROM article WHERE id = ?", args(values[i]), new(int))
		return !found
	})
	return err
}

// holdRestored holds automatic sending until somebody lets it go on: a backup
// does not know what went out since, and the database that was there could tell
// a part of it at most.
func (t tx) holdRestored(now time.Time) error {
	_, err := t.exec("UPDATE desk SET held = 1, held_by = 0, held_at = ?, held_why = '' WHERE held = 0", millis(now))
	return err
}

// releaseRestored ends such a hold; one that an editor has placed is the
// editors' to end.
func (t tx) releaseRestored() error {
	_, err := t.exec("UPDATE desk SET held = 0, held_at = 0 WHERE held = 1 AND held_by = 0")
	return err
}
