package arabic_test

import (
	"slices"
	"testing"

	"github.com/nashra-bot/nashra/news/arabic"
)

func TestStemJoins(t *testing.T) {
	for _, words := range [][]string{
		{"مكتبة", "المكتبات", "مكتبات", "والمكتبة", "بالمكتبة", "للمكتبات"},
		{"مهندس", "المهندسون", "والمهندسين", "مهندسان"},
		{"عُمان", "عمان", "وعُمان"},
		{"عماني", "العمانية", "والعمانيين", "العُمانيون"},
		{"ولاية", "الولايات", "بالولاية"},
		{"وزارة", "الوزارة", "والوزارات", "للوزارة"},
		{"وزير", "الوزير", "والوزراء"},
		{"سلطنة", "السلطنة", "بالسلطنة"},
		{"ظفار", "وظفار"},
		{"مسقط", "ومسقط"},
		{"نزوى", "نزوي"},
		{"الله", "والله"},
		{"الداخلية", "بالداخلية", "داخلية"},
	} {
		want := arabic.Stem(arabic.Fold(words[0]))
		for _, word := range words {
			if got := arabic.Stem(arabic.Fold(word)); got != want {
				t.Errorf("Stem(%q) = %q, want %q as of %q", word, got, want, words[0])
			}
		}
	}
}

func TestStemKeeps(t *testing.T) {
	for _, word := range []string{
		"عمان", "ولايه", "وزاره", "وزير", "والي", "وطن", "واحد", "سلطنه", "سلطان", "ظفار", "صحار",
		"صلاله", "نزوي", "الله", "صور", "سناو", "ورد", "بيان", "ان", "له", "في", "5", "2025", "oman",
	} {
		if got := arabic.Stem(word); got != word {
			t.Errorf("Stem(%q) = %q, want it whole", word, got)
		}
	}
	if a, b := arabic.Stem("عمان"), arabic.Stem("عماني"); a == b {
		t.Errorf("Oman and Omani share the stem %q", a)
	}
}

func TestStems(t *testing.T) {
	got := arabic.Stems("وزارةُ الصحّة: «لا شائعات»!")
	if want := []string{"وزاره", "صحه", "لا", "شايع"}; !slices.Equal(got, want) {
		t.Errorf("Stems = %q, want %q", got, want)
	}
	if got := arabic.Stems(" ؟ "); len(got) != 0 {
		t.Errorf("Stems of nothing = %q", got)
	}
}

func FuzzStem(f *testing.F) {
	for _, s := range append(seeds, "والعمانيين", "وووووووو", "الات") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, stem := range arabic.Stems(s) {
			if stem == "" || arabic.Fold(stem) != stem {
				t.Errorf("Stems(%q) holds %q", s, stem)
			}
		}
	})
}
