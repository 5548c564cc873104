package digest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/nashra-bot/nashra/news"
)

// Calendar says when each slot has its turn.
type Calendar []Slot

// Slot is one digest hour of the newsroom. The first rule that covers a date
// decides it; the last one should cover all.
type Slot struct {
	Name  news.Slot
	Label string // as readers know it, like «الصباح»
	Rules []SlotRule
}

// SlotRule says when a slot comes on the dates that it covers.
type SlotRule struct {
	From, To news.Date      // both included; empty: open
	Weekdays []time.Weekday // empty: every day
	Time     Schedule       // one turn on a date; the zero Schedule: not at all on these dates
}

// Schedule is a cron schedule, read by robfig/cron: five fields, or a
// descriptor like "@every 2m" or "@hourly".
type Schedule struct {
	spec string
	next cron.Schedule
}

// ParseSchedule reads a cron schedule, or a time of the day as "07:30".
func ParseSchedule(spec string) (Schedule, error) {
	line := spec
	if t, err := time.Parse("15:04", spec); err == nil {
		line = fmt.Sprintf("%d %d * * *", t.Minute(), t.Hour())
	}
	if strings.Contains(line, "TZ=") {
		return Schedule{}, fmt.Errorf("schedule %q: the zone is set once, for the whole newsroom", spec)
	}
	next, err := cron.ParseStandard(line)
	if err != nil {
		return Schedule{}, fmt.Errorf("schedule %q: %w", spec, err)
	}
	if next.Next(someDay()).IsZero() {
		return Schedule{}, fmt.Errorf("schedule %q: there is no such day", spec)
	}
	return Schedule{spec: spec, next: next}, nil
}

// someDay begins a year with a 29 February, from which a schedule is tried.
func someDay() time.Time { return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC) }

// String returns the schedule as it was written.
func (s Schedule) String() string { return s.spec }

// Zero reports whether the schedule never comes.
func (s Schedule) Zero() bool { return s.next == nil }

// Next returns the first turn after t, in t's zone; zero when there is none.
func (s Schedule) Next(t time.Time) time.Time {
	if s.next == nil {
		return time.Time{}
	}
	return s.next.Next(t)
}

// Often reports whether the schedule has more than one turn on a date. Its
// minutes and hours are the same on each.
func (s Schedule) Often() bool {
	if s.next == nil {
		return false
	}
	first := s.next.Next(someDay().Add(-time.Second))
	return news.DateOf(s.next.Next(first)) == news.DateOf(first)
}

// on returns the first turn of the schedule on a civil date, in loc.
func (s Schedule) on(d news.Date, loc *time.Location) (time.Time, bool) {
	day, ok := d.In(time.UTC)
	if !ok || s.next == nil {
		return time.Time{}, false
	}
	// Asked in UTC, where every civil time exists once; then set into the zone.
	t := s.next.Next(day.Add(-time.Second))
	if news.DateOf(t) != d {
		return time.Time{}, false
	}
	return civil(t.Year(), t.Month(), t.Day(), t.Hour()*60+t.Minute(), loc), true
}

// At returns when the slot has its turn on date d; ok is false when it has none.
func (s Slot) At(d news.Date, loc *time.Location) (t time.Time, ok bool) {
	day, valid := d.In(loc)
	if !valid {
		return time.Time{}, false
	}
	for _, r := range s.Rules {
		switch {
		case r.From != "" && d < r.From, r.To != "" && d > r.To:
		case len(r.Weekdays) > 0 && !slices.Contains(r.Weekdays, day.Weekday()):
		default:
			return r.Time.on(d, loc)
		}
	}
	return time.Time{}, false
}

// Ordinary returns when the slot would have its turn on date d if no exception
// covered it.
func (s Slot) Ordinary(d news.Date, loc *time.Location) (t time.Time, ok bool) {
	if len(s.Rules) == 0 {
		return time.Time{}, false
	}
	return s.Rules[len(s.Rules)-1].Time.on(d, loc)
}

// Turn is one slot on one date.
type Turn struct {
	Slot news.Slot
	Date news.Date
	At   time.Time
}

// Due returns the turns that came at or before now, and not longer ago than
// late, oldest first.
func (c Calendar) Due(now time.Time, late time.Duration) []Turn {
	return c.between(now.Add(-late-time.Nanosecond), now)
}

// Next returns the first turn after now within eight days.
func (c Calendar) Next(now time.Time) (Turn, bool) {
	for day := range 9 {
		if turns := c.between(now, civil(now.Year(), now.Month(), now.Day()+day, 24*60-1, now.Location())); len(turns) > 0 {
			return turns[0], true
		}
	}
	return Turn{}, false
}

// between returns the turns in (after, upTo].
func (c Calendar) between(after, upTo time.Time) []Turn {
	var turns []Turn
	first := time.Date(after.Year(), after.Month(), after.Day(), 12, 0, 0, 0, time.UTC)
	last := time.Date(upTo.Year(), upTo.Month(), upTo.Day(), 12, 0, 0, 0, time.UTC)
	for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
		for _, s := range c {
			at, ok := s.At(news.DateOf(day), upTo.Location())
			if ok && at.After(after) && !at.After(upTo) {
				turns = append(turns, Turn{Slot: s.Name, Date: news.DateOf(day), At: at})
			}
		}
	}
	slices.SortStableFunc(turns, func(a, b Turn) int { return a.At.Compare(b.At) })
	return turns
}

// Find returns the slot called name.
func (c Calendar) Find(name news.Slot) (Slot, bool) {
	i := slices.IndexFunc(c, func(s Slot) bool { return s.Name == name })
	if i < 0 {
		return Slot{}, false
	}
	return c[i], true
}

// Label is what readers call a slot; its name, when the calendar has none of it.
func (c Calendar) Label(name news.Slot) string {
	if slot, ok := c.Find(name); ok {
		return slot.Label
	}
	return string(name)
}
