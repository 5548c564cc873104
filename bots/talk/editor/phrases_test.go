package editor

import (
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news/arabic"
)

func languages() []desk.Language { return []desk.Language{desk.Arabic, desk.English} }

// walk calls f for every string in v, with the way to it.
func walk(v reflect.Value, path string, f func(path, s string)) {
	switch v.Kind() {
	case reflect.Pointer:
		walk(v.Elem(), path, f)
	case reflect.Struct:
		for i := range v.NumField() {
			walk(v.Field(i), path+"."+v.Type().Field(i).Name, f)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			walk(v.MapIndex(key), path+"["+key.String()+"]", f)
		}
	case reflect.String:
		f(path, v.String())
	default:
		panic("a phrase of kind " + v.Kind().String())
	}
}

// everything is all that the door says in a language.
func everything(l desk.Language) map[string]string {
	all := map[string]string{}
	add := func(path, s string) { all[path] = s }
	p, r := phrasesOf(l)
	walk(reflect.ValueOf(p), "phrases", add)
	walk(reflect.ValueOf(r), "rhythm", add)
	return all
}

var placeholder = regexp.MustCompile(`\{\w+\}`)

// TestNoPhraseIsMissing goes through every string of both languages: none is
// missing, and both are filled with the same.
func TestNoPhraseIsMissing(t *testing.T) {
	said := map[desk.Language]map[string]string{}
	for _, l := range languages() {
		said[l] = everything(l)
		if n := len(said[l]); n < 190 {
			t.Errorf("%s: walked over %d strings only", l, n)
		}
		for path, s := range said[l] {
			if strings.TrimSpace(s) == "" || strings.Contains(s, "  ") {
				t.Errorf("%s: %s is %q", l, path, s)
			}
		}
	}
	for path, ar := range said[desk.Arabic] {
		en, ok := said[desk.English][path]
		if !ok || filled(ar) != filled(en) {
			t.Errorf("%s is filled with %s in Arabic and %s in English", path, filled(ar), filled(en))
		}
	}
	for path := range said[desk.English] {
		if _, ok := said[desk.Arabic][path]; !ok {
			t.Errorf("%s is missing in Arabic", path)
		}
	}
}

func filled(phrase string) string {
	set := placeholder.FindAllString(phrase, -1)
	slices.Sort(set)
	return fmt.Sprint(slices.Compact(set))
}

// TestPhrasesAreWritten: Arabic has Arabic punctuation and European digits, and
// no word of the other but the names of files; English has no Arabic letter.
func TestPhrasesAreWritten(t *testing.T) {
	for path, s := range everything(desk.Arabic) {
		plain := placeholder.ReplaceAllString(s, "")
		for _, name := range []string{"MP4", "PDF"} {
			plain = strings.ReplaceAll(plain, name, "")
		}
		if arabic.Western(s) != s || strings.ContainsAny(plain, ",;?\"%") || strings.ContainsFunc(plain, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) {
			t.Errorf("%s is not written as Arabic: %q", path, s)
		}
	}
	for path, s := range everything(desk.English) {
		if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Arabic, r) || strings.ContainsRune("«»،؛؟٪", r) }) {
			t.Errorf("%s is not written as English: %q", path, s)
		}
	}
}

// TestEveryVerbHasWords: whatever the door can do is asked for in both
// languages, and no words ask for two things.
func TestEveryVerbHasWords(t *testing.T) {
	acts := slices.Sorted(maps.Keys((&turn{door: New(&Door{}, desk.Arabic)}).acts()))
	if len(acts) < 50 {
		t.Errorf("the door has %d acts only", len(acts))
	}
	asked := map[string]verb{}
	for _, tables := range [][]map[verb][]string{{arabicWords(), rhythmWords()}, {englishWords(), englishRhythmWords()}} {
		words := map[verb][]string{}
		for _, table := range tables {
			for do, list := range table {
				words[do] = append(words[do], list...)
			}
		}
		if known := slices.Sorted(maps.Keys(words)); !slices.Equal(known, acts) {
			t.Errorf("there are words for %v, and acts for %v", known, acts)
		}
		for do, list := range words {
			if len(list) == 0 {
				t.Errorf("%s has no words", do)
			}
			for _, w := range list {
				key := arabic.FoldCommand(w)
				if other, taken := asked[key]; taken && other != do || key == "" {
					t.Errorf("%q asks for %s and for %s", w, do, other)
				}
				asked[key] = do
			}
		}
	}
}

// TestEverySmallWord: what stands behind a verb is there in both languages,
// folded as it is compared, and understood in each.
func TestEverySmallWord(t *testing.T) {
	v := understood()
	type set = map[string]bool
	check := func(name string, all set, parts ...set) {
		for _, part := range parts {
			if len(part) == 0 {
				t.Errorf("%s: a language has no words", name)
			}
			for w := range part {
				if !all[w] || arabic.FoldCommand(w) != w {
					t.Errorf("%s: %q is not understood", name, w)
				}
			}
		}
	}
	for name, of := range map[string]func(listWords) set{
		"add": func(w listWords) set { return w.add }, "remove": func(w listWords) set { return w.remove }, "change": func(w listWords) set { return w.change },
		"in": func(w listWords) set { return w.in }, "every": func(w listWords) set { return w.every },
	} {
		check(name, of(v.list), of(arabicLists()), of(englishLists()))
	}
	check("own", v.own, englishOwn())
	all, ar, en := reflect.ValueOf(v.calendar), reflect.ValueOf(arabicCalendar()), reflect.ValueOf(englishCalendar())
	sets := func(x reflect.Value, i int) set {
		out := set{}
		for _, key := range x.Field(i).MapKeys() {
			out[key.String()] = true
		}
		return out
	}
	for i := range all.NumField() {
		check(all.Type().Field(i).Name, sets(all, i), sets(ar, i), sets(en, i))
	}
	for _, roles := range []map[string]desk.Role{arabicRoles(), englishRoles()} {
		if got := slices.Compact(slices.Sorted(maps.Values(roles))); len(got) != 3 {
			t.Errorf("the roles of a language are %v", got)
		}
		for w, role := range roles {
			if v.roles[w] != role || arabic.FoldCommand(w) != w {
				t.Errorf("%q is %q", w, v.roles[w])
			}
		}
	}
}

// TestWhatIsAdvisedIsUnderstood takes the help apart: each line of it is a verb
// or a stop word, and each form of a draft is the word that makes one.
func TestWhatIsAdvisedIsUnderstood(t *testing.T) {
	v := understood()
	for _, l := range languages() {
		p, _ := phrasesOf(l)
		var advised []string
		for line := range strings.SplitSeq(p.Help, "\n") {
			advised = append(advised, strings.Split(line, " · ")...)
		}
		for _, words := range advised {
			if _, behind, with := strings.Cut(words, ": "); with && !strings.HasPrefix(behind, "<") { // a file with …
				words, _, _ = strings.Cut(behind, ",")
			}
			words = strings.ReplaceAll(words, "،", " ")
			if _, _, ok := v.find(words); !ok && !slices.Contains([]string{"إلغاء", "إلغاء 7", "cancel", "cancel 7"}, words) {
				t.Errorf("%s: %q is advised and not understood", l, words)
			}
		}
		for form, word := range p.Forms {
			want := map[desk.Form]verb{desk.FormAlert: doAlert, desk.FormTypo: doTypo, desk.FormCorrection: doCorrect, desk.FormWithdrawal: doWithdraw}[form]
			if do, _, _ := v.find(word + ": x"); do != want {
				t.Errorf("%s: %q is %s", l, word, do)
			}
		}
		for _, one := range menu() {
			if p.Menu[one.do] == "" {
				t.Errorf("%s: /%s has no words in the menu", l, one.do)
			}
		}
	}
}

// TestDocumentedWords holds the table of words in the documentation against the
// door: what stands side by side asks for the same, in the same manner.
func TestDocumentedWords(t *testing.T) {
	doc, err := os.ReadFile("../../../docs/editors.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(doc), "## In English")
	v := understood()
	pairs := 0
	for line := range strings.SplitSeq(table, "\n") {
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		if len(cells) != 2 || strings.HasPrefix(cells[0], "---") || cells[0] == "in Arabic" {
			continue
		}
		ar, en := strings.Split(cells[0], " · "), strings.Split(cells[1], " · ")
		if len(ar) != len(en) {
			t.Errorf("%d words stand beside %d: %s", len(ar), len(en), line)
			continue
		}
		for i := range ar {
			pairs++
			a, _, _ := v.find(ar[i])
			e, _, _ := v.find(en[i])
			stop := strings.HasPrefix(ar[i], "إلغاء") && strings.HasPrefix(en[i], "cancel")
			if a != e || a == "" && !stop {
				t.Errorf("%q is %q, and %q is %q", ar[i], a, en[i], e)
			}
		}
	}
	if pairs < 60 {
		t.Errorf("only %d words are in the table", pairs)
	}
}
