package desk_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/desk"
)

// replay reads a log as somebody does who was not there, with a rule of its
// own, and says what of it should not have happened: something was fired that
// was not seen and confirmed in that version, by as many as it needs, who were
// editors to the end; or while all was frozen; or twice.
type replay struct {
	*game
	names  map[string]desk.EditorID
	orders map[desk.DraftID]*order
	frozen bool
	fired  map[string]bool

	commands int // of the server, about what has no draft
}

// order is one draft, as the log tells of it.
type order struct {
	seen, version int
	by            desk.EditorID
	sure          []desk.EditorID
	fired         int
	out           bool
}

// replayed reads the whole log of a game.
func (g *game) replayed() {
	g.Helper()
	r := &replay{game: g, names: map[string]desk.EditorID{}, orders: map[desk.DraftID]*order{}, fired: map[string]bool{}}
	for _, e := range g.people {
		r.names[e.Name] = e.ID
	}
	var log bytes.Buffer
	g.must(g.desk.Export(g.ctx, g.people[0].ID, "", &log))
	for lines := json.NewDecoder(&log); lines.More(); {
		var e desk.Entry
		g.must(lines.Decode(&e))
		r.read(e)
	}
	for _, one := range g.press.printed {
		if strings.HasPrefix(one.key, "server/") && r.commands > 0 {
			r.commands--
			continue
		}
		if !r.fired[one.key] {
			g.Errorf("%s went out, and the log does not say that it was let go", one.key)
		}
		delete(r.fired, one.key)
	}
	for key := range r.fired {
		g.Errorf("%s was let go and never went out", key)
	}
}

func (r *replay) read(e desk.Entry) {
	r.Helper()
	switch e.Act {
	case desk.ActFreeze:
		r.frozen = true
		for id, o := range r.orders {
			if o.version > 0 && r.complete(id, o) && r.content(id, o.version).At.IsZero() {
				o.sure = nil
			}
		}
		return
	case desk.ActAmend:
		if r.frozen {
			r.Errorf("broadcast %d was amended while all was frozen", e.Broadcast)
		}
		r.commands++
		return
	case desk.ActThaw:
		r.frozen = false
		return
	case desk.ActPromote:
		r.changed(e.About)
		return
	case desk.ActRemove:
		for _, o := range r.orders {
			if gone := r.names[e.About]; o.by == gone || slices.Contains(o.sure, gone) {
				o.sure = nil
			}
		}
		return
	}
	if e.Draft != 0 {
		r.draft(e)
	}
}

// changed takes the word back of somebody who may not say it any more.
func (r *replay) changed(about string) {
	name, rights, _ := strings.Cut(about, ": ")
	role, sections, _ := strings.Cut(rights, " ")
	for id, o := range r.orders {
		if o.version == 0 || !slices.Contains(o.sure, r.names[name]) {
			continue
		}
		c := r.content(id, o.version)
		covers := sections == "" || !c.Everyone && !slices.Contains(c.Sections, "weather") // jobs are all that the game knows besides
		if role == string(desk.Reporter) || !covers {
			o.sure = nil
		}
	}
}

func (r *replay) draft(e desk.Entry) {
	r.Helper()
	o := r.orders[e.Draft]
	if o == nil {
		o = &order{by: e.By}
		r.orders[e.Draft] = o
	}
	switch e.Act {
	case desk.ActPreview:
		o.seen = e.Version
	case desk.ActConfirm:
		if e.By == 0 && e.Name == desk.Server().Name && e.Version == 1 && o.seen == 0 { // a command is its own confirmation
			o.seen, o.version, o.sure = 1, 1, []desk.EditorID{0}
			r.fire(e, o)
			return
		}
		if e.Version != o.seen {
			r.Errorf("draft %d: version %d was confirmed, and %d was seen", e.Draft, e.Version, o.seen)
		}
		o.version, o.sure = e.Version, append(o.sure, e.By)
	case desk.ActEdit, desk.ActReturn, desk.ActCancel, desk.ActStop:
		o.sure = nil
		if e.Act == desk.ActReturn && !o.out { // it was let go too late: what it is about is over
			delete(r.fired, desk.Key{Draft: e.Draft, Version: o.fired}.String())
		}
	case desk.ActFire:
		r.fire(e, o)
	case desk.ActPublish:
		if o.fired != e.Version || o.out {
			r.Errorf("draft %d: version %d was published; let go was %d, out it was: %v", e.Draft, e.Version, o.fired, o.out)
		}
		o.out = true
	}
}

func (r *replay) fire(e desk.Entry, o *order) {
	r.Helper()
	switch {
	case r.frozen:
		r.Errorf("draft %d was let go while all was frozen", e.Draft)
	case o.fired != 0:
		r.Errorf("draft %d was let go twice", e.Draft)
	case e.Version != o.version || e.Version != o.seen:
		r.Errorf("draft %d: version %d was let go, %d confirmed, %d seen", e.Draft, e.Version, o.version, o.seen)
	case e.Act == desk.ActFire && !r.complete(e.Draft, o):
		r.Errorf("draft %d was let go on the word of %v", e.Draft, o.sure)
	}
	o.fired = e.Version
	r.fired[desk.Key{Draft: e.Draft, Version: e.Version}.String()] = true
}

// complete reports whether as many have confirmed as it needs.
func (r *replay) complete(id desk.DraftID, o *order) bool {
	d, err := r.store.Draft(r.ctx, id)
	r.must(err)
	need := 1
	if r.setup.Second && d.Form != desk.FormTypo && r.content(id, o.version).Everyone {
		need = 2
	}
	people := slices.Clone(o.sure)
	slices.Sort(people)
	return len(slices.Compact(people)) >= need
}

func (r *replay) content(id desk.DraftID, version int) desk.Content {
	all, err := r.store.Versions(r.ctx, id)
	r.must(err)
	if version < 1 || version > len(all) {
		r.Fatalf("draft %d has no version %d", id, version)
	}
	return all[version-1]
}
