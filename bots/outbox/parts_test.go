package outbox_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

func longDigest() news.Broadcast {
	return digestOf(news.Item{Article: 1, Section: "jobs"}, news.Item{Article: 2, Section: "jobs"}, news.Item{Article: 3, Section: "jobs"})
}

func TestPartsArriveInOrder(t *testing.T) {
	play(t, func(w *world) {
		w.db.pad = 3000
		w.db.join(30, "jobs")
		w.net.script = func(m bots.Message, n int) error {
			if n%7 == 0 {
				return bots.ErrNotSent
			}
			return nil
		}
		w.setup = func(o *outbox.Outbox) { o.Chunk = 10 }
		id := w.db.publish(longDigest())
		w.begin()
		pass(5 * time.Minute)
		next := map[news.ChatID]int{}
		for _, a := range w.net.arrivals() {
			next[a.Chat]++
			want := []string{"", "a1", "a2", "a3", "more than all"}[min(next[a.Chat], 4)]
			if !strings.Contains(a.Text.String()[:20], want) {
				t.Errorf("%s got %.20q as part %d", a.Chat, a.Text.String(), next[a.Chat])
			}
		}
		receipts := w.db.receipts(id)
		for _, r := range receipts {
			if r.Outcome != news.Sent || len(r.IDs) != 3 {
				t.Errorf("receipt %+v", r)
			}
		}
		if len(receipts) != 30 || w.db.state(id) != news.Done {
			t.Errorf("%d receipts, %s", len(receipts), w.db.state(id))
		}
	})
}

func TestAKillBetweenPartsRepeatsNoPart(t *testing.T) {
	play(t, func(w *world) {
		w.db.pad = 3000
		w.db.join(3, "jobs")
		id := w.db.publish(longDigest())
		w.begin()
		pass(500 * time.Millisecond)
		if n := len(w.net.arrivals()); n != 3 {
			t.Fatalf("%d messages before the kill", n)
		}
		w.kill()
		w.begin()
		pass(time.Minute)
		if n := len(w.net.arrivals()); n != 9 {
			t.Errorf("%d messages, want 9: %.200v", n, w.net.texts())
		}
		for _, r := range w.db.receipts(id) {
			if r.Outcome != news.Sent || len(r.IDs) != 3 {
				t.Errorf("receipt %+v", r)
			}
		}
	})
}

func TestReplyInPartsAndEdits(t *testing.T) {
	play(t, func(w *world) {
		long := news.Say(news.T("1"+strings.Repeat("م", 3000)), news.T("2"+strings.Repeat("م", 3000)))
		w.begin()
		w.db.reply(outbox.Reply{Chat: "c1", Message: long, Edit: "77"})
		w.db.reply(outbox.Reply{Chat: "c1", Message: news.Say(news.T("after"))})
		w.box.Wake()
		pass(10 * time.Second)
		got := w.net.arrivals()
		if len(got) != 3 || got[0].edit != "77" || got[1].edit != "" || got[1].Text.String()[0] != '2' || got[2].Text.String() != "after" {
			t.Errorf("got %.300v", got)
		}
	})
	play(t, func(w *world) {
		w.net.script = func(_ bots.Message, n int) error {
			if n == 1 {
				return bots.ErrGone
			}
			return nil
		}
		w.begin()
		w.db.reply(outbox.Reply{Chat: "c1", Message: news.Say(news.T("new")), Edit: "77"})
		w.box.Wake()
		pass(10 * time.Second)
		if got := w.net.arrivals(); len(got) != 1 || got[0].edit != "" || len(w.db.left) > 0 {
			t.Errorf("got %v; left %v", got, w.db.left)
		}
	})
}

// Whoever wants to know hears which message an answer is: the edited one, the new
// one where it could not be edited, none where it took several or was refused.
func TestToldOfReplies(t *testing.T) {
	play(t, func(w *world) {
		told := map[string]news.MessageID{}
		w.setup = func(o *outbox.Outbox) {
			o.Told = func(r outbox.Reply, id news.MessageID) { told[string(r.Chat)+" "+string(r.Edit)] = id }
		}
		w.net.script = func(m bots.Message, n int) error {
			switch {
			case m.Chat == "gone" && n == 2:
				return bots.ErrGone
			case m.Chat == "bad":
				return bots.ErrRejected
			}
			return nil
		}
		w.begin()
		say := func(r outbox.Reply) {
			w.db.reply(r)
			w.box.Wake()
			pass(5 * time.Second)
		}
		short := news.Say(news.T("word"))
		say(outbox.Reply{Chat: "new", Message: short})
		say(outbox.Reply{Chat: "gone", Message: short, Edit: "77"})
		say(outbox.Reply{Chat: "edit", Message: short, Edit: "78"})
		say(outbox.Reply{Chat: "bad", Message: short})
		say(outbox.Reply{Chat: "long", Message: news.Say(news.T("1"+strings.Repeat("م", 3000)), news.T("2"+strings.Repeat("م", 3000)))})
		got := w.net.arrivals()
		if len(got) != 5 || len(told) != 4 {
			t.Fatalf("%d messages, told of %v", len(got), told)
		}
		want := map[string]news.MessageID{"new ": got[0].id, "gone 77": got[1].id, "edit 78": "78", "long ": ""}
		if got[0].id == "" || got[0].id == got[1].id || !maps.Equal(told, want) {
			t.Errorf("told of %v, want %v", told, want)
		}
	})
}

func TestPhotoIsUploadedOnce(t *testing.T) {
	play(t, func(w *world) {
		w.setup = func(o *outbox.Outbox) { o.Composer = withPhoto{} }
		w.db.join(5, "jobs")
		id := w.db.publish(alert("صورة"))
		w.begin()
		pass(5 * time.Second)
		for i, a := range w.net.arrivals() {
			want := "photo-ref"
			if i == 0 {
				want = "https://example.om/a.jpg"
			}
			if a.Media.Ref != want {
				t.Errorf("copy %d has the photo %s, want %s", i, a.Media.Ref, want)
			}
		}
		for _, r := range w.db.receipts(id) {
			if !r.Media {
				t.Error("a receipt does not know of its photo")
			}
		}
	})
}
