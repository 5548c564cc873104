package talk_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

const (
	telegram news.AccountID = "telegram:7"
	whatsapp news.AccountID = "whatsapp:7"
)

func muscat() *time.Location { return time.FixedZone("Asia/Muscat", 4*3600) }

func tree() news.Tree {
	return news.NewTree([]news.Section{
		{Slug: "news", Name: "أخبار"},
		{Slug: "weather", Parent: "news", Name: "الطقس", Synonyms: []string{"الجو", "الأرصاد"}},
		{Slug: "oman-news", Parent: "news", Name: "Oman News"},
		{Slug: "articles", Name: "مقالات"},
		{Slug: "jobs", Name: "وظائف وتدريب", Synonyms: []string{"شواغر"}},
		{Slug: "culture", Name: "ثقافة وأدب"},
		{Slug: "poetry", Parent: "culture", Name: "شعر", Synonyms: []string{"قصائد"}, Form: news.Poem},
		{Slug: "thoughts", Parent: "culture", Name: "خواطر"},
		{Slug: "stories", Parent: "culture", Name: "قصص وروايات"},
		{Slug: "rumours", Name: "لا للشائعات", Synonyms: []string{"الشائعات"}, Form: news.Check},
	})
}

func settings(l talk.Language) talk.Settings {
	s := talk.Settings{
		Newsroom: "عاشق عُمان", About: "أخبار عُمان وأهلها، بلا شائعات.", Language: l, Zone: muscat(), Tree: tree(),
		Slots: []talk.Slot{
			{Name: "morning", Label: "الصباح", Hour: "07:00"},
			{Name: "noon", Label: "الظهر", Hour: "13:00"},
			{Name: "evening", Label: "المساء", Hour: "20:00"},
		},
		Night:   talk.Night{From: "22:00", To: "07:00"},
		Default: talk.Default{Slots: []news.Slot{"evening"}},
		Contact: "privacy@example.om", Link: "https://t.me/nashra_bot?start=",
	}
	if l == talk.English {
		s.Newsroom, s.About = "Oman Lover", "news of Oman, without rumours."
		s.Slots[0].Label, s.Slots[1].Label, s.Slots[2].Label = "Morning", "Noon", "Evening"
	}
	return s
}

// sample is what the site published before a conversation begins.
func sample(now time.Time) []news.Article {
	var out []news.Article
	for i, a := range []struct {
		section news.Slug
		title   string
		age     time.Duration
		form    news.Form
	}{
		{"poetry", "من ديوان البحر", 49 * time.Hour, news.Poem},
		{"jobs", "شواغر للمهندسين في صحار", 20 * time.Hour, ""},
		{"rumours", "لا صحة لخبر إغلاق طريق نزوى", 5 * time.Hour, news.Check},
		{"oman-news", "Muscat hosts a book fair", 3 * time.Hour, ""},
		{"weather", "أمطار متوقعة على جبال الحجر", 40 * time.Minute, ""},
	} {
		at := now.Add(-a.age)
		out = append(out, news.Article{
			ID: news.ArticleID(i + 1), Source: "site", Key: "wp:" + string(rune('1'+i)), Section: a.section, Title: a.title,
			URL: "https://example.om/?p=" + string(rune('1'+i)), Published: at, Arrived: at, Form: a.form, Lead: "سطر أول.",
		})
	}
	return out
}

// newsstand makes digests of what a memory holds.
type newsstand struct {
	store *recorder
	tree  func() news.Tree
	now   func() time.Time
	fail  bool
}

func (n *newsstand) DigestNow(_ context.Context, r news.Reader) (news.Message, news.ArticleID, error) {
	if n.fail {
		return news.Message{}, 0, errors.New("make a digest: the shelf is empty")
	}
	floor := r.Floor
	var titles []string
	for _, a := range slices.Backward(n.store.articles) {
		if a.ID > r.Floor && a.Arrived.After(n.now().Add(-24*time.Hour)) && n.tree().Follows(r.Follows, a.Section) {
			titles = append(titles, a.Title)
			floor = max(floor, a.ID)
		}
	}
	if len(titles) == 0 {
		return news.Message{}, floor, nil
	}
	return news.Say(news.B("موجز"), news.T(strings.Join(titles, "\n"))), floor, nil
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }
