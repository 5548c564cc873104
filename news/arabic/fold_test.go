package arabic_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/nashra-bot/nashra/news/arabic"
)

func TestFold(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"   \n\t ", ""},
		{"عُمان", "عمان"},
		{"مُحَمَّد", "محمد"},
		{"سَلْطَنَةُ عُمَان", "سلطنه عمان"},
		{"أإآٱا", "ااااا"},
		{"إلى على", "الي علي"},
		{"مسؤول شؤون القارئ", "مسوول شوون القاري"},
		{"جزء", "جزء"},
		{"عـــمـــان", "عمان"},
		{"گ ک ی ڤيديو پ چ", "ك ك ي فيديو ب ج"},
		{"ﻋﻤﺎﻥ ﻻ", "عمان لا"},
		{"٣ و۴ و5", "3 و4 و5"},
		{"#أخبار_عُمان!", "اخبار عمان"},
		{"«الموجز»، الآن؟", "الموجز الان"},
		{"Oman TV ÉTÉ", "oman tv été"},
		{"\u200fعمان\u202c\u200b \ufeffاليوم", "عمان اليوم"},
		{"می\u200cروم", "ميروم"},
		{"قال:نعم", "قال نعم"},
		{"🔴 عاجل 🔴", "عاجل"},
		{"3\ufe0f\u20e3", "3"},
		{"قرآن\u0670 \u06d6", "قران"},
		{"bad \xff\xfe bytes", "bad bytes"},
		{"ﷺ", "صلي الله عليه وسلم"},
		{"e\u0301", "é"},
		{"\u1100\u200d\u1161", "\uac00"}, // composes once the joiner is gone
	}
	for _, tt := range tests {
		if got := arabic.Fold(tt.in); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestFoldCommand(t *testing.T) {
	tests := []struct{ in, want string }{
		{"/start", "start"},
		{" / Help ", "help"},
		{"/إلغاء", "الغاء"},
		{"٣", "3"},
		{"۳", "3"},
		{"3️⃣", "3"},
		{"1️⃣0️⃣", "10"},
		{"🔟", "10"},
		{"شكراااااا", "شكرا"},
		{"إلغـــــاااء!!!", "الغاء"},
		{"الله", "الله"},
		{"stoppp", "stop"},
		{"1000", "1000"},
		{"؟", "?"},
		{"?", "?"},
		{"\u200f؟؟ ", "?"},
		{"？", "?"},
		{"/?", "?"},
		{"مساعدة؟", "مساعده"},
		{"👍", ""},
		{"/", ""},
		{"!!", ""},
		{"لا تُرسِل", "لا ترسل"},
	}
	for _, tt := range tests {
		if got := arabic.FoldCommand(tt.in); got != tt.want {
			t.Errorf("FoldCommand(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// seeds are texts that have the troubles of real ones.
var seeds = []string{
	"", " ", "عُمان", "\u200fعـمان\u202c، اليوم؟", "قال (CNN)-- إن 3️⃣ أخبار", "👨‍👩‍👧‍👦 عائلة 🇴🇲", "مُمَثَّلةً وَ…",
	"سطر\n\n- ثانٍ\r\n+968 2412 3456", "aaa\u0301\u200d\u0301bbb", "ᄀᄀ가ᅡᅡ각ᆨᆨᆨ", "\xff\xfe\u0600(", "https://x.om/a?b=c", "// ??", "🔴 عاجل | خبر عاجل: نص",
}

func FuzzFold(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := arabic.Fold(s)
		if again := arabic.Fold(folded); again != folded {
			t.Errorf("Fold is not idempotent: %q, then %q", folded, again)
		}
		if strings.TrimSpace(folded) != folded || strings.Contains(folded, "  ") {
			t.Errorf("Fold(%q) = %q has spare spaces", s, folded)
		}
		for _, r := range folded {
			if r != ' ' && !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Mc, r) {
				t.Errorf("Fold(%q) = %q keeps %U", s, folded, r)
			}
		}
		command := arabic.FoldCommand(s)
		if again := arabic.FoldCommand(command); again != command {
			t.Errorf("FoldCommand is not idempotent: %q, then %q", command, again)
		}
	})
}
