package wire_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// An alert that is confirmed in words has one message that lives: it counts down,
// shows how far it is, and reports the end.
func TestOneMessageLives(t *testing.T) {
	bubble(t, func(t *testing.T) {
		const readers = 1500
		w := newWorld(t)
		w.config = strings.Replace(sample, "telegram: {}", "telegram: {rate: 25}", 1)
		w.network.AnyChat = true
		w.start()
		w.crowd(readers)
		salim := w.editor("سالم")
		salim.asks("خبر عاجل: إغلاق طريق الوادي")
		salim.asks("للجميع")
		salim.asks("تأكيد 1.2")
		lives := func(words ...string) {
			t.Helper()
			var all []string
			for _, m := range salim.chat.FromBots() {
				if strings.Contains(m.Text, "خبر عاجل رقم 1") && !strings.Contains(m.Text, "بانتظار التأكيد") {
					all = append(all, m.Text)
				}
			}
			for _, one := range words {
				if len(all) != 1 || !strings.Contains(all[0], one) {
					t.Errorf("there should be one message, with %q:\n%s", one, strings.Join(all, "\n---\n"))
				}
			}
		}
		w.pass(20 * time.Second)
		lives("قيد الإرسال", "وصل: ", "في الثانية")
		w.pass(10 * time.Minute)
		lives("اكتمل", "وصل إلى: ")
	})
}

// On WhatsApp the countdown becomes the progress, which is edited once a minute
// while copies go out; the end is a message of its own.
func TestOneMessageLivesOnWhatsApp(t *testing.T) {
	bubble(t, func(t *testing.T) {
		const readers = 60
		w := newWhatsApp(t, "per_minute: 30")
		w.start()
		salim := w.friend("سالم")
		salim.asks(w.claim)
		for i := range readers {
			w.joins(fmt.Sprintf("قارئة %d", i))
		}
		for _, words := range []string{"خبر عاجل: إغلاق طريق الوادي", "للجميع"} {
			salim.asks(words)
		}
		if got := salim.asks("تأكيد 1.2"); !strings.Contains(got, "عدّ تنازلي") {
			t.Fatalf("the confirmation is answered with\n%s", got)
		}
		w.pass(30 * time.Second)
		first := progress(salim)
		w.pass(80 * time.Second)
		next := progress(salim)
		if len(first) != 1 || len(next) != 1 || first[0] == next[0] {
			t.Errorf("the progress is\n%s\nand later\n%s", strings.Join(first, "\n---\n"), strings.Join(next, "\n---\n"))
		}
		w.pass(time.Hour / 2)
		if salim.has("عدّ تنازلي") != 0 || salim.has("خبر عاجل رقم 1: قيد الإرسال") != 1 || salim.has("خبر عاجل رقم 1: اكتمل") != 1 {
			t.Errorf("in the chat stands\n%s", strings.Join(salim.got(), "\n---\n"))
		}
	})
}

// progress returns what says how far the first alert is.
func progress(f *friend) (all []string) {
	for _, m := range f.phone.Inbox() {
		if strings.Contains(bare(m.Text), "خبر عاجل رقم 1: قيد الإرسال") {
			all = append(all, m.Text)
		}
	}
	return all
}
