package feed

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/nashra-bot/nashra/news"
)

// Record is one article as the program reads it, and what it has to say about
// it.
type Record struct {
	Article  news.Article // without Section, Matched and Form
	Usable   bool         // false: a pull would leave it out
	Warnings []string
}

// Inspection is what the program reads from a source or a document.
type Inspection struct {
	URL      string // what was read, without parameters' values
	Kind     Kind
	Records  []Record // in the source's order
	Warnings []string // about the whole
}

// Inspect reads the newest articles of a source, remembering nothing.
func Inspect(ctx context.Context, f *Fetcher, s Source) (Inspection, error) {
	p, e, err := f.read(ctx, s)
	if err != nil {
		return Inspection{}, err
	}
	in := Inspection{URL: redact(p.answer.URL), Kind: e.kind, Warnings: p.warnings}
	in.add(p.drafts, s)
	return in, nil
}

// InspectData reads a document that is at hand: WordPress's list of posts, or
// a feed. ContentType is that of the HTTP header it would come with, and may
// be empty; s.URL, which may be empty, is what relative links are relative to.
func InspectData(data []byte, contentType string, s Source) (Inspection, error) {
	a := Answer{URL: s.URL, Body: data, Header: http.Header{}}
	a.Header.Set("Content-Type", contentType)
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	var one struct {
		ID      int             `json:"id"`
		Version json.RawMessage `json:"version"`
	}
	list := bytes.HasPrefix(trimmed, []byte("["))
	if list || json.Unmarshal(trimmed, &one) == nil && one.ID > 0 && one.Version == nil {
		drafts, warnings, err := decodePosts(data, "", s.zone())
		if err != nil {
			return Inspection{}, unreadable(a, err)
		}
		in := Inspection{Kind: WordPress, Warnings: warnings}
		in.add(drafts, s)
		return in, nil
	}
	doc, err := decodeFeed(data, contentType, s.URL, s.zone())
	if err != nil {
		return Inspection{}, unreadable(a, err)
	}
	in := Inspection{Kind: Feed, Warnings: doc.warnings}
	in.add(doc.drafts, s)
	return in, nil
}

func (in *Inspection) add(drafts []draft, s Source) {
	seen := map[string]bool{}
	for i := range drafts {
		a, _, ok := drafts[i].article(s)
		r := Record{Article: s.urgency(a), Usable: ok, Warnings: drafts[i].warnings}
		if ok && seen[a.Key] {
			r.Warnings = append(r.Warnings, fmt.Sprintf("another article is called %s, too", a.Key))
		}
		if ok && !s.wants(a) {
			r.Usable = false
			r.Warnings = append(r.Warnings, "left out: it has none of the categories of this source")
		}
		seen[a.Key] = true
		in.Records = append(in.Records, r)
	}
	if len(drafts) == 0 {
		in.Warnings = append(in.Warnings, "no articles in it")
	}
}
