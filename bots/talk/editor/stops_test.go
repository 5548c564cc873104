package editor_test

import (
	"slices"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// spoken is what the test says, in a language. stops are all kinds of words for it:
// single, in sentences, misspelled, decorated, of the other language, commands,
// and those that name the subscription. halts pause what is on its way.
type spoken struct {
	room                                     room
	name, subscribe, alert, all, yes, pauses string
	stops, halts                             []string
}

func arabicStops() spoken {
	return spoken{arabicRoom(), "سالم", "اشتراك الطقس", "خبر عاجل خبر أول", "للجميع", "تأكيد 1.2", "أوقف مؤقتًا", []string{
		"إلغاء", "الغاء", "الغاع", "توقف", "ستوب", "كفى", "كفـــى!!!", "لا أريد", "لا أريد رسائلكم", "من فضلكم أوقفوا الرسائل", "إلغاء كل شيء",
		"السلام عليكم، إلغاء الاشتراك", "إلغاء الاشتراك", "إيقاف الاشتراك", "أوقف", "STOP", "Stop promotions", "/stop", "/unsubscribe", "\u202eإلغاء", "إلغاء 1", "أوقف 1",
	}, []string{"أوقف", "أوقف 1"}}
}

func englishStops() spoken {
	return spoken{englishRoom(), "Salim", "subscribe weather", "alert: first", "to everybody", "confirm 1.2", "pause", []string{
		"cancel", "Cancel!", "canceel", "stop", "STOP", "stop all", "Stop promotions", "please stop", "stop sending me this", "quit", "end", "unsubscribe", "unsubscribe me",
		"cancel my subscription", "hello, cancel", "opt out", "leave me alone", "/stop", "/unsubscribe", "cancel 1", "stop 1", "halt", "halt 1", "إلغاء", "إلغاء 1",
	}, []string{"halt", "halt 1"}}
}

// TestEveryStopWord says each of them while a draft is in each state: it moves
// the draft, and the editor stays a reader.
func TestEveryStopWord(t *testing.T) {
	for _, say := range []spoken{arabicStops(), englishStops()} {
		states := map[desk.State]func(w *world){
			desk.Looked:   func(*world) {},
			desk.Second:   func(w *world) { w.setup.Second = true; w.hears(say.yes) },
			desk.Counting: func(w *world) { w.hears(say.yes) },
			desk.Sending:  func(w *world) { w.hears(say.yes); w.waits(time.Minute) },
			desk.Paused:   func(w *world) { w.hears(say.yes); w.waits(time.Minute); w.hears(say.pauses) },
		}
		for state, prepare := range states {
			t.Run(string(say.room.language)+" "+string(state), func(t *testing.T) {
				t.Parallel()
				for _, word := range say.stops {
					say.stop(t, word, state, prepare)
				}
			})
		}
	}
}

func (say spoken) stop(t *testing.T, word string, state desk.State, prepare func(w *world)) {
	w := newWorld(t)
	w.room, w.name = say.room, say.name
	w.start()
	w.direct("seat " + say.name + " editor")
	w.hears(say.subscribe)
	w.hears(say.alert)
	w.hears(say.all)
	prepare(w)
	w.inState(state)
	passed := w.passed
	w.hears(word)
	draft, err := w.store.Draft(w.ctx, 1)
	w.must(err)
	if draft.State == state && (!slices.Contains(say.halts, word) || state != desk.Paused) {
		t.Errorf("%q left the draft in %s", word, state)
	}
	if w.passed != passed {
		t.Errorf("%q was left to the conversation", word)
	}
	if chat, err := w.store.Chat(w.ctx, telegram, news.ChatID(say.name)); err != nil || chat.Reader.ID == 0 {
		t.Errorf("%q ended the editor's subscription: %v", word, err)
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
