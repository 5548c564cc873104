package talk

import (
	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// Stops reports whether a text asks to stop messages. Such words are heard
// even where the bot otherwise keeps quiet.
func (t *Talk) Stops(text string) bool {
	settings := t.Settings()
	return t.stops(Input{
		Event: bots.Event{Kind: bots.Wrote, ChatKind: news.Private, Text: text},
		Now:   t.Now(), Settings: settings,
	})
}
