package news

import "time"

// SourceID is the name that the configuration gives a source.
type SourceID string

// ArticleID is the store's arrival number of an article: a later arrival has
// a higher number, whatever its date says.
type ArticleID int64

// Article is one piece as a source published it, cleaned: every string is
// plain text without markup, entities or stray direction marks.
type Article struct {
	ID     ArticleID // 0 until stored
	Source SourceID
	Key    string // "wp:ID" of a WordPress post, else the canonical URL; unique within the source

	URL      string // where a reader finds it: absolute, http or https
	ShortURL string // a shorter address of the same page, or empty
	Title    string // never empty once stored
	Lead     string // one or two sentences, or empty
	Body     string // the text, lines kept, paragraphs parted by an empty line; may be empty
	Image    string // absolute URL, or empty
	Author   string // may be empty

	Categories []Category
	Published  time.Time // zero when the source gives none
	Modified   time.Time // zero when the source gives none

	Section Slug // set by the rules; never empty once stored
	Matched bool // a rule chose the section; false: it is the default one
	Form    Form // taken from the section
	Urgent  bool // the source calls it breaking: by its category عاجل or by a trusted prefix of the title
	Arrived time.Time
	Archive bool // was there at the first pull of its source: shown when asked for, never sent
}

// Link returns the address to send: the short one where there is one.
func (a Article) Link() string {
	if a.ShortURL != "" {
		return a.ShortURL
	}
	return a.URL
}

// Category is a label that a source puts on an article. RSS does not tell
// categories from tags; WordPress does.
type Category struct {
	ID   int    `json:"id,omitempty"` // WordPress term id, 0 elsewhere
	Slug string `json:"slug,omitempty"`
	Name string `json:"name,omitempty"`
	Tag  bool   `json:"tag,omitempty"`
}

// Form says how an article is to be set.
type Form string

// The forms.
const (
	Plain Form = ""
	Poem  Form = "poem"  // keeps its lines, is never summarised
	Check Form = "check" // the check of a rumour: marked as such, never breaking by itself
)
