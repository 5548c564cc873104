package feed

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"

	"github.com/nashra-bot/nashra/news"
)

// document is a feed as it was read.
type document struct {
	title     string
	language  string
	home      string // the site it is of
	wordpress bool
	drafts    []draft // in the document's order
	warnings  []string
}

// decodeFeed reads RSS, Atom or JSON Feed in any encoding. A broken feed is
// read item by item and yields those that are whole.
func decodeFeed(data []byte, contentType, address string, zone *time.Location) (document, error) {
	s := legal(toUTF8(data, contentType))
	if strings.TrimSpace(s) == "" {
		return document{}, errEmpty
	}
	if at := strings.IndexFunc(s, notSpace); s[at] == '{' {
		return parse(s[at:], address, zone)
	}
	s, err := xmlFeed(s)
	if err != nil {
		return document{}, err
	}
	doc, err := parse(s, address, zone)
	if errors.Is(err, errDepth) || errors.Is(err, errHeavy) {
		return document{}, err
	}
	if err == nil && len(itemStart.FindAllStringIndex(s, maxItems)) <= len(doc.drafts) {
		return doc, nil
	}
	if err == nil { // a lenient parser may have taken an item for a part of the one before it
		err = errItems
	}
	apart := document{title: doc.title, language: doc.language, home: doc.home, wordpress: doc.wordpress}
	for _, piece := range pieces(s) {
		if one, err := parse(piece, address, zone); err == nil {
			apart.drafts = append(apart.drafts, one.drafts[:min(len(one.drafts), maxItems-len(apart.drafts))]...)
			apart.wordpress = apart.wordpress || one.wordpress
		}
	}
	switch {
	case len(apart.drafts) <= len(doc.drafts) && errors.Is(err, errItems):
		return doc, nil
	case len(apart.drafts) == 0:
		return document{}, fmt.Errorf("%w: %w", errKind, err)
	}
	apart.warnings = append(doc.warnings, fmt.Sprintf("the feed is damaged (%v); what could be read of it was", err))
	return apart, nil
}

func notSpace(r rune) bool { return !strings.ContainsRune(" \t\r\n", r) }

// parse is where gofeed is called. What it was not made for must not end the
// program: a panic is an error, and what no recover can help against, a stack
// or a memory that is used up, it is not shown.
func parse(s, address string, zone *time.Location) (doc document, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("parse feed: %v", p)
		}
	}()
	base := address
	if s[0] == '<' {
		var b burden
		if b, err = weigh(s); b.based {
			s = withoutBases(s)
		}
		if own := absolute(b.base, address); own != "" {
			base = own
		}
	} else if !bearableJSON([]byte(s)) {
		err = errHeavy
	}
	if err != nil {
		return document{}, err
	}
	f, err := gofeed.NewParser().ParseString(s)
	if err != nil {
		return document{}, err
	}
	doc = document{
		title: plainLine(f.Title), language: f.Language,
		home: absolute(f.Link, base), wordpress: strings.Contains(f.Generator, "wordpress.org"),
	}
	if doc.home == "" {
		doc.home = base
	}
	for i, item := range f.Items {
		if i == maxItems {
			doc.warnings = append(doc.warnings, tooMany())
			break
		}
		if item != nil {
			d := fromItem(item, doc.home, zone)
			if base != address {
				d.base = base
			}
			doc.drafts = append(doc.drafts, d)
		}
	}
	return doc, nil
}

func tooMany() string { return fmt.Sprintf("more than %d articles: the rest was left out", maxItems) }

func fromItem(i *gofeed.Item, base string, zone *time.Location) draft {
	d := draft{
		guid: i.GUID, link: i.Link, base: base,
		title: i.Title, excerpt: i.Description, content: i.Content,
		published: parseDate(i.Published, zone), modified: parseDate(i.Updated, zone),
	}
	if d.published.IsZero() {
		d.published = d.modified
	}
	if id := postID(i.GUID); id != 0 && (i.Link == "" || sameHost(i.GUID, absolute(i.Link, base))) {
		d.post = id
	}
	for _, p := range i.Authors {
		if p != nil && p.Name != "" {
			d.author = p.Name
			break
		}
	}
	for _, c := range i.Categories[:min(len(i.Categories), maxCategories)] {
		d.categories = append(d.categories, news.Category{Name: c})
	}
	d.image = itemImage(i)
	if d.image == "" {
		d.image = firstImage(i.Content + i.Description)
	}
	return d
}

// itemImage finds a picture among the ways in which feeds give one.
func itemImage(i *gofeed.Item) string {
	for _, e := range i.Enclosures {
		if e != nil && strings.HasPrefix(e.Type, "image/") && e.URL != "" {
			return e.URL
		}
	}
	media := i.Extensions["media"]
	found := mediaImage(media["content"])
	for _, group := range media["group"] {
		if found == "" {
			found = mediaImage(group.Children["content"])
		}
	}
	for _, t := range media["thumbnail"] {
		if found == "" {
			found = t.Attrs["url"]
		}
	}
	if found == "" && i.Image != nil {
		found = i.Image.URL
	}
	return found
}

func mediaImage(contents []ext.Extension) string {
	for _, c := range contents {
		kind, address := c.Attrs["type"], c.Attrs["url"]
		if address != "" && (c.Attrs["medium"] == "image" || strings.HasPrefix(kind, "image/") || picture(address)) {
			return address
		}
	}
	return ""
}

func picture(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	path := strings.ToLower(u.Path)
	for _, end := range []string{".jpg", ".jpeg", ".png", ".webp"} {
		if strings.HasSuffix(path, end) {
			return true
		}
	}
	return false
}

var (
	imgTag = regexp.MustCompile(`(?i)<img\s[^>]*>`)
	imgSrc = regexp.MustCompile(`(?i)\s(?:data-src|data-lazy-src|data-orig-file|src)\s*=\s*["']([^"']+)["']`)
	tiny   = regexp.MustCompile(`(?i)\s(?:width|height)\s*=\s*["']?[0-9]{1,2}["'\s/>]`)
)

// firstImage returns the first picture in a text that is no emoji and no
// counting pixel.
func firstImage(markup string) string {
	for _, tag := range imgTag.FindAllString(markup, 20) {
		if tiny.MatchString(tag) || strings.Contains(tag, "/emoji/") || strings.Contains(tag, "wp-smiley") {
			continue
		}
		for _, m := range imgSrc.FindAllStringSubmatch(tag, -1) {
			if picture(m[1]) {
				return strings.ReplaceAll(m[1], "&amp;", "&")
			}
		}
	}
	return ""
}
