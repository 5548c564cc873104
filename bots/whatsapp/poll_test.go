package whatsapp_test

import (
	"slices"
	"testing"
	"testing/synctest"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/news"
)

func TestPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		r := w.run(a)
		m := w.text(0, "الأقسام", "poll")
		m.Poll = true
		m.Buttons = [][]news.Button{{{Label: "أخبار", Data: "news"}, {Label: "طقس", Data: "weather"}}, {{Label: "شعر", Data: "poetry"}}}
		sent := w.send(a, m)
		shown := w.readers[0].Inbox()[0]
		if shown.Kind != whatsapptest.KindPoll || shown.Text != "الأقسام" || !slices.Equal(shown.Poll.Options, []string{"أخبار", "طقس", "شعر"}) {
			t.Fatalf("the poll is %+v", shown)
		}
		for i, c := range []struct {
			tick []string
			want string
		}{
			{[]string{"طقس", "شعر"}, "+weather\n+poetry"},
			{[]string{"طقس", "أخبار"}, "+news\n=weather\n-poetry"},
			{nil, "-news\n-weather"},
		} {
			w.readers[0].Vote(shown.ID, c.tick...)
			if e := r.next(); e.Kind != bots.Pressed || e.Data != c.want || e.Message[:22] != sent.ID[:22] || e.Chat != w.Chat(0) || !e.Addressed {
				t.Errorf("vote %d is %+v, want %q", i, e, c.want)
			}
			w.until("acknowledged", func() bool { return w.server.Pending() == 0 })
			switch i {
			case 0: // it is remembered over a restart
				r.stop()
				a = w.adapter()
				r = w.run(a)
			case 1: // a repeat changes nothing
				w.send(a, m)
			}
		}
		w.readers[0].Vote(shown.ID, "شعر")
		if e := r.next(); e.Data != "+poetry" {
			t.Errorf("a further vote is %+v", e)
		}
		if err := a.Forget(t.Context(), w.Chat(0)); err != nil {
			t.Error(err)
		}
		long := w.text(1, "خيارات", "long")
		long.Poll = true
		for i := range 13 {
			long.Buttons = append(long.Buttons, []news.Button{{Label: string(rune('a' + i)), Data: "x"}})
		}
		w.send(a, long)
		if got := w.readers[1].Inbox()[0]; got.Kind != whatsapptest.KindText {
			t.Errorf("thirteen options are %+v", got)
		}
		w.content()
	})
}
