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

// defaultSlots are the digest hours of a newsroom that names none.
func defaultSlots() []SlotConfig {
	return []SlotConfig{
		{Name: "morning", Label: "الصباح", At: "07:00"},
		{Name: "noon", Label: "الظهيرة", At: "13:00"},
		{Name: "evening", Label: "المساء", At: "20:00"},
	}
}

// maxSlots is what fits the bits of a subscription.
const maxSlots = 32

func (k *checker) calendar(slots []SlotConfig) digest.Calendar {
	if len(slots) == 0 {
		slots = defaultSlots()
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
	for _, name := range c.Weekdays {
		day, ok := weekday(name)
		if !ok {
			k.bad(at+".weekdays", "expected days like friday, not %q", name)
		}
		r.Weekdays = append(r.Weekdays, day)
	}
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
		if len(c.At) == 0 {
			k.bad(at+".at", "expected the hours of digests, like evening: \"22:00\"")
		}
		for _, slot := range slices.Sorted(maps.Keys(c.At)) {
			hour := c.At[slot]
			k.slotNames(at+".at", slots, []news.Slot{slot})
			if hour == "off" {
				hour = ""
			} else if t, err := time.Parse("15:04", hour); err != nil {
				k.bad(at+".at", "expected a time of the day like \"22:00\", or off, not %q", hour)
			} else {
				hour = t.Format("15:04")
			}
			preset.Hours = append(preset.Hours, editor.Hour{Slot: slot, At: hour})
		}
		out = append(out, preset)
	}
	return out
}

// daily reads a schedule that comes on days, at civil times.
func (k *checker) daily(path, spec string) digest.Schedule {
	if strings.HasPrefix(spec, "@every") {
		k.bad(path, "expected a time of the day like \"07:30\": a digest has its hour, not a distance")
		return digest.Schedule{}
	}
	return k.schedule(path, spec)
}

func weekday(name string) (time.Weekday, bool) {
	i := slices.IndexFunc([]time.Weekday{0, 1, 2, 3, 4, 5, 6}, func(d time.Weekday) bool {
		return strings.EqualFold(d.String(), name)
	})
	return time.Weekday(max(i, 0)), i >= 0
}

func (k *checker) night(n *NightConfig) digest.Night {
	if n == nil {
		n = &NightConfig{From: "22:00", To: "07:00"}
	}
	return digest.Night{From: k.minutes("$.night.from", n.From), To: k.minutes("$.night.to", n.To)}
}

func (k *checker) minutes(path, clock string) int {
	t, err := time.Parse("15:04", clock)
	if err != nil {
		k.bad(path, "expected a time of the day like \"22:00\", not %q", clock)
	}
	return t.Hour()*60 + t.Minute()
}
