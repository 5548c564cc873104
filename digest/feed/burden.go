package feed

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// The most that one document may hold, several times what any feed does.
// Whoever reads it takes stack for its depth and memory for its parts, and for
// each element copies the name spaces that are in force there.
const (
	maxDepth   = 200
	maxParts   = 250_000 // elements and attributes; values of JSON
	maxEntries = 10 * maxItems
	maxAttrs   = 200       // of one element
	maxSpaces  = 100       // in force at one place
	maxCopied  = 3_000_000 // and of all elements together
	maxJoined  = 1 << 30   // bytes that are copied to put texts together that come in parts
)

var (
	errDepth = errors.New("nested too deep")
	errHeavy = errors.New("more in it than any feed holds")
	errLabel = errors.New("its encoding changes within")
)

// burden is what was met so far of a document, and what stands open.
type burden struct {
	parts, entries, copied, joined int

	spaces int
	open   []element

	base  string // what the root's links are relative to, if it says so
	based bool   // some element says so
}

// element is an open one.
type element struct {
	text   int // bytes of its own text so far
	spaces int // that it declared
}

// bearable reports why a document must not be read, if it must not. It goes
// through it as gofeed does, with the same decoder, so that both see the same
// elements: up to the end of the root, or to what neither can read. To guess
// where elements begin and end is not enough; hostile ones are made for that.
func bearable(s string) error {
	_, err := weigh(s)
	return err
}

// weigh is bearable, with what was met.
func weigh(s string) (b burden, err error) {
	d := xml.NewDecoder(strings.NewReader(s))
	d.Strict = false
	relabelled := false
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { // it is UTF-8, and says so
		relabelled = true
		return nil, errLabel
	}
	for {
		token, err := d.Token()
		switch {
		case relabelled:
			return b, errLabel
		case err != nil:
			return b, nil //nolint:nilerr // gofeed will say what it is, no further than here
		}
		switch t := token.(type) {
		case xml.StartElement:
			err = b.start(t)
		case xml.EndElement:
			b.end()
		case xml.CharData:
			err = b.text(len(t))
		}
		if err != nil || len(b.open) == 0 && b.parts > 0 {
			return b, err
		}
	}
}

func (b *burden) start(t xml.StartElement) error {
	b.parts += 1 + len(t.Attr)
	if name := t.Name.Local; strings.EqualFold(name, "item") || strings.EqualFold(name, "entry") {
		b.entries++
	}
	e := element{}
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
			e.spaces++
		}
		if a.Name.Local == "base" && a.Name.Space == "http://www.w3.org/XML/1998/namespace" {
			b.based = true
			if len(b.open) == 0 {
				b.base = a.Value
			}
		}
	}
	b.spaces += e.spaces
	b.copied += b.spaces
	b.open = append(b.open, e)
	switch {
	case len(b.open) > maxDepth:
		return errDepth
	case b.parts > maxParts, b.entries > maxEntries, len(t.Attr) > maxAttrs, b.spaces > maxSpaces, b.copied > maxCopied:
		return errHeavy
	}
	return nil
}

func (b *burden) end() {
	last := len(b.open) - 1
	b.spaces -= b.open[last].spaces
	b.open = b.open[:last]
}

// text counts a part of an element's text, which is put behind what there is.
func (b *burden) text(n int) error {
	if len(b.open) == 0 {
		return nil
	}
	e := &b.open[len(b.open)-1]
	b.joined += e.text
	e.text += n
	if b.joined > maxJoined {
		return errHeavy
	}
	return nil
}

// withoutBases takes xml:base from a document, where gofeed would put it before
// every link, and read all HTML as a browser does for that: a few kilobytes
// become gigabytes. What the root says of it is kept by weigh.
func withoutBases(s string) string { return strings.ReplaceAll(s, ":base", ":bas_") }

// bearableJSON is bearable for JSON, whose reader bounds the depth by itself.
// It counts what begins a value or parts two.
func bearableJSON(data []byte) bool {
	parts, within := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case within && c == '\\':
			i++
		case c == '"':
			within = !within
		case !within && (c == '{' || c == '[' || c == ','):
			parts++
		}
	}
	return parts <= maxParts
}
