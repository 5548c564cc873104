package news

import "strings"

// MediaKind says what a medium is to those who see it.
type MediaKind string

// The kinds of media.
const (
	MediaPhoto    MediaKind = "photo"
	MediaVideo    MediaKind = "video"
	MediaDocument MediaKind = "document"
	MediaVoice    MediaKind = "voice" // Opus in Ogg; no words stand under it
)

// Media is the one file that comes with a message, whose text is its caption.
// The zero Media is none.
type Media struct {
	Kind MediaKind `json:"kind,omitempty"`
	Ref  string    `json:"ref,omitempty"`  // absolute URL, a Ref of a File, or a network's own from an earlier receipt
	Name string    `json:"name,omitempty"` // of a document, as readers see it
	MIME string    `json:"mime,omitempty"` // of a File
}

// PhotoAt is the picture at an address.
func PhotoAt(url string) Media { return Media{Kind: MediaPhoto, Ref: url} }

// None reports whether there is no file.
func (m Media) None() bool { return m.Ref == "" }

// Address is where everybody finds the medium; empty: nowhere.
func (m Media) Address() string {
	if strings.HasPrefix(m.Ref, "https://") || strings.HasPrefix(m.Ref, "http://") {
		return m.Ref
	}
	return ""
}

// filePrefix opens the Ref of a file that the store keeps.
const filePrefix = "file:"

// FileRef is the Ref of the file with a SHA-256 sum, in hex.
func FileRef(sum string) string { return filePrefix + sum }

// FileSum returns the sum that a Ref names; ok is false when it names
// something else than a file of ours.
func FileSum(ref string) (sum string, ok bool) { return strings.CutPrefix(ref, filePrefix) }

// File reports whether the medium is a file of ours: it never changes, and has
// no address that a network could show.
func (m Media) File() bool {
	_, ok := FileSum(m.Ref)
	return ok
}
