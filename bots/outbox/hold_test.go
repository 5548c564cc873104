package outbox_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// What the adapter holds back for a chat's own sake holds nobody else back, and
// takes nobody's turn.
func TestHeldBackChatsHoldNobodyElse(t *testing.T) {
	play(t, func(w *world) {
		w.limits.Rate = 1
		start := time.Now()
		w.net.script = func(m bots.Message, _ int) error {
			var n int
			if _, err := fmt.Sscanf(string(m.Chat), "c%d", &n); err == nil && n%2 == 0 && time.Since(start) < 10*time.Hour {
				return &bots.RetryError{After: 10*time.Hour - time.Since(start), Own: true}
			}
			return nil
		}
		w.db.join(120, "jobs")
		w.db.reader(119).Kind = news.Channel
		id := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}), false, true)
		w.db.reply(outbox.Reply{Chat: "r1", Message: news.Say(news.T("ok"))})
		w.begin()
		pass(75 * time.Second)
		if n := len(w.net.arrivals()); n != 61 {
			t.Errorf("%d messages, want those to 60 chats and the reply", n)
		}
		if n := w.box.Stats().Refused; n != 0 {
			t.Errorf("%d count as the network's refusals", n)
		}
		pass(11 * time.Hour)
		if n := len(w.net.arrivals()); n != 121 || w.db.state(id) != news.Done {
			t.Errorf("%d messages in the end, %s", n, w.db.state(id))
		}
	})
}

// A full cap on what is sent unasked holds copies, and the one reply that counts
// as unasked; answers go on. Whoever it was for gets it with their next answer.
func TestAFullCapHoldsNoAnswers(t *testing.T) {
	play(t, func(w *world) {
		full, asked := true, map[news.ChatID]bool{}
		w.net.script = func(m bots.Message, _ int) error {
			if full && !asked[m.Chat] {
				return &bots.RetryError{After: 10 * time.Hour, Wide: true, Own: true}
			}
			return nil
		}
		allow := func(chat news.ChatID) {
			w.net.mu.Lock()
			defer w.net.mu.Unlock()
			asked[chat] = true
		}
		say := func(chat news.ChatID, words string) {
			w.db.reply(outbox.Reply{Chat: chat, Message: news.Say(news.T(words))})
			w.box.Wake()
			pass(5 * time.Second)
		}
		w.begin()
		say("editor", "a tip")
		say("editor", "another")
		allow("r1")
		say("r1", "help")
		if n := w.net.count("r1"); n != 1 || w.net.count("editor") != 0 {
			t.Errorf("%d answers, %d letters", n, w.net.count("editor"))
		}
		w.db.join(20, "jobs")
		id := w.db.publish(digestOf(news.Item{Article: 5, Section: "jobs"}))
		w.box.Wake()
		pass(time.Minute)
		if n := w.net.n; n > 10 {
			t.Errorf("%d tries although the cap is full", n)
		}
		allow("editor")
		say("editor", "done")
		var words []string
		for _, a := range w.net.arrivals() {
			if a.Chat == "editor" {
				words = append(words, a.Text.String())
			}
		}
		if fmt.Sprint(words) != "[a tip another done]" {
			t.Errorf("the editor got %q", words)
		}
		w.net.mu.Lock()
		full = false
		w.net.mu.Unlock()
		pass(11 * time.Hour)
		if n := len(w.net.arrivals()); n != 24 || w.db.state(id) != news.Done {
			t.Errorf("%d messages in the end, %s", n, w.db.state(id))
		}
	})
}
