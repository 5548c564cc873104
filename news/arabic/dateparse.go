package arabic

import (
	"time"
)

// ParseDate reads a Gregorian date as Arabic newspapers write it, with or
// without a time of day: the month by any of its regional names or by number
// (day first, or year first), digits of any kind, a twelve-hour clock with
// its part of the day, a weekday, an offset. Without an offset the time is one
// of loc; without a time it is midnight there.
//
// It reports false when it is not sure: a word it does not know, no year, a day that
// does not exist or falls on another weekday than the one named, a Hijri date.
func ParseDate(s string, loc *time.Location) (time.Time, bool) {
	tokens, ok := dateTokens(s)
	if !ok {
		return time.Time{}, false
	}
	p := dateParser{tokens: tokens, weekday: -1}
	for p.pos < len(p.tokens) {
		if !p.step() {
			return time.Time{}, false
		}
	}
	return p.time(loc)
}

type dayPart int

const (
	anyPart dayPart = iota
	morning
	noon
	evening
	night
)

// dateParser collects the parts of a date from tokens in any order. Zero means
// unseen for year, month and day.
type dateParser struct {
	tokens []dateToken
	pos    int

	year, month, day int
	weekday          int
	hour, min, sec   int
	hasTime          bool
	zone             *time.Location
}

// step reads one part and reports whether it made sense.
func (p *dateParser) step() bool {
	t := p.tokens[p.pos]
	switch t.kind {
	case tokenOffset:
		p.pos++
		return p.setZone(t.n)
	case tokenWord:
		return p.word(t)
	case tokenNumber:
		switch sep := p.separator(1); {
		case sep == ':':
			return p.clock()
		case sep != 0:
			return p.numericDate(sep)
		}
		return p.number(t)
	}
	return false
}

// separator returns the separator i tokens ahead, or 0.
func (p *dateParser) separator(i int) rune {
	if t := p.peek(i); t.kind == tokenSeparator {
		return rune(t.n)
	}
	return 0
}

func (p *dateParser) peek(i int) dateToken {
	if p.pos+i < len(p.tokens) {
		return p.tokens[p.pos+i]
	}
	return dateToken{}
}

func (p *dateParser) word(t dateToken) bool {
	if m, ok := monthNames[t.text+" "+p.peek(1).text]; ok && p.peek(1).kind == tokenWord {
		p.pos += 2
		return p.setMonth(m)
	}
	p.pos++
	if m, ok := monthNames[t.text]; ok {
		return p.setMonth(m)
	}
	if d, ok := weekdayNames[t.text]; ok {
		seen := p.weekday
		p.weekday = d
		return seen < 0 || seen == d
	}
	if offset, ok := dateZones[t.text]; ok {
		return p.setZone(offset)
	}
	return dateNoise[t.text]
}

// setMonth takes a month; papers that print two names for one month are right.
func (p *dateParser) setMonth(m int) bool {
	seen := p.month
	p.month = m
	return seen == 0 || seen == m
}

func (p *dateParser) setZone(offset int) bool {
	if p.zone != nil || !p.hasTime {
		return false
	}
	p.zone = time.UTC
	if offset != 0 {
		p.zone = time.FixedZone("", offset)
	}
	return true
}

// number reads a number that stands alone: a year, a day, or an hour with its
// part of the day behind it.
func (p *dateParser) number(t dateToken) bool {
	p.pos++
	switch {
	case t.digits == 4:
		return p.setYear(t.n)
	case t.digits > 2:
		return false
	}
	if part := p.part(); part != anyPart {
		return p.setTime(t.n, 0, 0, part)
	}
	return p.setDay(t.n)
}

// setYear takes a year and the letter behind it. A letter that stands apart
// with a time behind it could as well belong to the time.
func (p *dateParser) setYear(y int) bool {
	if p.year != 0 {
		return false
	}
	p.year = y
	next := p.peek(0)
	if next.kind != tokenWord || next.text != wordAD {
		return true
	}
	if !next.glued && p.peek(1).kind == tokenNumber {
		return false
	}
	p.pos++
	return true
}

func (p *dateParser) setDay(d int) bool {
	seen := p.day
	p.day = d
	return seen == 0 && d > 0
}

// numericDate reads three numbers with one separator between them.
func (p *dateParser) numericDate(sep rune) bool {
	a, b, c := p.peek(0), p.peek(2), p.peek(4)
	if p.separator(3) != sep || p.separator(5) != 0 || p.month != 0 {
		return false
	}
	p.pos += 5
	if a.digits == 4 {
		a, c = c, a
	}
	if a.digits > 2 || b.digits > 2 || c.digits != 4 {
		return false
	}
	return p.setDay(a.n) && b.n > 0 && p.setMonth(b.n) && p.setYear(c.n)
}

// clock reads hours, minutes and perhaps seconds, and the part of the day.
func (p *dateParser) clock() bool {
	h, m, s := p.peek(0), p.peek(2), dateToken{digits: 2}
	p.pos += 3
	if p.separator(0) == ':' {
		s = p.peek(1)
		p.pos += 2
	}
	if p.separator(0) != 0 || h.digits > 2 || m.digits != 2 || s.digits != 2 {
		return false
	}
	return p.setTime(h.n, m.n, s.n, p.part())
}

// part consumes a word for the part of the day, if one is next.
func (p *dateParser) part() dayPart {
	part := anyPart
	if next := p.peek(0); next.kind == tokenWord {
		part = dayParts[next.text]
	}
	if part != anyPart {
		p.pos++
	}
	return part
}

func (p *dateParser) setTime(h, m, s int, part dayPart) bool {
	h, ok := hourOf(h, part)
	if p.hasTime || !ok || m > 59 || s > 59 {
		return false
	}
	p.hour, p.min, p.sec, p.hasTime = h, m, s, true
	return true
}

// hourOf returns the hour of 24 for an hour and its part of the day. An hour
// beyond twelve may be told its part again, but not a wrong one.
func hourOf(h int, part dayPart) (int, bool) {
	switch {
	case h > 23 || part == anyPart:
		return h, h <= 23
	case h > 12:
		return h, part == evening || part == night && h >= 18 || part == noon && h <= 15
	case part == morning:
		return h % 12, true
	case part == evening:
		return h%12 + 12, h > 0
	case part == noon:
		return (h-11+12)%12 + 11, h >= 11 || h >= 1 && h <= 3
	case h == 12 || h <= 4: // night, after midnight
		return h % 12, true
	}
	return h + 12, h >= 6
}

// time puts the parts together and checks them against the calendar.
func (p *dateParser) time(loc *time.Location) (time.Time, bool) {
	if p.year < 1900 || p.year > 2100 || p.month == 0 || p.month > 12 || p.day == 0 {
		return time.Time{}, false
	}
	if p.zone != nil {
		loc = p.zone
	}
	t := time.Date(p.year, time.Month(p.month), p.day, p.hour, p.min, p.sec, 0, loc)
	if t.Day() != p.day || p.weekday >= 0 && int(t.Weekday()) != p.weekday {
		return time.Time{}, false
	}
	return t, true
}
