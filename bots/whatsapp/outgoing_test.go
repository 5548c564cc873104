package whatsapp

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"go.mau.fi/whatsmeow/store"

	"github.com/nashra-bot/nashra/news"
)

// cleared counts how often old messages are cleared.
type cleared struct {
	store.EventBuffer
	times int
	err   error
}

func (c *cleared) DeleteOldOutgoingEvents(context.Context) error {
	c.times++
	return c.err
}

func TestOldMessagesAreClearedTwiceADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		below := &cleared{err: errors.New("busy")}
		o := &outgoing{EventBuffer: below}
		if o.DeleteOldOutgoingEvents(t.Context()) == nil {
			t.Error("no error")
		}
		below.err = nil
		for range 48 { // a message every half hour
			if err := o.DeleteOldOutgoingEvents(t.Context()); err != nil {
				t.Fatal(err)
			}
			<-time.After(30 * time.Minute)
		}
		if below.times != 3 {
			t.Errorf("cleared %d times, want the failed one and two", below.times)
		}
	})
}

func TestWordingsFollowTheText(t *testing.T) {
	var w wordings
	text := news.Join(news.B("عاجل"), news.T(" خبر"))
	if got := w.of(text); got != render(text) {
		t.Errorf("%q", got)
	}
	text[1].Text = " تصحيح" // the same slice
	if got := w.of(text); got != render(text) {
		t.Errorf("%q, want the new words", got)
	}
	if got := w.of(nil); got != "" {
		t.Errorf("%q of nothing", got)
	}
}
