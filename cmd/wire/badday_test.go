package wire_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/desk"
)

var inviteCode = regexp.MustCompile(`\d{4}-\d{4}-\d{4}`)

// colleague is a reader whom an owner has made an editor.
func (r *reader) colleague(name, role string) *reader {
	r.w.t.Helper()
	code := inviteCode.FindString(r.asks("محررون إضافة " + role + " " + name))
	c := r.w.reader(name)
	if got := c.asks(code); !strings.Contains(got, "مكتب التحرير") {
		r.w.t.Fatalf("the answer to the code %q is\n%s", code, got)
	}
	return c
}

// drafts writes an alert to everybody and has the preview in front of it.
func (r *reader) drafts(words string) {
	r.w.t.Helper()
	r.asks("خبر عاجل: " + words)
	r.presses("الجميع")
	r.w.pass(2 * time.Second)
}

// An editor confirms, and hears nothing any more: they press again, say it in
// words, and the network delivers all of it twice. It is sent once.
func TestEditorLosesTheNetwork(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		salim.drafts("إغلاق طريق الوادي")
		lost := w.network.Break(telegramtest.Fault{Chat: salim.chat.ID(), Times: -1, Error: telegramtest.ServerError()})
		salim.presses("أرسل")
		w.pass(time.Second)
		w.bot.Redeliver(1)
		salim.presses("أرسل")
		salim.phone.SendText(salim.chat, "تأكيد 1.2")
		w.pass(2 * time.Second)
		w.bot.Redeliver(3)
		w.pass(30 * time.Second)
		w.bot.Redeliver(3)
		w.pass(30 * time.Second)
		nur.gets("عاجل | إغلاق طريق الوادي")
		if lost.Hits() == 0 {
			t.Error("the editor's network was not lost")
		}
		lost.Remove()
		w.pass(5 * time.Minute)
		nur.gets()
		if got := salim.asks("تقرير 1"); !strings.Contains(got, "رقم 1: اكتمل") {
			t.Errorf("the report is\n%s", got)
		}
	})
}

// Two editors correct the same alert at once: one correction goes out, the
// other one comes back to its author with a word, and is theirs to renew.
func TestTwoCorrectionsAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		huda := salim.colleague("هدى", "محرر")
		salim.drafts("عدد المصابين خمسة")
		salim.presses("أرسل")
		w.pass(time.Minute)
		nur.gets("عدد المصابين خمسة")

		salim.asks("تصحيح عدد المصابين ثلاثة")
		huda.asks("تصحيح عدد المصابين أربعة")
		salim.presses("أرسل")
		huda.presses("أرسل")
		w.pass(time.Minute)
		nur.gets("تصحيح | عدد المصابين ثلاثة")
		if text := shown(nur); !strings.Contains(text, "عاجل | عدد المصابين ثلاثة") || strings.Contains(text, "| عدد المصابين أربعة") {
			t.Errorf("the phone shows\n%s", text)
		}
		if got := strings.Join(huda.got(), "\n"); !strings.Contains(got, "التصحيح 3") || !strings.Contains(got, "نُشر تصحيح آخر قبله") {
			t.Errorf("the author of the second one was told\n%s", got)
		}
		huda.asks("معاينة 3")
		huda.presses("أرسل")
		w.pass(time.Minute)
		nur.gets("تصحيح | عدد المصابين أربعة")
		if text := shown(nur); !strings.Contains(text, "عاجل | عدد المصابين أربعة") {
			t.Errorf("the phone shows\n%s", text)
		}
	})
}

// A right-to-left override turns nothing around: not in an editor's name, not
// in the words of an alert, not in a reader's name.
func TestTurnedAround(t *testing.T) {
	bubble(t, func(t *testing.T) {
		const turn = "\u202e"
		w := newWorld(t)
		w.start()
		nur := w.joined(turn + "نور")
		salim := w.editor(turn + "سالم")
		huda := salim.colleague(turn+"هدى"+turn, "محرر")
		huda.drafts("إغلاق" + turn + " طريق الوادي")
		huda.presses("أرسل")
		w.pass(time.Minute)
		nur.gets("عاجل | إغلاق طريق الوادي")
		if got := salim.asks("محررون"); !strings.Contains(got, "هدى · محرر") {
			t.Errorf("the editors are\n%s", got)
		}
		nur.asks("بياناتي")
		huda.asks("تصحيح فتح" + turn + " طريق الوادي")
		for _, c := range w.network.Calls() {
			if strings.Contains(c.Params["text"], turn) {
				t.Errorf("%s to %s says %q", c.Method, c.Params["chat_id"], c.Params["text"])
			}
		}
	})
}

// What is too long for one message is shown, said, and not sent; the longest
// that is sent is one message, which is corrected in its place.
func TestLongAlert(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		long := func(first string, n int) string {
			out := []rune(first)
			for len(out) < n {
				out = append(out, []rune(" كلمة")...)
			}
			return string(out[:n-1]) + "ا"
		}
		salim.drafts(long("إغلاق", 4096-len([]rune("خبر عاجل: "))))
		if got := salim.shows("النسخة 2"); !strings.Contains(got, "⚠️ النص أطول") {
			t.Errorf("the preview does not warn:\n%s", got)
		}
		salim.presses("أرسل")
		salim.asks("تأكيد 1.2")
		w.pass(time.Minute)
		nur.gets()

		salim.asks("عدّل " + long("إغلاق", desk.MaxWords))
		salim.presses("أرسل")
		w.pass(time.Minute)
		nur.gets("عاجل | إغلاق")
		salim.asks("تصحيح " + long("فتح", desk.MaxWords))
		salim.presses("أرسل")
		w.pass(time.Minute)
		if text := shown(nur); !strings.Contains(text, "عاجل | فتح") || strings.Contains(text, "عاجل | إغلاق") {
			t.Errorf("the phone shows\n%s", text)
		}
		for _, m := range nur.chat.FromBots() {
			if strings.Contains(m.Text, "عاجل | ") && m.Edits != 1 {
				t.Errorf("the alert was edited %d times", m.Edits)
			}
		}
	})
}
