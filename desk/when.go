package desk

import (
	"strconv"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news/arabic"
)

// ParseWhen reads a time as an editor writes it, in now's zone: «غدًا 07:30»,
// «اليوم 18:00», «الأحد 9 صباحًا», «بعد 20 دقيقة», «23 نوفمبر 07:30»,
// "tomorrow 07:30", "Friday 9 am", "in half an hour". A time of day alone is the next one. A weekday is the next
// of its name. The refusals are BadTime and PastTime.
func ParseWhen(text string, now time.Time) (time.Time, error) {
	text = spelled(text)
	w := when{now: now, words: strings.Fields(foldTime(text)), day: -1, hour: -1}
	if d, ok := w.span(); ok {
		return now.Add(d), nil
	}
	date := dated(text)
	if t, ok := arabic.ParseDate(date, now.Location()); ok {
		return future(t, now)
	}
	if t, ok := arabic.ParseDate(date+" "+strconv.Itoa(now.Year()), now.Location()); ok {
		if !t.After(now) {
			if next, ok := arabic.ParseDate(date+" "+strconv.Itoa(now.Year()+1), now.Location()); ok && !hasYear(text) {
				t = next
			}
		}
		return future(t, now)
	}
	for len(w.words) > 0 {
		if !w.next() {
			return time.Time{}, badTime(text)
		}
	}
	return w.time(text)
}

func badTime(text string) error { return refuseAs(BadTime, "%q is no time that can be read", text) }

func future(t, now time.Time) (time.Time, error) {
	if !t.After(now) {
		return time.Time{}, refuseAs(PastTime, "that time is over")
	}
	if t.Sub(now) > 366*24*time.Hour {
		return time.Time{}, refuseAs(BadTime, "that is more than a year from now")
	}
	return t, nil
}

func hasYear(text string) bool {
	run := 0
	for _, r := range arabic.Western(text) {
		if r < '0' || r > '9' {
			run = 0
			continue
		}
		if run++; run == 4 {
			return true
		}
	}
	return false
}

// foldTime folds everything but the colon between digits.
func foldTime(text string) string {
	var out []string
	for _, f := range strings.Fields(arabic.Western(arabic.Clean(text))) {
		f = strings.Trim(f, "،,.؛")
		if h, m, ok := strings.Cut(f, ":"); ok && number(h) && number(m) {
			out = append(out, h+":"+m)
			continue
		}
		out = append(out, arabic.Fold(f))
	}
	return strings.Join(out, " ")
}

func number(s string) bool {
	_, err := strconv.ParseUint(s, 10, 16)
	return err == nil && len(s) <= 4
}

// when reads a time that is told from now on.
type when struct {
	now          time.Time
	words        []string
	day          int  // from today; -1: not said
	named        bool // the day was named by its weekday
	hour, minute int  // hour -1: not said
}

// span reads "in 20 minutes", "in an hour".
func (w *when) span() (time.Duration, bool) {
	t := timeWords()
	if len(w.words) < 2 || !t.after[w.words[0]] {
		return 0, false
	}
	rest := w.words[1:]
	n := 1
	switch {
	case number(rest[0]):
		n, _ = strconv.Atoi(rest[0])
		rest = rest[1:]
	case t.one[rest[0]]:
		rest = rest[1:]
	}
	unit, ok := t.units[strings.Join(rest, " ")]
	d := time.Duration(n) * unit
	return d, ok && d > 0 && d <= 7*24*time.Hour
}

func (w *when) next() bool {
	t := timeWords()
	word := w.words[0]
	w.words = w.words[1:]
	switch {
	case t.noise[word]:
		return true
	case strings.Contains(word, ":"):
		h, m, _ := strings.Cut(word, ":")
		return len(m) == 2 && w.clock(h, m)
	case number(word):
		return w.clock(word, "0")
	}
	if n, ok := t.days[word]; ok && w.day < 0 {
		w.day = n
		return true
	}
	if t.beyond[word] && len(w.words) > 0 && t.days[w.words[0]] == 1 && w.day < 0 {
		w.day, w.words = 2, w.words[1:]
		return true
	}
	if n, ok := t.weekdays[word]; ok && w.day < 0 {
		w.day, w.named = (n-int(w.now.Weekday())+7)%7, true
		return true
	}
	return false
}

// clock reads an hour, and the part of the day behind it.
func (w *when) clock(h, m string) bool {
	hour, err1 := strconv.Atoi(h)
	minute, err2 := strconv.Atoi(m)
	if err1 != nil || err2 != nil || w.hour >= 0 || hour > 23 || minute > 59 {
		return false
	}
	part, rest, told := partOf(w.words)
	w.words = rest
	if !told && m == "0" && len(h) < 3 { // «9» alone could be either half of the day
		return false
	}
	if hour, told = part.hour(hour); !told {
		return false
	}
	w.hour, w.minute = hour, minute
	return true
}

// dayPart is a part of the day, as it goes with an hour of twelve.
type dayPart int

const (
	partNone dayPart = iota
	morning
	noon
	evening
	night
)

// hour returns the hour of 24; ok is false when the two do not go together.
func (p dayPart) hour(h int) (hour int, ok bool) {
	if p == partNone {
		return h, true
	}
	if h < 1 || h > 12 {
		return 0, false
	}
	half := h % 12
	switch {
	case p == morning, p == night && half < 6:
		return half, true
	case p == noon && h == 11:
		return 11, true
	case p == noon:
		return half + 12, half < 4
	}
	return half + 12, true
}

func (w *when) time(text string) (time.Time, error) {
	if w.hour < 0 {
		return time.Time{}, badTime(text)
	}
	at := func(day int) time.Time {
		y, m, d := w.now.Date()
		return time.Date(y, m, d+day, w.hour, w.minute, 0, 0, w.now.Location())
	}
	day := max(w.day, 0)
	t := at(day)
	switch {
	case t.After(w.now):
	case w.day < 0:
		t = at(1)
	case w.named:
		t = at(day + 7)
	}
	if t.Hour() != w.hour || t.Minute() != w.minute {
		return time.Time{}, refuseAs(BadTime, "clocks skip that time")
	}
	return future(t, w.now)
}

// When reads a time for this desk, in the newsroom's zone, and says it back.
func (d *Desk) When(text string) (at time.Time, said string, err error) {
	zone := d.setup().Zone
	now := d.Now().In(zone)
	at, err = ParseWhen(text, now)
	if err != nil {
		return at, "", err
	}
	return at, d.words().When(at, now), nil
}
