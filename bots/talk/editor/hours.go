package editor

import (
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// hourBefore returns the digits that stand before a colon, without any space.
func hourBefore(text string) string {
	text = arabic.Western(text)
	i := len(text)
	for i > 0 && text[i-1] >= '0' && text[i-1] <= '9' {
		i--
	}
	return text[i:]
}

// spaced parts words where punctuation parts them.
func spaced(text string) string {
	return strings.NewReplacer("،", " ", ",", " ", "؛", " ", ";", " ", "\n", " ").Replace(arabic.Western(arabic.Clean(text)))
}

// slotHours reads which slots come when, up to the words for dates; complaint says
// what could not be read.
func (t *turn) slotHours(words []string, week *spread) (shifts []desk.Shift, left []string, complaint string) {
	w := t.door.words.calendar
	var open []news.Slot // named, their hour is still to come
	at := func(hour string, off bool) {
		if len(open) == 0 && off {
			for _, s := range t.door.Slots() {
				open = append(open, s.Name)
			}
		}
		for _, s := range open {
			shifts = append(shifts, desk.Shift{Slot: s, At: hour, Off: off})
		}
		week.follow(shifts, len(shifts)-len(open))
		open = nil
	}
	for len(words) > 0 {
		if days, rest, ok := desk.Weekly(words); ok {
			week.said(days, shifts, len(open))
			words = rest
			continue
		}
		key := arabic.FoldCommand(words[0])
		if hour, behind, ok := clockOf(words); ok {
			if len(open) == 0 {
				break
			}
			at(hour, false)
			words = behind
			continue
		}
		if w.off[key] && len(words) > 1 && w.digest[arabic.FoldCommand(words[1])] {
			at("", true)
			words = words[2:]
			continue
		}
		if w.from[key] || w.to[key] || w.on[key] {
			break
		}
		one, behind, ok := t.door.slot(words)
		switch {
		case ok:
			open, words = append(open, one.Name), behind
		case w.noise[key]:
			words = words[1:]
		case len(shifts) > 0 && len(open) == 0: // a date, most likely
			return shifts, words, ""
		default:
			return nil, nil, t.door.noSlots()
		}
	}
	if len(shifts) == 0 || len(open) > 0 {
		return nil, nil, t.door.noSlots()
	}
	return shifts, words, ""
}

// clockOf reads "9:30", "21:30" or "9:30 pm" as "21:30", and returns what stands
// behind.
func clockOf(words []string) (hour string, behind []string, ok bool) {
	for n := min(2, len(words)); n > 0; n-- {
		word := strings.ToLower(strings.Join(words[:n], ""))
		for i, layout := range []string{"3:04pm", "3pm", "15:04"} {
			if at, err := time.Parse(layout, word); err == nil && (n == 1 || i < 2) {
				return at.Format("15:04"), words[n:], true
			}
		}
	}
	return "", words, false
}

func (d *Door) noSlots() string {
	var labels []string
	for _, s := range d.Slots() {
		labels = append(labels, s.Label)
	}
	return put(d.rhythm.NoSlots, "list", strings.Join(labels, d.phrases.Comma)) + "\n" + d.rhythm.HowCalendar
}

func (d *Door) preset(words []string) (Preset, []string, bool) {
	if d.Presets == nil {
		return Preset{}, words, false
	}
	for n := min(4, len(words)); n > 0; n-- {
		for _, p := range d.Presets() {
			if arabic.FoldCommand(p.Name) == arabic.FoldCommand(strings.Join(words[:n], " ")) {
				return p, words[n:], true
			}
		}
	}
	return Preset{}, words, false
}

// ready is a preset as changes of the calendar, slot by slot, of each slot the
// one that decides last; and the words for dates.
func (t *turn) ready(p Preset, words []string) wanted {
	x := wanted{name: p.Name, ready: true}
	for _, h := range slices.Backward(p.Hours) {
		x.shifts = append(x.shifts, desk.Shift{Slot: h.Slot, Weekdays: h.Weekdays, At: h.At, Off: h.At == ""})
	}
	order := t.door.Slots()
	place := func(s desk.Shift) int { return slices.IndexFunc(order, func(o Slot) bool { return o.Name == s.Slot }) }
	slices.SortStableFunc(x.shifts, func(a, b desk.Shift) int { return place(a) - place(b) })
	for len(words) > 0 {
		if days, rest, ok := desk.Weekly(words); ok && len(x.days) == 0 {
			x.days, words = days, rest
			continue
		}
		x.dates, words = append(x.dates, words[0]), words[1:]
	}
	return x
}

// dates reads from when until when: «من غد حتى 2026-03-19», «يوم الجمعة». Without
// words it is from today until it is taken back.
func (t *turn) dates(words []string) (from, to news.Date, unread string) {
	w := t.door.words.calendar
	now := t.door.Now().In(t.door.Zone())
	from = news.DateOf(now)
	single := false
	for len(words) > 0 {
		key := arabic.FoldCommand(words[0])
		end := 1
		for end < len(words) && !w.to[arabic.FoldCommand(words[end])] && (end == 1 || !w.from[arabic.FoldCommand(words[end])]) {
			end++
		}
		phrase := strings.Join(words[1:end], " ")
		if !w.from[key] && !w.to[key] && !w.on[key] {
			phrase = strings.Join(words[:end], " ")
			single = true
		}
		at, e := desk.ParseWhen(phrase+" 23:59", now)
		if e != nil || phrase == "" {
			return from, to, strings.Join(words[:end], " ")
		}
		switch {
		case w.to[key]:
			to, single = news.DateOf(at), false
		default:
			from, single = news.DateOf(at), single || w.on[key]
		}
		words = words[end:]
	}
	if single {
		to = from
	}
	return from, to, ""
}
