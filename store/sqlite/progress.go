package sqlite

import (
	"context"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// Progress returns the newest n broadcasts, newest first.
func (s *Store) Progress(ctx context.Context, n int) (out []news.Progress, err error) {
	err = s.read(ctx, "read the progress", func(t tx) error {
		out = nil
		return t.each(`SELECT id, kind, slot, date, b.state, published, finished, coalesce(sum(sent), 0), coalesce(sum(old_news), 0),
			coalesce(sum(failed), 0), coalesce(sum(unknown), 0), coalesce(sum(deferred), 0), coalesce(sum(gone), 0),
			coalesce(sum(delivered), 0), coalesce(sum(read), 0)
			FROM (SELECT * FROM broadcast ORDER BY id DESC LIMIT ?) AS b LEFT JOIN lane ON lane.broadcast = b.id
			GROUP BY id ORDER BY id DESC`, args(n), func(r row) error {
			p := news.Progress{Counts: map[news.Outcome]int{}}
			var counts tally
			fields := append(args(&p.Broadcast, &p.Kind, &p.Slot, &p.Date, &p.State, clock{&p.Published}, clock{&p.Finished}), counts.fields()...)
			err := r.Scan(append(fields, &p.Delivered, &p.Read)...)
			for i, n := range counts {
				if n != 0 {
					p.Counts[news.Sent+news.Outcome(i)] = n
				}
			}
			out = append(out, p)
			return err
		})
	})
	return out, err
}

// Control moves a broadcast and its lanes to state: running, paused or
// stopped. The zero id means every broadcast that is not done. What is stopped
// stays stopped: the error matches ErrOver, ErrNone for an unknown id, and
// desk.ErrFrozen for what would run while all sending is frozen.
func (s *Store) Control(ctx context.Context, id news.BroadcastID, state news.State) error {
	return s.write(ctx, fmt.Sprintf("set broadcast %d to %s", id, state), func(t tx) error { return t.controlled(id, state, s.now()) })
}

// Commanded implements desk.Commands.
func (s *Store) Commanded(ctx context.Context, id news.BroadcastID, state news.State, e desk.Entry) error {
	return s.write(ctx, fmt.Sprintf("set broadcast %d to %s", id, state), func(t tx) error {
		if err := t.controlled(id, state, s.now()); err != nil {
			return err
		}
		if id == 0 && state == news.Running {
			if err := t.releaseRestored(); err != nil {
				return err
			}
		}
		return t.signed(e)
	})
}

func (t tx) controlled(id news.BroadcastID, state news.State, now time.Time) error {
	if state == news.Running {
		if err := t.flowing(); err != nil {
			return err
		}
	}
	ids := []news.BroadcastID{id}
	if id == 0 {
		open, err := t.open()
		if err != nil {
			return err
		}
		ids = open
	}
	for _, id := range ids {
		if err := t.control(id, state, millis(now)); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) open() (ids []news.BroadcastID, err error) {
	err = t.each("SELECT id FROM broadcast WHERE state IN ('running', 'paused') ORDER BY id", nil, func(r row) error {
		var id news.BroadcastID
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

func (t tx) control(id news.BroadcastID, state news.State, now int64) error {
	b, err := t.broadcast(id)
	if err != nil {
		return err
	}
	over := b.State == news.Done || b.State == news.Stopped
	switch {
	case over && b.State == state:
		return nil
	case over:
		return ErrOver
	case state == news.Stopped:
		return t.stop(id, moment(now))
	case state != news.Running && state != news.Paused:
		return fmt.Errorf("%q is no state to set", state)
	}
	if _, err := t.exec("UPDATE broadcast SET state = ?1, stalled = stalled AND ?1 <> 'running' WHERE id = ?2", state, id); err != nil {
		return err
	}
	_, err = t.exec("UPDATE lane SET state = ?, reason = '' WHERE broadcast = ? AND state IN ('running', 'paused')", state, id)
	return err
}

// Overview counts what a status page shows.
func (s *Store) Overview(ctx context.Context) (o Overview, err error) {
	err = s.read(ctx, "read the overview", func(t tx) error {
		o = Overview{Readers: map[news.AccountID]int{}, Sections: map[news.Slug]int{}, Halted: map[news.AccountID]string{}}
		if err := t.countReaders(&o); err != nil {
			return err
		}
		_, err := t.one(`SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM reply) + (SELECT count(*) FROM retry),
			(SELECT count(*) FROM broadcast WHERE state = 'running')`, nil, &o.Articles, &o.Waiting, &o.Running)
		if err != nil {
			return err
		}
		return t.each("SELECT source, url, "+memoryColumns+" FROM fetch ORDER BY source, url", nil, func(r row) error {
			var state SourceState
			err := r.Scan(append(args(&state.Source, &state.URL), memoryFields(&state.Memory)...)...)
			o.Sources = append(o.Sources, state)
			return err
		})
	})
	return o, err
}

func (t tx) countReaders(o *Overview) error {
	err := t.each(`SELECT name, halted, (SELECT count(*) FROM subscriber INDEXED BY subscriber_active
		WHERE subscriber.account = account.id AND gone = 0) FROM account`, nil, func(r row) error {
		var name news.AccountID
		var halted string
		var n int
		err := r.Scan(&name, &halted, &n)
		o.Readers[name] = n
		if halted != "" {
			o.Halted[name] = halted
		}
		return err
	})
	if err != nil {
		return err
	}
	return t.each(`SELECT slug, (SELECT count(*) FROM subscription WHERE subscription.section = section.id) FROM section`, nil, func(r row) error {
		var slug news.Slug
		var n int
		err := r.Scan(&slug, &n)
		if n > 0 {
			o.Sections[slug] = n
		}
		return err
	})
}
