package outbox_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// inTwo is an alert of two messages.
func (d *disk) inTwo(words string) news.BroadcastID {
	d.limits.Text = 400
	return d.alertDisk(strings.Repeat(words+" ", 100))
}

// A withdrawal finds the first part of a copy wherever the copy is: on its way,
// between two parts, or given up.
func TestAWithdrawalReachesACopyThatHasBegun(t *testing.T) {
	const trip = 400 * time.Millisecond
	for name, c := range map[string]struct {
		at     time.Duration // of the withdrawal
		script func(m bots.Message, n int) error
		sent   int // before it
	}{
		"the first part on its way":  {at: trip / 2, sent: 4},
		"between the parts":          {at: trip + 200*time.Millisecond, sent: 4},
		"the second part on its way": {at: trip + 1200*time.Millisecond, sent: 8},
		"the second part given up": {at: time.Minute, sent: 4, script: func(_ bots.Message, n int) error {
			if n > 4 && n <= 8 {
				return bots.ErrRejected
			}
			return nil
		}},
		"the second part put off": {at: trip + 1200*time.Millisecond, sent: 4, script: func(_ bots.Message, n int) error {
			if n > 4 && n <= 8 {
				return bots.ErrSuspended
			}
			return nil
		}},
	} {
		t.Run(name, func(t *testing.T) {
			onDisk(t, 4, func(d *disk) {
				d.net.trip, d.net.script = trip, c.script
				id := d.inTwo("خطأ")
				d.begin()
				pass(c.at)
				w := d.withdraw(id)
				pass(time.Minute)
				d.wantKinds(0, c.sent, 4, c.sent-4)
				d.wantReach(w, news.Reach{Copies: 4, Changed: 4, Lined: 4})
				d.wantLine(w, d.chats()...)
			})
		})
	}
}

// The time of an alert ends between its parts: who has the first one is
// corrected like everybody.
func TestACopyThatExpiresInTheMiddleIsCorrected(t *testing.T) {
	onDisk(t, 4, func(d *disk) {
		d.setup = func(o *outbox.Outbox) { o.Within = 500 * time.Millisecond }
		id := d.inTwo("خطأ")
		d.begin()
		pass(20 * time.Second)
		d.wantKinds(0, 4, 0, 0)
		c := d.correct(id, "صواب", false)
		d.wantReach(c, news.Reach{Copies: 4, Waiting: 4})
		pass(20 * time.Second)
		d.wantKinds(4, 4, 4, 0)
		d.wantReach(c, news.Reach{Copies: 4, Changed: 4, Followed: 4})
	})
}

// half sends an alert whose second part does not get through to one reader.
func (d *disk) half() news.BroadcastID {
	d.t.Helper()
	parts := 0
	d.net.script = func(m bots.Message, _ int) error {
		if m.Chat == "c2" {
			switch parts++; {
			case parts > 1 && parts%2 == 0:
				return bots.ErrNotSent
			case parts > 1: // an answer: it is no outage
				return &bots.RetryError{After: time.Second}
			}
		}
		return nil
	}
	id := d.inTwo("خطأ")
	d.begin()
	pass(20 * time.Minute)
	d.net.mu.Lock()
	d.net.script = nil
	d.net.mu.Unlock()
	d.wantKinds(0, 7, 0, 0)
	if r := d.receiptsDisk(id)[2]; r.Outcome != news.Failed || len(r.IDs) != 1 || r.Rejected {
		d.t.Errorf("receipt %+v", r)
	}
	return id
}

func (d *disk) tryAgain(id news.BroadcastID) int {
	d.t.Helper()
	n, err := d.file.TryAgain(context.Background(), id)
	d.must(err)
	return n
}

// A half copy that is tried again goes on where it was.
func TestAHalfCopyGoesOn(t *testing.T) {
	onDisk(t, 4, func(d *disk) {
		id := d.half()
		if n := d.tryAgain(id); n != 1 {
			t.Errorf("%d are tried again", n)
		}
		d.box.Wake()
		pass(time.Minute)
		d.wantKinds(7, 1, 0, 0)
		if r := d.receiptsDisk(id)[2]; r.Outcome != news.Sent || len(r.IDs) != 2 {
			t.Errorf("receipt %+v", r)
		}
	})
}

// A half copy is corrected like a whole one, and what the correction has done
// is not undone by trying the alert again.
func TestAHalfCopyIsCorrected(t *testing.T) {
	for name, between := range map[string]func(d *disk, id news.BroadcastID){
		"as it is":                func(*disk, news.BroadcastID) {},
		"while it is to be tried": func(d *disk, id news.BroadcastID) { d.tryAgain(id) },
	} {
		t.Run(name, func(t *testing.T) {
			onDisk(t, 4, func(d *disk) {
				id := d.half()
				between(d, id)
				c := d.correct(id, "صواب", false)
				if n := d.tryAgain(id); n != 0 {
					t.Errorf("%d wrong copies are tried again", n)
				}
				pass(time.Minute)
				d.wantReach(c, news.Reach{Copies: 4, Changed: 1, Followed: 4})
				if n := d.tryAgain(id); n != 0 {
					t.Errorf("%d corrected copies are tried again", n)
				}
				pass(time.Minute)
				// Three of two parts are told, one of one part is changed and told.
				d.wantKinds(7, 4, 1, 0)
				w := d.withdraw(id)
				pass(time.Minute)
				d.wantLine(w, d.chats()...)
			})
		})
	}
}
