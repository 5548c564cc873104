package digest_test

import (
	"testing"
	"time"

	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

func schedule(t *testing.T, spec string) digest.Schedule {
	t.Helper()
	s, err := digest.ParseSchedule(spec)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// at reads a time in its zone.
func at(t *testing.T, loc *time.Location, clock string) time.Time {
	t.Helper()
	out, err := time.ParseInLocation("2006-01-02 15:04", clock, loc)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func omani(t *testing.T) digest.Calendar {
	ramadan := digest.SlotRule{From: "2026-02-18", To: "2026-03-19", Time: schedule(t, "21:30")}
	friday := digest.SlotRule{Weekdays: []time.Weekday{time.Friday}, Time: schedule(t, "09:00")}
	return digest.Calendar{
		{Name: "morning", Label: "الصباح", Rules: []digest.SlotRule{
			{From: "2026-02-18", To: "2026-03-19"}, // none in Ramadan
			friday,
			{Time: schedule(t, "07:00")},
		}},
		{Name: "evening", Label: "المساء", Rules: []digest.SlotRule{ramadan, {Time: schedule(t, "20:00")}}},
	}
}

func TestSlotsFollowTheCalendar(t *testing.T) {
	muscat := zone(t, "Asia/Muscat")
	for _, c := range []struct {
		slot news.Slot
		date news.Date
		want string // empty: not at all
	}{
		{"morning", "2026-02-16", "2026-02-16 07:00"}, // a Monday
		{"morning", "2026-02-13", "2026-02-13 09:00"}, // a Friday
		{"morning", "2026-02-18", ""},                 // the first day of Ramadan
		{"morning", "2026-03-19", ""},                 // the last
		{"morning", "2026-03-20", "2026-03-20 09:00"}, // a Friday again
		{"evening", "2026-02-17", "2026-02-17 20:00"},
		{"evening", "2026-02-18", "2026-02-18 21:30"},
		{"evening", "2026-03-20", "2026-03-20 20:00"},
		{"evening", "no date", ""},
	} {
		slot, _ := omani(t).Find(c.slot)
		got, ok := slot.At(c.date, muscat)
		if ok != (c.want != "") || ok && !got.Equal(at(t, muscat, c.want)) {
			t.Errorf("%s on %s: %v %v, want %q", c.slot, c.date, got, ok, c.want)
		}
	}
}

// What lies over the configuration holds for its own days and its own slot: a
// weekly rule and one of dates stand side by side, and the first decides where
// both cover a day.
func TestWeeklyAndDatedRules(t *testing.T) {
	muscat := zone(t, "Asia/Muscat")
	fridays := digest.SlotRule{From: "2026-02-13", Weekdays: []time.Weekday{time.Friday, time.Saturday}, Time: schedule(t, "09:00")}
	ramadan := digest.SlotRule{From: "2026-02-18", To: "2026-03-19", Time: schedule(t, "10:00")}
	ordinary := digest.SlotRule{Time: schedule(t, "07:00")}
	for name, c := range map[string]struct {
		rules []digest.SlotRule
		want  map[news.Date]string
	}{
		"the weekly one is newer": {[]digest.SlotRule{fridays, ramadan, ordinary}, map[news.Date]string{
			"2026-02-12": "07:00", "2026-02-13": "09:00", "2026-02-14": "09:00", "2026-02-15": "07:00",
			"2026-02-19": "10:00", "2026-02-20": "09:00", "2026-02-22": "10:00", "2026-03-20": "09:00", "2026-03-22": "07:00",
		}},
		"the dated one is newer": {[]digest.SlotRule{ramadan, fridays, ordinary}, map[news.Date]string{
			"2026-02-13": "09:00", "2026-02-20": "10:00", "2026-02-21": "10:00", "2026-03-20": "09:00",
		}},
		"none on those days": {[]digest.SlotRule{{From: "2026-02-13", Weekdays: fridays.Weekdays}, ramadan, ordinary}, map[news.Date]string{
			"2026-02-06": "07:00", "2026-02-13": "", "2026-02-15": "07:00", "2026-02-20": "",
		}},
	} {
		slot := digest.Slot{Name: "morning", Rules: c.rules}
		for date, want := range c.want {
			at, ok := slot.At(date, muscat)
			if ok != (want != "") || ok && at.Format("15:04") != want {
				t.Errorf("%s, %s: %v %v, want %q", name, date, at, ok, want)
			}
		}
	}
	only := digest.Calendar{{Name: "morning", Rules: []digest.SlotRule{{Weekdays: []time.Weekday{time.Friday}, Time: schedule(t, "09:00")}}}}
	if next, ok := only.Next(at(t, muscat, "2026-02-13 09:00")); !ok || next.Date != "2026-02-20" {
		t.Errorf("a week later: %v %v", next, ok)
	}
}

// A civil time that the zone skips comes at the first instant behind the gap;
// one that the zone has twice comes once, at the first.
func TestSlotsWhereClocksChange(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	calendar := digest.Calendar{{Name: "night", Rules: []digest.SlotRule{{Time: schedule(t, "02:30")}}}}
	for _, c := range []struct{ date, want string }{
		{"2025-03-29", "2025-03-29T02:30:00+01:00"},
		{"2025-03-30", "2025-03-30T03:00:00+02:00"},
		{"2025-03-31", "2025-03-31T02:30:00+02:00"},
		{"2025-10-26", "2025-10-26T02:30:00+02:00"},
	} {
		got, ok := calendar[0].At(news.Date(c.date), berlin)
		if !ok || got.Format(time.RFC3339) != c.want {
			t.Errorf("%s: %v %v, want %s", c.date, got.Format(time.RFC3339), ok, c.want)
		}
	}
	from := at(t, berlin, "2025-03-29 00:00")
	turns := 0
	for now := from; now.Before(from.Add(72 * time.Hour)); now = now.Add(time.Minute) {
		turns += len(calendar.Due(now, time.Minute-time.Nanosecond))
	}
	if turns != 3 {
		t.Errorf("%d turns in three days over the gap, want 3", turns)
	}
}

func TestDueAndNext(t *testing.T) {
	muscat := zone(t, "Asia/Muscat")
	calendar := omani(t)
	now := at(t, muscat, "2026-02-16 09:00")
	due := calendar.Due(now, 3*time.Hour)
	if len(due) != 1 || due[0].Slot != "morning" || due[0].Date != "2026-02-16" {
		t.Errorf("due at 09:00: %v", due)
	}
	if due := calendar.Due(now.Add(2*time.Hour), 3*time.Hour); len(due) != 0 {
		t.Errorf("due four hours late, with a limit of three: %v", due)
	}
	if due := calendar.Due(at(t, muscat, "2026-02-17 07:00"), 25*time.Hour); len(due) != 3 || due[0].Date != "2026-02-16" || due[2].Date != "2026-02-17" {
		t.Errorf("due within 25 hours: %v", due)
	}
	next, ok := calendar.Next(now)
	if !ok || next.Slot != "evening" || !next.At.Equal(at(t, muscat, "2026-02-16 20:00")) {
		t.Errorf("next after %v: %v", now, next)
	}
	next, _ = calendar.Next(next.At)
	if next.Slot != "morning" || next.Date != "2026-02-17" {
		t.Errorf("next after the evening: %v", next)
	}
}

func TestNight(t *testing.T) {
	muscat := zone(t, "Asia/Muscat")
	over := digest.Night{From: 22 * 60, To: 7 * 60}
	for _, c := range []struct {
		night digest.Night
		now   string
		until string
	}{
		{over, "2026-02-16 21:59", ""},
		{over, "2026-02-16 22:00", "2026-02-17 07:00"},
		{over, "2026-02-28 23:59", "2026-03-01 07:00"},
		{over, "2026-02-17 06:59", "2026-02-17 07:00"},
		{over, "2026-02-17 07:00", ""},
		{digest.Night{From: 60, To: 300}, "2026-02-17 02:00", "2026-02-17 05:00"},
		{digest.Night{From: 60, To: 300}, "2026-02-17 05:00", ""},
		{digest.Night{}, "2026-02-17 02:00", ""},
	} {
		until, night := c.night.At(at(t, muscat, c.now))
		if night != (c.until != "") || night && !until.Equal(at(t, muscat, c.until)) {
			t.Errorf("%v at %s: until %v, %v; want %q", c.night, c.now, until, night, c.until)
		}
	}
}

func TestScheduleRefuses(t *testing.T) {
	for _, spec := range []string{"", "25:00", "* * *", "TZ=UTC 0 7 * * *", "never"} {
		if s, err := digest.ParseSchedule(spec); err == nil {
			t.Errorf("%q was taken as %v", spec, s)
		}
	}
}

func TestScheduleOften(t *testing.T) {
	for spec, want := range map[string]bool{
		"07:30": false, "0 7 * * *": false, "0 7 29 2 *": false, "@daily": false, "@weekly": false, "0 7 1-7 * 5": false,
		"0 7,13,20 * * *": true, "@hourly": true, "*/30 7 * * *": true, "0 7,8 29 2 *": true, "@every 1h": true,
	} {
		s, err := digest.ParseSchedule(spec)
		if err != nil || s.Often() != want {
			t.Errorf("%s: %v, error %v", spec, s.Often(), err)
		}
	}
	if (digest.Schedule{}).Often() {
		t.Error("what never comes comes often")
	}
	if _, err := digest.ParseSchedule("0 7 31 4 *"); err == nil {
		t.Error("the 31st of April is taken")
	}
}
