package desk

import (
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news/arabic"
)

// Weekly reads on which days of the week something is so, where words begin with
// that: «كل جمعة وسبت», «أيام الأحد إلى الخميس», «يوم الجمعة من كل أسبوع»,
// "every Friday". Rest is what stands behind; no days are every day. The name of
// a day alone is a date, the next of its name, and not read here.
func Weekly(words []string) (days []time.Weekday, rest []string, ok bool) {
	var r weekly
	for _, word := range words {
		r.words = append(r.words, arabic.Fold(strings.Trim(word, "،,.؛")))
	}
	days, ok = r.read()
	if !ok {
		return nil, words, false
	}
	slices.Sort(days)
	if days = slices.Compact(days); len(days) == 7 {
		days = nil
	}
	return days, words[r.at:], true
}

// weekly reads the words from at on.
type weekly struct {
	words []string // folded
	at    int
}

func (r *weekly) word(n int) string {
	if r.at+n < len(r.words) {
		return r.words[r.at+n]
	}
	return ""
}

// one goes past a word of a set.
func (r *weekly) one(set map[string]bool) bool {
	if !set[r.word(0)] {
		return false
	}
	r.at++
	return true
}

// two goes past two words that are said together, or one that says as much.
func (r *weekly) two(set map[string]bool) bool {
	if set[r.word(0)+" "+r.word(1)] {
		r.at += 2
		return true
	}
	return r.one(set)
}

func (r *weekly) read() (days []time.Weekday, ok bool) {
	w := weeklyWords()
	r.one(w.in)
	daily := r.two(w.daily)
	said := daily || r.two(w.weekly) || r.one(w.every)
	r.one(w.in)
	said = r.one(w.days) || said
	r.one(w.day)
	if days = r.list(); len(days) == 0 {
		return nil, daily
	}
	before := r.at
	r.one(w.from)
	if r.two(w.weekly) {
		return days, true
	}
	r.at = before
	return days, said
}

// list reads days one after the other, or from one to another.
func (r *weekly) list() (days []time.Weekday) {
	w := weeklyWords()
	for {
		start := r.at
		r.one(w.and)
		from := len(days) == 0 && r.one(w.from)
		first, ok := r.day()
		last, through := r.through(from)
		if !ok || from && !through {
			r.at = start
			return days
		}
		for days = append(days, first); through && first != last; {
			first = (first + 1) % 7
			days = append(days, first)
		}
	}
}

// through reads the last of a row of days. What has a number behind it is a
// date, and so is what follows «حتى», unless the first was said with «من».
func (r *weekly) through(from bool) (last time.Weekday, ok bool) {
	w, before := weeklyWords(), r.at
	if r.one(w.to) || from && r.one(watchWords().until) {
		if last, ok = r.day(); ok && !number(r.word(0)) {
			return last, true
		}
	}
	r.at = before
	return 0, false
}

// day reads the name of a day, or of its plural.
func (r *weekly) day() (time.Weekday, bool) {
	word := r.word(0)
	day, ok := weekday(word)
	if !ok {
		word = strings.TrimPrefix(word, watchWords().and)
		if day, ok = weeklyWords().plurals[word]; !ok {
			day, ok = weekday(strings.TrimSuffix(word, "s"))
		}
	}
	if ok {
		r.at++
	}
	return day, ok
}

// Weekly says the days of the week on which something is so.
func (p *Phrases) Weekly(days []time.Weekday) string {
	x := p.Watches
	if _, _, row := inRow(days); row {
		return put(x.EachWeek, "days", p.days(days))
	}
	return put(x.OnDays, "days", p.days(days))
}
