package feedtest

import (
	"cmp"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// postJSON is a post as the API shows it.
func (s *Site) postJSON(r *http.Request, q url.Values, p Post) map[string]any {
	media := 0
	if p.Image != "" {
		media = mediaBase + p.ID
	}
	tags := []int{}
	for _, t := range p.Tags {
		tags = append(tags, tagBase+slices.Index(s.tags, t))
	}
	categories := p.Categories
	if categories == nil {
		categories = []int{}
	}
	object := map[string]any{
		"id": p.ID, "slug": escaped(p.Slug), "status": "publish", "type": "post", "link": s.Link(r, p),
		"guid": map[string]any{"rendered": s.guid(r, p)},
		"date": stamp(p.Published, s.zone()), "date_gmt": stamp(p.Published, time.UTC),
		"modified": stamp(p.Modified, s.zone()), "modified_gmt": stamp(p.Modified, time.UTC),
		"title":   map[string]any{"rendered": texturize(p.Title)},
		"content": map[string]any{"rendered": p.Content, "protected": false},
		"excerpt": map[string]any{"rendered": excerpt(p), "protected": false},
		"author":  1, "featured_media": media, "categories": categories, "tags": tags,
		"_links": map[string]any{"self": []any{map[string]any{"href": s.base(r) + "/wp-json/wp/v2/posts/" + strconv.Itoa(p.ID)}}},
	}
	if q.Has("_embed") {
		object["_embedded"] = s.embedded(r, q.Get("_embed"), p)
	}
	return object
}

// embedded is what _embed brings; a list keeps it to the kinds that it names.
func (s *Site) embedded(r *http.Request, kinds string, p Post) map[string]any {
	wants := func(kind string) bool {
		return kinds == "" || kinds == "1" || kinds == "true" || slices.Contains(strings.Split(kinds, ","), kind)
	}
	out := map[string]any{}
	if wants("author") {
		out["author"] = []any{map[string]any{"id": 1, "name": cmp.Or(p.Author, s.Name)}}
	}
	if wants("wp:featuredmedia") && p.Image != "" {
		out["wp:featuredmedia"] = []any{s.mediaJSON(r, p)}
	}
	if wants("wp:term") {
		categories, tags := []any{}, []any{}
		for _, id := range p.Categories {
			if c, ok := s.category(id); ok {
				categories = append(categories, map[string]any{"id": c.ID, "name": texturize(c.Name), "slug": escaped(c.Slug), "taxonomy": "category"})
			}
		}
		for _, t := range p.Tags {
			tags = append(tags, map[string]any{"id": tagBase + slices.Index(s.tags, t), "name": texturize(t), "slug": escaped(slugOf(t)), "taxonomy": "post_tag"})
		}
		out["wp:term"] = []any{categories, tags}
	}
	return out
}

func (s *Site) mediaJSON(r *http.Request, p Post) map[string]any {
	full := s.image(r, p)
	return map[string]any{
		"id": mediaBase + p.ID, "media_type": "image", "alt_text": "", "source_url": full,
		"media_details": map[string]any{"sizes": map[string]any{"full": map[string]any{"source_url": full}}},
	}
}

func (s *Site) image(r *http.Request, p Post) string {
	if strings.HasPrefix(p.Image, "/") {
		return s.base(r) + p.Image
	}
	return p.Image
}

func (s *Site) guid(r *http.Request, p Post) string {
	return s.base(r) + "/?p=" + strconv.Itoa(p.ID)
}

// query selects and sorts posts by the parameters of the list of posts. Bad
// names a parameter that makes no sense.
func (s *Site) query(q url.Values) (posts []Post, bad string) {
	var times [4]time.Time
	for i, key := range []string{"after", "before", "modified_after", "modified_before"} {
		if !q.Has(key) {
			continue
		}
		t, ok := s.parseTime(q.Get(key))
		if !ok {
			return nil, key
		}
		times[i] = t
	}
	later := func(t, limit time.Time) bool { return limit.IsZero() || t.After(limit) }
	earlier := func(t, limit time.Time) bool { return limit.IsZero() || t.Before(limit) }
	in, out := ids(q.Get("categories")), ids(q.Get("categories_exclude"))
	include, exclude := ids(q.Get("include")), ids(q.Get("exclude"))
	for _, p := range s.shown() {
		ok := later(p.Published, times[0]) && earlier(p.Published, times[1]) &&
			later(p.Modified, times[2]) && earlier(p.Modified, times[3]) &&
			(in == nil || s.any(p, in)) && !s.any(p, out) &&
			(include == nil || slices.Contains(include, p.ID)) && !slices.Contains(exclude, p.ID) &&
			(!q.Has("slug") || escaped(p.Slug) == escaped(q.Get("slug"))) &&
			(q.Get("search") == "" || strings.Contains(p.Title+p.Content, q.Get("search")))
		if ok {
			posts = append(posts, p)
		}
	}
	return posts, order(posts, q)
}

func (s *Site) any(p Post, categories []int) bool {
	return slices.ContainsFunc(categories, func(id int) bool { return s.within(p, id) })
}

func order(posts []Post, q url.Values) (bad string) {
	var by func(a, b Post) int
	switch q.Get("orderby") {
	case "", "date":
		by = func(a, b Post) int { return a.Published.Compare(b.Published) }
	case "modified":
		by = func(a, b Post) int { return a.Modified.Compare(b.Modified) }
	case "id":
		by = func(a, b Post) int { return cmp.Compare(a.ID, b.ID) }
	case "title":
		by = func(a, b Post) int { return cmp.Compare(a.Title, b.Title) }
	default:
		return "orderby"
	}
	switch q.Get("order") {
	case "asc":
		slices.SortStableFunc(posts, by)
	case "", "desc":
		slices.SortStableFunc(posts, func(a, b Post) int { return by(b, a) })
	default:
		return "order"
	}
	return ""
}

// parseTime reads a date of a question: with an offset, or in the site's zone.
func (s *Site) parseTime(v string) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, v); err == nil {
		return t, true
	}
	t, err := time.ParseInLocation("2006-01-02T15:04:05", v, s.zone())
	return t, err == nil
}

func ids(list string) []int {
	var out []int
	for f := range strings.SplitSeq(list, ",") {
		if n, err := strconv.Atoi(strings.TrimSpace(f)); err == nil {
			out = append(out, n)
		}
	}
	return out
}

// texturize writes plain text as WordPress shows titles: with numeric
// entities for whatever is typographic.
func texturize(s string) string {
	return strings.NewReplacer(
		"&", "&#038;", "<", "&lt;", ">", "&gt;", "–", "&#8211;", "—", "&#8212;", "…", "&#8230;",
		"“", "&#8220;", "”", "&#8221;", "‘", "&#8216;", "’", "&#8217;",
	).Replace(s)
}

var tag = regexp.MustCompile(`<[^>]*>`)

// excerpt is the editors' one, or the first 55 words and the mark of a text
// that goes on.
func excerpt(p Post) string {
	if p.Excerpt != "" {
		return "<p>" + texturize(p.Excerpt) + "</p>\n"
	}
	words := strings.Fields(html.UnescapeString(tag.ReplaceAllString(p.Content, " ")))
	more := ""
	if len(words) > 55 {
		words, more = words[:55], " [&hellip;]"
	}
	return "<p>" + texturize(strings.Join(words, " ")) + more + "</p>\n"
}
