package outbox

import (
	"maps"

	"github.com/nashra-bot/nashra/news"
)

// amends is what a lane needs to know about the broadcast that it corrects.
type amends struct {
	root  *edition // the newest text
	loud  int
	texts map[wording][]news.ArticleID // that each variant of the original held
}

// wording names a variant of a broadcast.
type wording struct{ version, n int }

// learn takes variants of the original into account.
func (a *amends) learn(variants []Variant) {
	for _, v := range variants {
		a.texts[wording{v.Version, v.N}] = v.Articles
	}
}

// amends returns what a lane read from the store corrects; nil: nothing.
func (d *dispatcher) amends(from *Lane) *amends {
	if from.Root == nil {
		return nil
	}
	a := &amends{root: d.renewed(from.Root.Broadcast, from.Root.Variants), loud: from.Root.Loud, texts: map[wording][]news.ArticleID{}}
	a.learn(from.Root.Variants)
	return a
}

// renew keeps what an earlier reading knew.
func (a *amends) renew(old *amends) {
	if a == nil || old == nil {
		return
	}
	known := a.texts
	a.texts = old.texts
	maps.Copy(a.texts, known)
}

// share has corrections go out beside what is left of their original. Those
// who were told something wrong do not wait for a long list to end, nor does
// the list for them; a typo waits.
func (d *dispatcher) share() {
	for _, ln := range d.lanes {
		ln.shares = nil
		for _, other := range d.lanes {
			if other.amends != nil && other.amends.root.b.ID == ln.key.Broadcast && other.key.Channels == ln.key.Channels && !other.edition.b.Silent {
				ln.shares = other
			}
		}
	}
}
