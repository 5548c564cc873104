package wire_test

import (
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// What is older than what is kept goes while the program runs, also when no
// digest is published.
func TestWhatIsOldGoes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		said := talk.Commit{
			Account: "telegram:1", Chat: "77", Kind: news.Private, Key: "an event of long ago",
			At: w.clock.Now().Add(-40 * 24 * time.Hour), Memo: []byte("m"),
		}
		if _, err := w.store.Commit(t.Context(), said); err != nil {
			t.Fatal(err)
		}
		w.pass(90 * time.Minute)
		c, err := w.store.Chat(t.Context(), "telegram:1", "77")
		if err != nil || c.Memo != nil {
			t.Errorf("there is still %q (%v)", c.Memo, err)
		}
	})
}
