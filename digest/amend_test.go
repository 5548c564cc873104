package digest_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

func TestAmendmentsLookAsTheyShould(t *testing.T) {
	room := newsroom(t)
	english := room
	english.Language = digest.English
	clock := at(t, room.Zone, "2025-11-23 14:32")
	set := digest.Setter{Newsroom: room, Links: true}
	plain := digest.Setter{Newsroom: room}
	en := digest.Setter{Newsroom: english, Links: true}
	weather := article(1, "weather", "أمطار متفرقة على جبال الحجر", "")
	section, _ := room.Tree.Find("weather")
	for name, m := range map[string]news.Message{
		"correction": set.Correction("إعادة فتح طريق الوادي الكبير عند الرابعة عصرًا", "أكدت الجهات المختصة سلامة الطريق.",
			"إعادة فتح طريق الوادي الكبير\nعند الرابعة صباحًا", "https://news.example/?p=9", news.Plain, clock),
		"correction-plain":   plain.Correction("توقفت العبّارات حتى المساء", "", strings.Repeat("توقفت العبّارات حتى الصباح، ", 12), "", news.Plain, clock),
		"correction-same":    set.Correction("توقفت العبّارات حتى المساء", "", "توقفت  العبّارات حتى المساء", "", news.Plain, clock),
		"correction-english": en.Correction("The road opens at 4 pm", "", "The road opens at 4 am", "https://news.example/?p=9", news.Plain, clock),
		"correction-edition": set.Revision(digest.Draft{Time: clock, Chapters: []digest.Chapter{{Section: section, Articles: []news.Article{weather, weather}}}}),
		"withdrawal":         set.Withdrawal("لم تصدر الجهة المنسوب إليها الخبر أي بيان.", clock),
		"withdrawal-bare":    plain.Withdrawal(" ", clock),
		"withdrawal-english": en.Withdrawal("", clock),
	} {
		golden(t, filepath.Join("testdata", name+".txt"), show(m))
	}
}

// Whatever was wrong, and however long, a correction stays one message.
func TestACorrectionIsOneMessage(t *testing.T) {
	set := digest.Setter{Newsroom: newsroom(t), Links: true}
	m := set.Correction(strings.Repeat("عنوان ", 60), strings.Repeat("نص طويل. ", 400), strings.Repeat("خطأ ", 4000), "https://news.example/?p=9", news.Plain, time.Unix(1_700_000_000, 0))
	if parts := bots.Split(m, bots.Limits{Text: 4096, Caption: 1024}); len(parts) != 1 {
		t.Errorf("%d parts", len(parts))
	}
}
