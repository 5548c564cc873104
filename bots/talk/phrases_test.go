package talk

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/nashra-bot/nashra/news/arabic"
)

// walk calls f for every string in v, with the way to it.
func walk(v reflect.Value, path string, f func(path, s string)) {
	switch v.Kind() {
	case reflect.Pointer:
		walk(v.Elem(), path, f)
	case reflect.Struct:
		for i := range v.NumField() {
			walk(v.Field(i), path+"."+v.Type().Field(i).Name, f)
		}
	case reflect.Slice, reflect.Array:
		if v.Len() == 0 {
			f(path, "")
		}
		for i := range v.Len() {
			walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i), f)
		}
	case reflect.String:
		f(path, v.String())
	default:
		panic("a phrase of kind " + v.Kind().String())
	}
}

// TestNoPhraseIsMissing goes through every string, list and plural form of
// both languages.
func TestNoPhraseIsMissing(t *testing.T) {
	for name, book := range books() {
		n := 0
		walk(reflect.ValueOf(book), name, func(path, s string) {
			n++
			if strings.TrimSpace(s) == "" {
				t.Errorf("%s is empty", path)
			}
			if strings.Contains(s, "  ") || strings.HasSuffix(s, " ") && !strings.HasSuffix(path, ".And") && !strings.HasSuffix(path, ".Comma") && !strings.HasSuffix(path, ".Check") {
				t.Errorf("%s has spare spaces: %q", path, s)
			}
		})
		if n < 300 {
			t.Errorf("%s: walked over %d strings only", name, n)
		}
	}
}

var placeholder = regexp.MustCompile(`\{(\w+)\}|%d`)

// TestPhrasesSayTheSame holds the placeholders of the two languages together.
func TestPhrasesSayTheSame(t *testing.T) {
	of := func(book *Phrases) map[string]string {
		found := map[string]string{}
		walk(reflect.ValueOf(book), "", func(path, s string) {
			if strings.HasPrefix(path, ".Words") || strings.HasPrefix(path, ".Greetings") || strings.Contains(path, "[") {
				return
			}
			set := map[string]bool{}
			for _, p := range placeholder.FindAllString(s, -1) {
				set[p] = true
			}
			found[path] = fmt.Sprint(set)
		})
		return found
	}
	for _, pair := range [][2]string{{"ar", "en"}, {"ar group", "en group"}} {
		ar, en := of(books()[pair[0]]), of(books()[pair[1]])
		for path, want := range ar {
			if en[path] != want {
				t.Errorf("%s is filled with %s in %s and %s in %s", path, want, pair[0], en[path], pair[1])
			}
		}
	}
}

// TestPhrasesAreWritten checks digits and punctuation: European digits, Arabic
// commas and question marks between Arabic letters, no word of the other
// language.
func TestPhrasesAreWritten(t *testing.T) {
	arabicBook := func(path, s string) {
		if strings.Contains(path, ".Words.") || strings.Contains(path, ".Words[") {
			return // what readers write, in any spelling
		}
		if arabic.Western(s) != s {
			t.Errorf("%s has Arabic-Indic digits: %s", path, s)
		}
		plain := placeholder.ReplaceAllString(s, "")
		if strings.ContainsAny(plain, ",;?\"") {
			t.Errorf("%s has Latin punctuation: %s", path, s)
		}
		plain = strings.ReplaceAll(plain, "/breaking off", "/breaking")
		for _, word := range strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && r != '/' }) {
			if word[0] < 0x80 && !strings.HasPrefix(word, "/") {
				t.Errorf("%s has a Latin word %q: %s", path, word, s)
			}
		}
	}
	walk(reflect.ValueOf(phrasesOf(Arabic)), "ar", arabicBook)
	walk(reflect.ValueOf(groupPhrasesOf(Arabic)), "ar group", arabicBook)
	walk(reflect.ValueOf(phrasesOf(English)), "en", func(path, s string) {
		if strings.HasPrefix(path, "en.Greetings") {
			return // whoever greets in Arabic is understood
		}
		for _, r := range s {
			if unicode.Is(unicode.Arabic, r) {
				t.Errorf("%s has Arabic letters: %s", path, s)
				return
			}
		}
	})
}

func TestCounted(t *testing.T) {
	p := phrasesOf(Arabic)
	for n, want := range map[int]string{0: "لا شيء", 1: "قسمًا واحدًا", 2: "قسمين", 5: "5 أقسام", 11: "11 قسمًا", 100: "100 قسم", 103: "103 أقسام"} {
		if got := p.Sections.Counted.Of(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func TestCommands(t *testing.T) {
	want := "start sections digest latest time breaking pause resume settings mydata forget tip help stop privacy"
	for _, l := range []Language{Arabic, English} {
		var names []string
		for _, c := range Commands(l) {
			names = append(names, c.Name)
			if !regexp.MustCompile(`^[a-z0-9_]{1,32}$`).MatchString(c.Name) || c.Text == "" || len([]rune(c.Text)) > 256 || strings.Contains(c.Text, "{") {
				t.Errorf("no menu takes %+v", c)
			}
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: the menu is %s, want %s", l, got, want)
		}
	}
}

// books are the phrases of each language, to one and to many.
func books() map[string]*Phrases {
	return map[string]*Phrases{
		"ar": phrasesOf(Arabic), "en": phrasesOf(English),
		"ar group": groupPhrasesOf(Arabic), "en group": groupPhrasesOf(English),
	}
}

// toOne finds what is said to one person, and words that a group's bot does not
// hear: there a command begins with a slash, or answers its message.
var toOne = regexp.MustCompile(`(?:تصل|يصل|وصل|إلي|عن|أقسام|اختيارات|رسائل|بيانات|بعودت)ك(?:$|[ .،:؟])|(?:^| )(?:تتابع|اختر|أرسل|غيّر|تحب|تجده)(?:$|[ .،:؟])|[Ss]end: [^/]|sends: [^/]`)

// oneAlone are phrases that no group is told, and those that ask back who wrote.
var oneAlone = regexp.MustCompile(`\.(Guess\w*|Forward|Outside|Addresses|Chats|Tips|TipFiles|Link)$`)

// TestGroupsAreMany holds that a group is not spoken to as one, and is given
// no words that are not heard in it.
func TestGroupsAreMany(t *testing.T) {
	for _, name := range []string{"ar group", "en group"} {
		p := books()[name]
		for _, said := range []any{p.Sections, p.Pace, p.Read, p.Pause, p.Leave, p.About, p.Other, p.Group} {
			walk(reflect.ValueOf(said), fmt.Sprintf("%s %T", name, said), func(path, s string) {
				if oneAlone.MatchString(path) {
					return
				}
				if found := toOne.FindString(s); found != "" && !strings.Contains(s, "\u200e/") {
					t.Errorf("%s speaks to one person, or with words not heard: %q in %q", path, found, s)
				}
			})
		}
	}
}
