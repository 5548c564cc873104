package arabic_test

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"github.com/nashra-bot/nashra/news/arabic"
)

// nouns holds every noun of the package by the name of its function.
func nouns() map[string]arabic.Noun {
	return map[string]arabic.Noun{
		"News": arabic.News(), "Article": arabic.Article(), "Job": arabic.Job(), "Poem": arabic.Poem(),
		"Subscriber": arabic.Subscriber(), "Section": arabic.Section(), "Message": arabic.Message(),
		"Channel": arabic.Channel(), "Conversation": arabic.Conversation(), "Result": arabic.Result(),
		"Copy": arabic.Copy(), "Times": arabic.Times(),
		"Second": arabic.Second(), "Minute": arabic.Minute(), "Hour": arabic.Hour(), "Day": arabic.Day(),
	}
}

func TestFormOf(t *testing.T) {
	forms := map[arabic.Form][]int{
		arabic.Zero:  {0},
		arabic.One:   {1, -1},
		arabic.Two:   {2, -2},
		arabic.Few:   {3, 10, 103, 110, 1003, -3, -110},
		arabic.Many:  {11, 99, 111, 199, 1011, -11},
		arabic.Other: {100, 101, 102, 200, 201, 1000, 1001, 1002, -100, -102},
	}
	for want, numbers := range forms {
		for _, n := range numbers {
			if got := arabic.FormOf(n); got != want {
				t.Errorf("FormOf(%d) = %d, want %d", n, got, want)
			}
		}
	}
	if got := arabic.FormOf(math.MinInt64); got != arabic.Few { // … 808
		t.Errorf("FormOf(MinInt64) = %d, want Few", got)
	}
}

// TestFormOfAgreesWithUnicode compares with the plural rules of the CLDR.
func TestFormOfAgreesWithUnicode(t *testing.T) {
	forms := map[plural.Form]arabic.Form{
		plural.Zero: arabic.Zero, plural.One: arabic.One, plural.Two: arabic.Two,
		plural.Few: arabic.Few, plural.Many: arabic.Many, plural.Other: arabic.Other,
	}
	for n := range 10_000 {
		want := forms[plural.Cardinal.MatchPlural(language.Arabic, n, 0, 0, 0, 0)]
		if got := arabic.FormOf(n); got != want {
			t.Fatalf("FormOf(%d) = %d, want %d", n, got, want)
		}
	}
}

func TestEveryNounHasEveryForm(t *testing.T) {
	for name, noun := range nouns() {
		v := reflect.ValueOf(noun)
		for i := range v.NumField() {
			form := v.Field(i).String()
			if form == "" || form != strings.TrimSpace(form) {
				t.Errorf("%s: %s is %q", name, v.Type().Field(i).Name, form)
			}
		}
		if noun.Two == noun.TwoOblique {
			t.Errorf("%s: the dual %q has one case only", name, noun.Two)
		}
		if !strings.HasSuffix(noun.Two, "ان") || !strings.HasSuffix(noun.TwoOblique, "ين") ||
			strings.TrimSuffix(noun.Two, "ان") != strings.TrimSuffix(noun.TwoOblique, "ين") {
			t.Errorf("%s: %q and %q are not the two cases of one dual", name, noun.Two, noun.TwoOblique)
		}
		feminine := strings.HasSuffix(noun.Other, "ة")
		if one := noun.Other + " واحد"; !feminine && noun.One != one {
			t.Errorf("%s: one is %q, want %q", name, noun.One, one)
		}
		if one := noun.Other + " واحدة"; feminine && (noun.One != one || noun.OneAccusative != one) {
			t.Errorf("%s: one is %q and %q, want %q", name, noun.One, noun.OneAccusative, one)
		}
		if many := noun.Other + "\u064b" + "ا"; !feminine && noun.Many != many {
			t.Errorf("%s: many is %q, want %q", name, noun.Many, many)
		}
	}
}

func TestCount(t *testing.T) {
	tests := []struct {
		noun string
		want map[int]string
	}{
		{"News", map[int]string{
			0: "لا أخبار جديدة", 1: "خبر واحد", 2: "خبران", 3: "3 أخبار", 10: "10 أخبار",
			11: "11 خبرًا", 99: "99 خبرًا", 100: "100 خبر", 101: "101 خبر", 102: "102 خبر",
			103: "103 أخبار", 110: "110 أخبار", 111: "111 خبرًا", 1000: "1,000 خبر",
			-1: "\u200e-1 خبر", -3: "\u200e-3 أخبار",
		}},
		{"Job", map[int]string{
			0: "لا وظائف جديدة", 1: "وظيفة واحدة", 2: "وظيفتان", 3: "3 وظائف", 10: "10 وظائف",
			11: "11 وظيفة", 99: "99 وظيفة", 100: "100 وظيفة", 101: "101 وظيفة", 102: "102 وظيفة",
			103: "103 وظائف", 110: "110 وظائف", 111: "111 وظيفة", 1000: "1,000 وظيفة",
		}},
		{"Subscriber", map[int]string{
			0: "لا مشتركين", 1: "مشترك واحد", 2: "مشتركان", 3: "3 مشتركين", 10: "10 مشتركين",
			11: "11 مشتركًا", 99: "99 مشتركًا", 100: "100 مشترك", 101: "101 مشترك", 102: "102 مشترك",
			103: "103 مشتركين", 110: "110 مشتركين", 111: "111 مشتركًا", 1000: "1,000 مشترك",
		}},
		{"Article", map[int]string{0: "لا مقالات جديدة", 2: "مقالان", 7: "7 مقالات", 20: "20 مقالًا", 300: "300 مقال"}},
		{"Section", map[int]string{0: "لا أقسام", 2: "قسمان", 8: "8 أقسام", 12: "12 قسمًا", 100: "100 قسم"}},
		{"Second", map[int]string{2: "ثانيتان", 3: "3 ثوانٍ", 30: "30 ثانية", 100: "100 ثانية"}},
		{"Channel", map[int]string{1: "قناة واحدة", 2: "قناتان", 5: "5 قنوات", 15: "15 قناة"}},
		{"Times", map[int]string{0: "ولا مرة", 1: "مرة واحدة", 2: "مرتان", 4: "4 مرات", 40: "40 مرة"}},
	}
	for _, tt := range tests {
		for n, want := range tt.want {
			if got := nouns()[tt.noun].Count(n); got != want {
				t.Errorf("%s().Count(%d) = %q, want %q", tt.noun, n, got, want)
			}
		}
	}
}

func TestCases(t *testing.T) {
	tests := []struct {
		n                   int
		oblique, accusative string
	}{
		{0, "0 خبر", "0 خبر"},
		{1, "خبر واحد", "خبرًا واحدًا"},
		{2, "خبرين", "خبرين"},
		{3, "3 أخبار", "3 أخبار"},
		{11, "11 خبرًا", "11 خبرًا"},
		{100, "100 خبر", "100 خبر"},
		{102, "102 خبر", "102 خبر"},
	}
	for _, tt := range tests {
		if got := arabic.News().Oblique(tt.n); got != tt.oblique {
			t.Errorf("Oblique(%d) = %q, want %q", tt.n, got, tt.oblique)
		}
		if got := arabic.News().Accusative(tt.n); got != tt.accusative {
			t.Errorf("Accusative(%d) = %q, want %q", tt.n, got, tt.accusative)
		}
	}
	if got := arabic.News().Plain().Count(0); got != "لا أخبار" {
		t.Errorf("Plain().Count(0) = %q", got)
	}
	if got := arabic.News().Plain().Count(5); got != "5 أخبار" {
		t.Errorf("Plain().Count(5) = %q", got)
	}
}
