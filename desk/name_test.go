package desk

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// FuzzFileName asserts that a document's name is one short line that says what
// it is, and leads nowhere.
func FuzzFileName(f *testing.F) {
	for _, s := range []string{"تقرير.pdf", "a\u202efdp.exe", "../../x", "\x00", ".", "..", strings.Repeat("\u0301", 99), "\xff\xfe", "C:\\x\\y.pdf", "a/b\\c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := fileName(name)
		base, ok := strings.CutSuffix(got, ".pdf")
		hidden := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }
		if !ok || strings.Trim(base, ". ") == "" || strings.ContainsAny(got, "/\\\n") || strings.ContainsFunc(got, hidden) ||
			!utf8.ValidString(got) || utf8.RuneCountInString(base) > longName {
			t.Errorf("%q is called %q", name, got)
		}
	})
}
