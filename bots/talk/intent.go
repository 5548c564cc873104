package talk

import "github.com/nashra-bot/nashra/news"

// intent is what an event asks for.
type intent struct {
	do       verb
	sections []news.Slug
	arg      string      // on, off, a pace, a slot, a length of time, a kind of media
	alerts   bool        // breaking news is among what is to be followed or dropped
	link     bool        // came by an entry link
	greeting string      // to be returned first
	ticked   []news.Slug // of a vote: sections holds those that were ticked before, and are
	unticked []news.Slug
	guess    string // what was probably meant, in words
	sure     string // data of what was probably meant
}

func (w intent) section() news.Slug {
	if len(w.sections) == 0 {
		return ""
	}
	return w.sections[0]
}
