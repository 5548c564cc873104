package outbox

import (
	"slices"

	"github.com/nashra-bot/nashra/news"
)

// mask is a set of a broadcast's articles, by their place in Items.
type mask []uint64

func newMask(n int) mask { return make(mask, (n+63)/64) }

func (m mask) set(i int)      { m[i/64] |= 1 << (i % 64) }
func (m mask) has(i int) bool { return m[i/64]&(1<<(i%64)) != 0 }

func (m mask) add(other mask) {
	for i := range other {
		m[i] |= other[i]
	}
}

func (m mask) empty() bool {
	for _, w := range m {
		if w != 0 {
			return false
		}
	}
	return true
}

// key appends m in a form that can be the key of a map.
func (m mask) key(b []byte) []byte {
	for _, w := range m {
		b = append(b, byte(w), byte(w>>8), byte(w>>16), byte(w>>24), byte(w>>32), byte(w>>40), byte(w>>48), byte(w>>56))
	}
	return b
}

// selector says which articles of one broadcast a reader is to see. It never
// changes, and may be asked from several goroutines.
type selector struct {
	items  []news.Item
	place  map[news.ArticleID]int
	below  map[news.Slug]mask // the articles that a follower of a section sees
	all    mask
	public bool // for everybody, whatever they follow
	digest bool
	alert  bool // breaking news
	urgent bool // and important
	spoken bool // in words of its own: for those, too, who have the article
	floor  bool // articles up to the reader's floor are left out
	invite []news.Slug
	tree   news.Tree
}

// newSelector prepares the choice for b.
//
// A digest shows a reader the articles of the sections that they follow.
// Anything else goes whole to those for whom it was published, who are
// checked again here: a copy that has waited may find that its reader has
// turned to other sections, or wants no such alerts any more. Digests and single articles leave out what is
// behind the reader's floor; breaking news does not ask.
func newSelector(b news.Broadcast, tree news.Tree) *selector {
	s := &selector{
		items: b.Items, tree: tree, public: b.Audience.Everyone, invite: b.Audience.Sections,
		digest: b.Kind == news.Digest, alert: b.Kind == news.Breaking, urgent: b.Audience.Important,
		spoken: b.Kind == news.Breaking && b.Words != "", floor: b.Kind == news.Digest || b.Kind == news.Single,
		place: make(map[news.ArticleID]int, len(b.Items)),
		below: map[news.Slug]mask{}, all: newMask(len(b.Items)),
	}
	for i, item := range b.Items {
		s.place[item.Article] = i
		s.all.set(i)
		for _, slug := range tree.Path(item.Section) {
			if s.below[slug] == nil {
				s.below[slug] = newMask(len(b.Items))
			}
			s.below[slug].set(i)
		}
	}
	return s
}

// choose sets into to the articles that r, who has got those of had, is to
// see. It reports whether there is anything to send: a broadcast without
// articles is always new, and so are an editor's words about one.
func (s *selector) choose(into mask, r *Recipient, had mask) bool {
	clear(into)
	if s.alert && (r.Off || r.Important && !s.urgent) {
		return false
	}
	if !s.public && !s.digest && !s.invited(r.Follows) {
		return false
	}
	if len(s.items) == 0 {
		return true
	}
	if s.digest && !s.public {
		for _, slug := range r.Follows {
			into.add(s.below[slug])
		}
	} else {
		copy(into, s.all)
	}
	if s.spoken {
		return true
	}
	for i := range had {
		into[i] &^= had[i]
	}
	if s.floor && r.Floor > 0 {
		for i, item := range s.items {
			if item.Article <= r.Floor {
				into[i/64] &^= 1 << (i % 64)
			}
		}
	}
	return !into.empty()
}

// invited reports whether a follower of follows is among those for whom the
// broadcast is.
func (s *selector) invited(follows []news.Slug) bool {
	for _, slug := range s.invite {
		if slices.Contains(follows, slug) || s.tree.Follows(follows, slug) {
			return true
		}
	}
	return false
}

// articles returns the ids of m, in the broadcast's order.
func (s *selector) articles(m mask) []news.ArticleID {
	var ids []news.ArticleID
	for i, item := range s.items {
		if m.has(i) {
			ids = append(ids, item.Article)
		}
	}
	return ids
}

// mask returns ids as a set, without those that the broadcast does not hold.
func (s *selector) mask(ids []news.ArticleID) mask {
	m := newMask(len(s.items))
	for _, id := range ids {
		if i, ok := s.place[id]; ok {
			m.set(i)
		}
	}
	return m
}

// had returns for each of recipients, whose ids ascend, what the receipts of
// other broadcasts say that they have: copies that were sent, or may have
// been.
func (s *selector) had(recipients []Recipient, others []Had) ([]mask, error) {
	words := len(s.all)
	backing := make(mask, words*len(recipients))
	masks := make([]mask, len(recipients))
	for i := range masks {
		masks[i] = backing[i*words : (i+1)*words : (i+1)*words]
	}
	if words == 0 {
		return masks, nil
	}
	type number struct{ version, n int }
	for _, other := range others {
		held := make(map[number]mask, len(other.Variants))
		for _, v := range other.Variants {
			if m := s.mask(v.Articles); !m.empty() {
				held[number{v.Version, v.N}] = m
			}
		}
		if len(held) == 0 {
			continue
		}
		i := 0
		err := Outcomes(other.Receipts, func(r Receipt) {
			if r.Outcome != news.Sent && r.Outcome != news.Unknown {
				return
			}
			for i < len(recipients) && recipients[i].ID < r.Subscriber {
				i++
			}
			if i < len(recipients) && recipients[i].ID == r.Subscriber {
				masks[i].add(held[number{r.Version, r.Variant}])
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return masks, nil
}
