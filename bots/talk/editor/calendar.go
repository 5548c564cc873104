package editor

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// Preset is a named set of hours that the configuration has ready. Of two that
// cover a day the first decides.
type Preset struct {
	Name  string
	Hours []Hour
}

// Hour is when a slot comes.
type Hour struct {
	Slot     news.Slot
	Weekdays []time.Weekday // empty: every day
	At       string         // "07:30"; empty: no digest
}

// shiftMark begins the data of the button that confirms a change of the
// calendar; its number follows.
const shiftMark = dataMark + "cal:"

// weekAhead is how many days of the calendar are listed.
const weekAhead = 7

// calendar lists the calendar, or reads a change of it and says it back.
func (t *turn) calendar(ctx context.Context, rest string) (bool, error) {
	if rest == "" {
		lines, err := t.week(ctx)
		if err != nil {
			return false, err
		}
		t.say(append(lines, t.door.rhythm.HowCalendar)...)
		return true, nil
	}
	if word, name := head(rest); t.door.words.calendar.remove[arabic.FoldCommand(word)] && name != "" {
		return t.sketchBack(ctx, name)
	}
	name, change, colon := strings.Cut(rest, ":")
	if colon && strings.HasSuffix(name, hourBefore(name)) && hourBefore(name) != "" { // the colon of an hour
		colon = false
	}
	if !colon {
		if p, more, ok := t.door.preset(strings.Fields(rest)); ok {
			return t.sketch(ctx, t.ready(p, strings.Fields(spaced(strings.Join(more, " ")))))
		}
		t.say(t.door.rhythm.HowCalendar)
		return true, nil
	}
	var week spread
	if days, rest, ok := desk.Weekly(strings.Fields(spaced(name))); ok && len(rest) == 0 { // «تقويم كل جمعة: …»
		week.said(days, nil, 0)
	}
	shifts, left, complaint := t.slotHours(strings.Fields(spaced(change)), &week)
	if complaint != "" {
		t.say(complaint)
		return true, nil
	}
	return t.sketch(ctx, wanted{name: strings.TrimSpace(name), shifts: shifts, dates: week.among(left, shifts)})
}

// sketch says a change back in words, and keeps it to be confirmed.
func (t *turn) sketch(ctx context.Context, x wanted) (bool, error) {
	from, to, unread := t.dates(x.dates)
	if unread != "" {
		t.say(put(t.door.rhythm.NoRange, "words", unread))
		return true, nil
	}
	x.name = arabic.Clip(strings.Join(strings.Fields(arabic.Clean(x.name)), " "), 40)
	if x.name == "" {
		t.say(t.door.rhythm.HowCalendar)
		return true, nil
	}
	shifts, unmet := x.between(from, to)
	if unmet != nil {
		t.say(put(t.door.rhythm.NoDay, "days", t.door.said.Weekly(unmet.Weekdays), "range", t.door.span(*unmet)))
		return true, nil
	}
	over, err := t.over(ctx, shifts)
	if err != nil {
		return false, err
	}
	late, err := t.late(ctx, shifts)
	if err != nil {
		return false, err
	}
	number, err := t.door.Desk.Sketch(ctx, t.who.ID, t.seat, shifts, "")
	if err != nil {
		return false, err
	}
	lines := []string{put(t.door.rhythm.Sketch, "name", x.name)}
	for _, s := range shifts {
		lines = append(lines, put(t.door.rhythm.Change, "change", t.door.change(s), "range", t.door.span(s)))
	}
	t.ask(slices.Concat(lines, over, late), number)
	return true, nil
}

func (t *turn) sketchBack(ctx context.Context, name string) (bool, error) {
	name = strings.Join(strings.Fields(arabic.Clean(name)), " ")
	all, err := t.door.Desk.Shifts(ctx)
	if err != nil {
		return false, fmt.Errorf("read the exceptions of the calendar: %w", err)
	}
	i := slices.IndexFunc(all, func(s desk.Shift) bool { return arabic.FoldCommand(s.Name) == arabic.FoldCommand(name) })
	if i < 0 {
		t.say(t.door.rhythm.NoName)
		return true, nil
	}
	name = all[i].Name
	number, err := t.door.Desk.Sketch(ctx, t.who.ID, t.seat, nil, name)
	if err != nil {
		return false, err
	}
	lines := []string{put(t.door.rhythm.Back2, "name", name)}
	for _, s := range all {
		if line := put(t.door.rhythm.Change, "change", t.door.change(s), "range", t.door.span(s)); s.Name == name {
			lines = append(without(lines, line), line)
		}
	}
	t.ask(append(lines, t.under(all, name)...), number)
	return true, nil
}

// ask has a change of the calendar confirmed.
func (t *turn) ask(lines []string, number int) {
	m := t.door.message(append(lines, t.door.rhythm.HowSure)...)
	if !t.plain {
		m.Buttons = [][]news.Button{{{Label: t.door.rhythm.Sure, Data: shiftMark + strconv.Itoa(number)}}}
	}
	t.reply(m)
}

// confirmShift confirms a change of the calendar in words; without any, while
// no draft of the editor waits for the same word.
func (t *turn) confirmShift(ctx context.Context, rest string) (bool, error) {
	if rest == "" {
		if _, found, err := t.mine(ctx); found || err != nil {
			return false, err
		}
		if ok, err := t.door.Desk.Sketched(ctx, t.seat); !ok || err != nil {
			return false, err
		}
		return t.switched(ctx, 0)
	}
	if !t.door.words.calendar.calendar[arabic.FoldCommand(rest)] {
		return false, nil
	}
	return t.switched(ctx, 0)
}

// switched switches the calendar, and shows it as it is now.
func (t *turn) switched(ctx context.Context, number int) (bool, error) {
	if _, err := t.door.Desk.Switch(ctx, t.who.ID, t.seat, number); err != nil {
		return false, err
	}
	lines, err := t.week(ctx)
	if err != nil {
		return false, err
	}
	r := talk.Reply{Message: t.door.message(append([]string{t.door.rhythm.Switched}, lines...)...)}
	if t.e.Kind == bots.Pressed && !t.plain {
		r.Edit = t.e.Message
	}
	t.replies = append(t.replies, r)
	return true, nil
}

// week is the calendar of the days ahead, and the exceptions in force.
func (t *turn) week(ctx context.Context) ([]string, error) {
	w, d := t.door.rhythm, t.door
	lines := []string{w.Calendar}
	today := d.Now().In(d.Zone())
	for n := range weekAhead {
		day := today.AddDate(0, 0, n)
		var hours []string
		for _, s := range d.Slots() {
			if at, _, ok := d.Desk.Turn(s.Name, news.DateOf(day)); ok {
				hours = append(hours, put(w.At, "label", s.Label, "time", arabic.Clock(at)))
			}
		}
		if len(hours) == 0 {
			hours = []string{w.NoDigestAt}
		}
		lines = append(lines, put(w.Day, "day", d.said.Day(day), "hours", strings.Join(hours, d.phrases.Comma)))
	}
	all, err := d.Desk.Shifts(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the exceptions of the calendar: %w", err)
	}
	slices.Reverse(all) // the newest, which decides, last
	if len(all) > 0 {
		lines = append(lines, w.Exceptions)
	}
	var listed []string
	for _, s := range all {
		line := put(w.Exception, "name", s.Name, "change", d.change(s), "range", d.span(s))
		listed = append(without(listed, line), line) // said again it is the newest
	}
	lines = append(lines, listed...)
	if d.Presets != nil {
		var names []string
		for _, p := range d.Presets() {
			names = append(names, p.Name)
		}
		if len(names) > 0 {
			lines = append(lines, put(w.Preset, "list", strings.Join(names, d.phrases.Comma)))
		}
	}
	return lines, nil
}

// change says what a shift does to its slot, and on which days of the week.
func (d *Door) change(s desk.Shift) string {
	words := put(d.rhythm.At, "label", d.label(s.Slot), "time", s.At)
	if s.Off {
		words = put(d.rhythm.Without, "label", d.label(s.Slot))
	}
	if len(s.Weekdays) == 0 || s.From == s.To {
		return words
	}
	return words + " " + d.said.Weekly(s.Weekdays)
}

// label is a slot as readers know it.
func (d *Door) label(slot news.Slot) string {
	for _, one := range d.Slots() {
		if one.Name == slot {
			return one.Label
		}
	}
	return string(slot)
}

// span says on which dates a shift is in force.
func (d *Door) span(s desk.Shift) string {
	phrase := d.rhythm.FromTo
	switch s.To {
	case "":
		phrase = d.rhythm.From
	case s.From:
		phrase = d.rhythm.On
	}
	return put(phrase, "from", d.day(s.From), "to", d.day(s.To))
}
