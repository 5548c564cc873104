package wire_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Until an owner opens the bot everybody is answered, and editors alone are
// sent to; afterwards everybody gets what is published then, and nobody the
// past.
func TestTrial(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.closed = true
		w.start()
		if w.unopen != 1 {
			t.Errorf("the program has said %d times that it is not open", w.unopen)
		}
		w.publish("خبر الصباح", "news")
		sara := w.reader("سارة")
		if got := sara.asks("/start"); !strings.Contains(got, "لم يبدأ الإرسال للجمهور بعد") || !strings.Contains(got, "الموجز") {
			t.Errorf("a stranger is answered\n%s", got)
		}
		salim := w.editor("سالم")
		if got := salim.asks("ابدأ"); !strings.Contains(got, "عاشق عُمان") {
			t.Errorf("the editor asked to be a reader, and got\n%s", got)
		}
		salim.asks("خبر عاجل تجربة الإرسال")
		salim.presses("الجميع")
		w.pass(2 * time.Second)
		if got := salim.shows("النسخة 2"); !strings.Contains(got, "قارئ واحد") || !strings.Contains(got, "تجربة قبل فتح البوت") {
			t.Errorf("the preview says\n%s", got)
		}
		salim.presses("أرسل")
		w.pass(20 * time.Second)
		salim.got()
		before := salim.seen
		w.publish("عاجل: خبر الفترة", "urgent", "news")
		w.pass(10 * time.Minute)
		w.until("20:00")
		for what, mark := range map[string]string{"خبر الفترة": "🔴", "خبر الصباح": "📰"} {
			n := 0
			for _, text := range salim.got() {
				if !strings.Contains(text, mark) || !strings.Contains(text, what) {
					continue
				}
				if n++; !strings.HasPrefix(text, "تجربة قبل فتح البوت") {
					t.Errorf("the editor is not told that this is a trial:\n%s", text)
				}
			}
			if n == 0 {
				t.Errorf("the editor did not get %q", what)
			}
			salim.seen = before
		}
		salim.got()
		sara.gets()

		w.restart()
		if w.unopen != 2 {
			t.Errorf("the program has said %d times that it is not open", w.unopen)
		}
		if got := salim.asks("افتح"); !strings.Contains(got, "مفتوح للجمهور الآن") {
			t.Fatalf("the owner opens, and is answered\n%s", got)
		}
		if got := w.joined("هدى").asks("ابدأ"); strings.Contains(got, "لم يبدأ") {
			t.Errorf("after the opening a reader is told\n%s", got)
		}
		w.pass(10 * time.Minute)
		sara.gets()
		w.publish("خبر بعد الافتتاح", "news")
		w.until("20:00")
		sara.gets("خبر بعد الافتتاح")
		last := sara.shows("خبر بعد الافتتاح")
		for _, old := range []string{"خبر الصباح", "خبر الفترة", "تجربة"} {
			if strings.Contains(last, old) {
				t.Errorf("after the opening the first digest holds %q:\n%s", old, last)
			}
		}
		w.restart()
		if w.unopen != 2 {
			t.Error("an open bot is said to be closed")
		}
	})
}

// What is on its way when the bot opens stays with the editors, and channels get
// nothing before.
func TestOpeningInMidSending(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n = 200
		w := newWorld(t)
		w.closed = true
		w.network.AnyChat = true
		w.start()
		w.crowd(n)
		salim := w.editor("سالم")
		salim.asks("ابدأ")
		salim.asks("خبر عاجل قبل الفتح")
		salim.presses("الجميع")
		w.pass(time.Second)
		salim.presses("أرسل")
		w.pass(5*time.Second + 10*time.Millisecond)
		if err := w.program.Acts().Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.pass(time.Minute)
		for _, c := range w.sends("عاجل | قبل الفتح") {
			if !strings.HasPrefix(c.Params["text"], "تجربة قبل فتح البوت") || c.Params["chat_id"] != fmt.Sprint(salim.chat.ID()) {
				t.Fatalf("what was sent before the opening went to %s:\n%s", c.Params["chat_id"], c.Params["text"])
			}
		}
		if sent := len(w.sends("عاجل | قبل الفتح")); sent != 2 { // the preview and the alert
			t.Errorf("the editor got %d messages", sent)
		}
		salim.asks("خبر عاجل بعد الفتح")
		salim.presses("الجميع")
		w.pass(time.Second)
		salim.presses("أرسل")
		w.pass(time.Minute)
		reached := map[string]bool{}
		for _, c := range w.sends("عاجل | بعد الفتح") {
			if strings.Contains(c.Params["text"], "تجربة") {
				t.Fatal("after the opening a message says that it is a trial")
			}
			reached[c.Params["chat_id"]] = true
		}
		if len(reached) != n+1 {
			t.Errorf("after the opening %d of %d readers were reached", len(reached), n+1)
		}
	})
}
