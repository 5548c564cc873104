package editor

import (
	"context"
	"fmt"
	"strings"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

const (
	mostArticles = 7
	titleInList  = 90
	titleOnKey   = 40
)

// latest offers the newest articles to make an alert of. Each goes by its own
// number: what arrives meanwhile moves none.
func (t *turn) latest(ctx context.Context, rest string) (bool, error) {
	if rest != "" {
		return false, nil
	}
	w := t.door.phrases
	list, err := t.door.Desk.Latest(ctx, t.who.ID, mostArticles)
	if err != nil {
		return false, err
	}
	if len(list) == 0 {
		t.say(w.NoArticles)
		return true, nil
	}
	lines := []string{w.Latest}
	var keys [][]news.Button
	for _, a := range list {
		lines = append(lines, put(w.Article, "n", fmt.Sprint(a.ID), "title", arabic.Clip(oneLine(a.Title), titleInList),
			"section", t.door.Tree().Name(a.Section), "time", t.door.dated(a)))
		label := fmt.Sprintf("%d. %s", a.ID, arabic.Clip(oneLine(a.Title), titleOnKey))
		keys = append(keys, []news.Button{{Label: label, Data: fmt.Sprintf("%s%s:%d", dataMark, actArticle, a.ID)}})
	}
	if t.plain {
		t.say(append(lines, put(w.HowChoose, "n", fmt.Sprint(list[0].ID)))...)
		return true, nil
	}
	m := t.door.message(lines...)
	m.Buttons = keys
	t.reply(m)
	return true, nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// dated is an article's clock time, and its day where that is not today.
func (d *Door) dated(a news.Article) string {
	at := a.Published
	if at.IsZero() || at.After(a.Arrived) {
		at = a.Arrived
	}
	zone := d.Zone()
	at = at.In(zone)
	if news.DateOf(at) == news.DateOf(d.Now().In(zone)) {
		return arabic.Clock(at)
	}
	return d.said.DayMonth(at) + " " + arabic.Clock(at)
}

// chosen makes a draft of an article, and shows it.
func (t *turn) chosen(ctx context.Context, id news.ArticleID) (bool, error) {
	draft, err := t.door.Desk.Choose(ctx, t.who.ID, t.key(), id)
	if err != nil {
		return false, err
	}
	return true, t.preview(ctx, draft.ID)
}
