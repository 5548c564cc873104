package editor_test

import (
	"testing"

	"github.com/nashra-bot/nashra/bots"
)

// TestTipFileIsFetchedOnce has a reader on WhatsApp, and editors on Telegram:
// the file comes from WhatsApp, once, and only for who may have it.
func TestTipFileIsFetchedOnce(t *testing.T) {
	w := newWorld(t)
	w.start()
	w.direct("seat سالم editor")
	w.direct("seat نور editor")
	w.direct("seat مريم reporter")
	w.account = whatsapp
	w.direct("brings قارئ photo حريق")
	w.account = telegram
	for _, name := range []string{"مريم", "غريب"} {
		w.name = name
		w.event(bots.Event{Kind: bots.Wrote, Text: "بلاغ 1"})
		w.event(bots.Event{Kind: bots.Pressed, Data: "desk:tip:1", Message: "900"})
	}
	if w.fetched != 0 {
		t.Fatal("a file was fetched for somebody who may not have it")
	}
	for _, name := range []string{"سالم", "نور", "سالم"} {
		w.name = name
		w.event(bots.Event{Kind: bots.Wrote, Text: "بلاغ 1"})
	}
	if w.fetched != 1 || w.from != whatsapp {
		t.Errorf("it was fetched %d times, from %s", w.fetched, w.from)
	}
}
