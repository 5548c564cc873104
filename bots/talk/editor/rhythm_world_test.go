package editor_test

import (
	"context"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/bots/talk/editor"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
)

// bulletins gives the door digests and a calendar. More lines of a transcript:
//
//	! news TITLE           an article arrives
//	! ahead                the next digest is shown before its slot, where it is due
//	! publish              the next digest goes out
func (w *world) bulletins() {
	w.desk.Turn, w.desk.Lay = w.turn, w.door.Lay
	w.door.Coming = w.coming
	w.door.Slots = func() (out []editor.Slot) {
		for _, h := range w.room.hours {
			out = append(out, h.Slot)
		}
		return out
	}
	w.door.Presets = func() []editor.Preset {
		return []editor.Preset{
			{Name: w.room.preset, Hours: []editor.Hour{{Slot: "evening", At: "22:00"}, {Slot: "morning"}}},
			{Name: w.room.summer, Hours: []editor.Hour{
				{Slot: "morning", At: "09:00", Weekdays: []time.Weekday{time.Friday, time.Saturday}}, {Slot: "evening", At: "21:00"}, {Slot: "morning", At: "06:30"},
			}},
		}
	}
}

// turn reads the calendar as it is switched now.
func (w *world) turn(slot news.Slot, date news.Date) (at, until time.Time, ok bool) {
	day, _ := date.In(muscat)
	for _, h := range w.room.hours {
		if h.Name != slot {
			continue
		}
		clock := h.at
		shifts, err := w.store.Shifts(w.ctx, news.DateOf(w.now))
		w.must(err)
		for _, s := range shifts {
			if s.Slot == slot && s.Covers(date) {
				if s.Off {
					return at, until, false
				}
				clock = s.At
				break
			}
		}
		hour, err := time.Parse("15:04", clock)
		w.must(err)
		at = day.Add(time.Duration(hour.Hour())*time.Hour + time.Duration(hour.Minute())*time.Minute)
		return at, at.Add(3 * time.Hour), true
	}
	return at, until, false
}

func (w *world) coming(ctx context.Context, slot news.Slot, date news.Date) (u desk.Upcoming, ok bool, err error) {
	last, err := w.store.Editions(ctx)
	if err != nil {
		return u, false, err
	}
	for day := range 3 {
		for _, h := range w.room.hours {
			d := news.DateOf(w.now.AddDate(0, 0, day))
			if slot != "" && slot != h.Name || date != "" && date != d || last[h.Name].Date >= d {
				continue
			}
			at, until, ok := w.turn(h.Name, d)
			if !ok || w.now.After(until) {
				continue
			}
			u, err := w.upcoming(ctx, digest.Turn{Slot: h.Name, Date: d, At: at}, h.Label, last[h.Name])
			return u, err == nil, err
		}
	}
	return u, false, nil
}

func (w *world) upcoming(ctx context.Context, turn digest.Turn, label string, last digest.Edition) (u desk.Upcoming, err error) {
	u.At, u.Label = turn.At, label
	standing, err := w.desk.Standing(ctx)
	if err != nil {
		return u, err
	}
	u.Halted = standing.Held
	if u.Edition, err = w.desk.Edition(ctx, turn.Slot, turn.Date); err != nil {
		return u, err
	}
	room := w.newsroom()
	made, err := digest.MakeEdition(ctx, w.store, room, turn, last, w.now)
	if err != nil {
		return u, err
	}
	made.Broadcast.Published = turn.At
	var ids []news.ArticleID
	for _, item := range made.Broadcast.Items {
		ids = append(ids, item.Article)
	}
	c := &digest.Composer{Store: w.store, Newsroom: func() digest.Newsroom { return room }}
	for _, network := range []news.Platform{news.Telegram, news.WhatsApp} {
		m, err := c.Compose(ctx, made.Broadcast, ids, network)
		if err != nil || len(m.Blocks) == 0 {
			return u, err
		}
		if u.Messages == nil {
			u.Messages = map[news.Platform]news.Message{}
		}
		u.Messages[network] = m
	}
	all, err := w.store.Articles(ctx, ids)
	for i, a := range all {
		u.Articles = append(u.Articles, desk.Headline{ID: a.ID, Title: a.Title, Pinned: made.Broadcast.Items[i].Pinned})
	}
	for _, a := range made.Out {
		u.Out = append(u.Out, desk.Headline{ID: a.ID, Title: a.Title})
	}
	return u, err
}

// fresh stores an article.
func (w *world) fresh(title string) {
	w.t.Helper()
	_, err := w.store.Pulled(w.ctx, feed.Pull{Source: "site", At: w.now, Complete: true}) // the archive is read
	w.must(err)
	w.arrived++
	a := news.Article{Key: fmt.Sprintf("wp:%d", w.arrived), URL: fmt.Sprintf("https://news.example/?p=%d", w.arrived), Title: title, Section: "news", Published: w.now}
	_, err = w.store.Pulled(w.ctx, feed.Pull{Source: "site", At: w.now, Articles: []news.Article{a}, Complete: true})
	w.must(err)
}

// ahead shows the next digest to those on duty, and writes down what they get.
func (w *world) ahead() {
	w.t.Helper()
	u, ok, err := w.coming(w.ctx, "", "")
	w.must(err)
	if !ok {
		return
	}
	w.takeLetters()
	w.said = nil
	w.must(w.desk.ShowAhead(w.ctx, u))
	w.takeLetters()
	if len(w.said) == 0 {
		w.out = append(w.out, ". (nothing)")
	}
	w.heard("")
}

// takeLetters takes what the desk has written to editors since the last time.
func (w *world) takeLetters() {
	w.t.Helper()
	replies, err := w.store.Replies(w.ctx, w.account, w.read, 1000)
	w.must(err)
	for _, r := range replies {
		w.read = r.ID
		w.said = append(w.said, said{talk.Address{Account: w.account, Chat: r.Chat}, talk.Reply{Message: r.Message}})
	}
}

// goOut publishes the next digest.
func (w *world) goOut() {
	w.t.Helper()
	u, _, err := w.coming(w.ctx, "", "")
	w.must(err)
	b := news.Broadcast{Kind: news.Digest, Slot: u.Slot, Date: u.Date, Published: u.At, Audience: news.Audience{Sections: []news.Slug{"news"}}}
	for _, a := range u.Articles {
		b.Items = append(b.Items, news.Item{Article: a.ID, Section: "news"})
	}
	_, err = w.store.Publish(w.ctx, digest.Publication{Broadcast: b, Accounts: []news.AccountID{w.account}, Revision: u.Revision})
	w.must(err)
}
