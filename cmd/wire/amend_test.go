package wire_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/news"
)

// A correction changes every copy and tells who was misinformed; a typo tells
// nobody; a withdrawal leaves a line where the copies were. Whoever left hears
// nothing, and keeps nothing that was wrong.
func TestAmendments(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		stays, left := w.joined("سالم"), w.joined("مريم")
		amend := func(a web.Amend) news.BroadcastID {
			id, err := w.program.Acts().Amend(t.Context(), a)
			if err != nil {
				t.Fatal(err)
			}
			w.pass(20 * time.Second)
			return id
		}
		alert := w.alert("إغلاق طريق الوادي الكبير")
		w.pass(20 * time.Second)
		stays.gets("إغلاق طريق الوادي الكبير")
		left.gets("إغلاق طريق الوادي الكبير")
		left.asks("إلغاء")

		amend(web.Amend{Broadcast: alert, Words: "إغلاق طريق الوادي الصغير", Typo: true})
		stays.gets()
		if text := shown(stays); !strings.Contains(text, "الوادي الصغير") || strings.Contains(text, "الوادي الكبير") {
			t.Errorf("after the typo the phone shows\n%s", text)
		}
		amend(web.Amend{Broadcast: alert, Words: "فتح طريق الوادي الصغير"})
		stays.gets("تصحيح")
		left.gets()
		if text := shown(stays); !strings.Contains(text, "عاجل | فتح طريق الوادي الصغير") {
			t.Errorf("after the correction the phone shows\n%s", text)
		}
		amend(web.Amend{Broadcast: alert, Withdraw: true})
		if text := shown(stays); strings.Contains(text, "الوادي") || strings.Count(text, withdrawn) != 1 {
			t.Errorf("after the withdrawal the phone shows\n%s", text)
		}
		if text := shown(left); strings.Contains(text, "الوادي") || strings.Count(text, withdrawn) != 1 {
			t.Errorf("who has left still sees what was withdrawn\n%s", text)
		}
	})
}

func TestAmendmentsThatAreRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		alert := w.alert("خبر")
		w.pass(time.Minute)
		for name, a := range map[string]web.Amend{
			"no words":     {Broadcast: alert},
			"too long":     {Broadcast: alert, Words: strings.Repeat("أ", desk.MaxWords+1)},
			"no broadcast": {Broadcast: alert + 100, Words: "خبر"},
		} {
			_, err := w.program.Acts().Amend(t.Context(), a)
			if reason, refused := desk.Refused(err); !refused || reason == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// shown is everything that stands in a reader's chat.
func shown(r *reader) string {
	var all []string
	for _, m := range r.chat.FromBots() {
		all = append(all, m.Text)
	}
	return strings.Join(all, "\n")
}
