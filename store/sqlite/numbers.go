package sqlite

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// Arrived implements desk.Numbers.
func (s *Store) Arrived(ctx context.Context, id news.BroadcastID) (a desk.Arrival, err error) {
	err = s.read(ctx, fmt.Sprintf("count what broadcast %d reached", id), func(t tx) (err error) {
		a, err = t.arrival(id)
		return err
	})
	return a, err
}

const arrivalQuery = `SELECT published, finished, (SELECT count(*) FROM subscriber INDEXED BY subscriber_gone
	WHERE gone > 0 AND gone >= b.published AND gone < b.published + 3600000), trial FROM broadcast AS b WHERE id = ?`

func (t tx) arrival(id news.BroadcastID) (a desk.Arrival, err error) {
	a.Platforms = map[news.Platform]int{}
	var published, finished time.Time
	found, err := t.one(arrivalQuery, args(id),
		clock{&published}, clock{&finished}, &a.Left, &a.Trial)
	if err != nil {
		return a, err
	}
	if !found {
		return a, ErrNone
	}
	if !finished.IsZero() {
		a.Took = max(0, finished.Sub(published))
	}
	err = t.each("SELECT name, sent, failed, unknown, deferred, delivered, read FROM lane JOIN account ON account.id = lane.account WHERE broadcast = ?", args(id), func(r row) error {
		var account news.AccountID
		var sent, failed, unknown, waiting, delivered, read int
		err := r.Scan(&account, &sent, &failed, &unknown, &waiting, &delivered, &read)
		a.Sent, a.Failed, a.Unknown, a.Waiting = a.Sent+sent, a.Failed+failed, a.Unknown+unknown, a.Waiting+waiting
		a.Delivered, a.Read = a.Delivered+delivered, a.Read+read
		a.Platforms[account.Platform()] += sent
		return err
	})
	return a, err
}

// Counted implements desk.Numbers.
func (s *Store) Counted(ctx context.Context, from, to news.Date, zone *time.Location) (r desk.Report, err error) {
	first, ok1 := from.In(zone)
	last, ok2 := to.In(zone)
	if !ok1 || !ok2 {
		return r, fmt.Errorf("count from %q to %q: these are no dates", from, to)
	}
	end := last.AddDate(0, 0, 1)
	err = s.read(ctx, "count", func(t tx) error {
		r = desk.Report{From: from, To: to, Subscribers: map[news.Platform]int{}, Sections: map[news.Slug]int{}}
		for day := first; day.Before(end); day = day.AddDate(0, 0, 1) {
			r.Days = append(r.Days, desk.Day{Date: news.DateOf(day)})
		}
		for _, step := range []func() error{
			func() error { return t.countPeople(&r) },
			func() error { return t.countDays(&r, first, end, zone) },
			func() error { return t.countAlerts(&r, first, end) },
			func() error { return t.countSpans(&r, first, end) },
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	return r, err
}

func (t tx) countPeople(r *desk.Report) error {
	err := t.each("SELECT account.name, count(*) FROM subscriber JOIN account ON account.id = subscriber.account WHERE gone = 0 GROUP BY account.id", nil, func(one row) error {
		var account news.AccountID
		var n int
		err := one.Scan(&account, &n)
		r.Subscribers[account.Platform()] += n
		return err
	})
	if err != nil {
		return err
	}
	return t.each("SELECT slug, count(*) FROM subscription JOIN section ON section.id = subscription.section GROUP BY section.id", nil, func(one row) error {
		var slug news.Slug
		var n int
		err := one.Scan(&slug, &n)
		r.Sections[slug] = n
		return err
	})
}

// quarter is the grain in which days of any zone can be told apart.
const quarter = 15 * 60 * 1000

func (t tx) countDays(r *desk.Report, first, end time.Time, zone *time.Location) error {
	for query, add := range map[string]func(*desk.Day, int){
		"SELECT joined / %d, count(*) FROM subscriber WHERE joined >= ? AND joined < ? GROUP BY 1":                                   func(d *desk.Day, n int) { d.Joined += n },
		"SELECT gone / %d, count(*) FROM subscriber INDEXED BY subscriber_gone WHERE gone > 0 AND gone >= ? AND gone < ? GROUP BY 1": func(d *desk.Day, n int) { d.Left += n },
	} {
		query = fmt.Sprintf(query, quarter)
		err := t.each(query, args(millis(first), millis(end)), func(one row) error {
			var at int64
			var n int
			if err := one.Scan(&at, &n); err != nil {
				return err
			}
			date := news.DateOf(time.UnixMilli(at * quarter).In(zone))
			if i := slices.IndexFunc(r.Days, func(d desk.Day) bool { return d.Date == date }); i >= 0 {
				add(&r.Days[i], n)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (t tx) countAlerts(r *desk.Report, first, end time.Time) error {
	alerts, err := t.alerts(first, end)
	if err != nil {
		return err
	}
	for _, a := range alerts {
		arrival, err := t.arrival(a.Broadcast)
		if err != nil {
			return err
		}
		r.Alerts = append(r.Alerts, desk.AlertArrival{Alerted: a, Arrival: arrival})
	}
	return nil
}

// countSpans measures what goes out by itself, article by article. The first
// copy leaves as soon as a broadcast is published.
func (t tx) countSpans(r *desk.Report, first, end time.Time) error {
	var starts, ends []time.Duration
	err := t.each(`SELECT b.published - article.published, iif(b.finished > 0, b.finished - article.published, -1)
		FROM broadcast AS b INDEXED BY broadcast_published JOIN article ON article.id = b.items ->> '$[0].a'
		WHERE b.published >= ? AND b.published < ? AND b.kind IN ('breaking', 'single') AND b.words = '' AND article.published > 0`, args(millis(first), millis(end)), func(one row) error {
		var begin, over int64
		err := one.Scan(&begin, &over)
		if begin >= 0 {
			starts = append(starts, time.Duration(begin)*time.Millisecond)
		}
		if over >= 0 {
			ends = append(ends, time.Duration(over)*time.Millisecond)
		}
		return err
	})
	r.First, r.Last = span(starts), span(ends)
	return err
}

func span(all []time.Duration) desk.Span {
	if len(all) == 0 {
		return desk.Span{}
	}
	slices.Sort(all)
	return desk.Span{N: len(all), Middle: all[len(all)/2], Max: all[len(all)-1]}
}
