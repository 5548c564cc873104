package wire_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
)

// A bot that is put out of a forum has left each of its topics, though the
// network speaks of the group alone.
func TestRemovedFromAForum(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		boss := w.network.AddUser(telegramtest.User{FirstName: "مالك", Language: "ar"})
		forum := w.network.AddForum("الأخبار", boss)
		w.start()
		forum.Add(w.bot, boss)
		topic := forum.AddTopic("الطقس")
		w.pass(time.Second)
		boss.Send(forum, telegramtest.Draft{Text: "/start@nashra_test_bot", Thread: topic})
		w.pass(5 * time.Second)
		w.alert("إغلاق طريق الوادي")
		w.pass(5 * time.Second)
		if n := len(w.sends("إغلاق طريق الوادي")); n != 1 {
			t.Fatalf("the topic got %d alerts", n)
		}

		forum.Remove(w.bot, boss)
		w.pass(5 * time.Second)
		forum.Add(w.bot, boss)
		w.pass(5 * time.Second)
		w.alert("فتح طريق الوادي")
		w.pass(time.Minute)
		if n := len(w.sends("فتح طريق الوادي")); n != 0 {
			t.Error("the topic got an alert without having subscribed again")
		}
		boss.Send(forum, telegramtest.Draft{Text: "/start@nashra_test_bot", Thread: topic})
		w.pass(5 * time.Second)
		w.alert("انتهاء الإغلاق")
		w.pass(5 * time.Second)
		if n := len(w.sends("انتهاء الإغلاق")); n != 1 {
			t.Errorf("the topic that came back got %d alerts", n)
		}
	})
}

// A network that asks to wait at the start is waited for, as it says.
func TestSlowedDownAtTheStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		slow := w.network.Break(telegramtest.Fault{Method: "getMe", Error: telegramtest.TooManyRequests(90)})
		w.start()
		w.pass(89 * time.Second)
		if n := slow.Hits(); n != 1 {
			t.Errorf("the network was asked %d times before it was time", n)
		}
		w.pass(10 * time.Second)
		w.joined("سالم")
		w.alert("إغلاق طريق الوادي")
		w.pass(5 * time.Second)
		if n := len(w.sends("إغلاق طريق الوادي")); n != 1 {
			t.Errorf("%d alerts arrived after the wait", n)
		}
	})
}
