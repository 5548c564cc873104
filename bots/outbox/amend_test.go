package outbox_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

func TestACorrectionEditsAndTells(t *testing.T) {
	onDisk(t, 30, func(d *disk) {
		id := d.alertDisk("خطأ")
		d.begin()
		pass(5 * time.Second)
		d.wantKinds(0, 30, 0, 0)
		c := d.correct(id, "صواب", false)
		pass(10 * time.Second)
		d.wantKinds(30, 30, 30, 0)
		own := map[news.ChatID]news.MessageID{}
		for i, a := range d.net.arrivals() {
			switch {
			case i < 30:
				own[a.Chat] = a.id
			case a.edit != "" && (a.edit != own[a.Chat] || a.Text.String() != fmt.Sprintf("%d/2 صواب", id)):
				t.Errorf("%s: %s changed into %q", a.Chat, a.edit, a.Text.String())
			case a.edit == "" && (a.Reply != own[a.Chat] || a.Silent || a.Text.String() != fmt.Sprintf("%d/2 صواب", c)):
				t.Errorf("%s: %q in answer to %s", a.Chat, a.Text.String(), a.Reply)
			}
		}
		for _, r := range d.receiptsDisk(id) {
			if r.Version != 2 || r.Outcome != news.Sent || len(r.IDs) != 1 {
				t.Errorf("the original's receipt %+v", r)
			}
		}
		d.wantReach(c, news.Reach{Copies: 30, Changed: 30, Followed: 30})
		if b, err := d.file.Broadcast(context.Background(), c); err != nil || b.State != news.Done || b.Was != "خطأ" || b.Words != "صواب" || b.Original != id {
			t.Errorf("%+v, %v", b, err)
		}
	})
}

func TestATypoIsChangedInSilence(t *testing.T) {
	onDisk(t, 20, func(d *disk) {
		id := d.alertDisk("خطا")
		d.begin()
		pass(5 * time.Second)
		c := d.correct(id, "خطأ", true)
		pass(10 * time.Second)
		d.wantKinds(20, 0, 20, 0)
		d.wantReach(c, news.Reach{Copies: 20, Changed: 20})
		d.net.edits = time.Hour
		pass(2 * time.Hour)
		c = d.correct(c, "خطأ.", true)
		pass(10 * time.Second)
		d.wantKinds(40, 0, 0, 0)
		d.wantReach(c, news.Reach{Copies: 20, Missed: 20})
	})
}

func TestACorrectionThatComesTooLateIsTold(t *testing.T) {
	onDisk(t, 20, func(d *disk) {
		d.net.edits = time.Hour
		id := d.alertDisk("خطأ")
		d.begin()
		pass(2 * time.Hour)
		c := d.correct(id, "صواب", false)
		pass(10 * time.Second)
		d.wantKinds(20, 20, 0, 0)
		d.wantReach(c, news.Reach{Copies: 20, Followed: 20})
		for _, a := range d.net.arrivals()[20:] {
			if a.Reply == "" {
				t.Error("a correction that answers nothing")
			}
		}
	})
}

func TestAWithdrawal(t *testing.T) {
	for _, c := range []struct {
		name                 string
		edits, erases        time.Duration
		sent, edited, erased int
		want                 news.Reach
	}{
		{"edited", 3 * time.Hour, 3 * time.Hour, 0, 20, 0, news.Reach{Copies: 20, Changed: 20, Lined: 20}},
		{"taken back", time.Hour, 3 * time.Hour, 20, 0, 20, news.Reach{Copies: 20, Changed: 20, Lined: 20}},
		{"told", time.Hour, time.Hour, 20, 0, 0, news.Reach{Copies: 20, Followed: 20}},
	} {
		t.Run(c.name, func(t *testing.T) {
			onDisk(t, 20, func(d *disk) {
				d.net.edits, d.net.erases = c.edits, c.erases
				id := d.alertDisk("خطأ")
				d.begin()
				pass(2 * time.Hour)
				w := d.withdraw(id)
				pass(20 * time.Second)
				d.wantKinds(20, c.sent, c.edited, c.erased)
				d.wantReach(w, c.want)
				for _, a := range d.net.arrivals()[20:] {
					if told := c.erased == 0; a.edit == "" && (a.Silent == told || told != (a.Reply != "")) {
						t.Errorf("silent %v, in answer to %q", a.Silent, a.Reply)
					}
				}
				if _, err := d.file.Correct(context.Background(), news.Amendment{Original: id, Words: "x"}); err == nil || !strings.Contains(err.Error(), news.ErrFinal.Error()) {
					t.Errorf("corrected after it was withdrawn: %v", err)
				}
			})
		})
	}
}

func TestAWithdrawalInTheMiddle(t *testing.T) {
	onDisk(t, 200, func(d *disk) {
		id := d.alertDisk("خطأ")
		d.begin()
		pass(2 * time.Second)
		w := d.withdraw(id)
		pass(time.Minute)
		sent, edited, erased := d.kinds(0)
		if sent < 40 || sent > 80 || edited != sent || erased != 0 {
			t.Errorf("%d sent, %d edited, %d taken back", sent, edited, erased)
		}
		d.wantReach(w, news.Reach{Copies: sent, Changed: sent, Lined: sent})
	})
}

func TestWhoHasLeftIsNotToldAndWhoPausedIs(t *testing.T) {
	onDisk(t, 20, func(d *disk) {
		id := d.alertDisk("خطأ")
		d.begin()
		pass(5 * time.Second)
		d.leaveDisk("c3")
		pass(5 * time.Second)
		before := len(d.net.arrivals())
		c := d.correct(id, "صواب", false)
		pass(10 * time.Second)
		d.wantKinds(before, 19, 20, 0)
		d.wantReach(c, news.Reach{Copies: 20, Changed: 20, Followed: 19})
		for _, a := range d.net.arrivals()[before:] {
			if a.Chat == "c3" && a.edit == "" {
				t.Error("who has left got a message")
			}
		}
	})
}

func TestCopiesThatMayHaveArrivedAreTold(t *testing.T) {
	onDisk(t, 20, func(d *disk) {
		d.net.script = func(m bots.Message, _ int) error {
			if m.Chat == "c5" || m.Chat == "c6" {
				return errArrived
			}
			return nil
		}
		id := d.alertDisk("خطأ")
		d.begin()
		pass(time.Minute)
		d.net.script = nil
		c := d.correct(id, "صواب", false)
		pass(10 * time.Second)
		d.wantKinds(20, 20, 18, 0)
		d.wantReach(c, news.Reach{Copies: 20, Changed: 18, Followed: 20})
	})
}

// A typo that is put right while a correction goes out does not keep anybody
// from hearing of the correction.
func TestATypoInTheMiddleOfACorrection(t *testing.T) {
	onDisk(t, 200, func(d *disk) {
		id := d.alertDisk("خطأ")
		d.begin()
		pass(20 * time.Second)
		d.correct(id, "صوابب", false)
		pass(3 * time.Second)
		d.correct(id, "صواب", true)
		pass(time.Minute)
		told, last := map[news.ChatID]int{}, map[news.ChatID]string{}
		for _, a := range d.net.arrivals()[200:] {
			if a.edit == "" {
				told[a.Chat]++
			} else {
				last[a.Chat] = a.Text.String()
			}
		}
		twice := 0
		for _, r := range d.readers {
			if last[r.Chat] != fmt.Sprintf("%d/3 صواب", id) {
				t.Errorf("%s has %q", r.Chat, last[r.Chat])
			}
			switch told[r.Chat] {
			case 1:
			case 2:
				twice++
			default:
				t.Errorf("%s was told %d times", r.Chat, told[r.Chat])
			}
		}
		if twice > d.limits.InFlight {
			t.Errorf("%d were told twice", twice)
		}
	})
}

func TestTheSameDecisionOnce(t *testing.T) {
	onDisk(t, 5, func(d *disk) {
		id := d.alertDisk("خطأ")
		d.begin()
		pass(5 * time.Second)
		first := d.correct(id, "صواب", false)
		for _, a := range []news.Amendment{
			{Original: id, Version: 1, Words: "صواب"},
			{Original: first, Version: 1, Words: "صواب"},
		} {
			if again, err := d.file.Correct(context.Background(), a); err != nil || again != first {
				t.Errorf("%+v made %d, %v", a, again, err)
			}
		}
		if _, err := d.file.Correct(context.Background(), news.Amendment{Original: id, Version: 1, Words: "غيره"}); err == nil || !strings.Contains(err.Error(), news.ErrOvertaken.Error()) {
			t.Errorf("over an old version: %v", err)
		}
		key := news.Amendment{Original: id, Key: "7/2", Words: "أصوب"}
		second, err := d.file.Correct(context.Background(), key)
		d.must(err)
		if again, err := d.file.Correct(context.Background(), key); err != nil || again != second {
			t.Errorf("the same key made %d, %v", again, err)
		}
		pass(10 * time.Second)
	})
}
