package wire_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

// takes previews and confirms what was just proposed.
func (r *reader) takes() {
	r.w.t.Helper()
	r.presses("عاين")
	r.w.pass(5 * time.Second)
	r.presses("أرسل")
	r.w.pass(20 * time.Second)
	r.got()
}

// What went out singly, to those who want every article at once, is proposed to
// be corrected and withdrawn where it was read, across a restart.
func TestSingleArticleIsCorrected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const wrong, right = "افتتاح مكتبة في صور", "افتتاح مكتبة في صحار"
		w := newWorld(t)
		w.start()
		salim := w.editor("سالم")
		nur := w.joined("نور", "كل خبر")
		id := w.publish(wrong, "news")
		w.pass(w.turn() + 10*time.Second)
		nur.gets(wrong)
		salim.got()
		w.pass(20 * time.Minute)
		salim.gets() // nothing has changed
		w.restart()
		w.site.Update(id, func(p *feedtest.Post) { p.Title = right })
		w.pass(w.turn() + 10*time.Second)
		salim.gets("تغيّر عنوان خبر سبق إرساله")
		salim.takes()
		if got := shown(nur); strings.Contains(got, "عاجل |") || !strings.Contains(got, "▪️ أخبار\n"+right) || strings.Contains(got, "▪️ أخبار\n"+wrong) {
			t.Errorf("after the correction the phone shows\n%s", got)
		}
		nur.gets("تصحيح | " + right)
		w.restart()
		w.pass(20 * time.Minute)
		salim.gets() // it is corrected
		w.site.Trash(id)
		w.pass(w.turn() + 10*time.Second)
		salim.gets("حُذف من الموقع خبر سبق إرساله")
		salim.takes()
		if got := shown(nur); strings.Contains(got, "▪️ أخبار\n") || !strings.Contains(got, "سحب") {
			t.Errorf("after the withdrawal the phone shows\n%s", got)
		}
	})
}

// What digests have brought and is wrong by now is told to those on duty, once,
// with the digests that have it; they may send an alert.
func TestDigestArticleIsToldOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const wrong, right = "افتتاح مكتبة في صور", "افتتاح مكتبة في صحار"
		w := newWorld(t)
		w.start()
		salim := w.editor("سالم")
		nur := w.joined("نور")
		id := w.publish(wrong, "news")
		w.publish("وظائف في البلدية", "jobs")
		w.until("20:00")
		w.pass(time.Minute)
		if got := strings.Join(nur.got(), "\n"); !strings.Contains(got, wrong) {
			t.Fatalf("the digest is\n%s", got)
		}
		salim.got()
		w.pass(30 * time.Minute)
		salim.gets()
		w.site.Update(id, func(p *feedtest.Post) { p.Title = right })
		w.pass(w.turn() + 10*time.Second)
		got := strings.Join(salim.got(), "\n\n")
		for _, want := range []string{"خبر صدر في الموجز: «المساء» 23 نوفمبر", "كان عنوانه: " + wrong, "وصار: " + right, "لا يُعدَّل الموجز"} {
			if strings.Count(got, want) != 1 {
				t.Errorf("%q does not stand once in\n%s", want, got)
			}
		}
		w.restart()
		w.pass(30 * time.Minute)
		salim.gets()
		salim.takes()
		nur.gets("عاجل | تصحيح: " + right)
		w.site.Trash(id)
		w.pass(w.turn() + 10*time.Second)
		if got := salim.shows("حُذف من الموقع خبر صدر في الموجز: «المساء» 23 نوفمبر"); !strings.Contains(got, "كان عنوانه: "+wrong) {
			t.Errorf("when it is gone the editor sees\n%s", got)
		}
	})
}

// ofTwoFeeds is a world with an editor and a reader, in which two feeds of one
// site have brought an urgent article.
func ofTwoFeeds(t *testing.T, breaking string) (w *world, salim, nur *reader) {
	t.Helper()
	w = newWorld(t)
	w.config = strings.Replace(sample, `  - {name: site, url: "https://news.example", breaking: auto}`,
		strings.ReplaceAll(`  - {name: a, kind: feed, url: "https://news.example/category/news/feed/", breaking: BREAKING}
  - {name: b, kind: feed, url: "https://news.example/category/weather/feed/", breaking: BREAKING}`, "BREAKING", breaking), 1)
	w.start()
	salim = w.editor("سالم")
	salim.got()
	nur = w.joined("نور")
	w.publish("سيول في نزوى", "news", "weather", "urgent")
	w.pass(w.turn() + time.Minute)
	return w, salim, nur
}

// An article that two feeds of a site bring is proposed once, also after it was
// sent.
func TestArticleOfTwoFeedsIsProposedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, salim, nur := ofTwoFeeds(t, "propose")
		if n := strings.Count(strings.Join(salim.got(), "\n"), "خبر عاجل مقترح"); n != 1 {
			t.Errorf("%d letters", n)
		}
		if list := salim.asks("مقترحات"); strings.Count(list, "سيول في نزوى") != 1 {
			t.Errorf("the list is\n%s", list)
		}
		salim.takes()
		nur.gets("عاجل | سيول في نزوى")
		w.pass(20 * time.Minute)
		salim.gets()
		nur.gets()
	})
}

// Nor does it go out twice by itself.
func TestArticleOfTwoFeedsBreaksOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, salim, nur := ofTwoFeeds(t, "auto")
		w.pass(9 * time.Minute)
		nur.gets("عاجل | سيول في نزوى")
		salim.gets()
	})
}
