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
	who := g.people[g.concerned()]
	if g.gone[who.ID] {
		return
	}
	if _, err := g.desk.Remove(g.ctx, g.people[0].ID, who.ID); g.fine(err) {
		g.gone[who.ID] = true
		g.keys++
		g.people = append(g.people, g.hire(who.Role, news.ChatID(fmt.Sprint("n", g.keys)), who.Sections...))
	}
}

// concerned is anybody but the first owner; often somebody who has confirmed
// what waits to go out.
func (g *game) concerned() int {
	if g.rng.IntN(2) == 0 {
		d, err := g.store.Draft(g.ctx, g.among(desk.State.Waiting))
		g.must(err)
		if i := slices.IndexFunc(g.people, func(e desk.Editor) bool { return e.ID == d.Confirmed }); i > 0 {
			return i
		}
	}
	return 1 + g.rng.IntN(len(g.people)-1)
}

// change gives somebody another role or other sections, in the chair.
func (g *game) change() {
	i := g.concerned()
	c := desk.Change{Role: []desk.Role{"", desk.Chief, desk.Reporter}[g.rng.IntN(3)], Scoped: g.rng.IntN(2) == 0}
	if g.rng.IntN(2) == 0 {
		c.Sections = []news.Slug{"jobs"}
	}
	if g.rng.IntN(2) == 0 {
		g.reclaim(i, c)
		return
	}
	if ed, _, err := g.desk.Promote(g.ctx, g.senior(), g.people[i].ID, c); g.fine(err) {
		g.people[i] = ed
	}
}

// reclaim gives it to them by a code that they use in their own chat, when they
// have just confirmed something.
func (g *game) reclaim(i int, c desk.Change) {
	if c.Role == "" {
		c.Role = desk.Chief
	}
	id := g.among(desk.State.Open)
	g.preview(g.people[i].ID, id)
	g.confirm(g.people[i].ID, id, g.held[id])
	code, err := g.desk.Invite(g.ctx, g.senior(), c.Role, c.Sections, "")
	if !g.fine(err) || g.gone[g.people[i].ID] {
		return
	}
	ed, back, err := g.desk.Claim(g.ctx, g.people[i].Seats[0], code, "")
	if g.fine(err) {
		g.people[i], g.reclaimed = ed, g.reclaimed+len(back)
	}
}

// stand fails when something waits to go out on the word of somebody who could
// not say it now.
func (g *game) stand() {
	g.Helper()
	waiting, err := g.store.Desk(g.ctx)
	g.must(err)
	for _, d := range waiting {
		if !d.State.Waiting() && d.State != desk.Second {
			continue
		}
		for _, by := range []desk.EditorID{d.Confirmed, d.Approved} {
			i := slices.IndexFunc(g.people, func(e desk.Editor) bool { return e.ID == by })
			if by == 0 {
				continue
			}
			elsewhere := len(g.people[i].Sections) > 0 && (d.Everyone || !slices.Equal(d.Sections, g.people[i].Sections))
			if g.gone[by] || g.people[i].Role == desk.Reporter || elsewhere {
				g.Errorf("draft %d waits in %s on the word of %+v", d.ID, d.State, g.people[i])
			}
		}
	}
}
