package desk_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// TestWhateverHappens has editors of all roles, and the server, do things at
// random, while news comes by itself and copies arrive or fail, with crashes in
// the middle of publishing, jumps of the clock, freezes and removals. Whatever
// goes out was looked at and confirmed in that very version by somebody who
// could, or ordered by the server, went out once, and went out before nothing
// that had overtaken it. What a reader gets is one of those, each once; what was
// stopped or withdrawn reaches nobody any more, and nothing does while all is
// frozen.
func TestWhateverHappens(t *testing.T) {
	played, orders, tried, gone, back := 0, 0, 0, 0, 0
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			g := newGame(newWorld(t), seed)
			for range 250 {
				g.step()
				g.check()
			}
			g.finish()
			played, orders, tried, gone, back = played+1, orders+len(g.orders), tried+g.tried, gone+len(g.press.gone), back+g.reclaimed
		})
	}
	if played == 6 && (orders == 0 || tried == 0 || gone == 0 || back == 0) {
		t.Errorf("%d commands, %d copies tried again, %d alerts withdrawn, %d came back by a code: the games prove nothing", orders, tried, gone, back)
	}
}

// game is what the store must agree with: who has seen and confirmed what.
type game struct {
	*world
	rng     *rand.Rand
	people  []desk.Editor
	gone    map[desk.EditorID]bool
	drafts  []desk.DraftID
	held    map[desk.DraftID]int // the version that an editor's phone shows: old buttons
	seen    map[string]string    // key → the words that were shown
	sure    map[string]bool      // key → somebody who may confirmed it
	lookers map[string]bool      // key and editor → they have had it before them
	checked int

	reclaimed int // drafts that came back because somebody took another role by a code
	arrivals
}

func newGame(w *world, seed uint64) *game {
	g := &game{
		world: w, rng: rand.New(rand.NewPCG(seed, 7)), gone: map[desk.EditorID]bool{}, held: map[desk.DraftID]int{},
		seen: map[string]string{}, sure: map[string]bool{}, lookers: map[string]bool{},
	}
	g.begin()
	w.setup.Second = seed%2 == 1
	g.people = []desk.Editor{w.hire(desk.Owner, "0"), w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2"), w.hire(desk.Reporter, "3"), w.hire(desk.Chief, "4", "jobs")}
	w.meddle = func() {
		if g.rng.IntN(4) == 0 {
			g.step()
		}
	}
	w.press.die = func() error {
		if g.rng.IntN(6) == 0 {
			return errKilled
		}
		return nil
	}
	return g
}

func (g *game) something() (desk.DraftID, bool) {
	if len(g.drafts) == 0 {
		return 0, false
	}
	return g.drafts[max(0, len(g.drafts)-1-g.rng.IntN(min(len(g.drafts), 6)))], true
}

// among is one of the drafts of late, of a fitting state if chance finds one.
func (g *game) among(fits func(desk.State) bool) (id desk.DraftID) {
	for range 5 {
		id = g.drafts[max(0, len(g.drafts)-1-g.rng.IntN(min(len(g.drafts), 12)))]
		if d, err := g.store.Draft(g.ctx, id); err == nil && fits(d.State) {
			break
		}
	}
	return id
}

// words are never said twice, so that what was seen can be told by them.
func (g *game) words() desk.Content {
	g.keys++
	c := desk.Content{Words: fmt.Sprintf("خبر رقم %d", g.keys), Sections: []news.Slug{[]news.Slug{"weather", "jobs"}[g.rng.IntN(2)]}}
	if g.rng.IntN(3) == 0 {
		c.Sections, c.Everyone = nil, true
	}
	if g.rng.IntN(8) == 0 {
		c.At = g.now.Add(time.Duration(g.rng.IntN(60)) * time.Minute)
	}
	return c
}

// fine fails unless err is a refusal, or a death.
func (g *game) fine(err error) bool {
	g.Helper()
	if _, refused := desk.Refused(err); err != nil && !refused && !errors.Is(err, errKilled) {
		g.Fatal(err)
	}
	return err == nil
}

func (g *game) step() {
	by := g.someone()
	id, any := g.something()
	if !any || g.rng.IntN(8) == 0 {
		if d, err := g.desk.Write(g.ctx, by, "", g.words()); g.fine(err) {
			g.drafts = append(g.drafts, d.ID)
		}
		return
	}
	if n := g.rng.IntN(38); n < 21 {
		g.act(n, by, id)
	} else {
		g.happen(n, by)
	}
	g.pass(time.Duration(g.rng.IntN(3)) * time.Second)
	if _, err := g.desk.Once(g.ctx); err != nil && !errors.Is(err, errKilled) {
		g.Fatal(err)
	}
}

// act is something that an editor does to a draft.
func (g *game) act(n int, by desk.EditorID, id desk.DraftID) {
	switch n {
	case 0, 1:
		g.preview(by, id)
	case 2, 3:
		g.confirm(by, id, g.held[id])
	case 4, 5, 6, 7, 8:
		id = g.among(desk.State.Open)
		g.preview(g.senior(), id)
		g.confirm(g.senior(), id, g.held[id])
		second := g.someone()
		if g.rng.IntN(3) > 0 {
			g.preview(second, id)
		}
		g.confirm(second, id, g.held[id])
	case 9:
		g.confirm(by, id, g.held[id]-1) // an old button, or a forged one
	case 10:
		_, err := g.desk.Edit(g.ctx, by, id, g.held[id], g.words())
		g.fine(err)
	case 11, 12, 13:
		g.overlay(g.senior(), g.among(desk.State.Out))
	case 14:
		_, err := g.desk.StopLive(g.ctx, by)
		g.fine(err)
	case 15:
		g.stop(by, g.among(desk.State.Live))
	case 16:
		g.fine(first(g.desk.Pause(g.ctx, g.senior(), g.among(desk.State.Out))))
	case 17, 18:
		g.fine(first(g.desk.Resume(g.ctx, g.senior(), g.among(func(s desk.State) bool { return s == desk.Paused }))))
	default:
		g.retry(g.senior(), g.among(desk.State.Out))
	}
}

// happen is anything else.
func (g *game) happen(n int, by desk.EditorID) {
	switch n {
	case 21:
		if g.rng.IntN(2) == 0 {
			g.fine(g.desk.Freeze(g.ctx, by))
		}
	case 22, 23, 24:
		g.fine(g.desk.Thaw(g.ctx, g.senior()))
		if n == 24 {
			g.fine(first(g.desk.Unstall(g.ctx, by)))
		}
	case 25:
		g.replace()
	case 26:
		g.start() // killed, and started again
	case 27:
		g.pass(-time.Duration(g.rng.IntN(30)) * time.Second) // somebody sets the clock
	case 28:
		g.pass(time.Duration(g.rng.IntN(90)) * time.Minute)
	case 29, 30:
		g.comes()
	case 31:
		g.order()
	case 32:
		g.change()
	default:
		for range 3 {
			g.deliver()
		}
	}
}

func first[T any](_ T, err error) error { return err }

func (g *game) preview(by desk.EditorID, id desk.DraftID) {
	if p, err := g.desk.Preview(g.ctx, by, id); g.fine(err) {
		g.held[id] = p.Draft.Version
		key := desk.Key{Draft: id, Version: p.Draft.Version}.String()
		g.seen[key] = p.Draft.Words
		g.lookers[fmt.Sprint(key, " ", by)] = true
	}
}

func (g *game) confirm(by desk.EditorID, id desk.DraftID, version int) {
	d, err := g.desk.Confirm(g.ctx, by, id, version)
	if !g.fine(err) {
		return
	}
	if g.gone[by] {
		g.Errorf("%d was removed, and confirms", by)
	}
	who := g.people[slices.IndexFunc(g.people, func(e desk.Editor) bool { return e.ID == by })]
	if who.Role == desk.Reporter {
		g.Errorf("a reporter confirms draft %d", id)
	}
	if g.setup.Second && d.Everyone && d.Form != desk.FormTypo && !g.lookers[fmt.Sprint(desk.Key{Draft: id, Version: version}, " ", by)] {
		g.Errorf("%d confirms draft %d for everybody without having looked at it", by, id)
	}
	if d.State != desk.Second {
		g.sure[desk.Key{Draft: id, Version: version}.String()] = true
		if g.setup.Second && d.Everyone && d.Form != desk.FormTypo && d.Confirmed == d.Approved {
			g.Errorf("draft %d for everybody was confirmed by one person", id)
		}
	}
}

// overlay drafts a correction, a typo or a withdrawal.
func (g *game) overlay(by desk.EditorID, id desk.DraftID) {
	var d desk.Draft
	var err error
	if g.rng.IntN(4) == 0 {
		d, err = g.desk.Withdraw(g.ctx, by, "", id, g.words().Words)
	} else {
		d, err = g.desk.Correct(g.ctx, by, "", id, g.words().Words, g.rng.IntN(2) == 0)
	}
	if g.fine(err) {
		g.drafts = append(g.drafts, d.ID)
	}
}

// check looks at what has been printed since the last look.
func (g *game) check() {
	g.Helper()
	for ; g.checked < len(g.press.printed); g.checked++ {
		one := g.press.printed[g.checked]
		switch ordered := g.ordered(one); {
		case ordered:
		case !g.sure[one.key]:
			g.Errorf("%s went out and was never confirmed", one.key)
		case g.seen[one.key] != one.words:
			g.Errorf("%s went out as %q and was seen as %q", one.key, one.words, g.seen[one.key])
		}
		if slices.ContainsFunc(g.press.printed[:g.checked], func(p print) bool { return p.words == one.words }) {
			g.Errorf("%q went out twice", one.words)
		}
	}
	g.still()
	g.stand()
}

// finish lets everything come to its end, without deaths, and counts.
func (g *game) finish() {
	g.press.die, g.meddle = nil, nil
	g.must(g.desk.Thaw(g.ctx, g.people[0].ID))
	g.start()
	for range 5 {
		g.pass(time.Minute)
		g.tick()
		g.check()
	}
	var sent int
	for _, id := range g.drafts {
		d, err := g.store.Draft(g.ctx, id)
		g.must(err)
		if d.State == desk.Publishing || d.State == desk.Counting {
			g.Errorf("draft %d is still in %s", id, d.State)
		}
		if d.State.Out() && !g.itselfs[d.Broadcast] {
			sent++
			if d.Broadcast == 0 {
				g.Errorf("draft %d is %s without a broadcast", id, d.State)
			}
		}
	}
	if sent == 0 {
		g.Error("nothing was sent at all: the game proves nothing")
	}
	if sent > len(g.press.printed) {
		g.Errorf("%d drafts went out as %d broadcasts", sent, len(g.press.printed))
	}
	g.adopted()
	g.replayed()
}
