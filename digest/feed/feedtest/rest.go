package feedtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// rest answers a request to the API.
func (s *Site) rest(w http.ResponseWriter, r *http.Request, route string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := r.URL.Query()
	id, byID := 0, false
	if at := strings.LastIndexByte(route, '/'); at > 0 {
		if n, err := strconv.Atoi(route[at+1:]); err == nil {
			id, byID, route = n, true, route[:at]
		}
	}
	switch {
	case route == "/" && !byID:
		s.index(w, r, q)
	case route == "/wp/v2/posts" && byID:
		s.onePost(w, r, q, id)
	case route == "/wp/v2/posts":
		s.listPosts(w, r, q)
	case route == "/wp/v2/categories" && !byID:
		s.listCategories(w, r, q)
	case route == "/wp/v2/tags" && !byID:
		s.listTags(w, r, q)
	case route == "/wp/v2/media" && byID:
		s.oneMedia(w, r, q, id)
	default:
		restError(w, http.StatusNotFound, "rest_no_route", "No route was found matching the URL and request method.")
	}
}

func (s *Site) index(w http.ResponseWriter, r *http.Request, q url.Values) {
	_, offset := s.now().In(s.zone()).Zone()
	name := s.zone().String()
	if !strings.Contains(name, "/") {
		name = ""
	}
	writeJSON(w, fields(q, map[string]any{
		"name": s.Name, "description": s.Description, "url": s.base(r), "home": s.base(r),
		"gmt_offset": strconv.FormatFloat(float64(offset)/3600, 'f', -1, 64), "timezone_string": name,
		"namespaces": []string{"oembed/1.0", "wp/v2", "wp-site-health/v1"}, "authentication": map[string]any{},
	}))
}

func (s *Site) onePost(w http.ResponseWriter, r *http.Request, q url.Values, id int) {
	for _, p := range s.posts {
		if p.ID != id {
			continue
		}
		if p.Draft || p.Trashed || p.Published.After(s.now()) {
			restError(w, http.StatusUnauthorized, "rest_forbidden", "Sorry, you are not allowed to do that.")
			return
		}
		writeJSON(w, fields(q, s.postJSON(r, q, p)))
		return
	}
	restError(w, http.StatusNotFound, "rest_post_invalid_id", "Invalid post ID.")
}

func (s *Site) listPosts(w http.ResponseWriter, r *http.Request, q url.Values) {
	posts, bad := s.query(q)
	if bad != "" {
		restError(w, http.StatusBadRequest, "rest_invalid_param", "Invalid parameter(s): "+bad)
		return
	}
	from, to, ok := window(w, q, len(posts), "rest_post_invalid_page_number")
	if !ok {
		return
	}
	list := []any{}
	for _, p := range posts[from:to] {
		list = append(list, fields(q, s.postJSON(r, q, p)))
	}
	writeJSON(w, list)
}

func (s *Site) listCategories(w http.ResponseWriter, r *http.Request, q url.Values) {
	from, to, ok := window(w, q, len(s.categories), "rest_term_invalid_page_number")
	if !ok {
		return
	}
	list := []any{}
	for _, c := range s.categories[from:to] {
		count := 0
		for _, p := range s.shown() {
			for _, id := range p.Categories {
				if id == c.ID {
					count++
				}
			}
		}
		list = append(list, fields(q, map[string]any{
			"id": c.ID, "count": count, "description": "", "link": s.base(r) + s.categoryPath(c),
			"name": texturize(c.Name), "slug": escaped(c.Slug), "taxonomy": "category", "parent": c.Parent,
		}))
	}
	writeJSON(w, list)
}

func (s *Site) listTags(w http.ResponseWriter, _ *http.Request, q url.Values) {
	from, to, ok := window(w, q, len(s.tags), "rest_term_invalid_page_number")
	if !ok {
		return
	}
	list := []any{}
	for i, t := range s.tags[from:to] {
		list = append(list, fields(q, map[string]any{
			"id": tagBase + from + i, "name": texturize(t), "slug": escaped(slugOf(t)), "taxonomy": "post_tag",
		}))
	}
	writeJSON(w, list)
}

// The numbers of tags and pictures, which share one row of ids with posts and
// categories here so that they never meet.
const (
	tagBase   = 500000
	mediaBase = 600000
)

func (s *Site) oneMedia(w http.ResponseWriter, r *http.Request, q url.Values, id int) {
	for _, p := range s.shown() {
		if p.Image != "" && mediaBase+p.ID == id {
			writeJSON(w, fields(q, s.mediaJSON(r, p)))
			return
		}
	}
	restError(w, http.StatusNotFound, "rest_post_invalid_id", "Invalid post ID.")
}

// window reads page, per_page and offset, and writes the headers that say how
// many there are.
func window(w http.ResponseWriter, q url.Values, total int, tooFar string) (from, to int, ok bool) {
	number := func(key string, standard, least, most int) (int, bool) {
		if !q.Has(key) {
			return standard, true
		}
		n, err := strconv.Atoi(q.Get(key))
		if err != nil || n < least || n > most {
			restError(w, http.StatusBadRequest, "rest_invalid_param", "Invalid parameter(s): "+key)
			return 0, false
		}
		return n, true
	}
	per, ok1 := number("per_page", 10, 1, 100)
	if !ok1 {
		return 0, 0, false
	}
	page, ok2 := number("page", 1, 1, 1<<30)
	if !ok2 {
		return 0, 0, false
	}
	pages := (total + per - 1) / per
	if page > 1 && page > pages {
		restError(w, http.StatusBadRequest, tooFar, "The page number requested is larger than the number of pages available.")
		return 0, 0, false
	}
	from = (page - 1) * per
	if offset, err := strconv.Atoi(q.Get("offset")); err == nil && offset >= 0 {
		from = offset
	}
	from = min(from, total)
	w.Header().Set("X-WP-Total", strconv.Itoa(total))
	w.Header().Set("X-WP-TotalPages", strconv.Itoa(pages))
	return from, min(from+per, total), true
}

// fields keeps the parts that _fields names. Links and what is embedded go
// only where both are named.
func fields(q url.Values, object map[string]any) map[string]any {
	if !q.Has("_fields") {
		return object
	}
	out := map[string]any{}
	for _, key := range strings.Split(strings.Join(q["_fields"], ","), ",") {
		key, _, _ = strings.Cut(strings.TrimSpace(key), ".")
		if v, ok := object[key]; ok {
			out[key] = v
		}
	}
	if _, ok := out["_links"]; !ok {
		delete(out, "_embedded")
	}
	return out
}

// stamp writes a date as WordPress does: without a zone.
func stamp(t time.Time, zone *time.Location) string { return t.In(zone).Format("2006-01-02T15:04:05") }

func restError(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"code": code, "message": message, "data": map[string]any{"status": status}})
}

// writeJSON writes JSON as PHP does: ASCII only, slashes escaped.
func writeJSON(w http.ResponseWriter, v any) {
	var data strings.Builder
	encoder := json.NewEncoder(&data)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic(fmt.Sprintf("feedtest: %v", err))
	}
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.Header().Set("X-Robots-Tag", "noindex")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	var b strings.Builder
	for _, r := range strings.TrimSuffix(data.String(), "\n") {
		switch {
		case r == '/':
			b.WriteString(`\/`)
		case r < 0x80:
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	_, _ = w.Write([]byte(b.String()))
}
