package whatsapp_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.mau.fi/whatsmeow/types"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/news"
)

// fence has the network refuse whatever goes to some of its readers with 463.
func (w *world) fence(readers ...*whatsapptest.Reader) {
	w.server.RefuseWhen(func(to types.JID, _ whatsapptest.Sent) int {
		for _, r := range readers {
			if to.User == r.LID().User {
				return whatsapptest.AckStranger
			}
		}
		return 0
	})
}

// crowd are n readers more.
func (w *world) crowd(n int) (all []*whatsapptest.Reader) {
	for i := range n {
		all = append(all, w.server.NewReader(whatsapptest.Person{Name: fmt.Sprint("قارئ ", i)}))
	}
	return all
}

// tries writes to a reader, and returns how many messages went to the network
// for that.
func (w *world) tries(a bots.Adapter, r *whatsapptest.Reader) (int, error) {
	w.t.Helper()
	before := len(w.server.Sent())
	m := w.text(0, "خبر", fmt.Sprint(r.LID(), before, time.Now()))
	m.Chat = news.ChatID(r.LID().String())
	_, err := a.Send(w.t.Context(), m)
	return len(w.server.Sent()) - before, err
}

// One person whom the network refuses waits alone: an hour, then a day and
// longer, over restarts, and until they write. Others are written to.
func TestOneRefusedPersonWaitsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		r := w.run(a)
		bad, good := w.readers[0], w.readers[1]
		w.fence(bad)
		refused := func(what string, want int) {
			t.Helper()
			if n, err := w.tries(a, bad); n != want || !errors.Is(err, bots.ErrSuspended) {
				t.Errorf("%s: %d messages, %v", what, n, err)
			}
			if n, err := w.tries(a, good); n != 1 || err != nil {
				t.Errorf("%s: another gets %d messages, %v", what, n, err)
			}
			if s := a.State(); s.Reason != "" {
				t.Errorf("%s: the account is %+v", what, s)
			}
		}
		for _, wait := range []time.Duration{time.Hour, 24 * time.Hour, 48 * time.Hour} {
			refused("the first time", 1)
			refused("soon after", 0)
			time.Sleep(wait - time.Minute)
			refused(fmt.Sprint("before ", wait), 0)
			time.Sleep(2 * time.Minute)
		}
		refused("the last time", 1)
		r.stop()
		a = w.adapter()
		r = w.run(a)
		refused("after a restart", 0)
		bad.Send("مرحبا")
		r.next(bots.Wrote)
		refused("they wrote, in vain", 1)
		w.server.RefuseWhen(nil)
		bad.Send("مرحبا")
		r.next(bots.Wrote)
		if n, err := w.tries(a, bad); n != 1 || err != nil {
			t.Errorf("who has written gets %d messages, %v", n, err)
		}
		if kept, _ := w.memory.Load(t.Context(), "whatsapp/barred"); strings.Contains(string(kept), bad.LID().User) {
			t.Errorf("kept is %s", kept)
		}
	})
}

// Many whom the network always refuses cost a few halts, and then nobody
// anything.
func TestManyRefusedPeopleDoNotCloseTheAccount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		w.run(a)
		all := w.crowd(30)
		w.fence(all[:4]...)
		got := map[int]bool{}
		for range 24 { // hours
			for i, r := range all {
				if got[i] {
					continue
				}
				if _, err := w.tries(a, r); err == nil {
					got[i] = true
				}
			}
			time.Sleep(time.Hour + time.Second)
		}
		if len(got) != 26 {
			t.Errorf("%d of 26 were reached within a day", len(got))
		}
		if n := strings.Count(w.log.String(), "writing to people stands still"); n == 0 || n > 4 {
			t.Errorf("the account was halted %d times", n)
		}
	})
}

// An account that is closed to all is noticed after two, and the answers that
// go through meanwhile hide nothing.
func TestClosedAccountIsNoticed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		r := w.run(a)
		all := w.crowd(20)
		w.fence(all...)
		for range 3 {
			sent := 0
			for _, one := range all {
				w.Write(1, "مرحبا")
				r.next(bots.Wrote)
				if _, err := w.tries(a, w.readers[1]); err != nil && a.State().StopUntil.IsZero() {
					t.Errorf("an answer gives %v", err)
				}
				n, _ := w.tries(a, one)
				sent += n
			}
			if a.State().Reason != whatsapp.ReasonStrangers || sent > 2 {
				t.Errorf("%d were tried, the account is %+v", sent, a.State())
			}
			time.Sleep(5 * time.Hour)
		}
	})
}
