package wire

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots/talk/editor"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// defaultSlots are the digest hours of a newsroom that names none, in its
// language.
func defaultSlots(language string) []SlotConfig {
	if language == string(digest.English) {
		return []SlotConfig{
			{Name: "morning", Label: "Morning", At: "07:00"},
			{Name: "noon", Label: "Noon", At: "13:00"},
			{Name: "evening", Label: "Evening", At: "20:00"},
		}
	}
	return []SlotConfig{
		{Name: "morning", Label: "الصباح", At: "07:00"},
		{Name: "noon", Label: "الظهيرة", At: "13:00"},
		{Name: "evening", Label: "المساء", At: "20:00"},
	}
}

// maxSlots is what fits the bits of a subscription.
const maxSlots = 32

func (k *checker) calendar(slots []SlotConfig, language string) digest.Calendar {
	if len(slots) == 0 {
		slots = defaultSlots(language)
	}
	if len(slots) > maxSlots {
		k.bad("$.slots", "expected at most %d digest hours, not %d", maxSlots, len(slots))
	}
	var calendar digest.Calendar
	for i, s := range slots {
		at := fmt.Sprintf("$.slots[%d]", i)
		if _, taken := calendar.Find(s.Name); taken || !slugShape.MatchString(string(s.Name)) {
			k.bad(at+".name", "expected a short latin name of its own, not %q", s.Name)
		}
		slot := digest.Slot{Name: s.Name, Label: orDefault(s.Label, string(s.Name))}
		for j, c := range s.Calendar {
			slot.Rules = append(slot.Rules, k.exception(fmt.Sprintf("%s.calendar[%d]", at, j), c))
		}
		slot.Rules = append(slot.Rules, digest.SlotRule{Time: k.daily(at+".at", s.At)})
		calendar = append(calendar, slot)
	}
	return calendar
}

func (k *checker) exception(at string, c CalendarConfig) digest.SlotRule {
	r := digest.SlotRule{From: c.From, To: c.To}
	for _, d := range []struct {
		key  string
		date news.Date
	}{{"from", c.From}, {"to", c.To}} {
		if _, ok := d.date.In(time.UTC); d.date != "" && !ok {
			k.bad(at+"."+d.key, "expected a date like 2026-02-18, not %q", d.date)
		}
	}
	if c.From != "" && c.To != "" && c.To < c.From {
		k.bad(at+".to", "expected a date on or after %s, not %s", c.From, c.To)
	}
	r.Weekdays = k.weekdays(at+".weekdays", c.Weekdays)
	switch {
	case c.Off && c.At != "":
		k.bad(at, "expected either at or off, not both")
	case !c.Off:
		r.Time = k.daily(at+".at", c.At)
	}
	return r
}

// presets reads the calendars that editors switch on by name.
func (k *checker) presets(all []PresetConfig, slots digest.Calendar) (out []editor.Preset) {
	for i, c := range all {
		at := fmt.Sprintf("$.calendars[%d]", i)
		preset := editor.Preset{Name: strings.TrimSpace(c.Name)}
		if preset.Name == "" {
			k.bad(at+".name", "expected a name, as editors will say it")
		}
		if len(c.At) == 0 && len(c.Calendar) == 0 {
			k.bad(at+".at", "expected the hours of digests, like evening: \"22:00\"")
		}
		taken := map[news.Slot][]time.Weekday{}
		for j, days := range c.Calendar {
			for _, h := range k.presetDays(fmt.Sprintf("%s.calendar[%d]", at, j), days, slots) {
				own := slices.DeleteFunc(slices.Clone(h.Weekdays), func(d time.Weekday) bool { return slices.Contains(taken[h.Slot], d) })
				if len(own) > 0 { // those that no earlier one has
					taken[h.Slot] = append(taken[h.Slot], own...)
					preset.Hours = append(preset.Hours, editor.Hour{Slot: h.Slot, Weekdays: own, At: h.At})
				}
			}
		}
		preset.Hours = append(preset.Hours, k.presetHours(at+".at", c.At, nil, slots)...)
		out = append(out, preset)
	}
	return out
}

// presetDays reads the hours of some days of the week.
func (k *checker) presetDays(at string, c PresetDaysConfig, slots digest.Calendar) []editor.Hour {
	days := k.weekdays(at+".weekdays", c.Weekdays)
	switch {
	case len(c.Weekdays) == 0:
		k.bad(at+".weekdays", "expected days like [friday]: the hours of every day stand in at")
	case c.Off && len(c.At) > 0:
		k.bad(at, "expected either at or off, not both")
	case c.Off:
		c.At = map[news.Slot]string{}
		for _, s := range slots {
			c.At[s.Name] = "off"
		}
	case len(c.At) == 0:
		k.bad(at+".at", "expected the hours of digests on these days, like morning: \"09:00\", or off: true")
	}
	return k.presetHours(at+".at", c.At, days, slots)
}

// presetHours reads when slots come, or that they do not, on days of the week.
func (k *checker) presetHours(at string, hours map[news.Slot]string, days []time.Weekday, slots digest.Calendar) (out []editor.Hour) {
	for _, slot := range slices.Sorted(maps.Keys(hours)) {
		hour := hours[slot]
		k.slotNames(at+"."+string(slot), slots, []news.Slot{slot})
		if hour == "off" {
			hour = ""
		} else if t, err := time.Parse("15:04", hour); err != nil {
			k.bad(at+"."+string(slot), "expected a time of the day like \"22:00\", or off, not %q", hour)
		} else {
			hour = t.Format("15:04")
		}
		out = append(out, editor.Hour{Slot: slot, Weekdays: days, At: hour})
	}
	return out
}

// weekdays reads names of days of the week.
func (k *checker) weekdays(at string, names []string) (days []time.Weekday) {
	for i, name := range names {
		day, ok := weekday(name)
		if !ok {
			k.bad(fmt.Sprintf("%s[%d]", at, i), "expected days like friday, not %q", name)
		} else if !slices.Contains(days, day) {
			days = append(days, day)
		}
	}
	slices.Sort(days)
	return days
}

// daily reads a schedule that comes on days, once on each: a digest is known by
// its slot and date.
func (k *checker) daily(path, spec string) digest.Schedule {
	if strings.HasPrefix(spec, "@every") {
		k.bad(path, "expected a time of the day like \"07:30\": a digest has its hour, not a distance")
		return digest.Schedule{}
	}
	s := k.schedule(path, spec)
	if s.Often() {
		k.bad(path, "expected one turn a day, not %q: write a slot for each hour", spec)
	}
	return s
}

func weekday(name string) (time.Weekday, bool) {
	i := slices.IndexFunc([]time.Weekday{0, 1, 2, 3, 4, 5, 6}, func(d time.Weekday) bool {
		return strings.EqualFold(d.String(), name)
	})
	return time.Weekday(max(i, 0)), i >= 0
}

func (k *checker) night(n *NightConfig) digest.Night {
	if n == nil {
		n = &NightConfig{}
	}
	return digest.Night{From: k.minutes("$.night.from", orDefault(n.From, "22:00")), To: k.minutes("$.night.to", orDefault(n.To, "07:00"))}
}

func (k *checker) minutes(path, clock string) int {
	t, err := time.Parse("15:04", clock)
	if err != nil {
		k.bad(path, "expected a time of the day like \"22:00\", not %q", clock)
	}
	return t.Hour()*60 + t.Minute()
}
