package whatsapp

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/nashra-bot/nashra/news"
)

func TestRender(t *testing.T) {
	styled := func(style news.Style, s string) news.Text { return news.Text{{Text: s, Style: style}} }
	for _, c := range []struct {
		name string
		text news.Text
		want string
	}{
		{"plain", news.T("طقس اليوم"), "طقس اليوم"},
		{"bold", news.B("عاجل"), "*عاجل*"},
		{"spaces stay outside", styled(news.Bold, " عاجل "), " *عاجل* "},
		{"every line by itself", styled(news.Bold, "سطر\nآخر"), "*سطر*\n*آخر*"},
		{"an empty line in between", styled(news.Italic, "سطر\n\nآخر"), "_سطر_\n\n_آخر_"},
		{"italic and struck", news.Join(styled(news.Italic, "أ"), news.T(" "), styled(news.Strike, "ب")), "_أ_ ~ب~"},
		{"all at once", styled(news.Bold|news.Italic|news.Strike, "كل"), "*_~كل~_*"},
		{"code", styled(news.Code|news.Bold, "a_b`c"), "`a_bˋc`"},
		{"quote", styled(news.Quote, "قال\nثم قال"), "> قال\n> ثم قال"},
		{"a bold quote", styled(news.Quote|news.Bold, "قال"), "> *قال*"},
		{"inside a word", news.Join(news.T("ال"), news.B("عاجل")), "العاجل"},
		{"beside punctuation", news.Join(news.B("عاجل"), news.T("، خبر")), "*عاجل*، خبر"},
		{"a star in bold words", styled(news.Bold, "5 * 3"), "*5 ∗ 3*"},
		{"accidental bold", news.T("قال *كلمة* وسكت"), "قال ∗كلمة∗ وسكت"},
		{"accidental italic", news.T("_كلمة_"), "ˍكلمةˍ"},
		{"accidental code", news.T("`x` ```y```"), "ˋxˋ ˋˋˋyˋˋˋ"},
		{"accidental strike over two runs", news.Join(news.T("~كلمة "), news.T("أخرى~")), "∼كلمة أخرى∼"},
		{"a single star", news.T("اطلب *111#"), "اطلب *111#"},
		{"signs of sums", news.T("2 * 3 * 4"), "2 * 3 * 4"},
		{"two lines, one star each", news.T("*أول\nثان*"), "*أول\nثان*"},
		{"accidental quote", news.T("> ليس اقتباسا"), "\u200e> ليس اقتباسا"},
		{"an address is left alone", news.T("https://x.example/_a_/*b*?q=~c~ *خبر*"), "https://x.example/_a_/*b*?q=~c~ ∗خبر∗"},
		{"a link is written out", news.L("الخبر", "https://x.example/a_b"), "الخبر https://x.example/a_b"},
		{"a bold link", news.Text{{Text: "الخبر", Style: news.Bold, Link: "https://x.example/"}}, "*الخبر* https://x.example/"},
		{"a link of two runs", news.Text{{Text: "الخبر ", Link: "https://x.example/"}, {Text: "كله", Style: news.Bold, Link: "https://x.example/"}}, "الخبر *كله* https://x.example/"},
		{"a link that shows itself", news.L("https://x.example/", "https://x.example/"), "https://x.example/"},
		{"marks of direction", news.T("\u200fOman News"), "\u200fOman News"},
		{"broken letters", news.T("\xffخبر"), "\ufffdخبر"},
		{"nothing", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := render(c.text); got != c.want {
				t.Errorf("render gives %q, want %q", got, c.want)
			}
		})
	}
}

// What phones take for markup, outside of addresses.
var markup = []*regexp.Regexp{
	regexp.MustCompile(`(^|[^\p{L}\p{M}\p{Nd}])\*[^\s*]([^*\n]*[^\s*])?\*($|[^\p{L}\p{M}\p{Nd}])`),
	regexp.MustCompile(`(^|[^\p{L}\p{M}\p{Nd}])_[^\s_]([^_\n]*[^\s_])?_($|[^\p{L}\p{M}\p{Nd}])`),
	regexp.MustCompile(`(^|[^\p{L}\p{M}\p{Nd}])~[^\s~]([^~\n]*[^\s~])?~($|[^\p{L}\p{M}\p{Nd}])`),
	regexp.MustCompile("`[^`]+`"),
	regexp.MustCompile(`^>`),
}

// FuzzRender asserts that plain words never become markup, and that nothing
// else changes in them.
func FuzzRender(f *testing.F) {
	for _, s := range []string{"*a*", "a *b* _c_\n> d", "`x", "http://x/*a* *b*", "**a**", "_*a*_", "~a ~", "\xff*", "*\u200f*", "*\u2000*"} {
		f.Add(s, uint8(1))
	}
	f.Fuzz(func(t *testing.T, s string, cut uint8) {
		text := news.T(s)
		if at := int(cut); at < len(s) && utf8.ValidString(s[:at]) {
			text = news.Join(news.T(s[:at]), news.T(s[at:]))
		}
		got := render(text)
		if strings.ContainsRune(s, '\r') || strings.Contains(s, "://") {
			return // addresses are left alone, whatever is in them
		}
		for line := range strings.SplitSeq(got, "\n") {
			for _, m := range markup {
				if m.MatchString(line) {
					t.Errorf("%q of %q is markup: %v", line, s, m)
				}
			}
		}
		plain := strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\u200e", "")
		back := strings.ReplaceAll(got, "\u200e", "")
		for mark, lookalike := range lookalikes {
			back = strings.ReplaceAll(back, string(lookalike), string(mark))
			plain = strings.ReplaceAll(plain, string(lookalike), string(mark))
		}
		if text2 := text.String(); utf8.ValidString(text2) && back != plain {
			t.Errorf("%q became %q", s, got)
		}
	})
}
