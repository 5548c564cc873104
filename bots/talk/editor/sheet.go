package editor

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// The data of a digest's buttons: the mark, an act, slot, date and revision of
// what was shown, and sometimes an article.
const (
	sheetMark = dataMark + "ed:"

	actDrop     = "x"
	actKeep     = "k" // takes in again
	actPin      = "p"
	actUnpin    = "u"
	actHold     = "h"
	actRelease  = "r"
	actIntro    = "i" // says how
	actNoIntro  = "b" // without an introduction
	actDropPage = "X"
	actPinPage  = "P"
	actFront    = "f" // back from a page
)

// mostItems is how many items of a digest are listed and have buttons; the
// others have their numbers, too.
const mostItems = 40

// Lay lays a digest out for a chat before its slot: as it will look, and what
// can be decided about it.
func (d *Door) Lay(u desk.Upcoming, s desk.Seat) []news.Message {
	return d.sheet(u, u.Look(d.Now()).Items, s)
}

func (d *Door) sheet(u desk.Upcoming, items []news.ArticleID, s desk.Seat) (out []news.Message) {
	if m, ok := u.Messages[s.Account.Platform()]; ok {
		out = append(out, m)
	}
	return append(out, d.board(u, items, !d.buttons(s.Account), ""))
}

// board is the message under a digest: its items by number, how it stands, and
// what can be decided.
func (d *Door) board(u desk.Upcoming, items []news.ArticleID, plain bool, page string) news.Message {
	w := d.rhythm
	lines := []string{put(w.Head, "label", u.Label, "when", d.when(u.At))}
	if len(u.Articles) == 0 {
		lines = append(lines, w.Bare)
	} else {
		lines = append(lines, w.Whole)
	}
	lines = append(lines, d.listed(u, items)...)
	switch {
	case u.Halted:
		lines = append(lines, w.AllHeld)
	case u.Hold:
		lines = append(lines, w.IsHeld)
	case len(u.Articles) > 0:
		lines = append(lines, w.Goes)
	}
	if plain {
		lines = append(lines, w.HowSheet)
		return d.message(lines...)
	}
	m := d.message(lines...)
	m.Buttons = d.decisions(u, items, page)
	return m
}

// listed names the items by their numbers, in the order of the digest, and what
// was left out behind them.
func (d *Door) listed(u desk.Upcoming, items []news.ArticleID) (lines []string) {
	w := d.rhythm
	add := func(h desk.Headline, phrase string) {
		n := slices.Index(items, h.ID) + 1
		if n > 0 && len(lines) < mostItems {
			lines = append(lines, put(phrase, "n", strconv.Itoa(n), "title", arabic.Clip(h.Title, 80)))
		}
	}
	for _, h := range u.Articles {
		phrase := w.Item
		if h.Pinned {
			phrase = w.PinnedItem
		}
		add(h, phrase)
	}
	for _, h := range u.Out {
		add(h, w.DroppedItem)
	}
	return lines
}

// decisions are the buttons under a board, or those of its page of numbers.
func (d *Door) decisions(u desk.Upcoming, items []news.ArticleID, page string) [][]news.Button {
	w := d.rhythm
	b := func(label, act string, more ...string) news.Button {
		return news.Button{Label: label, Data: strings.Join(append([]string{sheetMark + act, string(u.Slot), string(u.Date), strconv.Itoa(u.Revision)}, more...), ":")}
	}
	if page != "" {
		return append(numbers(u, items, page, b), []news.Button{b(w.Back, actFront)})
	}
	hold := b(w.Hold, actHold)
	if u.Hold {
		hold = b(w.Release, actRelease)
	}
	intro := b(w.Intro, actIntro)
	if u.Intro != "" {
		intro = b(w.NoIntro, actNoIntro)
	}
	var rows [][]news.Button
	if len(u.Articles)+len(u.Out) > 0 {
		rows = append(rows, []news.Button{b(w.Drop, actDropPage), b(w.Pin, actPinPage)})
	}
	return append(rows, []news.Button{hold, intro})
}

// numbers is a button for each item: to drop it or take it in again, to pin it
// or not.
func numbers(u desk.Upcoming, items []news.ArticleID, page string, b func(label, act string, more ...string) news.Button) (rows [][]news.Button) {
	const inRow = 5
	add := func(h desk.Headline, act string, on bool) {
		n := slices.Index(items, h.ID) + 1
		if n == 0 || n > mostItems {
			return
		}
		if len(rows) == 0 || len(rows[len(rows)-1]) == inRow {
			rows = append(rows, nil)
		}
		one := b(strconv.Itoa(n), act, strconv.FormatInt(int64(h.ID), 10))
		one.On = on
		rows[len(rows)-1] = append(rows[len(rows)-1], one)
	}
	for _, h := range u.Articles {
		switch {
		case page == actDropPage:
			add(h, actDrop, false)
		case h.Pinned:
			add(h, actUnpin, true)
		default:
			add(h, actPin, false)
		}
	}
	for _, h := range u.Out {
		if page == actDropPage && slices.Contains(u.Drop, h.ID) {
			add(h, actKeep, true)
		}
	}
	return rows
}

// Slot is a digest hour, as the door knows it.
type Slot struct {
	Name  news.Slot
	Label string
}

// slot finds the slot that words begin with, by its label with or without the
// article, by its name, or by the part of the day in another language, and what
// stands behind it.
func (d *Door) slot(words []string) (Slot, []string, bool) {
	for _, called := range []func(string) string{bare, dayPart} {
		for n := min(4, len(words)); n > 0; n-- {
			key := called(strings.Join(words[:n], " "))
			for _, s := range d.Slots() {
				if key == called(s.Label) || key == called(string(s.Name)) {
					return s, words[n:], true
				}
			}
		}
	}
	return Slot{}, words, false
}

// dayPart is a part of the day by one name, whatever it is called.
func dayPart(words string) string {
	words = bare(words)
	if name, ok := dayParts()[words]; ok {
		return name
	}
	return words
}

// bare folds words for comparing, without their article.
func bare(words string) string {
	words = arabic.FoldCommand(words)
	for _, article := range articles() {
		words = strings.TrimPrefix(words, article)
	}
	return words
}

// day is a date in words.
func (d *Door) day(date news.Date) string {
	t, ok := date.In(time.UTC)
	if !ok {
		return string(date)
	}
	return d.said.Date(t)
}
