package news

import "time"

// SubscriberID is our own id of a reader. Ids rise and are never used again.
type SubscriberID int64

// Pace says how often a reader hears from us.
type Pace string

// The paces.
const (
	PaceBreaking Pace = "breaking" // breaking news only
	PaceDigest   Pace = "digest"   // digests at the chosen slots
	PaceEach     Pace = "each"     // every article at once, and digests of what the night held back
)

// Slot is the name of a digest hour of the newsroom, like "morning".
type Slot string

// Reader is a subscriber as the conversation sees one: a person, a group, a
// topic or a channel.
type Reader struct {
	ID      SubscriberID // 0 until stored
	Account AccountID
	Chat    ChatID
	Kind    ChatKind

	Pace     Pace
	Slots    []Slot // chosen digest hours
	Follows  []Slug // followed sections; a followed parent covers its children
	Breaking bool   // wants breaking news: of the followed sections, and what is for everybody
	Quiet    bool   // holds breaking news back at night

	Important bool // of breaking news, the important only

	Paused      bool
	PausedUntil time.Time // zero: until the reader resumes
	Floor       ArticleID // articles up to this one are behind the reader
	Joined      time.Time
}
