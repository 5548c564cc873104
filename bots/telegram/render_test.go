package telegram

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-telegram/bot/models"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

func TestRender(t *testing.T) {
	const url = "https://example.com/1"
	tests := []struct {
		name string
		text news.Text
		want string // words, then type offset+length
	}{
		{"plain", news.T("خبر"), "خبر"},
		{"bold", news.Join(news.T("خبر "), news.B("عاجل")), "خبر عاجل|bold 4+4"},
		{"offsets are UTF-16", news.Join(news.T("🔴 "), news.B("👨‍👩‍👧‍👦")), "🔴 👨‍👩‍👧‍👦|bold 3+11"},
		{"link", news.L("رابط", url), "رابط|text_link 0+4 " + url},
		{"bold link", news.Text{{Text: "رابط", Style: news.Bold, Link: url}}, "رابط|bold 0+4|text_link 0+4 " + url},
		{"neighbours are one", news.Text{{Text: "أ", Style: news.Bold}, {Text: "ب", Style: news.Bold | news.Italic}}, "أب|bold 0+2|italic 1+1"},
		{"a quote of several runs", news.Text{{Text: "أ", Style: news.Quote}, {Text: "ب", Style: news.Quote | news.Bold}}, "أب|blockquote 0+2|bold 1+1"},
		{"two quotes", news.Text{{Text: "أ", Style: news.Quote}, {Text: "\n"}, {Text: "ب", Style: news.Quote}}, "أ\nب|blockquote 0+1|blockquote 2+1"},
		{"a link over two runs", news.Text{{Text: "أ", Link: url}, {Text: "ب", Style: news.Strike, Link: url}}, "أب|text_link 0+2 " + url + "|strikethrough 1+1"},
		{"two links", news.Text{{Text: "أ", Link: url}, {Text: "ب", Link: url + "2"}}, "أب|text_link 0+1 " + url + "|text_link 1+1 " + url + "2"},
		{"code stands alone", news.Text{{Text: "x", Style: news.Code | news.Bold, Link: url}}, "x|code 0+1"},
		{"no other links", news.L("رابط", "javascript:alert(1)"), "رابط"},
		{"empty runs", news.Text{{Text: "", Style: news.Bold}, {Text: "أ"}}, "أ"},
		{"invalid bytes", news.Join(news.T("\xff"), news.B("أ")), "\ufffdأ|bold 1+1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, entities := render(tt.text)
			for _, e := range entities {
				got += strings.TrimRight(fmt.Sprintf("|%s %d+%d %s", e.Type, e.Offset, e.Length, e.URL), " ")
			}
			if got != tt.want {
				t.Errorf("it is %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRenderKeepsLinksBeforeLooks(t *testing.T) {
	var text news.Text
	for i := range 80 {
		text = append(text, news.Span{Text: "ع", Style: news.Bold}, news.Span{Text: "ر", Link: fmt.Sprintf("https://example.com/%d", i)})
	}
	_, entities := render(text)
	links := 0
	for _, e := range entities {
		if e.Type == models.MessageEntityTypeTextLink {
			links++
		}
	}
	if len(entities) != maxEntities || links != 80 {
		t.Errorf("%d entities with %d links, want %d with 80", len(entities), links, maxEntities)
	}
}

func TestKeys(t *testing.T) {
	row := []news.Button{{Label: "نعم", Data: "yes"}, {Label: "لا", Data: "no"}, {Label: "الموقع", URL: "https://example.com", Data: "both"}}
	english := []news.Button{{Label: "Yes", Data: "yes"}, {Label: "No", Data: "no"}}
	numbers := []news.Button{{Label: "1", Data: "1"}, {Label: "2", Data: "2"}}
	tests := []struct {
		name string
		m    bots.Message
		want string
	}{
		{"none", bots.Message{Text: news.T("خبر")}, ""},
		{"from the right", bots.Message{Text: news.T("هل؟"), Buttons: [][]news.Button{row}}, "الموقع=https://example.com لا=no نعم=yes"},
		{"a marked line", bots.Message{Text: news.T("\u200fOman News"), Buttons: [][]news.Button{english}}, "No=no Yes=yes"},
		{"from the left", bots.Message{Text: news.T("Well?"), Buttons: [][]news.Button{english}}, "Yes=yes No=no"},
		{"the buttons decide", bots.Message{Text: news.T("…"), Buttons: [][]news.Button{english}}, "Yes=yes No=no"},
		{"nothing decides", bots.Message{Text: news.T("…"), Buttons: [][]news.Button{numbers}}, "2=2 1=1"},
		{"ticked", bots.Message{Text: news.T("هل؟"), Buttons: [][]news.Button{{{Label: "الطقس", Data: "w", On: true}}}}, "\u2713 الطقس=w"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			if k := keys(tt.m); k != nil {
				for _, b := range k.Rows[0] {
					got = append(got, b.Text+"="+b.URL+b.Data)
				}
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("from left to right: %q, want %q", got, tt.want)
			}
		})
	}
}
