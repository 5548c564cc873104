package talk

import (
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Language is the language of the bot's own words. Commands are understood in
// every language, whichever is spoken.
type Language string

// The languages.
const (
	Arabic  Language = "ar"
	English Language = "en"
)

// Settings are what the conversation knows of the newsroom. They are read
// afresh for every event, so that a reloaded configuration takes effect.
type Settings struct {
	Newsroom string         // the name, as readers know it
	About    string         // one line that says what the newsroom is; may be empty
	Language Language       // default Arabic
	Zone     *time.Location // default UTC
	Tree     news.Tree      // at least one section
	Slots    []Slot         // in the order of the day; at least one
	Night    Night
	Default  Default // what a new reader gets who chooses nothing
	Contact  string  // whom readers may write to about their data; may be empty

	// Link is what a section's slug is put behind to make an entry link, like
	// "https://t.me/name?start=". Empty: no links are offered.
	Link string

	// Chats are where a chat with the bot opens on each network, like
	// "https://t.me/name" and "https://wa.me/" with the number. Networks that
	// are missing are not offered for linking.
	Chats map[news.Platform]string

	// Channel is the newsroom's channel on WhatsApp, to which its readers there
	// are pointed for breaking news; without a Link there is none.
	Channel Channel

	// Full reports whether an account takes in nobody new: its number has as
	// many readers as it may have. Nil: never.
	Full func(account news.AccountID) bool

	// Closed says that nothing is sent to the public yet: who joins is told.
	Closed bool

	// Receipts is how long a record of what was sent is kept. Default 48 h.
	Receipts time.Duration
}

// Channel is a channel that readers can follow by themselves.
type Channel struct{ Name, Link string }

// Slot is a digest hour.
type Slot struct {
	Name  news.Slot
	Label string // as readers know it
	Hour  string // "07:00" on an ordinary day; empty when it has no fixed one
}

// Night is when breaking news waits for those who want that: "21:00" and
// "08:00". Both empty: the newsroom has no night.
type Night struct{ From, To string }

// Default is the stated default of a new reader.
type Default struct {
	Pace     news.Pace   // default PaceDigest
	Slots    []news.Slot // default: the last one of the day
	Sections []news.Slug // default: all top ones
	Silent   bool        // without breaking news
	Quiet    bool        // without breaking news at night
}

// Network says what a network's chats can show.
type Network struct {
	Buttons bool // buttons under a message; without them choices are numbered
	Links   bool // links behind words; without them addresses are written out
	Polls   bool // polls in which several options can be ticked
	Each    bool // readers may ask for every article at once
	Later   bool // breaking news that the night held comes when it ends; otherwise the digest has it
}

func (s Settings) language() Language {
	if s.Language == English {
		return English
	}
	return Arabic
}

func (s Settings) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

func (s Settings) receipts() time.Duration {
	if s.Receipts <= 0 {
		return 48 * time.Hour
	}
	return s.Receipts
}

func (s Settings) slot(name news.Slot) (Slot, bool) {
	i := slices.IndexFunc(s.Slots, func(slot Slot) bool { return slot.Name == name })
	if i < 0 {
		return Slot{}, false
	}
	return s.Slots[i], true
}

// top returns all top sections.
func (s Settings) top() []news.Slug {
	var out []news.Slug
	for _, section := range s.Tree.Children("") {
		out = append(out, section.Slug)
	}
	return out
}

// newcomer returns a reader with the stated default.
func (s Settings) newcomer() news.Reader {
	r := news.Reader{
		Pace: s.Default.Pace, Slots: slices.Clone(s.Default.Slots), Follows: slices.Clone(s.Default.Sections),
		Breaking: !s.Default.Silent, Quiet: s.Default.Quiet,
	}
	if r.Pace == "" {
		r.Pace = news.PaceDigest
	}
	if len(s.known(r.Follows)) == 0 {
		r.Follows = s.top()
	}
	return s.sound(r)
}

// known returns the configured ones of follows. A section that has left the
// configuration keeps its readers, but nothing comes of it.
func (s Settings) known(follows []news.Slug) []news.Slug {
	var out []news.Slug
	for _, slug := range follows {
		if _, ok := s.Tree.Find(slug); ok {
			out = append(out, slug)
		}
	}
	return out
}

// sound returns r so that something can reach it: with a digest hour that
// exists, and with breaking news where there is nothing else.
func (s Settings) sound(r news.Reader) news.Reader {
	hour := slices.ContainsFunc(r.Slots, func(name news.Slot) bool { _, ok := s.slot(name); return ok })
	if !hour && len(s.Slots) > 0 {
		r.Slots = append(slices.Clone(r.Slots), s.Slots[len(s.Slots)-1].Name)
	}
	if r.Pace == news.PaceBreaking {
		r.Breaking = true
	}
	return r
}
