package digest

import (
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Newsroom is what digests know of the newsroom. It is read afresh for every
// edition, so that a reloaded configuration takes effect at the next one.
type Newsroom struct {
	Name      string // as readers know it
	Signature string // the line under every message; empty: the name
	Language  Language
	Zone      *time.Location
	Tree      news.Tree
	Calendar  Calendar
	Night     Night
	Limits    Limits
	Auto      map[news.SourceID]bool // sources whose urgent articles go out by themselves
	Propose   map[news.SourceID]bool // sources whose urgent articles go before the editors first
}

// Limits bound what readers get.
type Limits struct {
	PerSection int           // articles of a section in one digest; the rest is counted. Default 5.
	Late       time.Duration // a missed slot is caught up within this. Default 3 h.
	Window     time.Duration // the longest look back of an edition. Default 7 days.
}

func (l Limits) perSection() int { return orElse(l.PerSection, 5) }

func (l Limits) late() time.Duration { return orElse(l.Late, 3*time.Hour) }

// CatchUp is how long after its hour a digest can still go out.
func (l Limits) CatchUp() time.Duration { return l.late() }

func (l Limits) window() time.Duration { return orElse(l.Window, 7*24*time.Hour) }

func orElse[T int | time.Duration](v, fallback T) T {
	if v <= 0 {
		return fallback
	}
	return v
}

// signature is the line that says who speaks.
func (n Newsroom) signature() string {
	if n.Signature != "" {
		return n.Signature
	}
	return n.Name
}

// Night is when single articles are held back: from From to To, both minutes
// after midnight, over midnight when From is the later one. Equal ones mean
// that there is no night.
type Night struct{ From, To int }

// At reports whether t, in t's own zone, is at night, and when that night ends.
func (n Night) At(t time.Time) (until time.Time, night bool) {
	now := t.Hour()*60 + t.Minute()
	day := 0
	switch {
	case n.From == n.To:
		return time.Time{}, false
	case n.From < n.To && (now < n.From || now >= n.To):
		return time.Time{}, false
	case n.From > n.To && now >= n.To && now < n.From:
		return time.Time{}, false
	case n.From > n.To && now >= n.From:
		day = 1
	}
	return civil(t.Year(), t.Month(), t.Day()+day, n.To, t.Location()), true
}

// civil returns the instant of a civil time. A time that the zone skips (when
// clocks go forward) becomes the first instant behind the gap; of a time that
// comes twice, the first.
func civil(year int, month time.Month, day, minutes int, loc *time.Location) time.Time {
	want := time.Date(year, month, day, minutes/60, minutes%60, 0, 0, time.UTC)
	t := time.Date(year, month, day, minutes/60, minutes%60, 0, 0, loc)
	start, end := t.ZoneBounds()
	if t.Hour() == want.Hour() && t.Minute() == want.Minute() {
		return firstOf(t, start)
	}
	// A gap: one of the two transitions around t is the one that made it.
	if !start.IsZero() && t.Sub(start) < 4*time.Hour {
		return start
	}
	return end
}

// firstOf returns the earlier instant of t's civil time when the transition at
// start has set clocks back over it, else t.
func firstOf(t, start time.Time) time.Time {
	if start.IsZero() {
		return t
	}
	_, before := start.Add(-time.Second).Zone()
	_, now := t.Zone()
	first := t.Add(-time.Duration(before-now) * time.Second)
	if before > now && first.Before(start) {
		return first
	}
	return t
}
