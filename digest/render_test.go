package digest_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

var update = flag.Bool("update", false, "write the golden files again")

var sections = []news.Section{
	{Slug: "news", Name: "أخبار"},
	{Slug: "weather", Parent: "news", Name: "الطقس"},
	{Slug: "jobs", Name: "وظائف وتدريب"},
	{Slug: "culture", Name: "ثقافة وأدب"},
	{Slug: "poetry", Parent: "culture", Name: "شعر", Form: news.Poem},
	{Slug: "rumours", Name: "لا للشائعات", Form: news.Check},
}

func newsroom(t *testing.T) digest.Newsroom {
	return digest.Newsroom{
		Name: "عاشق عُمان", Zone: zone(t, "Asia/Muscat"), Tree: news.NewTree(sections), Calendar: omani(t),
		Night: digest.Night{From: 22 * 60, To: 7 * 60}, Limits: digest.Limits{PerSection: 2},
	}
}

func article(id int, section news.Slug, title, lead string) news.Article {
	return news.Article{
		ID: news.ArticleID(id), Source: "site", Section: section, Title: title, Lead: lead,
		URL: "https://news.example/?p=" + string(rune('0'+id)),
	}
}

func poem() news.Article {
	a := article(5, "poetry", "نشيد الفلج", "")
	a.Form, a.Author = news.Poem, "سالم بن حمد"
	a.Body = "يا ماءُ سِرْ في عُروقِ الأرضِ مبتسمًا\nفالنخلُ أوصى بكَ الأجدادَ والقِمَما\nما جفَّ فلجٌ وفي الوادي سواعدُنا\nولا انحنى جبلٌ من شوقِهِ انسجما"
	return a
}

// show writes a message as a person can read it: styles as in Markdown, a rule
// between blocks, direction marks as «R».
func show(m news.Message) string {
	var b strings.Builder
	for i, block := range m.Blocks {
		if i > 0 {
			b.WriteString("\n---\n")
		}
		for _, s := range block {
			text := strings.ReplaceAll(s.Text, "\u200f", "«R»")
			if s.Style&news.Bold != 0 {
				text = "**" + text + "**"
			}
			if s.Link != "" {
				text = "[" + text + "](" + s.Link + ")"
			}
			b.WriteString(text)
		}
	}
	for _, row := range m.Buttons {
		b.WriteString("\n[[")
		for _, button := range row {
			b.WriteString(" " + button.Label + " = " + button.Data)
		}
		b.WriteString(" ]]")
	}
	if m.Preview != "" {
		b.WriteString("\npreview: " + m.Preview)
	}
	return b.String() + "\n"
}

func TestMessagesLookAsTheyShould(t *testing.T) {
	room := newsroom(t)
	more := func(s news.Section) (news.Button, bool) {
		return news.Button{Label: "المزيد: " + s.Name, Data: "l:" + string(s.Slug)}, true
	}
	tree := room.Tree
	chapter := func(slug news.Slug, more int, articles ...news.Article) digest.Chapter {
		s, _ := tree.Find(slug)
		return digest.Chapter{Section: s, Articles: articles, More: more}
	}
	check := article(6, "rumours", "هل تُغلق الشواطئ أسبوعًا كاملًا؟", "الخبر المتداول غير صحيح، ولم يصدر أي قرار بهذا الشأن.")
	check.Form = news.Check
	draft := digest.Draft{
		Name: "المساء", Time: at(t, room.Zone, "2025-11-23 20:00"),
		Chapters: []digest.Chapter{
			chapter("weather", 7, article(1, "weather", "أمطار متفرقة على جبال الحجر", "تتأثر محافظات شمال الشرقية والداخلية بأخدود من منخفض جوي."), article(2, "weather", "CNN: موجة حر في الخليج", "")),
			chapter("jobs", 0, article(3, "jobs", "5 وظائف شاغرة في مكتبة الوادي", "التقديم حتى نهاية الشهر.")),
			chapter("poetry", 1, poem()),
			chapter("rumours", 0, check),
		},
	}
	long := poem()
	long.Title = strings.Repeat("عنوان طويل ", 60)
	english := room
	english.Language = digest.English
	alertTime := at(t, room.Zone, "2025-11-23 14:32")
	for name, m := range map[string]news.Message{
		"edition":         digest.Setter{Newsroom: room, Links: true, More: more}.Edition(draft),
		"edition-plain":   digest.Setter{Newsroom: room}.Edition(draft),
		"edition-english": digest.Setter{Newsroom: english, Links: true}.Edition(draft),
		"alert":           digest.Setter{Newsroom: room, Links: true}.Alert("إغلاق طريق الوادي الكبير بسبب جريان الشعاب", "دعت الجهات المختصة السائقين إلى سلوك الطريق البديل.", "https://news.example/?p=9", news.Plain, alertTime),
		"alert-trial":     digest.Setter{Newsroom: room}.Trial(digest.Setter{Newsroom: room}.Alert("توقف مؤقت للعبّارات بين الميناء والجزيرة", "", "", news.Plain, alertTime)),
		"alert-words":     digest.Setter{Newsroom: room}.Alert("توقف مؤقت للعبّارات بين الميناء والجزيرة", "", "", news.Plain, alertTime),
		"single":          digest.Setter{Newsroom: room, Links: true}.Single(article(1, "weather", "أمطار متفرقة على جبال الحجر", "تتأثر محافظات شمال الشرقية والداخلية بأخدود من منخفض جوي.")),
		"single-poem":     digest.Setter{Newsroom: room, Links: true}.Single(poem()),
		"single-check":    digest.Setter{Newsroom: room, Links: true}.Single(check),
		"single-long":     digest.Setter{Newsroom: room, Links: true}.Single(long),
	} {
		golden(t, filepath.Join("testdata", name+".txt"), show(m))
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
	}
}

// However long titles, leads and lists are, a digest is parted between
// articles and never inside one.
func TestEditionsPartBetweenArticles(t *testing.T) {
	room := newsroom(t)
	room.Limits.PerSection = 50
	var articles []news.Article
	for i := range 120 {
		a := article(i%9+1, sections[i/20].Slug, strings.Repeat("عنوان خبر طويل ", 1+i), strings.Repeat("فقرة أولى من الخبر. ", i))
		a.Body, a.Author = strings.Repeat("بيتٌ من الشعر الطويل\n", i), strings.Repeat("اسم ", i)
		a.Form = sections[i/20].Form
		articles = append(articles, a)
	}
	d := digest.Draft{Name: "الصباح", Time: time.Unix(1_700_000_000, 0).In(room.Zone)}
	for i, s := range sections {
		d.Chapters = append(d.Chapters, digest.Chapter{Section: s, Articles: articles[i*20 : i*20+20]})
	}
	limits := bots.Limits{Text: 4096, Caption: 1024}
	for _, links := range []bool{true, false} {
		m := digest.Setter{Newsroom: room, Links: links}.Edition(d)
		for i, b := range m.Blocks {
			if b.Units() > limits.Text {
				t.Fatalf("block %d alone is longer than a message: %d", i, b.Units())
			}
		}
		parts := bots.Split(m, limits)
		if len(parts) < 5 {
			t.Fatalf("%d parts only", len(parts))
		}
		var whole []string
		for _, p := range parts {
			whole = append(whole, p.Text.String())
			for line := range strings.SplitSeq(p.Text.String(), "\n") {
				if arabic.NeedsMark(line) {
					t.Errorf("a line would be set from the left: %q", line)
				}
			}
		}
		var blocks []string
		for _, b := range m.Blocks {
			blocks = append(blocks, b.String())
		}
		if strings.Join(whole, "\n\n") != strings.Join(blocks, "\n\n") {
			t.Error("the parts do not add up to the blocks")
		}
	}
}
