package desk_test

import (
	"fmt"
	"slices"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// someone is anybody who sits at the desk, or has sat there.
func (g *game) someone() desk.EditorID { return g.people[g.rng.IntN(len(g.people))].ID }

// senior is most often the owner, who may do everything.
func (g *game) senior() desk.EditorID {
	if g.rng.IntN(3) > 0 {
		return g.people[0].ID
	}
	return g.someone()
}

// replace removes an editor, whose phone stays in somebody's hands, and hires
// another. Often it is somebody whose draft is about to go out.
func (g *game) replace() {
	who := g.people[1+g.rng.IntN(len(g.people)-1)]
	if id, any := g.something(); any && g.rng.IntN(2) == 0 {
		d, err := g.store.Draft(g.ctx, id)
		g.must(err)
		if i := slices.IndexFunc(g.people, func(e desk.Editor) bool { return e.ID == d.Confirmed }); i > 0 {
			who = g.people[i]
		}
	}
	if g.gone[who.ID] {
		return
	}
	if _, err := g.desk.Remove(g.ctx, g.people[0].ID, who.ID); g.fine(err) {
		g.gone[who.ID] = true
		g.keys++
		g.people = append(g.people, g.hire(who.Role, news.ChatID(fmt.Sprint("n", g.keys)), who.Sections...))
	}
}

// change gives somebody another role or other sections, in the chair.
func (g *game) change() {
	i := 1 + g.rng.IntN(len(g.people)-1)
	c := desk.Change{Role: []desk.Role{"", desk.Chief, desk.Reporter}[g.rng.IntN(3)], Scoped: g.rng.IntN(2) == 0}
	if g.rng.IntN(2) == 0 {
		c.Sections = []news.Slug{"jobs"}
	}
	if ed, _, err := g.desk.Promote(g.ctx, g.senior(), g.people[i].ID, c); g.fine(err) {
		g.people[i] = ed
	}
}
