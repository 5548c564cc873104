package arabic_test

import (
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/news/arabic"
)

func TestClean(t *testing.T) {
	tests := []struct{ in, want string }{
		{"plain", "plain"},
		{"\u200fعمان\u202c", "عمان"},
		{"\u202bعمان\u202c \u2066نص\u2069 \u2067آخر\u2069\u061c", "عمان نص آخر"},
		{"\ufeffعُمان\u200b اليوم\u2060", "عُمان اليوم"},
		{"سطر\u2028آخر\u2029ثم", "سطر\nآخر\nثم"},
		{"👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"},
		{"می\u200cروم", "می\u200cروم"},
		{"❤\ufe0f", "❤\ufe0f"},
	}
	for _, tt := range tests {
		if got := arabic.Clean(tt.in); got != tt.want {
			t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestMark(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"\n\n", "\n\n"},
		{"  \n", "  \n"},
		{"خبر", "خبر"},
		{"1. خبر", "1. خبر"},
		{"🔴 عاجل | CNN", "🔴 عاجل | CNN"},
		{"CNN تقول", "\u200fCNN تقول"},
		{"https://example.om/1", "\u200fhttps://example.om/1"},
		{"2025", "\u200f2025"},
		{"🔴", "\u200f🔴"},
		{"موجز\n\n1. Oman\n   https://example.om\nخبر", "موجز\n\n\u200f1. Oman\n\u200f   https://example.om\nخبر"},
		{"\nOman", "\n\u200fOman"},
		{"Oman\r\nعمان", "\u200fOman\r\nعمان"},
		{"\u200fOman", "\u200fOman"},
		{"שלום", "שלום"},
		{"هاتف: " + arabic.Ltr("+968 2412 3456"), "هاتف: \u200e+968 2412 3456"},
		{arabic.Ltr("+968 2412 3456"), "\u200f\u200c\u200e+968 2412 3456"},
	}
	for _, tt := range tests {
		if got := arabic.Mark(tt.in); got != tt.want {
			t.Errorf("Mark(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if got := arabic.Mark(tt.want); got != tt.want {
			t.Errorf("Mark(%q) = %q, want it unchanged", tt.want, got)
		}
	}
}

func TestLtr(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "-5": "\u200e-5", "\u200e-5": "\u200e-5", "2025-11-23": "\u200e2025-11-23",
	} {
		if got := arabic.Ltr(in); got != want {
			t.Errorf("Ltr(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzMark(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean := arabic.Clean(s)
		if again := arabic.Clean(clean); again != clean {
			t.Errorf("Clean is not idempotent: %q, then %q", clean, again)
		}
		if strings.ContainsAny(clean, "\u200e\u200f\u061c\u200b\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") {
			t.Errorf("Clean(%q) = %q keeps a mark", s, clean)
		}
		marked := arabic.Mark(clean)
		if again := arabic.Mark(marked); again != marked {
			t.Errorf("Mark is not idempotent: %q, then %q", marked, again)
		}
		before, after := strings.Split(clean, "\n"), strings.Split(marked, "\n")
		if len(before) != len(after) {
			t.Fatalf("Mark(%q) has %d lines for %d", clean, len(after), len(before))
		}
		for i, line := range after {
			if line != before[i] && line != "\u200f"+before[i] {
				t.Errorf("line %q became %q", before[i], line)
			}
			if arabic.NeedsMark(line) {
				t.Errorf("line %q still needs a mark", line)
			}
		}
	})
}
