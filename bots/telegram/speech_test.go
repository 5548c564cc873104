package telegram

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestListenTo(t *testing.T) {
	a := &Adapter{id: 7, username: "News_Bot"}
	mention := func(from, n int) []entity { return []entity{{Type: "mention", Offset: from, Length: n}} }
	tests := []struct {
		text     string
		entities []entity
		want     heard
	}{
		{"/start", nil, heard{"/start", "", true}},
		{"/start weather", nil, heard{"/start weather", "weather", true}},
		{"/start@news_bot weather_1-a", nil, heard{"/start weather_1-a", "weather_1-a", true}},
		{"/START x", nil, heard{"/START x", "x", true}},
		{"/start الطقس", nil, heard{"/start الطقس", "", true}},
		{"/start " + strings.Repeat("x", 65), nil, heard{"/start " + strings.Repeat("x", 65), "", true}},
		{"/help me", nil, heard{"/help me", "", true}},
		{"/help@NEWS_BOT", nil, heard{"/help", "", true}},
		{"/help@other_bot", nil, heard{"/help@other_bot", "", false}},
		{"/help@", nil, heard{"/help@", "", false}},
		{"/مساعدة", nil, heard{"/مساعدة", "", false}},
		{"/", nil, heard{"/", "", false}},
		{"//x", nil, heard{"//x", "", false}},
		{"كلام عادي", nil, heard{"كلام عادي", "", false}},
		{"@news_bot الأخبار", mention(0, 9), heard{"الأخبار", "", true}},
		{"@news_bot، الأخبار", mention(0, 9), heard{"الأخبار", "", true}},
		{"الأخبار @News_Bot من فضلك", mention(8, 9), heard{"الأخبار من فضلك", "", true}},
		{"🔴🔴 @news_bot", mention(5, 9), heard{"🔴🔴", "", true}},
		{"@other_bot الأخبار", mention(0, 10), heard{"@other_bot الأخبار", "", false}},
		{"أهلا /start@news_bot", []entity{{Type: "bot_command", Offset: 5, Length: 15}}, heard{"أهلا /start", "", true}},
		{"سالم تعال", []entity{{Type: "text_mention", Offset: 0, Length: 4, User: &user{ID: 7}}}, heard{"سالم تعال", "", true}},
		{"سالم تعال", []entity{{Type: "text_mention", Offset: 0, Length: 4, User: &user{ID: 8}}}, heard{"سالم تعال", "", false}},
		{"@news_bot", mention(0, 100), heard{"@news_bot", "", false}},
		{"@news_bot", mention(-1, 9), heard{"@news_bot", "", false}},
		{"", mention(0, 1), heard{"", "", false}},
	}
	for _, tt := range tests {
		if got := a.listenTo(tt.text, tt.entities); got != tt.want {
			t.Errorf("%q is heard as %+v, want %+v", tt.text, got, tt.want)
		}
	}
}

// FuzzListenTo asserts that hearing adds nothing to what was said and that
// the bot's name is gone where it was marked.
func FuzzListenTo(f *testing.F) {
	f.Add("@news_bot أهلا", 0, 9, 3, 2)
	f.Add("🔴 /x@news_bot @news_bot", 3, 11, 15, 9)
	f.Add("/start@news_bot \xff", -5, 1<<62, 1<<62, 1<<62)
	a := &Adapter{id: 7, username: "news_bot"}
	f.Fuzz(func(t *testing.T, text string, from1, n1, from2, n2 int) {
		if !utf8.ValidString(text) {
			return // JSON brings no such text
		}
		got := a.listenTo(text, []entity{
			{Type: "mention", Offset: from1, Length: n1}, {Type: "bot_command", Offset: from2, Length: n2},
		})
		if len(got.text) > len(text) || !utf8.ValidString(got.text) {
			t.Errorf("%q is heard as %q", text, got.text)
		}
		if !got.addressed && got.text != text {
			t.Errorf("not addressed, and yet %q became %q", text, got.text)
		}
		if len(got.start) > maxPayload || got.start != "" && !strings.Contains(text, got.start) {
			t.Errorf("%q starts with %q", text, got.start)
		}
		rest := got.text
		for _, r := range text { // in order, nothing but leaving out
			if s := string(r); strings.HasPrefix(rest, s) {
				rest = rest[len(s):]
			}
		}
		if rest != "" {
			t.Errorf("%q is heard as %q, which it does not say", text, got.text)
		}
	})
}
