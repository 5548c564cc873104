package feedtest

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
)

// Site is one news site. The zero Site works; its fields must not be changed
// once it serves.
type Site struct {
	Base        string // like "https://news.example"; empty: what the request calls it
	Name        string
	Description string
	Language    string         // empty: "ar"
	Zone        *time.Location // nil: Asia/Muscat's +04:00
	Now         func() time.Time
	PerFeed     int          // articles in a feed; 0: WordPress's default of 10
	Home        http.Handler // serves what no part of WordPress does: the front page, pictures; nil: a plain page
	Article     http.Handler // serves the pages of articles, see PostAt; nil: a plain page

	mu         sync.Mutex
	posts      []Post // by id
	categories []Category
	tags       []string
	last       int
	faults     []fault
	asked      []string
	kept       map[string]*answer // by Stale
}

// Post is an article of the site. Title and Excerpt are plain text, Content is
// HTML.
type Post struct {
	ID         int
	Title      string
	Excerpt    string // empty: WordPress makes one of the text
	Content    string
	Slug       string // empty: made of the title
	Author     string
	Image      string // address, or path on the site; may be empty
	Categories []int
	Tags       []string
	Published  time.Time // zero: now; later than now: a scheduled post
	Modified   time.Time // zero: now
	Draft      bool
	Trashed    bool
}

// Category is a category of the site.
type Category struct {
	ID     int
	Slug   string
	Name   string
	Parent int
}

// AddCategory adds a category and returns its id, which is c.ID unless that
// is 0.
func (s *Site) AddCategory(c Category) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.ID == 0 {
		for _, o := range s.categories {
			c.ID = max(c.ID, o.ID)
		}
		c.ID++
	}
	if c.Slug == "" {
		c.Slug = slugOf(c.Name)
	}
	s.categories = append(s.categories, c)
	return c.ID
}

// Categories returns the categories in the order in which they were added.
func (s *Site) Categories() []Category {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.categories)
}

// Publish adds a post and returns its id, which is p.ID unless that is 0.
func (s *Site) Publish(p Post) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.ID == 0 {
		p.ID = s.last + 1
	}
	s.last = max(s.last, p.ID)
	if p.Published.IsZero() {
		p.Published = s.now()
	}
	if p.Modified.IsZero() {
		p.Modified = s.now()
	}
	if p.Slug == "" {
		p.Slug = s.freeSlug(p)
	}
	for _, t := range p.Tags {
		if !slices.Contains(s.tags, t) {
			s.tags = append(s.tags, t)
		}
	}
	s.posts = append(s.posts, p)
	return p.ID
}

// Update changes a post and its time of modification, as saving it does.
func (s *Site) Update(id int, change func(*Post)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.posts {
		if s.posts[i].ID == id {
			s.posts[i].Modified = s.now()
			change(&s.posts[i])
		}
	}
}

// Trash puts a post into the bin: it is gone from all lists without a trace.
func (s *Site) Trash(id int) { s.Update(id, func(p *Post) { p.Trashed = true }) }

// Posts returns what the site shows, newest first.
func (s *Site) Posts() []Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shown()
}

// PostAt returns the post whose page a request asks for.
func (s *Site) PostAt(r *http.Request) (Post, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := strings.Trim(r.URL.Path, "/")
	for _, p := range s.shown() {
		if p.Slug == name || plainSlug(p.Slug) == name {
			return p, true
		}
	}
	return Post{}, false
}

// Link returns the address of a post's page, as seen from r.
func (s *Site) Link(r *http.Request, p Post) string {
	return s.base(r) + "/" + escaped(p.Slug) + "/"
}

// Asked returns the requests since the last call, as path and parameters.
func (s *Site) Asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := s.asked
	s.asked = nil
	return asked
}

// shown returns what is public now, newest first.
func (s *Site) shown() []Post {
	now := s.now()
	var out []Post
	for _, p := range s.posts {
		if !p.Draft && !p.Trashed && !p.Published.After(now) {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b Post) int {
		return cmp.Or(b.Published.Compare(a.Published), cmp.Compare(b.ID, a.ID))
	})
	return out
}

func (s *Site) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

func (s *Site) zone() *time.Location {
	if s.Zone == nil {
		return time.FixedZone("Asia/Muscat", 4*3600)
	}
	return s.Zone
}

func (s *Site) language() string { return cmp.Or(s.Language, "ar") }

func (s *Site) base(r *http.Request) string {
	if s.Base != "" {
		return strings.TrimSuffix(s.Base, "/")
	}
	return "http://" + r.Host
}

// category returns one category; the caller holds the lock.
func (s *Site) category(id int) (Category, bool) {
	for _, c := range s.categories {
		if c.ID == id {
			return c, true
		}
	}
	return Category{}, false
}

// categoryPath returns the path of a category's page: ancestors first.
func (s *Site) categoryPath(c Category) string {
	path := escaped(c.Slug)
	for range s.categories {
		parent, ok := s.category(c.Parent)
		if !ok {
			break
		}
		path, c = escaped(parent.Slug)+"/"+path, parent
	}
	return "/category/" + path + "/"
}

// within reports whether a post is in a category or in one below it.
func (s *Site) within(p Post, id int) bool {
	for _, has := range p.Categories {
		for range len(s.categories) + 1 {
			if has == id {
				return true
			}
			c, ok := s.category(has)
			if !ok {
				break
			}
			has = c.Parent
		}
	}
	return false
}

func (s *Site) freeSlug(p Post) string {
	base := slugOf(p.Title)
	if base == "" {
		base = strconv.Itoa(p.ID)
	}
	slug := base
	for n := 2; slices.ContainsFunc(s.posts, func(o Post) bool { return o.Slug == slug }); n++ {
		slug = base + "-" + strconv.Itoa(n)
	}
	return slug
}

// slugOf makes a slug as WordPress does: words joined by hyphens, kept
// readable here and percent-encoded in addresses, at most 200 bytes then.
func slugOf(title string) string {
	var b strings.Builder
	size := 0
	for _, word := range strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	}) {
		if size += len(url.PathEscape(word)) + 1; size > 200 {
			break
		}
		if b.Len() > 0 {
			b.WriteByte('-')
		}
		b.WriteString(word)
	}
	return b.String()
}

// escaped writes a slug as WordPress does, in lower-case hex.
func escaped(slug string) string {
	return strings.ToLower(url.PathEscape(plainSlug(slug)))
}

func plainSlug(slug string) string {
	if s, err := url.PathUnescape(slug); err == nil {
		return s
	}
	return slug
}
