package wire_test

import (
	"context"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/talk/editor"
	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
	"github.com/nashra-bot/nashra/news"
)

var update = flag.Bool("update", false, "write the golden files again")

// newsroom is a site with the sections of the first newsroom.
func newsroom(t *testing.T) *feedtest.Site {
	t.Helper()
	site := &feedtest.Site{
		Base: "https://news.example", Name: "عاشق عُمان", Description: "بوابة عُمانية للأخبار والثقافة والوظائف.",
		Now: func() time.Time { return time.Date(2026, 1, 12, 12, 0, 0, 0, time.UTC) },
	}
	categories := []struct {
		id, parent, posts int
		slug, name        string
	}{
		{1, 0, 1, "uncategorized", "غير مصنف"},
		{2, 0, 6, "", "أخبار"},
		{3, 2, 3, "weather", "الطقس"},
		{4, 2, 2, "oman-news", "Oman News"},
		{5, 0, 3, "", "مقالات"},
		{6, 0, 4, "jobs", "وظائف وتدريب"},
		{7, 0, 0, "", "ثقافة وأدب"},
		{8, 7, 2, "", "شعر"},
		{9, 7, 1, "", "خواطر"},
		{10, 7, 1, "", "قصص وروايات"},
		{11, 7, 1, "", "مجلس الخليلي للشعر"},
		{12, 0, 1, "tv", "تلفزيون"},
		{13, 12, 1, "", "بث أرضي للقناة الرياضية"},
		{14, 0, 2, "", "لا للشائعات"},
		{15, 0, 1, "", "المنتديات"},
		{16, 0, 2, "", "جريدة عمان"},
		{17, 0, 1, "", "عاجل"},
		{18, 0, 0, "", "أرشيف ٢٠١٢"},
		{19, 0, 1, "", "بيئة: بحر & برّ"},
	}
	for _, c := range categories {
		site.AddCategory(feedtest.Category{ID: c.id, Slug: c.slug, Name: c.name, Parent: c.parent})
		for range c.posts {
			site.Publish(feedtest.Post{Title: "خبر من " + c.name, Content: "<p>نص.</p>", Categories: []int{c.id}})
		}
	}
	return site
}

func probe(t *testing.T, transport http.RoundTripper, now func() time.Time) feed.Site {
	t.Helper()
	fetcher := wire.NewFetcher(transport, now, "test")
	site, err := feed.Probe(context.Background(), fetcher, "https://news.example")
	if err != nil {
		t.Fatal(err)
	}
	return site
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(got) {
		t.Errorf("%s is no longer what comes out; look at it, then go test -update:\n%s", file, got)
	}
}

func TestScaffoldOfWordPress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		site := newsroom(t)
		text := wire.Scaffold(probe(t, site.Client().Transport, site.Now))
		golden(t, "scaffold.yaml", text)
		p, err := wire.ParseConfig("/srv/nashra.yaml", text)
		if err != nil {
			t.Fatal(err)
		}
		if p.Newsroom.Name != "عاشق عُمان" || p.Newsroom.Zone.String() != "Asia/Muscat" || p.Config.Telegram == nil {
			t.Errorf("read back %q in %s, telegram %v", p.Newsroom.Name, p.Newsroom.Zone, p.Config.Telegram)
		}
		for slug, want := range map[news.Slug]news.Section{
			"weather": {Parent: "news", Name: "الطقس"},
			"khalili": {Parent: "culture", Name: "مجلس الخليلي للشعر", Form: news.Poem},
			"rumours": {Name: "لا للشائعات", Form: news.Check},
		} {
			s, ok := p.Newsroom.Tree.Find(slug)
			if !ok || s.Parent != want.Parent || s.Name != want.Name || s.Form != want.Form {
				t.Errorf("section %s: %+v, %v", slug, s, ok)
			}
		}
		for _, c := range []struct {
			in   news.Category
			want news.Slug
		}{
			{news.Category{ID: 3}, "weather"},
			{news.Category{Name: "الطّقس"}, "weather"}, // as a feed names it
			{news.Category{ID: 17, Name: "عاجل"}, "news"},
			{news.Category{ID: 19}, "byyh-bhr-br"},
		} {
			if v := p.Rules.Judge(news.Article{Title: "خبر", Categories: []news.Category{c.in}}); v.Section != c.want {
				t.Errorf("category %+v went to %s, want %s", c.in, v.Section, c.want)
			}
		}
	})
}

// TestScaffoldExamples switches on everything that is switched off.
func TestScaffoldExamples(t *testing.T) {
	off := regexp.MustCompile(`(?m)^( *)#([^ \n]|  )`)
	synctest.Test(t, func(t *testing.T) {
		site := newsroom(t)
		text := string(wire.Scaffold(probe(t, site.Client().Transport, site.Now)))
		text = text[strings.Index(text, "\nnewsroom:"):]
		lines := strings.Split(text, "\n")
		table := false // of a section's settings
		for i, line := range lines {
			table = line != "sections:" && (table || strings.HasPrefix(line, "# The sections"))
			if !table {
				lines[i] = off.ReplaceAllString(line, "$1$2")
			}
		}
		p, err := wire.ParseConfig("/srv/nashra.yaml", []byte(strings.Join(lines, "\n")))
		if err != nil {
			t.Fatal(err)
		}
		c := p.Config
		if c.Telegram.Webhook == nil || len(c.Telegram.Channels) != 1 || c.WhatsApp == nil || c.Owner.Telegram == "" || c.Backup == nil || c.Beat == nil || c.Readers.Pace == "" {
			t.Errorf("not everything was switched on: %+v", c)
		}
		muscat := p.Newsroom.Zone
		for date, want := range map[news.Date]string{"2027-01-04": "07:00", "2027-01-08": "09:00", "2027-02-10": "10:00"} {
			at, ok := p.Newsroom.Calendar[0].At(date, muscat)
			if !ok || at.Format("15:04") != want {
				t.Errorf("morning of %s: %v %v, want %s", date, at, ok, want)
			}
		}
		if at, ok := p.Newsroom.Calendar[1].At("2027-01-08", muscat); ok {
			t.Errorf("noon of a Friday: %v", at)
		}
		friday := []time.Weekday{time.Friday}
		if want := []editor.Preset{{Name: "رمضان", Hours: []editor.Hour{
			{Slot: "morning", Weekdays: friday, At: "11:00"}, {Slot: "evening", At: "22:30"}, {Slot: "morning", At: "10:00"}, {Slot: "noon"},
		}}}; !reflect.DeepEqual(p.Presets, want) {
			t.Errorf("the ready calendars are %+v", p.Presets)
		}
	})
}

func TestScaffoldOfFeed(t *testing.T) {
	for name, c := range map[string]struct {
		site feed.Site
		want []news.Slug
	}{
		"no categories":   {feed.Site{URL: "https://n.example/", Name: "موقع", Kind: feed.Feed, Address: "https://n.example/feed/"}, []news.Slug{"news"}},
		"home's own list": {feed.Site{URL: "https://n.example/", Kind: feed.Feed, Address: "https://n.example/feed/", Categories: []feed.SiteCategory{{Name: "رياضة"}, {Name: "أخبار"}}}, []news.Slug{"sports", "news"}},
		"says nothing":    {feed.Site{URL: "https://n.example/", Address: "https://n.example/"}, []news.Slug{"news"}},
	} {
		p, err := wire.ParseConfig("x.yaml", wire.Scaffold(c.site))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []news.Slug
		for _, s := range p.Newsroom.Tree.All() {
			got = append(got, s.Slug)
		}
		if strings.Join(words(got), " ") != strings.Join(words(c.want), " ") {
			t.Errorf("%s: sections %v, want %v", name, got, c.want)
		}
		if v := p.Rules.Judge(news.Article{Title: "x", Source: "site"}); v.Section != "news" {
			t.Errorf("%s: an article without category goes to %s", name, v.Section)
		}
	}
}

func words(slugs []news.Slug) []string {
	out := make([]string, len(slugs))
	for i, s := range slugs {
		out[i] = string(s)
	}
	return out
}

func TestScaffoldZone(t *testing.T) {
	for said, want := range map[string]string{
		"Asia/Muscat": "Asia/Muscat", "Africa/Cairo": "Africa/Cairo", "+04:00": "Asia/Muscat", "+03:00": "Asia/Riyadh",
		"+02:00": "Etc/GMT-2", "-05:00": "Etc/GMT+5", "+00:00": "UTC", "+05:30": "Asia/Muscat", "": "Asia/Muscat", "nonsense": "Asia/Muscat",
	} {
		p, err := wire.ParseConfig("x.yaml", wire.Scaffold(feed.Site{URL: "https://n.example/", Address: "https://n.example/", Zone: said}))
		if err != nil {
			t.Errorf("%q: %v", said, err)
		} else if got := p.Newsroom.Zone.String(); got != want {
			t.Errorf("%q became %s, want %s", said, got, want)
		}
	}
}

// TestScaffoldManySections keeps the menu readable, and every parent that has
// kept children.
func TestScaffoldManySections(t *testing.T) {
	site := feed.Site{URL: "https://n.example/", Address: "https://n.example/", Kind: feed.WordPress}
	for i := 1; i <= 120; i++ {
		site.Categories = append(site.Categories, feed.SiteCategory{ID: i, Name: "قسم", Parent: i / 3, Count: i % 7})
	}
	text := wire.Scaffold(site)
	p, err := wire.ParseConfig("x.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(p.Newsroom.Tree.All()); n != 40 {
		t.Errorf("%d sections", n)
	}
	if n := strings.Count(string(text), "categories: [قسم]"); n != 1 {
		t.Errorf("%d sections claim the same name", n)
	}
}

// FuzzScaffold: whatever a site calls itself, the configuration can be read,
// and the names that it kept are in it.
func FuzzScaffold(f *testing.F) {
	f.Add("عاشق عُمان", "أخبار", "a: b # c", 1, 2, "+04:00", "note\n}: {")
	f.Add("on", "- x", "'\"\\\u2028\u0085", 2, 1, "Asia/Muscat", "{{.Name}}")
	f.Add("", "", "\x00\xff", 1, 1, "", "")
	f.Fuzz(func(t *testing.T, name, first, second string, parentOfFirst, parentOfSecond int, zone, note string) {
		site := feed.Site{
			URL: "https://n.example/", Address: "https://n.example/", Name: name, Description: second, Zone: zone, Kind: feed.WordPress,
			Language: note, Notes: []string{note},
			Categories: []feed.SiteCategory{
				{ID: 1, Name: first, Slug: second, Parent: parentOfFirst, Count: 3},
				{ID: 2, Name: second, Slug: first, Parent: parentOfSecond, Count: 4},
			},
		}
		text := wire.Scaffold(site)
		p, err := wire.ParseConfig("x.yaml", text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if p.Newsroom.Name == "" || len(p.Newsroom.Tree.All()) == 0 {
			t.Fatalf("nothing came of it:\n%s", text)
		}
		for _, s := range p.Newsroom.Tree.All() {
			if strings.ContainsAny(s.Name, "\n\r\u2028") {
				t.Fatalf("the name %q is no line", s.Name)
			}
		}
	})
}

// TestScaffoldOfSample: every article of the sample newsroom finds a section of
// its own, and the forms are what their names say.
func TestScaffoldOfSample(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sample, err := feedtest.NewSample(time.Now())
		if err != nil {
			t.Fatal(err)
		}
		site := &feedtest.Site{Base: "https://news.example", Now: time.Now}
		site.Fill(sample)
		fetcher := wire.NewFetcher(site.Client().Transport, time.Now, "test")
		p, err := wire.ParseConfig("x.yaml", wire.Scaffold(probe(t, site.Client().Transport, time.Now)))
		if err != nil {
			t.Fatal(err)
		}
		in, err := feed.Inspect(t.Context(), fetcher, p.Sources[0].Source())
		if err != nil {
			t.Fatal(err)
		}
		forms := map[news.Form]int{}
		for _, r := range in.Records {
			a := p.Rules.Assign(r.Article)
			forms[a.Form]++
			if !a.Matched {
				t.Errorf("no section wants %q of %v", a.Title, a.Categories)
			}
		}
		if forms[news.Poem] == 0 || forms[news.Check] == 0 {
			t.Errorf("forms %v", forms)
		}
	})
}
