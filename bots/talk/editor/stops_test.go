package editor_test

import (
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/desk"
)

// stopWords are all kinds of them: single, in sentences, misspelled, decorated,
// English, commands, and those that name the subscription.
func stopWords() []string {
	return []string{
		"إلغاء", "الغاء", "الغاع", "توقف", "ستوب", "كفى", "كفـــى!!!", "لا أريد", "لا أريد رسائلكم", "من فضلكم أوقفوا الرسائل", "إلغاء كل شيء",
		"السلام عليكم، إلغاء الاشتراك", "إلغاء الاشتراك", "إيقاف الاشتراك", "أوقف", "STOP", "Stop promotions", "/stop", "/unsubscribe", "\u202eإلغاء", "إلغاء 1", "أوقف 1",
	}
}

// TestEveryStopWord says each of them while a draft is in each state: it moves
// the draft, and the editor stays a reader.
func TestEveryStopWord(t *testing.T) {
	states := map[desk.State]func(w *world){
		desk.Looked:   func(*world) {},
		desk.Second:   func(w *world) { w.setup.Second = true; w.hears("تأكيد 1.2") },
		desk.Counting: func(w *world) { w.hears("تأكيد 1.2") },
		desk.Sending:  func(w *world) { w.hears("تأكيد 1.2"); w.waits(time.Minute) },
		desk.Paused:   func(w *world) { w.hears("تأكيد 1.2"); w.waits(time.Minute); w.hears("أوقف مؤقتًا") },
	}
	for state, prepare := range states {
		t.Run(string(state), func(t *testing.T) {
			t.Parallel()
			for _, word := range stopWords() {
				w := newWorld(t)
				w.start()
				w.direct("seat سالم editor")
				w.hears("اشتراك الطقس")
				w.hears("خبر عاجل خبر أول")
				w.hears("للجميع")
				prepare(w)
				w.inState(state)
				passed := w.passed
				w.hears(word)
				draft, err := w.store.Draft(w.ctx, 1)
				w.must(err)
				if pauses := word == "أوقف" || word == "أوقف 1"; draft.State == state && (!pauses || state != desk.Paused) {
					t.Errorf("%q left the draft in %s", word, state)
				}
				if w.passed != passed {
					t.Errorf("%q was left to the conversation", word)
				}
				if chat, err := w.store.Chat(w.ctx, telegram, "سالم"); err != nil || chat.Reader.ID == 0 {
					t.Errorf("%q ended the editor's subscription: %v", word, err)
				}
			}
		})
	}
}

func (w *world) hears(text string) { w.event(bots.Event{Kind: bots.Wrote, Text: text}) }

func (w *world) waits(d time.Duration) {
	w.t.Helper()
	w.now = w.now.Add(d)
	_, err := w.desk.Once(w.ctx)
	w.must(err)
}

func (w *world) inState(state desk.State) {
	w.t.Helper()
	if d, err := w.store.Draft(w.ctx, 1); err != nil || d.State != state {
		w.t.Fatalf("the draft is in %s, want %s: %v", d.State, state, err)
	}
}
