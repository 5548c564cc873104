package desk

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/nashra-bot/nashra/news"
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
	case reflect.Array:
		for i := range v.Len() {
			walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i), f)
		}
	case reflect.String:
		f(path, v.String())
	default:
		panic("a phrase of kind " + v.Kind().String())
	}
}

var placeholder = regexp.MustCompile(`\{\w+\}|%d`)

// TestPhrases goes through every string and plural form of both languages:
// none is missing, both are filled with the same, and Arabic is written as
// Arabic.
func TestPhrases(t *testing.T) {
	found := map[Language]map[string]string{Arabic: {}, English: {}}
	for l, into := range found {
		walk(reflect.ValueOf(PhrasesOf(l)), "", func(path, s string) {
			if strings.TrimSpace(s) == "" || strings.Contains(s, "  ") || s != strings.TrimSpace(s) {
				t.Errorf("%s%s is %q", l, path, s)
			}
			set := placeholder.FindAllString(s, -1)
			slices.Sort(set)
			into[path] = fmt.Sprint(slices.Compact(set))
			rest := placeholder.ReplaceAllString(s, "")
			if l == Arabic && path != ".Language" && (strings.ContainsAny(rest, "?,;") || strings.ContainsFunc(rest, func(r rune) bool {
				return r >= 'a' && r <= 'z' || unicode.IsDigit(r) && r > '9'
			})) {
				t.Errorf("%s is not written as Arabic: %q", path, s)
			}
		})
	}
	if n := len(found[Arabic]); n < 80 {
		t.Errorf("walked over %d strings only", n)
	}
	for path, want := range found[Arabic] {
		if found[English][path] != want && !strings.Contains(path, "[") {
			t.Errorf("%s is filled with %s in Arabic and %s in English", path, want, found[English][path])
		}
	}
}

// TestEverythingHasWords holds the lists of codes, warnings, notices, states
// and roles against the phrases.
func TestEverythingHasWords(t *testing.T) {
	for _, l := range []Language{Arabic, English} {
		p := PhrasesOf(l)
		seen := map[string]bool{}
		for _, c := range []Code{Faulty, NotYours, NoEditor, OtherSection, Frozen, OldVersion, NotSeen, NotShown, Already, SamePerson, TooLate, Overtaken,
			Withdrawn, NotSent, NoSuch, BadCode, LastOwner, BadTime, PastTime, Taken, NothingLive, EditionOut, OldLook, NoLook, NoItem, NoSlot, NoSketch, Holding} {
			words, ok := p.Refusal(refuseAs(c, "x"))
			if !ok || words == "" || seen[words] {
				t.Errorf("%s: %q says %q", l, c, words)
			}
			seen[words] = true
		}
		for _, s := range []State{Drafting, Looked, Second, Scheduled, Counting, Publishing, Sending, Paused, Stopped, Done, Dropped} {
			if p.State(s) == "" {
				t.Errorf("%s: state %s has no words", l, s)
			}
		}
		for _, n := range []NoticeKind{NoticeLate, NoticeOvertaken, NoticeFrozen, NoticeFinal, NoticeRestored, NoticeDigest, NoticeProposal, NoticeTrouble, NoticePosted, NoticeRanked,
			NoticeSecond, NoticeReady, NoticeConfirmed, NoticeScheduled, NoticeReturned, NoticeDropped, NoticeStopped, NoticeFroze, NoticeThawed, NoticeHeld, NoticeReleased, NoticeFlood} {
			if m := p.Notice(Notice{Kind: n}); m.Blocks[0].Empty() {
				t.Errorf("%s: notice %s has no words", l, n)
			}
		}
		if p.Role(Owner) == "" || p.Role(Chief) == "" || p.Role(Reporter) == "" {
			t.Errorf("%s: a role has no words", l)
		}
	}
}

func TestStatsReadWellOnAPhone(t *testing.T) {
	zone := time.FixedZone("", 4*3600)
	at := time.Date(2025, 11, 23, 10, 0, 0, 0, zone)
	r := Report{
		From: "2025-11-22", To: "2025-11-23",
		Subscribers: map[news.Platform]int{news.Telegram: 1203, news.WhatsApp: 1},
		Sections:    map[news.Slug]int{"jobs": 11, "news": 1200},
		Days:        []Day{{Date: "2025-11-22", Joined: 12, Left: 1}, {Date: "2025-11-23"}},
		Alerts:      []AlertArrival{{Alerted: Alerted{Words: "إغلاق طريق", Published: at}, Arrival: Arrival{Sent: 103, Delivered: 60, Read: 41, Left: 2}}},
		First:       Span{N: 3, Middle: 4 * time.Second, Max: 3 * time.Minute},
	}
	tree := news.NewTree([]news.Section{{Slug: "news", Name: "أخبار"}, {Slug: "jobs", Name: "وظائف"}})
	got := PhrasesOf(Arabic).Stats(r, tree, zone).String()
	want := strings.Join([]string{
		"إحصاء من 22 نوفمبر إلى 23 نوفمبر", "المشتركون: 1,204 مشتركين", "▪️ تلغرام: 1,203", "▪️ واتساب: 1", "",
		"الأقسام", "▪️ أخبار: 1,200", "▪️ وظائف: 11", "", "الانضمام والمغادرة",
		"▪️ 22 نوفمبر: انضم 12، وغادر 1", "▪️ 23 نوفمبر: انضم 0، وغادر 0", "", "الأخبار العاجلة",
		"▪️ 23 نوفمبر 10:00، القراء: 103 قراء", "إغلاق طريق", "على واتساب: سُلِّم 60، وقُرئ 41 على الأقل", "غادر خلال ساعة: 2", "",
		"من نشر الخبر إلى وصوله", "▪️ إلى أول قارئ: 4 ثوانٍ في الغالب، و3 دقائق في أسوأ الأحوال",
	}, "\n")
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if en := PhrasesOf(English).Stats(r, tree, zone).String(); !strings.Contains(en, "1,204 subscribers") || !strings.Contains(en, "usually 4 seconds, at worst 3 minutes") {
		t.Errorf("got:\n%s", en)
	}
}
