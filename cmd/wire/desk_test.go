package wire_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
	"github.com/nashra-bot/nashra/news/arabic"
)

// editor is a reader who has claimed the desk with the first owner's code.
func (w *world) editor(name string) *reader {
	w.t.Helper()
	r := w.reader(name)
	if got := r.asks(w.claim); !strings.Contains(got, "مكتب التحرير") {
		w.t.Fatalf("the answer to the code is\n%s", got)
	}
	return r
}

// presses presses the button with a label under the newest message that has
// it.
func (r *reader) presses(label string) {
	r.w.t.Helper()
	all := r.chat.FromBots()
	for i := len(all) - 1; i >= 0; i-- {
		for _, row := range all[i].Buttons {
			for _, b := range row {
				if !strings.Contains(b.Text, label) {
					continue
				}
				if _, err := r.phone.Press(r.chat, all[i].ID, b.Data); err != nil {
					r.w.t.Fatal(err)
				}
				return
			}
		}
	}
	r.w.t.Fatalf("there is no button %q", label)
}

// shows returns the newest state of the bot's last message with words.
func (r *reader) shows(words string) string {
	all := r.chat.FromBots()
	for i := len(all) - 1; i >= 0; i-- {
		if strings.Contains(all[i].Text, words) {
			return all[i].Text
		}
	}
	return ""
}

// An alert is drafted, seen, confirmed and sent from a chat, and corrected while
// it is on its way: nobody is left with the wrong text alone, and nobody gets
// the wrong one after the right one.
func TestDeskFromChat(t *testing.T) {
	bubble(t, func(t *testing.T) {
		const (
			readers = tenThousand
			wrong   = "إغلاق طريق الوادي شهرًا"
			right   = "إغلاق طريق الوادي يومًا"
		)
		w := newWorld(t)
		w.config = strings.Replace(sample, "telegram: {}", "telegram: {rate: 50}", 1)
		w.network.AnyChat = true
		w.start()
		w.crowd(readers)
		salim := w.editor("سالم")
		if got := salim.asks("خبر عاجل: " + wrong); !strings.Contains(got, "عاجل | "+wrong) || !strings.Contains(got, "النسخة 1") {
			t.Fatalf("the preview is\n%s", got)
		}
		salim.presses("الجميع")
		w.pass(2 * time.Second)
		if got := salim.shows("النسخة 2"); !strings.Contains(got, arabic.Number(readers)+" قارئ") {
			t.Errorf("the preview does not count the audience:\n%s", got)
		}
		salim.presses("أرسل")
		began := w.clock.Now()
		w.pass(10 * time.Second)
		sent := w.toCrowd("sendMessage", wrong)
		if len(sent) == 0 {
			t.Fatal("nothing is on its way")
		}
		if late := sent[0].At.Sub(began.Add(5 * time.Second)); late < 0 || late > time.Second {
			t.Errorf("the first delivery came %v after the end of the countdown", late)
		}
		if got := salim.shows("قيد الإرسال"); !strings.Contains(got, "وصل: ") {
			t.Errorf("there is no progress:\n%s", got)
		}

		salim.asks("تصحيح " + right)
		salim.presses("أرسل")
		w.pass(20 * time.Second)
		if n := len(w.toCrowd("sendMessage", wrong)); n == 0 || n == readers {
			t.Fatalf("it was not corrected in mid-send: %d had the wrong text", n)
		}
		w.pass(10 * time.Minute)
		w.rightInTheEnd(readers, wrong, right)
		if got := salim.shows("تصحيح رقم 2: اكتمل"); !strings.Contains(got, "نسخ عُدِّلت") {
			t.Errorf("there is no report of the correction:\n%s", got)
		}
	})
}

// toCrowd returns the successful calls of a method with a text, to the crowd.
func (w *world) toCrowd(method, words string) (out []telegramtest.Call) {
	for _, c := range w.network.Calls() {
		if c.Method == method && c.Error == nil && strings.Contains(c.Params["text"], words) && len(c.Params["chat_id"]) == len(fmt.Sprint(firstOfCrowd)) && c.Params["chat_id"] >= fmt.Sprint(firstOfCrowd) {
			out = append(out, c)
		}
	}
	return out
}

// rightInTheEnd fails unless each of n readers got one alert, with the right
// text, or with the wrong one and then its correction.
func (w *world) rightInTheEnd(n int, wrong, right string) {
	w.t.Helper()
	alerts, fixed := map[string]int{}, map[string]bool{}
	for _, c := range w.network.Calls() {
		chat, text := c.Params["chat_id"], c.Params["text"]
		if c.Error != nil || chat < fmt.Sprint(firstOfCrowd) || len(chat) != len(fmt.Sprint(firstOfCrowd)) {
			continue
		}
		alert, mends := strings.Contains(text, "عاجل | "), strings.Contains(text, "| "+right)
		switch {
		case c.Method == "sendMessage" && alert && strings.Contains(text, "| "+wrong):
			alerts[chat]++
			if fixed[chat] {
				w.t.Errorf("chat %s got the wrong text after the right one", chat)
			}
		case c.Method == "sendMessage" && alert && mends:
			alerts[chat]++
			fixed[chat] = true
		case mends: // an edit, or the message that follows
			fixed[chat] = true
		}
	}
	for chat, times := range alerts {
		if times != 1 || !fixed[chat] {
			w.t.Errorf("chat %s got %d alerts, and the right text: %v", chat, times, fixed[chat])
		}
	}
	if len(alerts) != n {
		w.t.Errorf("%d readers got it, want %d", len(alerts), n)
	}
}

// A stop word in an editor's chat stops the countdown, and the editor stays
// subscribed; a hold keeps digests back until it is released.
func TestDeskStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		nur := w.joined("نور")
		salim := w.joined("سالم")
		salim.asks(w.claim)
		salim.asks("خبر عاجل: خبر لم يكتمل")
		salim.presses("الجميع")
		w.pass(2 * time.Second)
		salim.presses("أرسل")
		w.pass(2 * time.Second)
		salim.got()
		if got := salim.asks("إلغاء"); !strings.Contains(got, "لم يُرسَل") && !strings.Contains(got, "قبل أن يُرسَل") {
			t.Errorf("the answer to the stop word is\n%s", got)
		}
		w.pass(time.Minute)
		nur.gets()
		salim.asks("أوقف الكل حدادًا")
		w.publish("افتتاح مكتبة", "news")
		w.until("20:00")
		w.pass(10 * time.Minute)
		nur.gets()
		salim.got()
		salim.asks("استأنف الكل")
		w.pass(5 * time.Minute)
		nur.gets("افتتاح مكتبة")
		if got := salim.shows("افتتاح مكتبة"); got == "" {
			t.Error("the editor is no reader any more")
		}
	})
}

// A countdown outlives the program: it goes on with what is left of it, once.
func TestDeskCountdownOverRestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		salim.asks("خبر عاجل: إغلاق طريق الوادي")
		salim.presses("الجميع")
		w.pass(2 * time.Second)
		salim.presses("أرسل")
		w.pass(time.Second)
		w.restart()
		w.pass(time.Minute)
		w.restart()
		w.pass(time.Minute)
		nur.gets("عاجل | إغلاق طريق الوادي")
	})
}

// Urgent news of a source that proposes goes before the editors: one press and a
// confirmation send it; what nobody takes is in the next digest.
func TestProposals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.config = strings.Replace(sample, "breaking: auto", "breaking: propose", 1)
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		w.publish("إغلاق طريق الوادي", "news", "urgent")
		w.pass(w.turn() + 10*time.Second)
		nur.gets()
		salim.gets("إغلاق طريق الوادي")
		salim.presses("عاين")
		w.pass(5 * time.Second)
		salim.presses("أرسل")
		w.pass(20 * time.Second)
		nur.gets("عاجل | إغلاق طريق الوادي")

		w.publish("افتتاح مكتبة", "news", "urgent")
		w.pass(time.Hour)
		nur.gets()
		w.until("20:00")
		if got := strings.Join(nur.got(), "\n"); !strings.Contains(got, "افتتاح مكتبة") {
			t.Errorf("the digest is\n%s", got)
		}
	})
}

// A headline that changes on the site after its alert, and an article that is
// taken off the site, go before the editors as something to correct; one press
// and a confirmation edit every copy.
func TestChangeIsProposed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const wrong, right = "إغلاق طريق الوادي شهرًا", "إغلاق طريق الوادي يومًا"
		w := newWorld(t)
		w.config = strings.Replace(sample, "breaking: auto", "breaking: propose", 1)
		w.start()
		nur := w.joined("نور")
		salim := w.editor("سالم")
		id := w.publish(wrong, "news", "urgent")
		w.pass(w.turn() + 10*time.Second)
		take := func() {
			t.Helper()
			salim.presses("عاين")
			w.pass(5 * time.Second)
			salim.presses("أرسل")
			w.pass(20 * time.Second)
		}
		take()
		nur.gets("عاجل | " + wrong)
		salim.got()
		w.pass(20 * time.Minute)
		salim.gets() // nothing has changed, and nothing is proposed

		w.site.Update(id, func(p *feedtest.Post) { p.Title = right })
		w.pass(w.turn() + 10*time.Second)
		salim.gets("تغيّر عنوان خبر سبق إرساله")
		nur.gets()
		take()
		if got := nur.shows(right); got == "" || nur.shows("عاجل | "+wrong) != "" {
			t.Errorf("the copy is\n%s", got)
		}
		nur.got()
		salim.got()
		w.pass(20 * time.Minute)
		salim.gets() // it is corrected

		w.site.Trash(id)
		w.pass(w.turn() + 10*time.Second)
		salim.gets("حُذف من الموقع خبر سبق إرساله")
		take()
		if got := nur.shows("عاجل | " + right); got != "" {
			t.Errorf("it was not withdrawn:\n%s", got)
		}
	})
}
