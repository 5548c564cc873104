package arabic_test

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/nashra-bot/nashra/news/arabic"
)

func TestUnits(t *testing.T) {
	for s, want := range map[string][2]int{
		"": {0, 0}, "عمان": {4, 4}, "مُمَثَّلةً": {10, 10}, "👨‍👩‍👧‍👦": {11, 7}, "🔴": {2, 1},
	} {
		if got := arabic.Units(s); got != want[0] {
			t.Errorf("Units(%q) = %d, want %d", s, got, want[0])
		}
		if got := arabic.Runes(s); got != want[1] {
			t.Errorf("Runes(%q) = %d, want %d", s, got, want[1])
		}
	}
}

func TestClip(t *testing.T) {
	tests := []struct {
		in   string
		max  int
		want string
	}{
		{"", 0, ""},
		{"خبر", 3, "خبر"},
		{"خبر", 0, ""},
		{"خبر", -1, ""},
		{"خبر طويل", 1, "…"},
		{"خبر طويل", 4, "خبر…"},
		{"خبر طويل", 7, "خبر…"},
		{"السلطان يفتتح الميناء الجديد", 22, "السلطان يفتتح الميناء…"},
		{"السلطان يفتتح الميناء الجديد", 21, "السلطان يفتتح…"},
		{"يزور السلطان مدينة صلالة، في الخريف", 30, "يزور السلطان مدينة صلالة…"},
		{"الرئيس يصل إلى مسقط غدًا", 17, "الرئيس يصل…"},
		{"الشاعر علي الحبسي يقرأ", 11, "الشاعر علي…"},
		{"قال الوزير: «نعم للتطوير»", 14, "قال الوزير…"},
		{"كلمةطويلةجدابلامسافات", 8, "كلمةطوي…"},
		{"في من إلى على عن", 6, "في من…"},
		{"،،،،،،", 3, "،،…"},
		{"مُمَثَّلةً", 4, "مُ…"},
		{"👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 12, "👨‍👩‍👧‍👦…"},
		{"👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 11, "…"},
		{"انظر https://example.om/a/b/c/d", 25, "انظر https://example.om…"},
		{"التقى الوفد يوم الأحد 23/11/2025 بالوزير", 28, "التقى الوفد يوم الأحد…"},
	}
	for _, tt := range tests {
		if got := arabic.Clip(tt.in, tt.max); got != tt.want {
			t.Errorf("Clip(%q, %d) = %q, want %q", tt.in, tt.max, got, tt.want)
		}
	}
}

func TestClipLines(t *testing.T) {
	const poem = "قفا نبك من ذكرى\nحبيب ومنزل\n\nبسقط اللوى\n"
	tests := []struct {
		in   string
		max  int
		want string
	}{
		{poem, 100, poem},
		{poem, arabic.Units(poem), poem},
		{poem, 30, "قفا نبك من ذكرى\nحبيب ومنزل\n…"},
		{poem, 28, "قفا نبك من ذكرى\nحبيب ومنزل\n…"},
		{poem, 27, "قفا نبك من ذكرى\n…"},
		{poem, 17, "قفا نبك من ذكرى\n…"},
		{poem, 16, "…"},
		{poem, 0, ""},
		{"سطر واحد لا ينتهي", 8, "…"},
		{"سطر\r\nآخر طويل", 7, "سطر\n…"},
	}
	for _, tt := range tests {
		if got := arabic.ClipLines(tt.in, tt.max); got != tt.want {
			t.Errorf("ClipLines(%q, %d) = %q, want %q", tt.in, tt.max, got, tt.want)
		}
	}
}

func FuzzClip(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, i)
		f.Add(strings.Repeat(s+" ", 4), 10*i)
	}
	f.Fuzz(func(t *testing.T, s string, max int) {
		got := arabic.Clip(s, max)
		lines := arabic.ClipLines(s, max)
		if len(utf16.Encode([]rune(got))) > max && got != "" || len(utf16.Encode([]rune(lines))) > max && lines != "" {
			t.Errorf("Clip(%q, %d) = %q, ClipLines = %q: too long", s, max, got, lines)
		}
		if got == s {
			return
		}
		kept := strings.TrimSuffix(got, "…")
		if !strings.HasPrefix(s, kept) {
			t.Fatalf("Clip(%q, %d) = %q is no beginning of it", s, max, got)
		}
		at, rest, state := 0, s, -1
		for at < len(kept) {
			var cluster string
			cluster, rest, _, state = uniseg.StepString(rest, state)
			at += len(cluster)
		}
		if at != len(kept) {
			t.Errorf("Clip(%q, %d) = %q tears a grapheme", s, max, got)
		}
		if utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Errorf("Clip(%q, %d) = %q is not UTF-8", s, max, got)
		}
		kept = strings.TrimSuffix(strings.TrimSuffix(lines, "…"), "\n")
		if tail, ok := strings.CutPrefix(s, kept); !ok || kept != "" && strings.TrimLeft(tail, "\r\n") == tail {
			t.Errorf("ClipLines(%q, %d) = %q is not whole lines", s, max, lines)
		}
	})
}
