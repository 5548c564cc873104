package editor

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// spread gives days of the week to the changes that they were said of: to those
// since the last days, or to the slots whose hour is still to come; days that
// stand first are those of what follows.
type spread struct {
	first bool           // days were said before any change
	told  bool           // days belong to the changes that come
	days  []time.Weekday // nil: every day
	done  int            // so many changes have their days
}

// said takes days that stand behind changes, and open slots.
func (s *spread) said(days []time.Weekday, shifts []desk.Shift, open int) {
	s.first = s.first || len(shifts) == 0 && open == 0
	if s.first || open > 0 {
		s.told, s.days = true, days
		return
	}
	for i := s.done; i < len(shifts); i++ {
		shifts[i].Weekdays = days
	}
	s.done = len(shifts)
}

// follow gives the days that were told ahead to the changes from n on.
func (s *spread) follow(shifts []desk.Shift, n int) {
	if !s.told {
		return
	}
	for i := n; i < len(shifts); i++ {
		shifts[i].Weekdays = s.days
	}
	s.told, s.done = s.first, len(shifts)
}

// among takes the days of the week out of the words for dates, while there are
// changes without any.
func (s *spread) among(words []string, shifts []desk.Shift) (left []string) {
	for len(words) > 0 {
		if days, rest, ok := desk.Weekly(words); ok && s.done < len(shifts) {
			s.said(days, shifts, 0)
			words = rest
			continue
		}
		left, words = append(left, words[0]), words[1:]
	}
	return left
}

// wanted is a change of the calendar as it was asked for.
type wanted struct {
	name   string
	shifts []desk.Shift
	dates  []string       // words
	ready  bool           // the configuration has it: what has no day between its dates is left out
	days   []time.Weekday // of a ready one, these alone; empty: all that it has
}

// between puts the changes between two dates. Unmet is one that has no day
// there.
func (x wanted) between(from, to news.Date) (out []desk.Shift, unmet *desk.Shift) {
	for _, s := range x.shifts {
		s.Name, s.From, s.To = x.name, from, to
		days, both := common(s.Weekdays, x.days)
		if s.Weekdays = days; !both {
			s.Weekdays = x.days
		}
		if done, ok := s.Settled(); ok && both {
			out = append(out, done)
		} else if unmet == nil {
			unmet = &s
		}
	}
	if x.ready && len(out) > 0 {
		unmet = nil
	}
	return out, unmet
}

// common are the days of both; none stand for every day.
func common(a, b []time.Weekday) (days []time.Weekday, ok bool) {
	if len(a) == 0 || len(b) == 0 {
		return append(a[:len(a):len(a)], b...), true
	}
	for _, day := range a {
		if slices.Contains(b, day) {
			days = append(days, day)
		}
	}
	return days, len(days) > 0
}

// passed is an exception in force that a change goes before.
type passed struct {
	name  string
	from  news.Date // the first day of both
	days  bool      // the change is of more days than this one
	slots []news.Slot
}

// over says before which exceptions in force a change goes, and from when on.
func (t *turn) over(ctx context.Context, shifts []desk.Shift) (lines []string, err error) {
	all, err := t.door.Desk.Shifts(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the exceptions of the calendar: %w", err)
	}
	var list []passed
	for _, o := range all {
		for _, s := range shifts {
			day, both := s.Meets(o, t.door.today())
			if !both || s.Off == o.Off && s.At == o.At {
				continue
			}
			i := slices.IndexFunc(list, func(p passed) bool { return p.name == o.Name })
			if i < 0 {
				i, list = len(list), append(list, passed{name: o.Name, from: day})
			}
			p := &list[i]
			p.from, p.days = min(p.from, day), p.days || s.From != s.To
			p.slots = append(p.slots, s.Slot)
		}
	}
	for _, p := range list {
		phrase := t.door.rhythm.OverOne
		if p.days {
			phrase = t.door.rhythm.Over
		}
		lines = append(lines, put(phrase, "name", p.name, "day", t.door.day(p.from), "list", t.door.labels(p.slots)))
	}
	return lines, nil
}

// labels are slots in the order of the configuration, each once.
func (d *Door) labels(slots []news.Slot) string {
	var out []string
	for _, one := range d.Slots() {
		if slices.Contains(slots, one.Name) {
			out = append(out, one.Label)
		}
	}
	return strings.Join(out, d.phrases.Comma)
}

// without are lines but for one.
func without(lines []string, line string) []string {
	return slices.DeleteFunc(lines, func(x string) bool { return x == line })
}

func (d *Door) today() news.Date { return news.DateOf(d.Now().In(d.Zone())) }

// under names the exceptions that stay where those of a name are taken back.
func (t *turn) under(all []desk.Shift, name string) (lines []string) {
	var names []string
	for _, o := range all {
		met := slices.ContainsFunc(all, func(s desk.Shift) bool {
			_, meet := s.Meets(o, t.door.today())
			return s.Name == name && meet
		})
		if quoted := put(t.door.rhythm.Named, "name", o.Name); met && o.Name != name && !slices.Contains(names, quoted) {
			names = append(names, quoted)
		}
	}
	if len(names) > 0 {
		lines = append(lines, put(t.door.rhythm.Under, "list", strings.Join(names, t.door.phrases.Comma)))
	}
	return lines
}
