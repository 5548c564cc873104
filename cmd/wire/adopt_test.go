package wire_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// keeps has the next start leave its store for a look at the desk's log.
func (w *world) keeps() (log func(desk.Act) []desk.Entry) {
	var kept store.Store
	w.wrap = func(s store.Store) store.Store { kept = s; return s }
	return func(a desk.Act) []desk.Entry {
		w.t.Helper()
		all, err := kept.Log(w.t.Context(), 0, 1000)
		if err != nil {
			w.t.Fatal(err)
		}
		return slices.DeleteFunc(all, func(e desk.Entry) bool { return e.Act != a })
	}
}

// Breaking news that went out by itself is reported on, corrected and withdrawn
// from the chat like an editor's own, across a restart, and the log says who did
// it.
func TestAlertThatCameByItselfIsCorrected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const wrong, right = "إغلاق طريق الوادي شهرًا", "إغلاق طريق الوادي يومًا"
		w := newWorld(t)
		log := w.keeps()
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		w.publish(wrong, "news", "urgent")
		w.pass(w.turn() + 5*time.Minute)
		nur.gets("عاجل | " + wrong)
		salim.gets()
		if got := salim.asks("تقرير"); !strings.Contains(got, "رقم 1: اكتمل") || !strings.Contains(got, wrong) || !strings.Contains(got, "قارئ واحد") && !strings.Contains(got, "نسخة واحدة") {
			t.Errorf("the report is\n%s", got)
		}
		w.restart()
		if got := salim.asks("تصحيح " + right); !strings.Contains(got, right) {
			t.Fatalf("the preview is\n%s", got)
		}
		salim.presses("أرسل")
		w.pass(20 * time.Second)
		if got := shown(nur); !strings.Contains(got, "عاجل | "+right) || strings.Contains(got, "عاجل | "+wrong) {
			t.Errorf("after the correction the phone shows\n%s", got)
		}
		nur.gets("تصحيح")
		if got := salim.shows("تصحيح رقم 2: اكتمل"); !strings.Contains(got, "نسخ عُدِّلت") {
			t.Errorf("the report of the correction is\n%s", got)
		}
		w.restart()
		salim.asks("سحب 1")
		salim.presses("أرسل")
		w.pass(20 * time.Second)
		if got := shown(nur); strings.Contains(got, "عاجل | ") {
			t.Errorf("after the withdrawal the phone shows\n%s", got)
		}
		if adopted := log(desk.ActAdopt); len(adopted) != 1 || adopted[0].Name != "server" || adopted[0].Draft != 1 {
			t.Errorf("adopted %+v", adopted)
		}
		if sent := log(desk.ActConfirm); len(sent) != 2 || sent[0].By == 0 || sent[0].Draft != 2 || sent[1].Draft != 3 {
			t.Errorf("confirmed %+v", sent)
		}
	})
}

// What the site changes about breaking news that went out by itself, and that
// it takes it off, is put before the editors.
func TestChangeOfWhatCameByItselfIsProposed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const wrong, right = "إغلاق طريق الوادي شهرًا", "إغلاق طريق الوادي يومًا"
		w := newWorld(t)
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		id := w.publish(wrong, "news", "urgent")
		w.pass(w.turn() + 5*time.Minute)
		nur.gets("عاجل | " + wrong)
		w.pass(20 * time.Minute)
		salim.gets() // nothing has changed
		take := func() {
			t.Helper()
			salim.presses("عاين")
			w.pass(5 * time.Second)
			salim.presses("أرسل")
			w.pass(20 * time.Second)
			salim.got()
		}

		w.site.Update(id, func(p *feedtest.Post) { p.Title = right })
		w.pass(w.turn() + 10*time.Second)
		salim.gets("تغيّر عنوان خبر سبق إرساله")
		nur.gets()
		take()
		if got := shown(nur); !strings.Contains(got, "عاجل | "+right) || strings.Contains(got, "عاجل | "+wrong) {
			t.Errorf("after the correction the phone shows\n%s", got)
		}
		w.restart()
		w.pass(20 * time.Minute)
		salim.gets()
		w.site.Trash(id)
		w.pass(w.turn() + 10*time.Second)
		salim.gets("حُذف من الموقع خبر سبق إرساله")
		take()
		if got := shown(nur); strings.Contains(got, "عاجل | ") {
			t.Errorf("after the withdrawal the phone shows\n%s", got)
		}
	})
}

// The command line's corrections stand in the log and in the chain: an editor's
// next one is over them. One request is one correction, over a restart too.
func TestServerCorrectsThroughTheDesk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		log := w.keeps()
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		w.publish("إغلاق طريق الوادي شهرًا", "news", "urgent")
		w.pass(w.turn() + 5*time.Minute)
		nur.gets("عاجل | ")
		a := web.Amend{Key: "one", Broadcast: log(desk.ActAdopt)[0].Broadcast, Words: "إغلاق طريق الوادي يومًا"}
		amend := func() news.BroadcastID {
			t.Helper()
			id, err := w.program.Acts().Amend(t.Context(), a)
			if err != nil {
				t.Fatal(err)
			}
			w.pass(20 * time.Second)
			return id
		}
		first := amend()
		nur.gets("تصحيح")
		w.restart()
		if again := amend(); again != first {
			t.Errorf("corrected as %d and as %d", first, again)
		}
		nur.gets()
		if by := log(desk.ActConfirm); len(by) != 1 || by[0].By != 0 || by[0].Name != "server" || by[0].About != string(desk.FormCorrection) {
			t.Errorf("the log says %+v", by)
		}
		if out := log(desk.ActPublish); len(out) != 1 || out[0].Broadcast != first || out[0].Draft != 2 {
			t.Errorf("published %+v", out)
		}
		salim.asks("تصحيح فتح طريق الوادي")
		salim.presses("أرسل")
		w.pass(20 * time.Second)
		if got := shown(nur); !strings.Contains(got, "عاجل | فتح طريق الوادي") {
			t.Errorf("after the editor's correction the phone shows\n%s", got)
		}
		a = web.Amend{Key: "two", Broadcast: first, Withdraw: true}
		amend()
		if got := shown(nur); strings.Contains(got, "عاجل | ") {
			t.Errorf("after the withdrawal the phone shows\n%s", got)
		}
		if got := salim.asks("تصحيح خبر آخر"); !strings.Contains(got, "سُحب هذا الخبر") {
			t.Errorf("the editor is told\n%s", got)
		}
	})
}
