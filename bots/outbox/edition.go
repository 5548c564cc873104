package outbox

import (
	"slices"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// edition is one version of a broadcast on this account: the choice of its
// articles, and the messages composed so far. The lanes to channels and to
// people share it.
type edition struct {
	b        news.Broadcast
	selector *selector
	variants map[string]*variant // by set of articles
	next     int                 // number of the next variant
}

// variant is one composed message: which articles it holds, and its parts.
type variant struct {
	n        int
	articles []news.ArticleID
	stored   bool // the store has it, or is being told

	composed  bool
	parts     []bots.Message // empty although composed: there is nothing left to say
	composing bool
	trials    int       // of composing, in a row and in vain
	waiting   []*letter // for the parts
	used      int64

	proven    bool   // the network took it at least once
	rejected  int    // times in a row that the network refused it, in the same words
	rejection string // the words
}

func newEdition(b news.Broadcast, tree news.Tree, known []Variant) *edition {
	e := &edition{b: b, selector: newSelector(b, tree), variants: map[string]*variant{}}
	for _, k := range known {
		if k.Broadcast != b.ID || k.Version != b.Version {
			continue
		}
		e.next = max(e.next, k.N+1)
		key := string(e.selector.mask(k.Articles).key(nil))
		if e.variants[key] == nil {
			e.variants[key] = &variant{n: k.N, articles: k.Articles, stored: true}
		}
	}
	return e
}

// variant returns the variant of a set of articles.
func (e *edition) variant(m mask) *variant {
	var room [64]byte
	key := m.key(room[:0])
	v := e.variants[string(key)]
	if v == nil {
		v = &variant{n: e.next, articles: e.selector.articles(m)}
		e.next++
		e.variants[string(key)] = v
	}
	return v
}

// numbered returns the variant with number n.
func (e *edition) numbered(n int) *variant {
	for _, v := range e.variants {
		if v.n == n {
			return v
		}
	}
	return nil
}

// same reports whether b needs no new edition.
func (e *edition) same(b news.Broadcast) bool { return e.b.Version == b.Version }

// translate returns had, a set of articles of e, as one of to.
func (e *edition) translate(had mask, to *edition) mask {
	if slices.Equal(e.selector.items, to.selector.items) {
		return had
	}
	return to.selector.mask(e.selector.articles(had))
}

// shelf holds the composed parts, and lets go of those that were not used for
// longest when there are too many. They can be composed again.
type shelf struct {
	most  int
	clock int64
	full  []*variant
}

func (s *shelf) touch(v *variant) {
	s.clock++
	v.used = s.clock
}

func (s *shelf) add(v *variant) {
	s.touch(v)
	s.full = append(s.full, v)
	if len(s.full) <= s.most {
		return
	}
	slices.SortFunc(s.full, func(a, b *variant) int { return compare(b.used, a.used) })
	keep := s.most * 3 / 4
	for _, old := range s.full[keep:] {
		old.composed, old.parts = false, nil
	}
	clear(s.full[keep:])
	s.full = s.full[:keep]
}
