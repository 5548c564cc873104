package outbox_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// stands returns what each chat shows in the end, in the order of sending.
func stands(got []arrival) map[news.ChatID][]arrival {
	all := map[news.ChatID][]arrival{}
	for i, a := range got {
		chat := all[a.Chat]
		at := slices.IndexFunc(chat, func(m arrival) bool { return m.id == a.edit })
		switch {
		case a.edit == "":
			if a.id == "" {
				a.id = news.MessageID(fmt.Sprint("lost", i))
			}
			all[a.Chat] = append(chat, a)
		case at < 0:
		case a.gone:
			all[a.Chat] = slices.Delete(chat, at, at+1)
		default:
			chat[at].Text = a.Text
		}
	}
	return all
}

// wantLine fails unless a chat shows the line of a withdrawal and nothing else.
func (d *disk) wantLine(w news.BroadcastID, chats ...news.ChatID) {
	d.t.Helper()
	all := stands(d.net.arrivals())
	for _, chat := range chats {
		if got := all[chat]; len(got) != 1 || !strings.HasPrefix(got[0].Text.String(), fmt.Sprintf("%d/", w)) {
			d.t.Errorf("%s shows %d messages: %+v", chat, len(got), got)
		}
	}
}

func (d *disk) chats() (all []news.ChatID) {
	for _, r := range d.readers {
		all = append(all, r.Chat)
	}
	return all
}

// A withdrawal takes back what its corrections had told, too. What can be taken
// back no more becomes the line.
func TestAWithdrawalTakesItsCorrectionsBack(t *testing.T) {
	for _, c := range []struct {
		name                 string
		erases               time.Duration
		sent, edited, erased int
		lines                int
	}{
		{"in time", 0, 0, 20, 40, 1},
		{"too late", time.Hour, 0, 60, 0, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			onDisk(t, 20, func(d *disk) {
				d.net.erases = c.erases
				d.setup = func(o *outbox.Outbox) { o.Chunk = 7 }
				id := d.alertDisk("خطأ")
				d.begin()
				pass(5 * time.Second)
				for _, words := range []string{"صوابب", "صواب"} {
					d.correct(id, words, false)
					pass(10 * time.Second)
				}
				pass(2 * time.Hour)
				before := len(d.net.arrivals())
				w := d.withdraw(id)
				pass(20 * time.Second)
				d.wantKinds(before, c.sent, c.edited, c.erased)
				d.wantReach(w, news.Reach{Copies: 20, Changed: 20, Lined: 20})
				for chat, got := range stands(d.net.arrivals()) {
					if len(got) != c.lines || !strings.HasPrefix(got[0].Text.String(), fmt.Sprintf("%d/", w)) {
						t.Errorf("%s shows %+v", chat, got)
					}
				}
			})
		})
	}
}

// A picture does not stay under a line, nor the end of a long text. The line
// comes after them, answers nothing that is gone, and makes no sound.
func TestAWithdrawalOfAFileLeavesTheLine(t *testing.T) {
	onDisk(t, 8, func(d *disk) {
		id := d.carried(strings.Repeat("خطأ ", 300), video)
		d.begin()
		pass(20 * time.Second)
		d.wantKinds(0, 16, 0, 0)
		d.leaveDisk("c3")
		pass(5 * time.Second)
		before := len(d.net.arrivals())
		w := d.withdraw(id)
		pass(20 * time.Second)
		d.wantKinds(before, 7, 0, 16)
		d.wantReach(w, news.Reach{Copies: 8, Changed: 8, Lined: 7})
		d.wantLine(w, "c1", "c2", "c4", "c5", "c6", "c7", "c8")
		for _, a := range d.net.arrivals()[before:] {
			if a.edit == "" && (!a.Silent || a.Reply != "" || a.Chat == "c3") {
				t.Errorf("the line for %s: silent %v, in answer to %q", a.Chat, a.Silent, a.Reply)
			}
		}
	})
}

// A text of several messages becomes the line with its first one.
func TestAWithdrawalOfALongText(t *testing.T) {
	onDisk(t, 6, func(d *disk) {
		d.limits.Text = 400
		id := d.alertDisk(strings.Repeat("خطأ ", 200))
		d.begin()
		pass(20 * time.Second)
		d.wantKinds(0, 18, 0, 0)
		w := d.withdraw(id)
		pass(20 * time.Second)
		d.wantKinds(18, 0, 6, 12)
		d.wantReach(w, news.Reach{Copies: 6, Changed: 6, Lined: 6})
		d.wantLine(w, d.chats()...)
	})
}

// A part that stays keeps the copy wrong: its reader is told aloud.
func TestAPartThatStaysIsTold(t *testing.T) {
	onDisk(t, 4, func(d *disk) {
		d.limits.Text = 400
		id := d.alertDisk(strings.Repeat("خطأ ", 100))
		d.begin()
		pass(20 * time.Second)
		d.wantKinds(0, 8, 0, 0)
		edits := map[news.ChatID]int{}
		d.net.script = func(m bots.Message, _ int) error {
			if !m.Text.Empty() && m.Reply == "" { // an edit
				if edits[m.Chat]++; edits[m.Chat] > 1 {
					return bots.ErrTooLate
				}
			} else if m.Text.Empty() {
				return bots.ErrTooLate
			}
			return nil
		}
		w := d.withdraw(id)
		pass(20 * time.Second)
		d.wantKinds(8, 4, 4, 0)
		d.wantReach(w, news.Reach{Copies: 4, Followed: 4})
		for _, a := range d.net.arrivals()[8:] {
			if a.edit == "" && (a.Silent || a.Reply == "") {
				t.Errorf("told in silence, or in answer to nothing: %+v", a)
			}
		}
	})
}

// Killed between the deletion and the line: nobody is left without it, and no
// more than one message is repeated for each that was on its way.
func TestAKillBetweenTheDeletionAndTheLine(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			onDisk(t, 60, func(d *disk) {
				id := d.carried("خطأ", video)
				d.begin()
				pass(10 * time.Second)
				d.correct(id, "صواب", false)
				pass(10 * time.Second)
				w := d.withdraw(id)
				rng := rand.New(rand.NewPCG(seed, 21))
				kills := 4
				for range kills {
					pass(time.Duration(rng.IntN(2500)) * time.Millisecond)
					d.kill()
					d.begin()
				}
				pass(time.Minute)
				more := 0
				for chat, got := range stands(d.net.arrivals()) {
					for _, m := range got {
						if !strings.HasPrefix(m.Text.String(), fmt.Sprintf("%d/", w)) {
							t.Errorf("%s still shows %q", chat, m.Text.String())
						}
					}
					if more += len(got) - 1; len(got) == 0 {
						t.Errorf("%s has no line", chat)
					}
				}
				if more > kills*d.limits.InFlight {
					t.Errorf("%d lines too many", more)
				}
				d.wantReach(w, news.Reach{Copies: 60, Changed: 60, Lined: 60})
			})
		})
	}
}

// Whatever the network allows, refuses and loses, and whenever the program is
// killed: no chat keeps the alert or its correction where both could be
// reached, and every reader has the line.
func TestEveryReaderEndsWithTheLine(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { recallStorm(t, seed) })
		})
	}
}

func recallStorm(t *testing.T, seed uint64) {
	d := openDisk(t)
	defer func() { d.must(d.file.Close()) }()
	rng := rand.New(rand.NewPCG(seed, 31))
	windows := []time.Duration{0, 10 * time.Second, 30 * time.Second}
	d.net.edits = windows[rng.IntN(3)]
	d.joinDisk(160, "jobs")
	publish := d.alertDisk
	if seed%2 == 0 {
		publish = func(words string) news.BroadcastID { return d.carried(words, video) }
	}
	id := publish("1")
	doubtful, kills := d.weather(rand.New(rand.NewPCG(seed, 32))), 0
	d.begin()
	pass(time.Duration(4+rng.IntN(8)) * time.Second)
	c := d.correct(id, "2", false)
	pass(time.Duration(rng.IntN(8)) * time.Second)
	w := d.withdraw(id)
	for range 4 {
		pass(time.Duration(rng.IntN(4000)) * time.Millisecond)
		d.kill()
		kills++
		d.begin()
	}
	d.net.mu.Lock()
	d.net.script = nil
	d.net.mu.Unlock()
	pass(100 * time.Minute)
	d.checkLines(id, c, w, *doubtful, kills)
	d.must(d.end())
	if t.Failed() {
		t.Log(d.log.String())
	}
}

func (d *disk) checkLines(id, c, w news.BroadcastID, doubtful, kills int) {
	t := d.t
	t.Helper()
	for _, chat := range d.gone {
		d.left[chat] = true
	}
	known := map[news.MessageID]bool{}
	for _, b := range []news.BroadcastID{id, c} {
		for _, r := range d.receiptsDisk(b) {
			for _, one := range r.IDs {
				known[one] = true
			}
		}
	}
	more := 0
	for chat, got := range stands(d.net.arrivals()) {
		lines := 0
		for _, m := range got {
			switch {
			case strings.HasPrefix(m.Text.String(), fmt.Sprintf("%d/", w)):
				lines++
			case d.left[chat]:
			case known[m.id]:
				t.Errorf("%s shows %q as %s", chat, m.Text.String(), m.id)
			default:
				more++
			}
		}
		if more += max(0, lines-1); lines == 0 && !d.left[chat] {
			t.Errorf("%s has no line: %+v", chat, got)
		}
	}
	if most := kills*d.limits.InFlight + 2*doubtful; more > most {
		t.Errorf("%d messages too many, at most %d are promised", more, most)
	}
	n := d.reach(w)
	if b, err := d.file.Broadcast(context.Background(), w); err != nil || b.State != news.Done || n.Waiting > 0 {
		t.Errorf("the withdrawal is %s: %+v, %v", b.State, n, err)
	}
	t.Logf("%+v, %d too many, %d kills, %d doubtful", n, more, kills, doubtful)
}
