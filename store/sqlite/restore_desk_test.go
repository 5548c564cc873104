package sqlite_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// An old backup gives nobody back the rights that were taken from them since:
// no editor, no program of the newsroom.
func TestRestoreKeepsEditorsOut(t *testing.T) {
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "nashra.db"), filepath.Join(dir, "backup.db")
	s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	by := func(a desk.Act) desk.Entry { return desk.Entry{At: now, Name: "server", Act: a} }
	seats := map[string]desk.Seat{"stays": {Account: "telegram:1", Chat: "10"}, "goes": {Account: "telegram:1", Chat: "11"}}
	ids := map[string]desk.EditorID{}
	for _, name := range []string{"stays", "goes"} {
		if err := s.Invited(t.Context(), desk.Invitation{Hash: []byte(name), Role: desk.Chief, Name: name, Expires: now.Add(time.Hour)}, by(desk.ActInvite)); err != nil {
			t.Fatal(err)
		}
		ed, _, err := s.Claimed(t.Context(), desk.Claimant{Hash: []byte(name), Seat: seats[name], At: now})
		if err != nil {
			t.Fatal(err)
		}
		ids[name] = ed.ID
	}
	client, err := s.Enrolled(t.Context(), desk.Client{Editor: desk.Editor{Name: "cms", Role: desk.Machine, Joined: now, Scopes: desk.Scopes()}, PerMinute: 60}, []byte("hash"), by(desk.ActEnroll))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	for _, id := range []desk.EditorID{ids["goes"], client.ID} {
		if _, err := s.Removed(t.Context(), id, by(desk.ActRemove)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	done, err := sqlite.Restore(t.Context(), backup, path)
	if err != nil || done.Removed != 2 {
		t.Fatalf("restored %+v, %v", done, err)
	}
	s = openAt(t, path, sqlite.Options{})
	if _, err := s.Seated(t.Context(), seats["goes"]); !errors.Is(err, desk.ErrNobody) {
		t.Errorf("who was removed sits again: %v", err)
	}
	if _, _, err := s.Client(t.Context(), client.ID); !errors.Is(err, desk.ErrNobody) {
		t.Errorf("a revoked token is good again: %v", err)
	}
	if ed, err := s.Seated(t.Context(), seats["stays"]); err != nil || ed.ID != ids["stays"] {
		t.Errorf("who was not removed is gone: %+v, %v", ed, err)
	}
}

// deskHouse is a database with editors in it, that is restored.
type deskHouse struct {
	*testing.T
	*sqlite.Store
	path, backup string
	now          time.Time
	people       map[string]desk.Editor
}

func newDeskHouse(t *testing.T) *deskHouse {
	dir := t.TempDir()
	h := &deskHouse{T: t, path: filepath.Join(dir, "nashra.db"), backup: filepath.Join(dir, "backup.db"), now: time.Now(), people: map[string]desk.Editor{}}
	h.open()
	tree := news.NewTree([]news.Section{{Slug: "news"}, {Slug: "weather", Parent: "news"}, {Slug: "jobs"}, {Slug: "poems"}})
	h.must(h.Settings(t.Context(), store.Settings{Tree: tree}))
	return h
}

func (h *deskHouse) open() {
	s, err := sqlite.Open(h.Context(), h.path, sqlite.Options{})
	h.must(err)
	h.Store = s
	h.Cleanup(func() { s.Close() })
}

func (h *deskHouse) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *deskHouse) by(a desk.Act) desk.Entry { return desk.Entry{At: h.now, Name: "server", Act: a} }

func (h *deskHouse) hire(name string, role desk.Role, sections ...news.Slug) {
	h.Helper()
	h.invite(name, role, sections...)
	ed, _, err := h.Claimed(h.Context(), desk.Claimant{Hash: []byte(name), Seat: desk.Seat{Account: "telegram:1", Chat: news.ChatID(name)}, At: h.now})
	h.must(err)
	h.people[name] = ed
}

func (h *deskHouse) invite(name string, role desk.Role, sections ...news.Slug) {
	h.Helper()
	h.must(h.Invited(h.Context(), desk.Invitation{Hash: []byte(name), Role: role, Sections: sections, Name: name, Expires: h.now.Add(time.Hour)}, h.by(desk.ActInvite)))
}

func (h *deskHouse) promote(name string, role desk.Role, sections ...news.Slug) {
	h.Helper()
	ed := h.people[name]
	ed.Role, ed.Sections = role, sections
	ed, _, err := h.Promoted(h.Context(), desk.Promotion{Editor: ed, Entry: h.by(desk.ActPromote), Keeps: func(desk.Draft) bool { return true }})
	h.must(err)
	h.people[name] = ed
}

// restore puts the backup in place.
func (h *deskHouse) restore() sqlite.Restored {
	h.Helper()
	h.must(h.Close())
	done, err := sqlite.Restore(h.Context(), h.backup, h.path)
	h.must(err)
	h.open()
	return done
}

// An editor who may do less since the backup does no more after it, and one who
// may do more has to be given it again.
func TestRestoreGivesNoRightsBack(t *testing.T) {
	h := newDeskHouse(t)
	type rights struct {
		role     desk.Role
		sections []news.Slug
	}
	cases := map[string]struct{ backup, since, want rights }{
		"stays":      {rights{desk.Owner, nil}, rights{desk.Owner, nil}, rights{desk.Owner, nil}},
		"demoted":    {rights{desk.Owner, nil}, rights{desk.Chief, nil}, rights{desk.Chief, nil}},
		"reporter":   {rights{desk.Chief, []news.Slug{"weather", "jobs"}}, rights{desk.Reporter, []news.Slug{"weather", "jobs"}}, rights{desk.Reporter, []news.Slug{"weather", "jobs"}}},
		"narrowed":   {rights{desk.Chief, nil}, rights{desk.Chief, []news.Slug{"jobs"}}, rights{desk.Chief, []news.Slug{"jobs"}}},
		"below":      {rights{desk.Chief, []news.Slug{"news", "jobs"}}, rights{desk.Chief, []news.Slug{"weather", "poems"}}, rights{desk.Chief, []news.Slug{"weather"}}},
		"elsewhere":  {rights{desk.Chief, []news.Slug{"weather"}}, rights{desk.Chief, []news.Slug{"jobs"}}, rights{desk.Chief, []news.Slug{"jobs"}}},
		"promoted":   {rights{desk.Reporter, nil}, rights{desk.Owner, nil}, rights{desk.Reporter, nil}},
		"widened":    {rights{desk.Chief, []news.Slug{"weather"}}, rights{desk.Chief, nil}, rights{desk.Chief, []news.Slug{"weather"}}},
		"bothways":   {rights{desk.Reporter, nil}, rights{desk.Chief, []news.Slug{"jobs"}}, rights{desk.Reporter, []news.Slug{"jobs"}}},
		"asitwas":    {rights{desk.Chief, []news.Slug{"weather", "jobs"}}, rights{desk.Chief, []news.Slug{"weather", "jobs"}}, rights{desk.Chief, []news.Slug{"weather", "jobs"}}},
		"reversed":   {rights{desk.Chief, []news.Slug{"weather", "jobs"}}, rights{desk.Chief, []news.Slug{"jobs", "weather"}}, rights{desk.Chief, []news.Slug{"weather", "jobs"}}},
		"underneath": {rights{desk.Chief, []news.Slug{"weather"}}, rights{desk.Chief, []news.Slug{"news"}}, rights{desk.Chief, []news.Slug{"weather"}}},
	}
	for name, c := range cases {
		h.hire(name, c.backup.role, c.backup.sections...)
	}
	h.must(h.Backup(t.Context(), h.backup))
	for name, c := range cases {
		h.promote(name, c.since.role, c.since.sections...)
	}
	if done := h.restore(); done.Lowered != 6 {
		t.Errorf("restored %+v", done)
	}
	for name, c := range cases {
		ed, err := h.Editor(t.Context(), h.people[name].ID)
		h.must(err)
		if ed.Name != name || ed.Role != c.want.role || !slices.Equal(ed.Sections, c.want.sections) {
			t.Errorf("%s is %s of %v, want %+v", name, ed.Role, ed.Sections, c.want)
		}
	}
	log, err := h.Log(t.Context(), 0, 1000)
	h.must(err)
	log = slices.DeleteFunc(log, func(e desk.Entry) bool { return e.Act != desk.ActPromote })
	if len(log) != 6 || !slices.ContainsFunc(log, func(e desk.Entry) bool { return e.By == 0 && e.About == "below: editor weather, as before the restore" }) {
		t.Errorf("the log says %+v", log)
	}
}

// What somebody had confirmed by the backup who may do less since is a draft
// again, also where only the second person was missing.
func TestRestoreTakesTheWordBack(t *testing.T) {
	h := newDeskHouse(t)
	h.hire("owner", desk.Owner)
	h.hire("goes", desk.Chief)
	h.hire("stays", desk.Chief)
	drafts := map[string]desk.Draft{}
	for _, name := range []string{"goes", "stays"} {
		d, err := h.Wrote(t.Context(), desk.Move{Entry: h.by(desk.ActWrite), Draft: desk.Draft{
			Form: desk.FormAlert, State: desk.Second, Version: 1, Seen: 1, Sure: 1, Confirmed: h.people[name].ID, Made: h.now, Touched: h.now,
			Content: desk.Content{Words: name, Everyone: true},
		}})
		h.must(err)
		drafts[name] = d
	}
	h.must(h.Backup(t.Context(), h.backup))
	h.promote("goes", desk.Reporter)
	h.restore()
	for name, want := range map[string]desk.State{"goes": desk.Drafting, "stays": desk.Second} {
		if d, err := h.Draft(t.Context(), drafts[name].ID); err != nil || d.State != want {
			t.Errorf("what %s has confirmed is in %s (%v), want %s", name, d.State, err, want)
		}
	}
}

// A freeze and a hold outlast a backup from before them, and one from within
// them stays as it was; codes do not outlast it.
func TestRestoreKeepsFreezeAndHold(t *testing.T) {
	for _, c := range []struct{ before, since bool }{{false, false}, {false, true}, {true, false}, {true, true}} {
		t.Run(fmt.Sprintf("%t then %t", c.before, c.since), func(t *testing.T) {
			h := newDeskHouse(t)
			h.hire("owner", desk.Owner)
			set := func(on bool) {
				if !on {
					h.must(h.Thawed(t.Context(), h.by(desk.ActThaw), nil))
					h.must(h.Held(t.Context(), false, h.by(desk.ActRelease), nil))
					return
				}
				_, err := h.Froze(t.Context(), h.by(desk.ActFreeze), nil)
				h.must(err)
				hold := h.by(desk.ActHold)
				hold.About = "حداد"
				h.must(h.Held(t.Context(), true, hold, nil))
			}
			set(c.before)
			h.invite("code", desk.Owner)
			h.must(h.Backup(t.Context(), h.backup))
			set(c.since)
			done := h.restore()
			if fresh := c.since && !c.before; done.Frozen != fresh || done.Held != fresh {
				t.Errorf("restored %+v", done)
			}
			now, err := h.Standing(t.Context())
			h.must(err)
			on := c.before || c.since
			if now.Frozen != on || !now.Held || now.FrozenAt.IsZero() == on || now.HeldAt.IsZero() || (now.HeldWhy == "حداد") != on {
				t.Errorf("after the restore: %+v", now)
			}
			_, _, err = h.Claimed(t.Context(), desk.Claimant{Hash: []byte("code"), Seat: desk.Seat{Account: "telegram:1", Chat: "9"}, At: h.now})
			if !errors.Is(err, desk.ErrCode) {
				t.Errorf("a code of the backup is good: %v", err)
			}
		})
	}
}
