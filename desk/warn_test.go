package desk_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

type deadLinks struct{}

func (deadLinks) Check(_ context.Context, link string) error {
	if strings.Contains(link, "dead") {
		return errors.New("404")
	}
	return nil
}

func TestWarnings(t *testing.T) {
	w := newWorld(t)
	w.setup.PerDay, w.setup.PerReader = 2, 1
	w.setup.Night = func(t time.Time) bool { return t.Hour() >= 22 || t.Hour() < 7 }
	w.desk.Checker = deadLinks{}
	salim := w.hire(desk.Chief, "1")
	first, err := w.desk.Write(w.ctx, salim.ID, "", desk.Content{Words: "إغلاق طريق الجبل الأخضر بسبب السيول", Sections: []news.Slug{"jobs"}, Link: "https://n.example/1"})
	w.must(err)
	w.send(salim.ID, first.ID)
	for name, c := range map[string]struct {
		at   time.Time
		c    desk.Content
		want []desk.WarningKind
	}{
		"none":            {c: desk.Content{Words: "فوز المنتخب", Sections: []news.Slug{"weather"}, Link: "https://n.example/2"}},
		"the same words":  {c: desk.Content{Words: "إغلاق طريق الجبل الاخضر، بسبب السيول!", Sections: []news.Slug{"weather"}, Link: "https://n.example/2"}, want: []desk.WarningKind{desk.WarnSame}},
		"the same link":   {c: desk.Content{Words: "جديد", Sections: []news.Slug{"weather"}, Link: "https://n.example/1"}, want: []desk.WarningKind{desk.WarnSame}},
		"enough for some": {c: desk.Content{Words: "جديد", Everyone: true, Link: "https://n.example/2"}, want: []desk.WarningKind{desk.WarnReader}},
		"no link":         {c: desk.Content{Words: "جديد", Sections: []news.Slug{"weather"}}, want: []desk.WarningKind{desk.WarnNoLink}},
		"a dead link":     {c: desk.Content{Words: "جديد", Sections: []news.Slug{"weather"}, Link: "https://dead.example"}, want: []desk.WarningKind{desk.WarnDeadLink}},
		"a word twice":    {c: desk.Content{Words: "أعلنت الوزارة الوزارةُ اليوم", Sections: []news.Slug{"weather"}, Link: "https://n.example/2"}, want: []desk.WarningKind{desk.WarnRepeat}},
		"turned around":   {c: desk.Content{Words: "خبر \u202eمقلوب\u202c", Sections: []news.Slug{"weather"}, Link: "https://n.example/2"}, want: []desk.WarningKind{desk.WarnHidden}},
		"nobody":          {c: desk.Content{Words: "خبر", Link: "https://n.example/2"}, want: []desk.WarningKind{desk.WarnNobody}},
		"long":            {c: desk.Content{Words: strings.Repeat("كلمة أخرى ", 40), Sections: []news.Slug{"weather"}, Link: "https://n.example/2"}, want: []desk.WarningKind{desk.WarnLong}},
		"4,096 letters":   {c: desk.Content{Words: strings.Repeat("أ", 4096), Sections: []news.Slug{"weather"}, Link: "https://n.example/2"}, want: []desk.WarningKind{desk.WarnTooLong}},
		"at night": {at: time.Date(2025, 11, 23, 23, 0, 0, 0, muscat), c: desk.Content{Words: "جديد", Sections: []news.Slug{"weather"}, Link: "https://n.example/2"},
			want: []desk.WarningKind{desk.WarnNight}},
		"for the night": {c: desk.Content{Words: "جديد", Sections: []news.Slug{"weather"}, Link: "https://n.example/2", At: time.Date(2025, 11, 24, 6, 0, 0, 0, muscat)},
			want: []desk.WarningKind{desk.WarnNight}},
	} {
		t.Run(name, func(t *testing.T) {
			day := w.now
			defer func() { w.now = day }()
			if !c.at.IsZero() {
				w.now = c.at
			}
			d, err := w.desk.Write(w.ctx, salim.ID, "", c.c)
			w.must(err)
			p := w.look(salim.ID, d.ID)
			var got []desk.WarningKind
			for _, one := range p.Warnings {
				got = append(got, one.Kind)
				for _, l := range []desk.Language{desk.Arabic, desk.English} {
					if words := desk.PhrasesOf(l).Warning(one, w.now); words == "" || strings.Contains(words, "{") {
						t.Errorf("%s says %q", one.Kind, words)
					}
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("warnings %v, want %v", got, c.want)
			}
			_, err = w.desk.Confirm(w.ctx, salim.ID, d.ID, p.Draft.Version)
			if bad := name == "nobody" || name == "4,096 letters"; bad != (err != nil) {
				t.Errorf("confirmed with %v", err)
			}
			_, err = w.desk.Stop(w.ctx, salim.ID, d.ID) // a schedule, too
			w.must(err)
		})
	}
}

func TestWhen(t *testing.T) {
	now := time.Date(2025, 11, 23, 10, 0, 0, 0, muscat) // a Sunday
	for text, want := range map[string]string{
		"غدًا 07:30": "2025-11-24 07:30", "غدا ٠٧:٣٠": "2025-11-24 07:30", "اليوم 18:00": "2025-11-23 18:00",
		"اليوم الساعة 6 مساءً": "2025-11-23 18:00", "18:00": "2025-11-23 18:00", "07:30": "2025-11-24 07:30",
		"الأحد 9 صباحًا": "2025-11-30 09:00", "الاثنين 9 ص": "2025-11-24 09:00", "يوم الخميس القادم 20:15": "2025-11-27 20:15",
		"بعد غد 12 ظهرًا": "2025-11-25 12:00", "بعد 20 دقيقة": "2025-11-23 10:20", "بعد ساعتين": "2025-11-23 12:00", "بعد ساعة": "2025-11-23 11:00",
		"الليلة 12 ليلًا": "", "غدًا 12 ليلًا": "2025-11-24 00:00", "اليوم 11 ليلًا": "2025-11-23 23:00", "غدًا 1 ظهرًا": "2025-11-24 13:00",
		"25 نوفمبر 07:30": "2025-11-25 07:30", "25/11/2025 07:30": "2025-11-25 07:30", "1 يناير 08:00": "2026-01-01 08:00",
		"tomorrow 07:30": "2025-11-24 07:30", "Monday 9 am": "2025-11-24 09:00", "in 5 minutes": "2025-11-23 10:05",
		"Tomorrow at 7:30pm": "2025-11-24 19:30", "tomorrow, 7:30 a.m.": "2025-11-24 07:30", "Fri 9am": "2025-11-28 09:00", "next Thursday at 20:15": "2025-11-27 20:15",
		"tonight at 9 pm": "2025-11-23 21:00", "today 6 in the evening": "2025-11-23 18:00", "tomorrow 11 at night": "2025-11-24 23:00", "tomorrow 12 noon": "2025-11-24 12:00",
		"the day after tomorrow at 07:30": "2025-11-25 07:30", "in an hour": "2025-11-23 11:00", "in half an hour": "2025-11-23 10:30", "in 2 hours": "2025-11-23 12:00",
		"بعد نصف ساعة": "2025-11-23 10:30", "غدًا 9 في الصباح": "2025-11-24 09:00",
		"25 November 07:30": "2025-11-25 07:30", "November 25th at 7:30 am": "2025-11-25 07:30", "Thursday, 1 January 2026, 08:00": "2026-01-01 08:00", "1 Jan 08:00": "2026-01-01 08:00",
		"Friday 25 November 07:30": "", "tomorrow": "", "tomorrow 9": "", "tomorrow 13 pm": "", "in tomorrow 07:30": "", "yesterday 07:30": "", "in 99 hours and a half": "", "25th": "",
		"اليوم 09:00": "", "غدًا": "", "9": "", "غدًا 25:00": "", "غدًا 7:5": "", "أمس 07:30": "", "": "", "غدًا 07:30 08:30": "",
		"الأحد الاثنين 9 ص": "", "10/11/2025 07:30": "", "1/1/2030 10:00": "", "بعد 99 ساعات وشيء": "",
	} {
		at, err := desk.ParseWhen(text, now)
		got := ""
		if err == nil {
			got = at.In(muscat).Format("2006-01-02 15:04")
		} else if _, refused := desk.Refused(err); !refused {
			t.Errorf("%q: %v", text, err)
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// FuzzWhen holds ParseWhen to times that are to come, within a year or so.
func FuzzWhen(f *testing.F) {
	for _, s := range []string{"غدًا 07:30", "الأحد 9 صباحًا", "بعد 20 دقيقة", "25 نوفمبر 07:30", "1/1/2026 10:00", "٣ م"} {
		f.Add(s, int64(1763877600))
	}
	f.Fuzz(func(t *testing.T, text string, unix int64) {
		now := time.Unix(unix%4_000_000_000, 0).In(muscat)
		at, err := desk.ParseWhen(text, now)
		if _, refused := desk.Refused(err); err != nil && !refused {
			t.Fatal(err)
		}
		if err == nil && (!at.After(now) || at.Sub(now) > 367*24*time.Hour) {
			t.Errorf("%q at %v is %v", text, now, at)
		}
	})
}

// A network that sends slowly has no time for everybody: the editor is told how
// many get the alert, and what the others get.
func TestWarningOfALimitInTime(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	w.readers(5)
	article := w.arrive("افتتاح الطريق").ID
	for name, c := range map[string]struct {
		speed   desk.Speed
		article news.ArticleID
		form    string
		want    []string
	}{
		"enough time":  {speed: desk.Speed{PerSecond: 1, Within: 45 * time.Minute}},
		"no limit":     {speed: desk.Speed{PerSecond: 0.0001}},
		"words alone":  {speed: desk.Speed{PerSecond: 0.001, Within: 45 * time.Minute}, want: []string{"missed 2"}},
		"of a site":    {speed: desk.Speed{PerSecond: 0.001, Within: 45 * time.Minute}, article: article, want: []string{"slow 2"}},
		"not known at": {speed: desk.Speed{Within: 45 * time.Minute}},
	} {
		t.Run(name, func(t *testing.T) {
			w.setup.Speed = map[news.Platform]desk.Speed{news.Telegram: c.speed}
			d, err := w.desk.Write(w.ctx, salim.ID, "", desk.Content{Words: "فوز المنتخب " + name, Everyone: true, Article: c.article, Link: "https://n.example/2"})
			w.must(err)
			var got []string
			for _, one := range w.look(salim.ID, d.ID).Warnings {
				if one.Kind != desk.WarnSlow && one.Kind != desk.WarnMissed {
					continue
				}
				got = append(got, fmt.Sprint(one.Kind, " ", one.N))
				if words := desk.PhrasesOf(desk.Arabic).Warning(one, w.now); !strings.Contains(words, "خلال 45 دقيقة إلى نحو قارئين") || !strings.Contains(words, "تلغرام") {
					t.Errorf("says %q", words)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("warns of %q, want %q", got, c.want)
			}
			_, err = w.desk.Stop(w.ctx, salim.ID, d.ID)
			w.must(err)
		})
	}
}
