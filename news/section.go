package news

import "slices"

// Slug is the short latin name of a section: lower-case letters, digits and
// hyphens, at most 32 bytes.
type Slug string

// Section is one section of the newsroom.
type Section struct {
	Slug     Slug
	Parent   Slug // empty at the top
	Name     string
	Synonyms []string // other words that readers use for it
	Form     Form     // how its articles are set
}

// Tree is the newsroom's sections in menu order, parents before children.
// The zero Tree is empty and usable.
type Tree struct {
	sections []Section
	at       map[Slug]int
}

// NewTree returns the tree of sections, which must hold every parent before
// its children and no slug twice; the configuration sees to that.
func NewTree(sections []Section) Tree {
	t := Tree{sections: slices.Clone(sections), at: make(map[Slug]int, len(sections))}
	for i, s := range t.sections {
		t.at[s.Slug] = i
	}
	return t
}

// All returns the sections in menu order.
func (t Tree) All() []Section { return t.sections }

// Find returns the section called slug.
func (t Tree) Find(slug Slug) (Section, bool) {
	i, ok := t.at[slug]
	if !ok {
		return Section{}, false
	}
	return t.sections[i], true
}

// Name returns the section's Arabic name, or the slug of a section that is no
// longer configured.
func (t Tree) Name(slug Slug) string {
	if s, ok := t.Find(slug); ok {
		return s.Name
	}
	return string(slug)
}

// Order returns the place of slug in the menu; unknown ones come last.
func (t Tree) Order(slug Slug) int {
	if i, ok := t.at[slug]; ok {
		return i
	}
	return len(t.sections)
}

// Children returns the sections directly below slug, or the top ones for "".
func (t Tree) Children(slug Slug) []Section {
	var out []Section
	for _, s := range t.sections {
		if s.Parent == slug {
			out = append(out, s)
		}
	}
	return out
}

// Path returns slug and its ancestors, nearest first. Readers of any of them
// are readers of slug.
func (t Tree) Path(slug Slug) []Slug {
	path := []Slug{slug}
	for s, ok := t.Find(slug); ok && s.Parent != "" && len(path) <= len(t.sections); s, ok = t.Find(s.Parent) {
		path = append(path, s.Parent)
	}
	return path
}

// Below returns slug and everything under it, in menu order.
func (t Tree) Below(slug Slug) []Slug {
	var out []Slug
	for _, s := range t.sections {
		if slices.Contains(t.Path(s.Slug), slug) {
			out = append(out, s.Slug)
		}
	}
	return out
}

// Reach returns slugs and all their ancestors, each once, in menu order: the
// sections whose readers something in slugs is for.
func (t Tree) Reach(slugs ...Slug) []Slug {
	var out []Slug
	for _, slug := range slugs {
		for _, s := range t.Path(slug) {
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	t.sort(out)
	return out
}

// Follows reports whether a reader of follows reads slug: it, or an ancestor,
// is among them.
func (t Tree) Follows(follows []Slug, slug Slug) bool {
	for _, s := range t.Path(slug) {
		if slices.Contains(follows, s) {
			return true
		}
	}
	return false
}

// Follow returns follows with slug added. What lies below slug is covered by
// it and leaves the list; nothing changes when an ancestor is followed.
func (t Tree) Follow(follows []Slug, slug Slug) []Slug {
	if t.Follows(follows, slug) {
		return slices.Clone(follows)
	}
	below := t.Below(slug)
	out := slices.DeleteFunc(slices.Clone(follows), func(s Slug) bool { return slices.Contains(below, s) })
	out = append(out, slug)
	t.sort(out)
	return out
}

// Unfollow returns follows without slug and all below it. When an ancestor
// was followed, it is replaced by its other children, level by level.
func (t Tree) Unfollow(follows []Slug, slug Slug) []Slug {
	out := slices.Clone(follows)
	path := t.Path(slug)
	for i := len(path) - 1; i > 0; i-- {
		at := slices.Index(out, path[i])
		if at < 0 {
			continue
		}
		out = slices.Delete(out, at, at+1)
		for _, c := range t.Children(path[i]) {
			if !slices.Contains(out, c.Slug) {
				out = append(out, c.Slug)
			}
		}
	}
	below := t.Below(slug)
	out = slices.DeleteFunc(out, func(s Slug) bool { return s == slug || slices.Contains(below, s) })
	t.sort(out)
	return out
}

func (t Tree) sort(slugs []Slug) {
	slices.SortStableFunc(slugs, func(a, b Slug) int { return t.Order(a) - t.Order(b) })
}
