package bots_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

func TestSplit(t *testing.T) {
	five := func(s string) news.Text { return news.T(strings.Repeat(s, 5)) }
	tests := []struct {
		name   string
		blocks []news.Text
		limit  int
		want   []string
	}{
		{"nothing", nil, 20, []string{""}},
		{"one block", []news.Text{news.T("خبر")}, 20, []string{"خبر"}},
		{"blocks that fit together", []news.Text{news.T("خبر"), news.T("وخبر")}, 20, []string{"خبر\n\nوخبر"}},
		{"the gap counts", []news.Text{five("أ"), five("ب")}, 12, []string{"أأأأأ\n\nببببب"}},
		{"and is too much here", []news.Text{five("أ"), five("ب")}, 11, []string{"أأأأأ", "ببببب"}},
		{"blocks go over whole", []news.Text{five("أ"), five("ب"), five("ج")}, 12, []string{"أأأأأ\n\nببببب", "ججججج"}},
		{"a long block breaks at a line", []news.Text{news.T("سطر أول\nسطر ثان")}, 10, []string{"سطر أول", "سطر ثان"}},
		{"else at a space", []news.Text{news.T("كلمة وكلمة وكلمة")}, 11, []string{"كلمة وكلمة", "وكلمة"}},
		{"else between characters", []news.Text{news.T("طويلةجدا")}, 5, []string{"طويلة", "جدا"}},
		{"never inside a pair of units", []news.Text{news.T("😀😀😀")}, 3, []string{"😀", "😀", "😀"}},
		{"a cut block's rest takes the next", []news.Text{news.T("كلمة وكلمة وكلمة"), news.T("خبر")}, 12, []string{"كلمة وكلمة", "وكلمة\n\nخبر"}},
		{"white space is no block", []news.Text{five("أ"), news.T(" \n"), five("ب")}, 5, []string{"أأأأأ", "ببببب"}},
		{"invalid bytes", []news.Text{news.T("\xff\xfe\xfd\xfc\xfb\xfa")}, 4, []string{"\xff\xfe\xfd\xfc", "\xfb\xfa"}},
		{"no limit", []news.Text{news.T(strings.Repeat("خبر ", 5000))}, 0, []string{strings.Repeat("خبر ", 5000)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			parts := bots.Split(news.Message{Blocks: tt.blocks}, bots.Limits{Text: tt.limit})
			var got []string
			for _, p := range parts {
				got = append(got, p.Text.String())
			}
			if strings.Join(got, "|") != strings.Join(tt.want, "|") {
				t.Errorf("parts are %q, want %q", got, tt.want)
			}
		})
	}
}

// A voice note goes by itself, before its words and what stands under them.
func TestSplitVoice(t *testing.T) {
	m := news.Message{
		Blocks: []news.Text{news.T("خبر")}, Media: news.Media{Kind: news.MediaVoice, Ref: news.FileRef("a")},
		Buttons: [][]news.Button{{{Label: "نعم", Data: "x"}}},
	}
	parts := bots.Split(m, bots.Limits{Text: 100, Caption: 50})
	if len(parts) != 2 || parts[0].Media != m.Media || len(parts[0].Text) != 0 || parts[0].Buttons != nil || parts[1].Text.String() != "خبر" || !parts[1].Media.None() || parts[1].Buttons == nil {
		t.Errorf("parts are %+v", parts)
	}
	m.Blocks = nil
	if parts := bots.Split(m, bots.Limits{Text: 100, Caption: 50}); len(parts) != 1 || parts[0].Media != m.Media {
		t.Errorf("without words they are %+v", parts)
	}
}

func TestSplitKeepsStylesAndLinks(t *testing.T) {
	block := news.Join(news.B("عنوان طويل جدا"), news.T(" و"), news.L("رابط الخبر", "https://example.com"))
	parts := bots.Split(news.Message{Blocks: []news.Text{block}}, bots.Limits{Text: 18})
	if len(parts) != 2 {
		t.Fatalf("%d parts: %+v", len(parts), parts)
	}
	if s := parts[0].Text[0]; s.Style != news.Bold || s.Text != "عنوان طويل جدا" {
		t.Errorf("the first part starts with %+v", s)
	}
	last := parts[1].Text[len(parts[1].Text)-1]
	if last.Link != "https://example.com" || !strings.HasSuffix(last.Text, "الخبر") {
		t.Errorf("the second part ends with %+v", last)
	}
}

func TestSplitPlacesTheRest(t *testing.T) {
	long := []news.Text{news.T(strings.Repeat("ا", 30)), news.T(strings.Repeat("ب", 30))}
	buttons := [][]news.Button{{{Label: "المزيد", Data: "more"}}}
	limits := bots.Limits{Text: 40, Caption: 20}
	file := news.Media{Kind: news.MediaVideo, Ref: news.FileRef("a")}
	tests := []struct {
		name           string
		message        news.Message
		photo, preview string // of the first part
		parts          int
	}{
		{"a short caption", news.Message{Blocks: []news.Text{news.T("خبر")}, Media: news.PhotoAt("https://x/p"), Buttons: buttons}, "https://x/p", "", 1},
		{"too long for a caption", news.Message{Blocks: long[:1], Media: news.PhotoAt("https://x/p"), Buttons: buttons}, "", "https://x/p", 1},
		{"several parts", news.Message{Blocks: long, Media: news.PhotoAt("https://x/p"), Buttons: buttons}, "", "https://x/p", 2},
		{"a preview", news.Message{Blocks: long, Preview: "https://x/a", Buttons: buttons, Silent: true}, "", "https://x/a", 2},
		{"a file", news.Message{Blocks: long[:1], Media: file, Preview: "https://x/a"}, file.Ref, "https://x/a", 2},
		{"a file with a short caption", news.Message{Blocks: []news.Text{news.T("خبر")}, Media: file}, file.Ref, "", 1},
		{"a file and several parts", news.Message{Blocks: long, Media: file, Buttons: buttons, Silent: true}, file.Ref, "", 3},
		{"a file and short blocks", news.Message{Blocks: []news.Text{news.T(strings.Repeat("ا", 10)), news.T(strings.Repeat("ب", 10))}, Media: file}, file.Ref, "", 2},
		{"a photo alone", news.Message{Media: news.PhotoAt("https://x/p"), Buttons: buttons}, "https://x/p", "", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			parts := bots.Split(tt.message, limits)
			if len(parts) != tt.parts {
				t.Fatalf("%d parts, want %d", len(parts), tt.parts)
			}
			if parts[0].Media.Ref != tt.photo || parts[0].Preview != tt.preview {
				t.Errorf("the first part has photo %q and preview %q", parts[0].Media.Ref, parts[0].Preview)
			}
			if n := parts[0].Text.Units(); tt.photo != "" && n > limits.Caption {
				t.Errorf("the caption has %d units", n)
			}
			for i, p := range parts {
				last := i == len(parts)-1
				if len(p.Buttons) > 0 != (last && len(tt.message.Buttons) > 0) || i > 0 && (!p.Media.None() || p.Preview != "") || p.Silent != tt.message.Silent {
					t.Errorf("part %d is %+v", i, p)
				}
			}
		})
	}
}

// FuzzSplit asserts that parts keep within the limits, that nothing but white
// space is lost or moved, and that no block is cut that fits a part.
func FuzzSplit(f *testing.F) {
	f.Add("خبر أول\x00خبر ثان طويل بعض الشيء\x00", uint16(12), true)
	f.Add("سطر\nسطر\x00 \x00😀😀😀😀", uint16(3), false)
	f.Add("\xff\xfe x\x00\xff", uint16(2), false)
	f.Add("خبر طويل لا يتسع له تعليق\x00وآخر", uint16(1040), true)
	f.Add(strings.Repeat("\v", 63)+"$"+strings.Repeat("\v", 65), uint16(1090), false) // white space as long as a caption
	f.Add("\xc2\x00\xa0", uint16(68), true)                                           // two bytes that would be one character together
	f.Fuzz(func(t *testing.T, joined string, limit uint16, styled bool) {
		l := bots.Limits{Text: int(limit%200) + 2, Caption: 10}
		l.Caption = min(l.Caption, l.Text)
		m := news.Message{Media: news.PhotoAt("https://example.com/p")}
		if limit >= 1000 {
			m.Media = news.Media{Kind: news.MediaDocument, Ref: news.FileRef("a")}
		}
		for _, b := range strings.Split(joined, "\x00") {
			text := news.T(b)
			if styled {
				half := len(b) / 2
				for half < len(b) && half > 0 && b[half]&0xc0 == 0x80 {
					half++
				}
				text = news.Join(news.B(b[:half]), news.T(b[half:]))
			}
			m.Blocks = append(m.Blocks, text)
		}
		parts := bots.Split(m, l)
		var all strings.Builder
		for i, p := range parts {
			if n := p.Text.Units(); n > l.Text || !p.Media.None() && n > l.Caption {
				t.Errorf("part %d has %d units", i, n)
			}
			if p.Text.Empty() && len(parts) > 1 {
				t.Errorf("part %d is empty", i)
			}
			all.WriteString(p.Text.String() + "\n")
		}
		if got, want := squeeze(all.String()), squeeze(strings.ReplaceAll(joined, "\x00", "\n")); got != want {
			t.Errorf("the parts say %q, want %q", got, want)
		}
		at := 0
		for _, b := range m.Blocks {
			if b.Empty() || b.Units() > l.Text || m.Media.File() && b.Units() > l.Caption {
				continue
			}
			for at < len(parts) && !strings.Contains(parts[at].Text.String(), b.String()) {
				at++
			}
			if at == len(parts) {
				t.Fatalf("the block %q is cut, or out of order", b.String())
			}
		}
	})
}

func squeeze(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if !unicode.IsSpace(r) {
			b.WriteString(s[:n])
		}
		s = s[n:]
	}
	return b.String()
}
