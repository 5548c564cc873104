package wire_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/talk/editor"
	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/news"
)

const good = `newsroom:
  name: عاشق عُمان
sources:
  - name: site
    url: https://news.example
sections:
  - slug: news
    name: أخبار
    match: {categories: [أخبار]}
    sections:
      - slug: weather
        name: الطقس
        synonyms: [طقس, المطر]
        match: {ids: [7]}
  - slug: poetry
    name: شعر
    form: poem
`

func TestConfigDefaults(t *testing.T) {
	p, err := wire.ParseConfig("/srv/nashra.yaml", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Newsroom.Zone.String(); got != "Asia/Muscat" {
		t.Errorf("zone %s", got)
	}
	if p.Database != "/srv/nashra.db" {
		t.Errorf("database %s", p.Database)
	}
	if len(p.Newsroom.Calendar) != 3 || p.Newsroom.Calendar[0].Name != "morning" {
		t.Errorf("slots %v", p.Newsroom.Calendar)
	}
	if p.Newsroom.Auto["site"] {
		t.Error("breaking news goes out by itself without being asked for")
	}
	if p.Sources[0].Schedule.String() != wire.DefaultSchedule {
		t.Errorf("schedule %v", p.Sources[0].Schedule)
	}
	a := p.Rules.Assign(news.Article{Title: "خبر", Categories: []news.Category{{Name: "اخبار"}, {ID: 7, Name: "x"}}})
	if a.Section != "weather" || !a.Matched {
		t.Errorf("an article of both sections went to %q", a.Section)
	}
	a = p.Rules.Assign(news.Article{Title: "خبر"})
	if a.Section != "news" || a.Matched {
		t.Errorf("an article that no rule wants went to %q, matched %v", a.Section, a.Matched)
	}
	if until, night := p.Newsroom.Night.At(time.Date(2026, 1, 1, 23, 0, 0, 0, p.Newsroom.Zone)); !night || until.Hour() != 7 {
		t.Errorf("night until %v, %v", until, night)
	}
}

func TestConfigCalendar(t *testing.T) {
	p, err := wire.ParseConfig("n.yaml", []byte(good+`slots:
  - name: morning
    label: الصباح
    at: "07:00"
    calendar:
      - {from: 2026-02-18, to: 2026-03-19, off: true}
      - {weekdays: [Friday], at: "09:15"}
`))
	if err != nil {
		t.Fatal(err)
	}
	slot := p.Newsroom.Calendar[0]
	for date, want := range map[news.Date]string{"2026-02-20": "", "2026-03-20": "09:15", "2026-03-21": "07:00"} {
		at, ok := slot.At(date, p.Newsroom.Zone)
		if ok != (want != "") || ok && at.Format("15:04") != want {
			t.Errorf("%s: %v %v, want %q", date, at, ok, want)
		}
	}
}

// weekly is a ready calendar up to what its Friday has.
const weekly = `calendars:
  - name: رمضان
    at: {evening: "22:00"}
    calendar:
      - weekdays: [friday]
`

// A ready calendar may have hours of its own on days of the week; the first that
// covers a day decides.
func TestConfigReadyCalendar(t *testing.T) {
	p, err := wire.ParseConfig("n.yaml", []byte(good+weekly+`        at: {morning: "9:30"}
      - {weekdays: [Saturday, friday, Friday], off: true}
      - {weekdays: [saturday], at: {noon: "15:00"}}
  - {name: العيد, at: {morning: off}}
  - name: الجمعة
    calendar: [{weekdays: [friday], at: {noon: off}}]
`))
	if err != nil {
		t.Fatal(err)
	}
	friday, both, saturday := []time.Weekday{time.Friday}, []time.Weekday{time.Friday, time.Saturday}, []time.Weekday{time.Saturday}
	want := []editor.Preset{
		{Name: "رمضان", Hours: []editor.Hour{
			{Slot: "morning", Weekdays: friday, At: "09:30"},
			{Slot: "evening", Weekdays: both}, {Slot: "morning", Weekdays: saturday}, {Slot: "noon", Weekdays: both},
			{Slot: "evening", At: "22:00"},
		}},
		{Name: "العيد", Hours: []editor.Hour{{Slot: "morning"}}},
		{Name: "الجمعة", Hours: []editor.Hour{{Slot: "noon", Weekdays: friday}}},
	}
	if !reflect.DeepEqual(p.Presets, want) {
		t.Errorf("%+v\nwant\n%+v", p.Presets, want)
	}
}

// Every mistake is named with its line and what was expected.
func TestConfigMistakes(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"unknown key":         {"    url: https://news.example\n", "    url: https://news.example\n    scedule: x\n", `n.yaml:6: there is no setting called "scedule"`},
		"unknown top key":     {"newsroom:\n", "telgram: {}\nnewsroom:\n", `n.yaml:1: there is no setting called "telgram"`},
		"no yaml":             {"newsroom:\n", "newsroom: [\n", "n.yaml:"},
		"a list":              {"sources:\n  - name: site\n    url: https://news.example\n", "sources: yes please\n", "n.yaml:3: expected a list"},
		"no name":             {"  name: عاشق عُمان\n", "  language: ar\n", "n.yaml:2: expected the newsroom's name"},
		"language":            {"  name: عاشق عُمان\n", "  name: x\n  language: fr\n", `n.yaml:3: expected ar or en, not "fr"`},
		"zone":                {"  name: عاشق عُمان\n", "  name: x\n  zone: Muscat\n", "n.yaml:3: expected a zone like Asia/Muscat"},
		"address":             {"https://news.example", "news.example", "n.yaml:5: expected an address that begins with https://"},
		"schedule":            {"    url: https://news.example\n", "    url: https://news.example\n    schedule: often\n", "n.yaml:6: expected five cron fields"},
		"breaking":            {"    url: https://news.example\n", "    url: https://news.example\n    breaking: yes\n", `n.yaml:6: expected propose or off or auto, not "yes"`},
		"slug":                {"slug: poetry", "slug: شعر", "n.yaml:15: expected a short latin name"},
		"slug twice":          {"slug: poetry", "slug: weather", "n.yaml:15: expected a slug of its own"},
		"form":                {"form: poem", "form: song", "n.yaml:17: expected plain or poem or check"},
		"default":             {"newsroom:\n", "default_section: sport\nnewsroom:\n", `n.yaml:1: expected the slug of a section, not "sport"`},
		"night":               {"newsroom:\n", "night: {from: late, to: \"07:00\"}\nnewsroom:\n", "n.yaml:1: expected a time of the day"},
		"slot hour":           {"newsroom:\n", "slots:\n  - {name: a, at: \"@every 2h\"}\nnewsroom:\n", "n.yaml:2: expected a time of the day"},
		"slot of hours":       {"newsroom:\n", "slots:\n  - {name: a, at: \"0 7,13,20 * * *\"}\nnewsroom:\n", `n.yaml:2: expected one turn a day, not "0 7,13,20 * * *": write a slot for each hour`},
		"slot of every hour":  {"newsroom:\n", "slots:\n  - name: a\n    at: \"@hourly\"\nnewsroom:\n", `n.yaml:3: expected one turn a day, not "@hourly"`},
		"slot of minutes":     {"newsroom:\n", "slots:\n  - name: a\n    at: \"*/30 * * * 5\"\nnewsroom:\n", `n.yaml:3: expected one turn a day, not "*/30 * * * 5"`},
		"exception of hours":  {"newsroom:\n", "slots:\n  - name: a\n    at: \"07:00\"\n    calendar:\n      - weekdays: [friday]\n        at: \"0 9,21 * * *\"\nnewsroom:\n", `n.yaml:6: expected one turn a day, not "0 9,21 * * *"`},
		"slot of no day":      {"newsroom:\n", "slots:\n  - {name: a, at: \"0 7 30 2 *\"}\nnewsroom:\n", `n.yaml:2: expected five cron fields`},
		"slot twice":          {"newsroom:\n", "slots:\n  - {name: a, at: \"07:00\"}\n  - {name: a, at: \"08:00\"}\nnewsroom:\n", "n.yaml:3: expected a short latin name of its own"},
		"slot date":           {"newsroom:\n", "slots:\n  - name: a\n    at: \"07:00\"\n    calendar: [{from: tomorrow, at: \"08:00\"}]\nnewsroom:\n", "n.yaml:4: expected a date"},
		"ready calendar":      {"newsroom:\n", "calendars:\n  - {name: رمضان, at: {evening: late}}\nnewsroom:\n", `n.yaml:2: expected a time of the day like "22:00", or off, not "late"`},
		"calendar's slot":     {"newsroom:\n", "calendars:\n  - {name: رمضان, at: {dawn: off}}\nnewsroom:\n", `n.yaml:2: expected the name of a slot, not "dawn"`},
		"calendar of nothing": {"newsroom:\n", "calendars:\n  - name: رمضان\nnewsroom:\n", `n.yaml:2: expected the hours of digests, like evening: "22:00"`},
		"its days' hour":      {"newsroom:\n", weekly + "        at: {evening: \"22:00\",\n          morning: late}\nnewsroom:\n", `n.yaml:7: expected a time of the day like "22:00", or off, not "late"`},
		"its days' slot":      {"newsroom:\n", weekly + "        at:\n          dawn: off\nnewsroom:\n", `n.yaml:7: expected the name of a slot, not "dawn"`},
		"its days by name":    {"newsroom:\n", strings.Replace(weekly, "friday", "friday, الجمعة", 1) + "        off: true\nnewsroom:\n", `n.yaml:5: expected days like friday, not "الجمعة"`},
		"its days not named":  {"newsroom:\n", strings.Replace(weekly, "weekdays: [friday]", "weekdays: []", 1) + "        off: true\nnewsroom:\n", "n.yaml:5: expected days like [friday]: the hours of every day stand in at"},
		"its days by two":     {"newsroom:\n", weekly + "        off: true\n        at: {evening: \"22:00\"}\nnewsroom:\n", "n.yaml:5: expected either at or off, not both"},
		"its days' dates":     {"newsroom:\n", weekly + "        from: 2027-02-08\n        off: true\nnewsroom:\n", `n.yaml:6: there is no setting called "from"`},
		"its days of nothing": {"newsroom:\n", weekly + "newsroom:\n", `n.yaml:5: expected the hours of digests on these days, like morning: "09:00", or off: true`},
		"its days no list":    {"newsroom:\n", strings.Replace(weekly, "[friday]", "friday", 1) + "        off: true\nnewsroom:\n", "n.yaml:5: expected a list"},
		"slot weekday":        {"newsroom:\n", "slots:\n  - name: a\n    at: \"07:00\"\n    calendar:\n      - weekdays: [monday,\n          someday]\n        off: true\nnewsroom:\n", `n.yaml:6: expected days like friday, not "someday"`},
		"reader slot":         {"newsroom:\n", "readers: {slots: [dawn]}\nnewsroom:\n", `n.yaml:1: expected the name of a slot, not "dawn"`},
		"channel":             {"newsroom:\n", "telegram:\n  channels:\n    - {chat: my channel}\nnewsroom:\n", "n.yaml:3: expected @name"},
		"webhook":             {"newsroom:\n", "telegram:\n  webhook: {url: \"http://x.example\"}\nnewsroom:\n", "n.yaml:2: expected a public https address"},
		"countdown":           {"newsroom:\n", "desk: {countdown: 1h}\nnewsroom:\n", "n.yaml:1: expected a time from 1s to 5m0s, not 1h0m0s"},
		"alerts of a day":     {"newsroom:\n", "desk:\n  alerts_per_day: -1\nnewsroom:\n", "n.yaml:2: expected a number from 1, not -1"},
		"a token in the file": {"newsroom:\n", "telegram: {token: \"1:a\"}\nnewsroom:\n", `there is no setting called "token"`},
		"api without a port":  {"newsroom:\n", "api: {listen: 127.0.0.1}\nnewsroom:\n", `n.yaml:1: expected an address and a port like 127.0.0.1:8080, or a port alone, not "127.0.0.1"`},
		"api without address": {"newsroom:\n", "api: {}\nnewsroom:\n", "n.yaml:1: expected an address and a port"},
		"api by name":         {"newsroom:\n", "api:\n  listen: news.example:8080\nnewsroom:\n", "n.yaml:2: expected the number of an address"},
		"api for all":         {"newsroom:\n", "api:\n  listen: 0.0.0.0:8080\nnewsroom:\n", "n.yaml:2: expected 127.0.0.1 or ::1, not 0.0.0.0: the API speaks plain HTTP"},
		"api for all of six":  {"newsroom:\n", "api:\n  listen: \"[::]:8080\"\nnewsroom:\n", "n.yaml:2: expected 127.0.0.1 or ::1, not ::"},
		"no sections":         {good[strings.Index(good, "sections:"):], "", "expected at least one section"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(good, c.old, c.new, 1)
			if text == good {
				t.Fatal("the case changes nothing")
			}
			_, err := wire.ParseConfig("n.yaml", []byte(text))
			var wrong *wire.ConfigError
			if !errors.As(err, &wrong) {
				t.Fatalf("taken: %v", err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("said\n%v\nwant\n%s", err, c.want)
			}
		})
	}
}

// Whoever names no host means this machine alone.
func TestConfigAPI(t *testing.T) {
	for written, want := range map[string]string{
		"8080": "127.0.0.1:8080", "\":8080\"": "127.0.0.1:8080", "localhost:8080": "127.0.0.1:8080", "127.0.0.2:80": "127.0.0.2:80",
		"\"[::1]:8080\"": "[::1]:8080", "0.0.0.0:8080\n  beyond_loopback: true": "0.0.0.0:8080",
	} {
		p, err := wire.ParseConfig("n.yaml", []byte("api:\n  listen: "+written+"\n"+good))
		if err != nil || p.Listen != want {
			t.Errorf("%s: %v, %v", written, p, err)
		}
	}
	if p, err := wire.ParseConfig("n.yaml", []byte(good)); err != nil || p.Listen != "" {
		t.Errorf("it listens without being asked: %v %v", p, err)
	}
}

func TestConfigIsMissing(t *testing.T) {
	_, err := wire.LoadConfig(t.TempDir() + "/nashra.yaml")
	if err == nil || !strings.Contains(err.Error(), "nashra init") {
		t.Errorf("said %v", err)
	}
}

func FuzzConfig(f *testing.F) {
	f.Add(good)
	f.Add("newsroom: {name: x}\nsources: [{}]\n")
	f.Add("calendars: [{calendar: [{weekdays: [x], at: {y: z}}]}]")
	f.Add("slots: [{calendar: [{weekdays: [x]}]}]")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := wire.ParseConfig("n.yaml", []byte(text))
		if (p == nil) == (err == nil) {
			t.Errorf("plan %v, error %v", p, err)
		}
		if err == nil && len(p.Newsroom.Tree.All()) == 0 {
			t.Error("a plan without sections")
		}
	})
}
