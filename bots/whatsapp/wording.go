package whatsapp

import (
	"slices"
	"sync"

	"github.com/nashra-bot/nashra/news"
)

// wordings remembers the text that was set last: of a broadcast the same one
// goes to many, one after the other.
type wordings struct {
	mu    sync.Mutex
	text  news.Text
	words string
}

// of returns a text with WhatsApp's markup.
func (w *wordings) of(t news.Text) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.text == nil || !slices.Equal(w.text, t) {
		w.text, w.words = slices.Clone(t), render(t)
	}
	return w.words
}
