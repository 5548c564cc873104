package outbox

import (
	"github.com/nashra-bot/nashra/news"
)

// Receipt says what became of one reader's copy.
type Receipt struct {
	Subscriber news.SubscriberID
	Outcome    news.Outcome
	Version    int
	Variant    int
	Photo      bool             // sent as a photo with a caption
	IDs        []news.MessageID // of all parts, in order
}
