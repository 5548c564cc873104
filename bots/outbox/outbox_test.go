package outbox_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// play runs a story in a bubble and checks what must hold after every story.
func play(t *testing.T, story func(w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		story(w)
		if w.life != nil && !w.life.isDead() {
			if err := w.end(); err != nil {
				t.Error("Run:", err)
			}
		}
		for _, f := range append(w.db.faults, w.net.faults...) {
			t.Error(f)
		}
		if t.Failed() {
			t.Log(w.log.String())
		}
	})
}

func digestOf(items ...news.Item) news.Broadcast {
	return news.Broadcast{Kind: news.Digest, Items: items, Audience: audience(items)}
}

func audience(items []news.Item) news.Audience {
	var slugs []news.Slug
	for _, i := range items {
		slugs = append(slugs, i.Section)
	}
	return news.Audience{Sections: tree.Reach(slugs...)}
}

func alert(words string) news.Broadcast {
	return news.Broadcast{Kind: news.Breaking, Words: words, Audience: news.Audience{Everyone: true}}
}

func TestDigestGoesOut(t *testing.T) {
	play(t, func(w *world) {
		w.db.join(3, "weather")
		w.db.join(2, "jobs")
		w.db.join(1, "poetry")
		w.begin()
		pass(time.Second)
		id := w.db.publish(digestOf(news.Item{Article: 7, Section: "weather"}, news.Item{Article: 9, Section: "jobs"}))
		w.box.Wake()
		pass(5 * time.Second)
		if got := len(w.net.arrivals()); got != 5 {
			t.Errorf("%d messages arrived, want 5: %v", got, w.net.texts())
		}
		for _, a := range w.net.arrivals() {
			want := "a7"
			if a.Chat == "c4" || a.Chat == "c5" {
				want = "a9"
			}
			if !strings.Contains(a.Text.String(), want) {
				t.Errorf("%s got %q, want %s", a.Chat, a.Text, want)
			}
		}
		if s := w.db.state(id); s != news.Done {
			t.Errorf("the broadcast is %s", s)
		}
		for id, r := range w.db.receipts(id) {
			if r.Outcome != news.Sent || len(r.IDs) != 1 {
				t.Errorf("reader %d: %+v", id, r)
			}
		}
	})
}

func TestReplyGoesOut(t *testing.T) {
	play(t, func(w *world) {
		w.begin()
		pass(time.Second)
		w.db.reply(outbox.Reply{Chat: "c1", Message: news.Say(news.T("مرحبًا"))})
		w.box.Wake()
		pass(100 * time.Millisecond)
		if got := w.net.texts(); len(got) != 1 || got[0] != "c1: مرحبًا" {
			t.Errorf("got %q", got)
		}
		if left := w.db.waitingReplies(); len(left) != 0 {
			t.Errorf("still waiting: %v", left)
		}
	})
}
