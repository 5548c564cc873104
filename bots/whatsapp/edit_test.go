package whatsapp_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
)

func TestEditAndDelete(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		sent := w.send(a, w.text(0, "خطأ", "1"))
		time.Sleep(14 * time.Minute)
		if _, err := a.Edit(t.Context(), sent.ID, w.text(0, "صواب", "2")); err != nil {
			t.Fatal(err)
		}
		got := w.readers[0].Inbox()
		if len(got) != 1 || got[0].Text != "صواب" || got[0].Edits != 1 {
			t.Errorf("the reader sees %+v", got)
		}
		time.Sleep(2 * time.Minute)
		if _, err := a.Edit(t.Context(), sent.ID, w.text(0, "متأخر", "3")); !errors.Is(err, bots.ErrTooLate) {
			t.Errorf("a late edit gives %v", err)
		}
		time.Sleep(47 * time.Hour)
		if err := a.Delete(t.Context(), w.Chat(0), sent.ID); err != nil || !w.readers[0].Inbox()[0].Revoked {
			t.Errorf("Delete gives %v", err)
		}
		old := w.send(a, w.text(0, "قديم", "4"))
		time.Sleep(49 * time.Hour)
		if err := a.Delete(t.Context(), w.Chat(0), old.ID); !errors.Is(err, bots.ErrTooLate) {
			t.Errorf("a late deletion gives %v", err)
		}
		if _, err := a.Edit(t.Context(), "x", w.text(0, "؟", "5")); !errors.Is(err, bots.ErrGone) {
			t.Errorf("editing nothing gives %v", err)
		}
		w.content()
	})
}
