package feed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/nashra-bot/nashra/news"
)

// wpPost is the part that is used of wp/v2/posts
// (developer.wordpress.org/rest-api/reference/posts).
type wpPost struct {
	ID          int      `json:"id"`
	Date        string   `json:"date"`
	DateGMT     string   `json:"date_gmt"`
	Modified    string   `json:"modified"`
	ModifiedGMT string   `json:"modified_gmt"`
	Link        string   `json:"link"`
	Title       rendered `json:"title"`
	Excerpt     rendered `json:"excerpt"`
	Content     rendered `json:"content"`
	Categories  []int    `json:"categories"`

	Embedded json.RawMessage `json:"_embedded"`
}

type rendered struct {
	Rendered string `json:"rendered"`
}

// wpEmbedded is what _embed brings along; any part of it may be an error
// object, or missing.
type wpEmbedded struct {
	Author []struct {
		Name string `json:"name"`
	} `json:"author"`
	Media []struct {
		SourceURL string `json:"source_url"`
		Details   struct {
			Sizes map[string]struct {
				SourceURL string `json:"source_url"`
			} `json:"sizes"`
		} `json:"media_details"`
	} `json:"wp:featuredmedia"`
	Terms [][]struct {
		ID       int    `json:"id"`
		Name     string `json:"name"`
		Slug     string `json:"slug"`
		Taxonomy string `json:"taxonomy"`
	} `json:"wp:term"`
}

// wpFields are asked for; naming them keeps an answer small.
const wpFields = "id,date,date_gmt,modified,modified_gmt,link,title,excerpt,content,categories,featured_media,_links,_embedded"

// wpQuery returns the parameters that every question about posts carries.
func wpQuery() url.Values {
	return url.Values{"_fields": {wpFields}, "_embed": {"wp:term,wp:featuredmedia,author"}}
}

// jsonBody returns the JSON in an answer, without a byte order mark and
// without what a talkative plugin printed before it.
func jsonBody(body []byte) ([]byte, error) {
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	if looksHTML(body) {
		return nil, errHTML
	}
	for from, tries := 0, 0; from < len(body) && tries < 20; tries++ {
		at := bytes.IndexAny(body[from:], "[{")
		if at < 0 {
			break
		}
		from += at
		if json.Valid(body[from:]) {
			return body[from:], nil
		}
		next := bytes.IndexByte(body[from:], '\n') // the document begins the answer or a line
		if next < 0 {
			break
		}
		from += next
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, errEmpty
	}
	return nil, errKind
}

// decodePosts reads a list of posts, or one post. A post that cannot be read
// costs itself and a warning only.
func decodePosts(body []byte, home string, zone *time.Location) ([]draft, []string, error) {
	data, err := jsonBody(body)
	if err != nil {
		return nil, nil, err
	}
	if !bearableJSON(data) {
		return nil, nil, errHeavy
	}
	d := json.NewDecoder(bytes.NewReader(data))
	if data[0] == '[' {
		if _, err := d.Token(); err != nil {
			return nil, nil, fmt.Errorf("%w: %w", errKind, err)
		}
	}
	var drafts []draft
	var warnings []string
	n := 0
	for ; d.More(); n++ {
		if n == maxItems {
			warnings = append(warnings, tooMany())
			break
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return nil, nil, fmt.Errorf("%w: %w", errKind, err)
		}
		var p wpPost
		if err := json.Unmarshal(raw, &p); err != nil || p.ID <= 0 {
			warnings = append(warnings, fmt.Sprintf("post %d of the list cannot be read: left out", n+1))
			continue
		}
		drafts = append(drafts, p.draft(home, zone))
	}
	if len(drafts) == 0 && n > 0 {
		return nil, warnings, errKind
	}
	return drafts, warnings, nil
}

func (p wpPost) draft(home string, zone *time.Location) draft {
	d := draft{
		post: p.ID, home: home, base: p.Link, link: p.Link,
		title: p.Title.Rendered, excerpt: p.Excerpt.Rendered, content: p.Content.Rendered,
		published: wordPressTime(p.DateGMT, p.Date, zone),
		modified:  wordPressTime(p.ModifiedGMT, p.Modified, zone),
	}
	if d.base == "" {
		d.base = home
	}
	p.embedded(&d)
	for _, id := range p.Categories {
		if len(d.categories) == maxCategories {
			break
		}
		if !hasCategory(d.categories, id) {
			d.categories = append(d.categories, news.Category{ID: id})
		}
	}
	if d.image == "" {
		d.image = firstImage(d.content)
	}
	return d
}

// embedded reads each part by itself, since one may be an error object.
func (p wpPost) embedded(d *draft) {
	var parts map[string]json.RawMessage
	if json.Unmarshal(p.Embedded, &parts) != nil {
		return
	}
	var e wpEmbedded
	_ = json.Unmarshal(parts["author"], &e.Author)
	_ = json.Unmarshal(parts["wp:featuredmedia"], &e.Media)
	_ = json.Unmarshal(parts["wp:term"], &e.Terms)
	if len(e.Author) > 0 {
		d.author = e.Author[0].Name
	}
	if len(e.Media) > 0 {
		d.image = e.Media[0].SourceURL
		for _, size := range []string{"large", "medium_large"} { // the full picture may be too much for a chat
			if s := e.Media[0].Details.Sizes[size].SourceURL; s != "" {
				d.image = s
				break
			}
		}
	}
	for _, terms := range e.Terms {
		for _, t := range terms {
			if t.Taxonomy != "category" && t.Taxonomy != "post_tag" || len(d.categories) == maxCategories {
				continue
			}
			d.categories = append(d.categories, news.Category{
				ID: t.ID, Slug: readable(t.Slug), Name: t.Name, Tag: t.Taxonomy == "post_tag",
			})
		}
	}
}

func hasCategory(cs []news.Category, id int) bool {
	for _, c := range cs {
		if c.ID == id && !c.Tag {
			return true
		}
	}
	return false
}

// readable decodes a slug, which WordPress keeps percent-encoded.
func readable(slug string) string {
	s, err := url.PathUnescape(slug)
	if err != nil {
		return slug
	}
	return strings.TrimSpace(norm.NFC.String(plainLine(s)))
}
