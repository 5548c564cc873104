package desk

import (
	"slices"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/news"
)

// TestWeekly reads days of the week in many ways and says them back; what stands
// behind them is left, and a day alone is a date.
func TestWeekly(t *testing.T) {
	ar, en := PhrasesOf(Arabic), PhrasesOf(English)
	for text, want := range map[string]string{
		"كل جمعة":                         "أيام الجمعة |",
		"كلّ جُمعة":                       "أيام الجمعة |",
		"في كل جمعة من غد":                "أيام الجمعة | من غد",
		"كل يوم جمعة حتى 15 مارس":         "أيام الجمعة | حتى 15 مارس",
		"كل جمعة وسبت":                    "أيام الجمعة والسبت |",
		"كل سبت و جمعة":                   "أيام الجمعة والسبت |",
		"كل جمعة والسبت والخميس":          "كل أسبوع من الخميس إلى السبت |",
		"كل أحد وثلاثاء وخميس":            "أيام الأحد والثلاثاء والخميس |",
		"أيام الجمعة":                     "أيام الجمعة |",
		"في أيام الجُمَع":                 "أيام الجمعة |",
		"أيام الجمعة والسبت من 1 مارس":    "أيام الجمعة والسبت | من 1 مارس",
		"أيام الأحد إلى الخميس":           "كل أسبوع من الأحد إلى الخميس |",
		"أيام من السبت حتى الأربعاء":      "كل أسبوع من السبت إلى الأربعاء |",
		"كل يوم من الأحد إلى الخميس":      "كل أسبوع من الأحد إلى الخميس |",
		"كل أسبوع من الأحد إلى الخميس":    "كل أسبوع من الأحد إلى الخميس |",
		"من الأحد إلى الخميس من كل أسبوع": "كل أسبوع من الأحد إلى الخميس |",
		"يوم الجمعة من كل أسبوع":          "أيام الجمعة |",
		"يومي الجمعة والسبت أسبوعيًا":     "أيام الجمعة والسبت |",
		"كل أسبوع يوم الجمعة":             "أيام الجمعة |",
		"أسبوعيًا في أيام الجمعة":         "أيام الجمعة |",
		"كل يوم":                                  "كل يوم |",
		"يوميًا من الأحد":                         "كل يوم | من الأحد",
		"كل يوم من غد":                            "كل يوم | من غد",
		"أيام السبت إلى الجمعة":                   "كل يوم |",
		"كل جمعة حتى السبت":                       "أيام الجمعة | حتى السبت",
		"كل جمعة إلى الخميس 1 أبريل":              "أيام الجمعة | إلى الخميس 1 أبريل",
		"كل يوم جمعة ويوم سبت":                    "أيام الجمعة والسبت |",
		"كل جمعة يوم السبت":                       "أيام الجمعة | يوم السبت",
		"كل جمعة وجمعة":                           "أيام الجمعة |",
		"every Friday and Saturday from tomorrow": "أيام الجمعة والسبت | from tomorrow",
		"on Fridays every week":                   "أيام الجمعة |",
		"every day":                               "كل يوم |",
		"weekly on Friday":                        "أيام الجمعة |",
		"يوم الجمعة":                              "!",
		"الجمعة":                                  "!",
		"الجمعة والسبت":                           "!",
		"من الأحد إلى الخميس":                     "!",
		"يومي الجمعة والسبت":                      "!",
		"on Friday":                               "!",
		"كل":                                      "!",
		"كل أسبوع":                                "!",
		"كل النشرات":                              "!",
		"أيام":                                    "!",
		"من غد كل جمعة":                           "!",
		"":                                        "!",
	} {
		words := strings.Fields(text)
		days, rest, ok := Weekly(words)
		got := "!"
		if ok {
			said := ar.Weekly(days)
			if len(days) == 0 {
				said = ar.Watches.Daily
			}
			got = strings.TrimSpace(said + " | " + strings.Join(rest, " "))
		} else if strings.Join(rest, " ") != strings.Join(words, " ") {
			t.Errorf("%q lost words: %q", text, rest)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
		if !ok || len(days) == 0 {
			continue
		}
		for _, p := range []*Phrases{ar, en} {
			again, left, ok := Weekly(strings.Fields(p.Weekly(days)))
			if !ok || len(left) > 0 || p.Weekly(again) != p.Weekly(days) {
				t.Errorf("%q is said back as %q, which reads as %q", text, p.Weekly(days), p.Weekly(again))
			}
		}
	}
}

// TestShiftCovers holds exceptions of dates and of days of the week against
// dates. The 27th of November 2026 is a Friday.
func TestShiftCovers(t *testing.T) {
	fridays, _, _ := Weekly(strings.Fields("كل جمعة وسبت"))
	weekly := Shift{Slot: "morning", At: "09:00", From: "2026-11-25", To: "2026-12-10", Weekdays: fridays}
	for date, want := range map[news.Date]bool{
		"2026-11-21": false, "2026-11-26": false, "2026-11-27": true, "2026-11-28": true, "2026-11-29": false, "2026-12-05": true, "2026-12-11": false, "soon": false,
	} {
		if weekly.Covers(date) != want {
			t.Errorf("%s: %v", date, !want)
		}
	}
	settled, ok := weekly.Settled()
	if !ok || settled.From != "2026-11-27" || settled.To != "2026-12-05" {
		t.Errorf("settled %+v, %v", settled, ok)
	}
	open := weekly
	open.To = ""
	if settled, ok := open.Settled(); !ok || settled.From != "2026-11-27" || settled.To != "" {
		t.Errorf("without an end %+v, %v", settled, ok)
	}
	weekly.To = "2026-11-26"
	if _, ok := weekly.Settled(); ok {
		t.Error("a row of days without any of its weekdays is settled")
	}
}

// TestShiftsMeet finds the first day that two exceptions cover.
func TestShiftsMeet(t *testing.T) {
	fridays, _, _ := Weekly(strings.Fields("كل جمعة"))
	saturdays, _, _ := Weekly(strings.Fields("كل سبت"))
	friday := Shift{Slot: "morning", At: "09:00", From: "2026-11-01", Weekdays: fridays}
	for name, c := range map[string]struct {
		other Shift
		want  news.Date
	}{
		"dates":        {Shift{Slot: "morning", At: "10:00", From: "2026-11-24", To: "2026-12-24"}, "2026-11-27"},
		"later dates":  {Shift{Slot: "morning", Off: true, From: "2026-11-28"}, "2026-12-04"},
		"from before":  {Shift{Slot: "morning", At: "10:00", From: "2026-10-01"}, "2026-11-27"},
		"another slot": {Shift{Slot: "evening", At: "22:00", From: "2026-11-24"}, ""},
		"another day":  {Shift{Slot: "morning", At: "10:00", From: "2026-11-24", Weekdays: saturdays}, ""},
		"few days":     {Shift{Slot: "morning", At: "10:00", From: "2026-11-24", To: "2026-11-26"}, ""},
		"it is over":   {Shift{Slot: "morning", At: "10:00", From: "2026-11-01", To: "2026-11-20"}, ""},
	} {
		for _, pair := range [][2]Shift{{friday, c.other}, {c.other, friday}} {
			got, ok := pair[0].Meets(pair[1], "2026-11-23")
			if got != c.want || ok != (c.want != "") {
				t.Errorf("%s: %s %v, want %q", name, got, ok, c.want)
			}
		}
	}
}

// FuzzWeekly reads anything: no word is lost, and what was read is said back in
// words that mean the same.
func FuzzWeekly(f *testing.F) {
	for _, text := range []string{"كل جمعة وسبت من غد", "أيام من الأحد إلى الخميس", "every day from Friday to", "يوم السبت من كل أسبوع 5", "كل و من إلى الجمع", "\u202e كل، جمعة."} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := strings.Fields(text)
		days, rest, ok := Weekly(words)
		if n := len(words) - len(rest); n < 0 || !slices.Equal(words[n:], rest) || ok == (n == 0) {
			t.Fatalf("%q: read %v, left %q", text, days, rest)
		}
		if len(days) == 0 {
			return
		}
		again, left, _ := Weekly(strings.Fields(PhrasesOf(Arabic).Weekly(days)))
		if len(days) > 6 || !slices.Equal(again, days) || len(left) > 0 {
			t.Errorf("%q: %v is said back as %q", text, days, PhrasesOf(Arabic).Weekly(days))
		}
	})
}
