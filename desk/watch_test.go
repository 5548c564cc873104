package desk

import (
	"testing"
	"time"
)

// TestWatches reads hours of duty in many ways and says them back.
func TestWatches(t *testing.T) {
	ar, en := PhrasesOf(Arabic), PhrasesOf(English)
	for text, want := range map[string]string{
		"08:00-16:00":   "كل يوم، من 08:00 إلى 16:00",
		"٠٨:٠٠ – ١٦:٠٠": "كل يوم، من 08:00 إلى 16:00",
		"من 8 إلى 16":   "كل يوم، من 08:00 إلى 16:00",
		"من الساعة 8 صباحًا حتى الساعة 4 مساءً": "كل يوم، من 08:00 إلى 16:00",
		"الأحد إلى الخميس 08:00-16:00":          "من الأحد إلى الخميس، من 08:00 إلى 16:00",
		"من الأحد إلى الخميس، من 8:30 إلى 16":   "من الأحد إلى الخميس، من 08:30 إلى 16:00",
		"08:00-16:00 من أحد إلى خميس":           "من الأحد إلى الخميس، من 08:00 إلى 16:00",
		"احد-خميس 8-16":                         "من الأحد إلى الخميس، من 08:00 إلى 16:00",
		"الجمعة والسبت 22:00-06:00":             "الجمعة والسبت، من 22:00 إلى 06:00 من اليوم التالي",
		"الجمعة":                                "الجمعة، طوال اليوم",
		"يوم الجمعة طوال اليوم":                 "الجمعة، طوال اليوم",
		"كل يوم": "كل يوم، طوال اليوم",
		"يوميًا من 20 إلى منتصف الليل": "كل يوم، من 20:00 إلى 00:00 من اليوم التالي",
		"16:00-24:00":                  "كل يوم، من 16:00 إلى 00:00",
		"الخميس إلى السبت 9-17":        "من الخميس إلى السبت، من 09:00 إلى 17:00",
		"السبت إلى الاثنين 9-17":       "من السبت إلى الاثنين، من 09:00 إلى 17:00",
		"الأحد والثلاثاء والخميس 9-17": "الأحد والثلاثاء والخميس، من 09:00 إلى 17:00",
		"من السبت إلى الجمعة 9-17":     "كل يوم، من 09:00 إلى 17:00",
		"00:00-24:00":                      "كل يوم، طوال اليوم",
		"24 ساعة":                          "كل يوم، طوال اليوم",
		"Sunday to Thursday 8 am - 4 pm":   "من الأحد إلى الخميس، من 08:00 إلى 16:00",
		"Sun-Thu 8am-4pm":                  "من الأحد إلى الخميس، من 08:00 إلى 16:00",
		"every day from 20:00 to midnight": "كل يوم، من 20:00 إلى 00:00 من اليوم التالي",
		"Fridays and Saturdays, from 10 in the evening until 6 in the morning": "الجمعة والسبت، من 22:00 إلى 06:00 من اليوم التالي",
		"Friday all day":     "الجمعة، طوال اليوم",
		"Friday in spring":   "!",
		"8-16؛ الجمعة 20-23": "كل يوم، من 08:00 إلى 16:00؛ الجمعة، من 20:00 إلى 23:00",
		"":                   "!",
		"غدًا":               "!",
		"8":                  "!",
		"8-8":                "!",
		"25-26":              "!",
		"8:70-9":             "!",
		"8-16 9-17":          "!",
		"الأحد الأحد 8-16":   "!",
		"كل يوم الأحد إلى الأحد والأحد 8-16": "!",
		"24:00-08:00":       "!",
		"8 إلى":             "!",
		"الأحد إلى":         "!",
		"من 8 صباحا الخميس": "!",
		"\u202e8-16\u202c طوال اليوم كلام": "!",
	} {
		watches, err := ParseWatches(text)
		got := ""
		for i, w := range watches {
			if i > 0 {
				got += "؛ "
			}
			got += ar.Watch(w)
		}
		if err != nil {
			got = "!"
			if code, _ := CodeOf(err); code != BadTime {
				t.Errorf("%q is refused as %s", text, code)
			}
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	w := Watch{Weekdays: []time.Weekday{time.Monday, time.Wednesday, time.Friday}, From: 600, To: 60}
	if got := en.Watch(w); got != "Monday, Wednesday and Friday, 10:00 to 01:00 of the next day" {
		t.Errorf("in English %q", got)
	}
}

// FuzzWatches reads anything: what is taken can be kept.
func FuzzWatches(f *testing.F) {
	for _, text := range []string{"8-16", "من الأحد إلى الخميس 8 صباحا إلى 4 مساء", "الجمعة", "كل يوم", "24:00-24:00", "٨-١٦؛9-9", "-", "8:-9:"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		watches, err := ParseWatches(text)
		if err == nil && len(watches) == 0 {
			t.Fatalf("%q is no watch and no refusal", text)
		}
		for _, w := range watches {
			if w.From < 0 || w.From >= 24*60 || w.To < 0 || w.To > 24*60 || len(w.Weekdays) > 6 || PhrasesOf(Arabic).Watch(w) == "" {
				t.Fatalf("%q is %+v", text, w)
			}
		}
	})
}
