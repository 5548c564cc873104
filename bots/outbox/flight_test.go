package outbox_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// A correction waits for the copies of the wrong text that are on their way:
// nobody is overlooked.
func TestACorrectionWaitsForWhatIsOnItsWay(t *testing.T) {
	onDisk(t, 12, func(d *disk) {
		d.net.trip = 4 * time.Second
		id := d.alertDisk("خطأ")
		d.begin()
		pass(time.Second)
		c := d.correct(id, "صواب", false)
		pass(3 * time.Minute)
		d.wantReach(c, news.Reach{Copies: 4, Changed: 4, Followed: 4})
		d.wantKinds(0, 12+4, 4, 0)
		for _, r := range d.receiptsDisk(id) {
			if r.Version != 2 {
				t.Errorf("receipt %+v", r)
			}
		}
	})
}

// A copy that may have arrived with the wrong text is not repeated with the
// right one: its reader is told.
func TestACopyInDoubtIsLeftToTheCorrection(t *testing.T) {
	onDisk(t, 6, func(d *disk) {
		d.setup = func(o *outbox.Outbox) { o.RepeatUnknown = true }
		d.net.script = func(m bots.Message, n int) error {
			if n <= 2 {
				return errArrived
			}
			return nil
		}
		id := d.alertDisk("خطأ")
		d.begin()
		pass(2 * time.Second)
		c := d.correct(id, "صواب", false)
		pass(time.Minute)
		d.wantReach(c, news.Reach{Copies: 6, Changed: 4, Followed: 6})
		for _, a := range d.net.arrivals() {
			if a.edit == "" && a.Text.String() == fmt.Sprintf("%d/2 صواب", id) {
				t.Errorf("%s got the right text unmarked, behind the wrong one", a.Chat)
			}
		}
		if b, err := d.file.Broadcast(context.Background(), id); err != nil || b.State != news.Done {
			t.Errorf("the original is %s, %v", b.State, err)
		}
	})
}

// It is not repeated either when its time comes before the correction does.
func TestACopyInDoubtThatIsDueBeforeItsCorrection(t *testing.T) {
	onDisk(t, 300, func(d *disk) {
		d.setup = func(o *outbox.Outbox) { o.RepeatUnknown = true }
		d.net.script = func(m bots.Message, n int) error {
			if n == 300 {
				return errArrived
			}
			return nil
		}
		id := d.alertDisk("خطأ")
		d.begin()
		pass(11 * time.Second)
		c := d.correct(id, "صواب", false)
		pass(5 * time.Minute)
		d.wantReach(c, news.Reach{Copies: 300, Changed: 299, Followed: 300})
		d.wantKinds(300, 300, 299, 0)
	})
}

// Whoever is told of a correction is told before the rest of the list gets the
// right text, message for message.
func TestACorrectionSharesTheWayWithItsOriginal(t *testing.T) {
	onDisk(t, 900, func(d *disk) {
		id := d.alertDisk("خطأ")
		d.begin()
		pass(10 * time.Second)
		c := d.correct(id, "صواب", false)
		pass(6 * time.Second)
		over, rest := 0, 0
		for _, a := range d.net.arrivals()[300:] {
			switch {
			case a.edit != "" || a.Text.String() == fmt.Sprintf("%d/2 صواب", c):
				over++
			default:
				rest++
			}
		}
		if over < 60 || rest < 60 {
			t.Errorf("%d for the correction, %d for the rest", over, rest)
		}
		pass(2 * time.Minute)
	})
}

func TestTryingTheFailedAgain(t *testing.T) {
	onDisk(t, 20, func(d *disk) {
		down := true
		d.net.script = func(m bots.Message, n int) error {
			switch {
			case m.Chat == "c2" && down:
				return bots.ErrGone
			case m.Chat == "c3":
				return bots.ErrRejected
			case (m.Chat == "c4" || m.Chat == "c5") && down:
				return &bots.MovedError{To: m.Chat}
			}
			return nil
		}
		id := d.alertDisk("خبر")
		d.begin()
		pass(20 * time.Minute)
		p, err := d.file.Pulse(context.Background(), id)
		d.must(err)
		if len(p) != 1 || p[0].State != news.Done || p[0].Counts[news.Sent] != 16 || p[0].Counts[news.Failed] != 4 || p[0].Audience != 20 {
			t.Fatalf("%+v", p)
		}
		down = false
		n, err := d.file.TryAgain(context.Background(), id)
		d.must(err)
		d.box.Wake()
		pass(time.Minute)
		after, err := d.file.Pulse(context.Background(), id)
		d.must(err)
		if n != 2 || after[0].Counts[news.Sent] != 18 || after[0].Counts[news.Failed] != 2 || after[0].State != news.Done {
			t.Errorf("%d tried again: %+v", n, after)
		}
		if after[0].Rate(p[0]) != 0 { // two were told again, none more
			t.Errorf("rate %v", after[0].Rate(p[0]))
		}
		if n, err := d.file.TryAgain(context.Background(), id); n != 0 || err != nil {
			t.Errorf("again %d, %v", n, err)
		}
	})
}
