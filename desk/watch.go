package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news/arabic"
)

// ParseWatches reads when somebody is on duty, as an editor writes it:
// «08:00-16:00», «من الأحد إلى الخميس 8 صباحًا إلى 4 مساءً», «الجمعة طوال
// اليوم», several of them parted by a semicolon or a line. Days without hours
// are whole days, and hours without days are those of every day. The refusal is
// BadTime.
func ParseWatches(text string) ([]Watch, error) {
	var out []Watch
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(";؛\n", r) }) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		w, ok := parseWatch(part)
		if !ok {
			return nil, badTime(part)
		}
		out = append(out, w)
	}
	if len(out) == 0 {
		return nil, badTime(text)
	}
	return out, nil
}

// rota reads one watch.
type rota struct {
	words    []string
	days     []time.Weekday
	every    bool // every day was said
	hours    bool // hours were said
	from, to int
}

func parseWatch(text string) (Watch, bool) {
	text = strings.NewReplacer("-", " to ", "–", " to ", "—", " to ", "،", " ", ",", " ").Replace(text)
	r := rota{words: strings.Fields(foldTime(spelled(text)))}
	for len(r.words) > 0 {
		if !r.next() {
			return Watch{}, false
		}
	}
	if !r.hours && !r.every && len(r.days) == 0 || r.every && len(r.days) > 0 {
		return Watch{}, false
	}
	if len(r.days) == 7 {
		r.days = nil
	}
	slices.Sort(r.days)
	return Watch{Weekdays: r.days, From: r.from, To: r.to}, true
}

// take cuts the first word off.
func (r *rota) take() string {
	if len(r.words) == 0 {
		return ""
	}
	word := r.words[0]
	r.words = r.words[1:]
	return word
}

// skip cuts off the words that change nothing.
func (r *rota) skip() {
	for len(r.words) > 0 && watchWords().noise[r.words[0]] {
		r.take()
	}
}

// follows cuts off one word, or two that are said together.
func (r *rota) follows(said map[string]bool) bool {
	for n := min(2, len(r.words)); n > 0; n-- {
		if said[strings.Join(r.words[:n], " ")] {
			r.words = r.words[n:]
			return true
		}
	}
	return false
}

func (r *rota) next() bool {
	w := watchWords()
	switch {
	case r.follows(w.whole):
		ok := !r.hours
		r.hours = true
		return ok
	case r.follows(w.daily):
		r.every = true
		return true
	}
	if r.skip(); len(r.words) == 0 {
		return true
	}
	if r.follows(w.daily) {
		r.every = true
		return true
	}
	if day, ok := weekday(r.words[0]); ok {
		r.take()
		return r.daysFrom(day)
	}
	return r.span()
}

// weekday reads the name of a day, with or without what is written onto it.
func weekday(word string) (time.Weekday, bool) {
	days := timeWords().weekdays
	n, ok := days[word]
	if rest, and := strings.CutPrefix(word, watchWords().and); !ok && and {
		n, ok = days[rest]
	}
	if one, several := strings.CutSuffix(word, watchWords().plural); !ok && several {
		n, ok = days[one]
	}
	return time.Weekday(n), ok
}

// daysFrom takes a day, or the days from it to another one.
func (r *rota) daysFrom(day time.Weekday) bool {
	last := day
	if len(r.words) > 1 && watchWords().until[r.words[0]] {
		before := r.words
		r.take()
		r.skip()
		if to, ok := weekday(r.take()); ok {
			last = to
		} else {
			r.words = before
		}
	}
	for ; ; day = (day + 1) % 7 {
		if slices.Contains(r.days, day) {
			return false
		}
		r.days = append(r.days, day)
		if day == last {
			return true
		}
	}
}

// span reads the hours.
func (r *rota) span() (ok bool) {
	if r.hours {
		return false
	}
	if r.from, ok = r.clock(); !ok || len(r.words) == 0 || !watchWords().until[r.take()] {
		return false
	}
	r.skip()
	r.to, ok = r.clock()
	r.hours = true
	ok = ok && r.from < 24*60 && r.from != r.to
	if r.from == 0 && r.to == 24*60 {
		r.to = 0 // all day
	}
	return ok
}

// clock reads an hour of the day, in minutes after midnight.
func (r *rota) clock() (int, bool) {
	if r.follows(watchWords().midnight) {
		return 0, true
	}
	h, m, _ := strings.Cut(r.take(), ":")
	hour, err := strconv.Atoi(h)
	minute := 0
	if err == nil && m != "" {
		minute, err = strconv.Atoi(m)
	}
	if err != nil || hour < 0 || minute < 0 || minute > 59 || hour*60+minute > 24*60 {
		return 0, false
	}
	if part, rest, told := partOf(r.words); told {
		r.words = rest
		if hour, told = part.hour(hour); !told {
			return 0, false
		}
	}
	return hour*60 + minute, true
}

// Watch says a watch.
func (p *Phrases) Watch(w Watch) string {
	x := p.Watches
	hours := x.AllDay
	if w.From != w.To {
		hours = put(x.Hours, "from", hourOf(w.From), "to", hourOf(w.To))
		if w.To < w.From {
			hours = put(x.OverNight, "from", hourOf(w.From), "to", hourOf(w.To))
		}
	}
	return put(x.Watch, "days", p.days(w.Weekdays), "hours", hours)
}

func hourOf(minutes int) string {
	return time.Date(0, 1, 1, minutes/60%24, minutes%60, 0, 0, time.UTC).Format("15:04")
}

// days says days of the week: three or more in a row from the first to the
// last, and others one by one.
func (p *Phrases) days(list []time.Weekday) string {
	x := p.Watches
	n := len(list)
	if n == 0 || n == 7 {
		return x.Daily
	}
	if first, last, row := inRow(list); row {
		return put(x.Days, "from", p.weekday(first), "to", p.weekday(last))
	}
	var names []string
	for d := time.Sunday; d <= time.Saturday; d++ {
		if slices.Contains(list, d) {
			names = append(names, p.weekday(d))
		}
	}
	all := names[0]
	for i, name := range names[1:] {
		if i == n-2 {
			return put(x.And, "first", all, "last", name)
		}
		all = put(x.Comma, "first", all, "last", name)
	}
	return all
}

// inRow returns the first and the last of three days or more that follow each
// other; ok is false for others, and for a whole week.
func inRow(list []time.Weekday) (first, last time.Weekday, ok bool) {
	has := func(d time.Weekday) bool { return slices.Contains(list, (d+7)%7) }
	n := len(list)
	if n < 3 || n == 7 {
		return 0, 0, false
	}
	for _, first := range list {
		last := first
		for has(last + 1) {
			last++
		}
		if !has(first-1) && int(last-first) == n-1 {
			return first, last, true
		}
	}
	return 0, 0, false
}

func (p *Phrases) weekday(d time.Weekday) string {
	day := time.Date(2023, 1, 1+int(d%7), 0, 0, 0, 0, time.UTC) // the 1st was a Sunday
	if p.Language == English {
		return day.Weekday().String()
	}
	return arabic.Weekday(day)
}
