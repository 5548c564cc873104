package whatsapp_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/news"
)

func TestGroups(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{Called: []string{"نشرة"}})
		a := w.adapter()
		r := w.run(a)
		w.until("online", w.server.Connected)
		boss, member := w.readers[0], w.readers[1]
		g := w.server.NewGroup("أهل الحارة", boss, member)
		chat := news.ChatID(g.JID().String())
		if e := r.next(); e.Kind != bots.Added || e.Chat != chat || e.ChatKind != news.Group {
			t.Errorf("joining is %+v", e)
		}
		member.Say(g, "حديث بيننا")
		member.Say(g, "نشرات كثيرة")
		member.Mention(g, "أقسام")
		if e := r.next(); e.Text != "أقسام" || !e.Addressed || e.Chat != chat || e.From != news.UserID(w.Chat(1)) {
			t.Errorf("a mention is %+v", e)
		}
		boss.Say(g, "نشرة: موجز")
		if e := r.next(); e.Text != "موجز" {
			t.Errorf("a call is %+v", e)
		}
		sent := w.send(a, bots.Message{Chat: chat, Text: news.T("جواب"), Key: "1"})
		member.Retort(g, string(sent.ID[:22]), "شكرا")
		if e := r.next(); e.Text != "شكرا" {
			t.Errorf("an answer is %+v", e)
		}
		member.Retort(g, "3A", "ليس لك")
		for reader, want := range map[*whatsapptest.Reader]bool{boss: true, member: false} {
			if admin, err := a.Admin(t.Context(), chat, news.UserID(reader.LID().String())); err != nil || admin != want {
				t.Errorf("%s runs the group: %v, %v", reader.Name(), admin, err)
			}
		}
		g.Promote(member)
		if admin, err := a.Admin(t.Context(), chat, news.UserID(member.LID().String())); err != nil || !admin {
			t.Errorf("a new administrator: %v, %v", admin, err)
		}
		g.RemoveBot()
		if e := r.next(); e.Kind != bots.Removed || e.Chat != chat {
			t.Errorf("leaving is %+v", e)
		}
		if _, err := a.Admin(t.Context(), chat, news.UserID(boss.LID().String())); !errors.Is(err, bots.ErrGone) {
			t.Errorf("asking from outside gives %v", err)
		}
		if _, err := a.Send(t.Context(), bots.Message{Chat: chat, Text: news.T("؟"), Key: "2"}); !errors.Is(err, bots.ErrSuspended) {
			t.Errorf("writing from outside gives %v", err)
		}
		w.until("acknowledged", func() bool { return w.server.Pending() == 0 })
		r.stop()
		a = w.adapter() // which has to ask who is in it
		if _, err := a.Send(t.Context(), bots.Message{Chat: chat, Text: news.T("؟"), Key: "3"}); !errors.Is(err, bots.ErrGone) {
			t.Errorf("writing from outside gives %v", err)
		}
		r = w.run(a)
		time.Sleep(2 * time.Minute)
		g.AddBot()
		if e := r.next(); e.Kind != bots.Added {
			t.Errorf("coming back is %+v", e)
		}
	})
}
