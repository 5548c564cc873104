package outbox_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// Delete makes every line a bots.Deleter.
func (l *line) Delete(ctx context.Context, chat news.ChatID, id news.MessageID) error {
	_, err := l.carry(ctx, bots.Message{Chat: chat}, arrival{edit: id, gone: true})
	return err
}

// late reports whether the window of a change is over.
func (n *network) late(how arrival, now time.Time) bool {
	window := n.edits
	if how.gone {
		window = n.erases
	}
	if how.edit == "" || window == 0 {
		return false
	}
	for _, a := range n.got {
		if a.id == how.edit && a.edit == "" {
			return now.Sub(a.at) > window
		}
	}
	return false
}

// onDisk plays a story over the real store.
func onDisk(t *testing.T, readers int, story func(d *disk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := openDisk(t)
		defer func() { d.must(d.file.Close()) }()
		d.joinDisk(readers, "jobs")
		story(d)
		if !d.life.isDead() {
			d.must(d.end())
		}
		for _, f := range d.net.faults {
			t.Error(f)
		}
		if t.Failed() {
			t.Log(d.log.String())
		}
	})
}

func (d *disk) alertDisk(words string) news.BroadcastID {
	d.t.Helper()
	b := alert(words)
	b.Since, b.Published = time.Now().Add(-48*time.Hour), time.Now()
	id, err := d.file.Publish(context.Background(), digest.Publication{Broadcast: b, Accounts: []news.AccountID{account}})
	d.must(err)
	if d.box != nil {
		d.box.Wake()
	}
	return id
}

func (d *disk) correct(id news.BroadcastID, words string, silent bool) news.BroadcastID {
	d.t.Helper()
	c, err := d.file.Correct(context.Background(), news.Amendment{Original: id, Words: words, Silent: silent})
	d.must(err)
	d.box.Wake()
	return c
}

func (d *disk) withdraw(id news.BroadcastID) news.BroadcastID {
	d.t.Helper()
	c, err := d.file.Withdraw(context.Background(), news.Amendment{Original: id, Words: "سُحب"})
	d.must(err)
	d.box.Wake()
	return c
}

func (d *disk) reach(id news.BroadcastID) news.Reach {
	d.t.Helper()
	n, err := d.file.Reach(context.Background(), id)
	d.must(err)
	return n
}

func (d *disk) receiptsDisk(id news.BroadcastID) map[news.SubscriberID]outbox.Receipt {
	d.t.Helper()
	out := map[news.SubscriberID]outbox.Receipt{}
	d.must(d.file.Deliveries(context.Background(), id, func(one sqlite.Delivery) error {
		out[one.Subscriber] = one.Receipt
		return nil
	}))
	return out
}

func (d *disk) wantReach(id news.BroadcastID, want news.Reach) {
	d.t.Helper()
	if got := d.reach(id); got != want {
		d.t.Errorf("reach %+v, want %+v", got, want)
	}
}

// kinds counts what arrived since a point: new messages, edits, deletions.
func (d *disk) kinds(since int) (sent, edited, erased int) {
	for _, a := range d.net.arrivals()[since:] {
		switch {
		case a.gone:
			erased++
		case a.edit != "":
			edited++
		default:
			sent++
		}
	}
	return sent, edited, erased
}

func (d *disk) wantKinds(since, sent, edited, erased int) {
	d.t.Helper()
	if s, e, g := d.kinds(since); s != sent || e != edited || g != erased {
		d.t.Errorf("%d sent, %d edited, %d taken back; want %d, %d, %d", s, e, g, sent, edited, erased)
	}
}
