package editor_test

import (
	"testing"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// FuzzStranger sends anything as somebody who is no editor: whatever it is, it
// moves no draft, and the desk's switches stay as they are.
func FuzzStranger(f *testing.F) {
	for _, text := range []string{
		"خبر عاجل خبر", "تأكيد 1.1", "/confirm 1.1", "إلغاء 1", "تجميد", "سحب 1", "/withdraw 1", "افتح", "محررون إضافة مالك س", "123456789012", "desk:yes:1:1",
		"desk:halt:1", "desk:to:1:1:weather", "desk:all:1:1", "desk:::", "desk:yes:-1:9", "أوقف الكل", "\u202eتأكيد 1.1", "مقترح 1", "/editors add owner x",
		"النشرة", "احذف 1", "أوقف النشرة", "desk:ed:h:noon:2026-11-23:0", "desk:ed:x:noon:2026-11-23:0:1", "تقويم رمضان: مساء 22:00", "تقويم الجمعة: صباح 09:00 كل جمعة", "desk:cal:1",
		"alert x", "confirm 1.1", "cancel 1", "freeze", "withdraw 1", "open", "editors add owner x", "hold all", "drop 1", "calendar x: evening 22:00",
	} {
		f.Add(text, true)
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, text string, pressed bool) {
		w := newWorld(t)
		w.start()
		w.direct("seat سالم owner")
		who := w.seats["سالم"]
		draft, err := w.desk.Write(w.ctx, who, "", desk.Content{Words: "خبر", Everyone: true})
		w.must(err)
		p, err := w.desk.Preview(w.ctx, who, draft.ID)
		w.must(err)
		before, err := w.desk.Standing(w.ctx)
		w.must(err)
		e := bots.Event{Kind: bots.Wrote, Text: text}
		if pressed {
			e = bots.Event{Kind: bots.Pressed, Data: text, Message: "900"}
		}
		e.Account, e.Chat, e.ChatKind, e.From, e.Key, e.Addressed = telegram, "غريب", news.Private, "غريب", "1", true
		if _, err := w.door.Handle(w.ctx, e); err != nil {
			t.Fatalf("after %q: %v", text, err)
		}
		after, err := w.store.Draft(w.ctx, draft.ID)
		w.must(err)
		if after.Revision != p.Draft.Revision {
			t.Errorf("%q moved the draft to %s", text, after.State)
		}
		if now, err := w.desk.Standing(w.ctx); err != nil || now != before {
			t.Errorf("%q turned a switch: %+v, %v", text, now, err)
		}
		if all, err := w.store.Roster(w.ctx); err != nil || len(all) != 1 {
			t.Errorf("%q made an editor: %v, %v", text, all, err)
		}
	})
}

// FuzzEditor sends anything as an editor, while a draft is counting down:
// nothing breaks, nothing goes out that nobody confirmed, and the editor stays
// a reader unless they say so in whole words.
func FuzzEditor(f *testing.F) {
	for _, text := range []string{"إلغاء", "ستوب", "لا أريد", "/stop", "أوقف", "تأكيد 1.2", "عدّل x", "desk:all:1:2", "تصحيح 1: س", "كفى", "stop", "غدًا 07:30", "أوقف 7", "إلغاء 7", "أوقف الكل", "تقويم س: كل جمعة صباح 9:00 مساء بلا نشرة أيام السبت إلى", "تقويم الدوام الصيفي كل سبت حتى غد",
		"cancel", "pause", "confirm 1.2", "hold all", "alert x", "unsubscribe", "tomorrow 07:30",
	} {
		f.Add(text, true)
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, text string, pressed bool) {
		w := newWorld(t)
		w.start()
		w.direct("seat سالم owner")
		for _, line := range []string{"اشتراك الطقس", "خبر عاجل خبر أول", "للجميع", "تأكيد 1.2"} {
			w.event(bots.Event{Kind: bots.Wrote, Text: line})
		}
		e := bots.Event{Kind: bots.Wrote, Text: text}
		if pressed {
			e = bots.Event{Kind: bots.Pressed, Data: text, Message: "900"}
		}
		stops := !pressed && w.door.Stops(text)
		w.event(e)
		if draft, err := w.store.Draft(w.ctx, 1); err != nil || stops && draft.State == desk.Counting {
			t.Errorf("%q stopped nothing: %s, %v", text, draft.State, err)
		}
		if chat, err := w.store.Chat(w.ctx, telegram, "سالم"); err != nil || stops && chat.Reader.ID == 0 {
			t.Errorf("%q ended the editor's subscription: %v", text, err)
		}
		if len(w.press.printed) > 0 {
			t.Errorf("%q sent %q", text, w.press.printed)
		}
	})
}
