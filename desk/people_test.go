package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

func TestFirstOwner(t *testing.T) {
	w := newWorld(t)
	old, needed, err := w.desk.FirstCode(w.ctx)
	w.must(err)
	code, again, err := w.desk.FirstCode(w.ctx)
	w.must(err)
	if !needed || !again || old == code {
		t.Fatalf("codes %q and %q", old, code)
	}
	seat := desk.Seat{Account: "telegram:1", Chat: "9"}
	_, _, err = w.desk.Claim(w.ctx, seat, old, "x") // made invalid by the second
	w.refused(err, desk.BadCode)
	if !desk.LooksLikeCode(code) || desk.LooksLikeCode("خبر عاجل 1234") || desk.LooksLikeCode("12345") {
		t.Error("codes are not told from other texts")
	}
	eastern := []rune(code)
	for i, r := range eastern {
		if r >= '0' && r <= '9' {
			eastern[i] = r - '0' + '٠'
		}
	}
	owner, _, err := w.desk.Claim(w.ctx, seat, " "+string(eastern), "سالم \u202eبن\nأحمد")
	w.must(err)
	if owner.Role != desk.Owner || owner.Name != "سالم بن أحمد" || len(owner.Seats) != 1 {
		t.Errorf("owner %+v", owner)
	}
	_, _, err = w.desk.Claim(w.ctx, desk.Seat{Account: "telegram:1", Chat: "10"}, code, "y") // used
	w.refused(err, desk.BadCode)
	if _, needed, _ := w.desk.FirstCode(w.ctx); needed {
		t.Error("there is an owner, and a code is given all the same")
	}
	got, ok, err := w.desk.Who(w.ctx, seat)
	if w.must(err); !ok || got.ID != owner.ID {
		t.Errorf("%+v sits there", got)
	}
	if _, ok, _ := w.desk.Who(w.ctx, desk.Seat{Account: "telegram:1", Chat: "11"}); ok {
		t.Error("a stranger sits at the desk")
	}
}

func TestCodesExpire(t *testing.T) {
	w := newWorld(t)
	code, err := w.desk.Invite(w.ctx, 0, desk.Chief, nil, "هدى")
	w.must(err)
	w.pass(25 * time.Hour)
	_, _, err = w.desk.Claim(w.ctx, desk.Seat{Account: "telegram:1", Chat: "1"}, code, "")
	w.refused(err, desk.BadCode)
}

func TestSeatOnAnotherNetwork(t *testing.T) {
	w := newWorld(t)
	salim, huda := w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
	code, err := w.desk.Seat(w.ctx, salim.ID)
	w.must(err)
	_, _, err = w.desk.Claim(w.ctx, huda.Seats[0], code, "")
	w.refused(err, desk.BadCode) // somebody else's chat
	got, _, err := w.desk.Claim(w.ctx, desk.Seat{Account: "whatsapp:2", Chat: "96890000000"}, code, "")
	w.must(err)
	if got.ID != salim.ID || len(got.Seats) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestRights(t *testing.T) {
	w := newWorld(t)
	owner, chief, reporter := w.hire(desk.Owner, "0"), w.hire(desk.Chief, "1"), w.hire(desk.Reporter, "2")
	narrow := w.hire(desk.Chief, "3", "jobs")

	d := w.draft(reporter.ID, "خبر")
	v := w.look(reporter.ID, d.ID).Draft.Version
	_, err := w.desk.Confirm(w.ctx, reporter.ID, d.ID, v)
	w.refused(err, desk.NotYours)
	_, err = w.desk.Confirm(w.ctx, narrow.ID, d.ID, v)
	w.refused(err, desk.OtherSection)
	_, err = w.desk.Confirm(w.ctx, 99, d.ID, v)
	w.refused(err, desk.NoEditor)
	_, err = w.desk.Write(w.ctx, narrow.ID, "", desk.Content{Words: "x", Everyone: true})
	w.refused(err, desk.OtherSection)
	other := w.draft(chief.ID, "خبر آخر")
	_, err = w.desk.Edit(w.ctx, reporter.ID, other.ID, 1, other.Content)
	w.refused(err, desk.NotYours)
	w.refused(w.desk.Freeze(w.ctx, reporter.ID), desk.NotYours)
	w.refused(w.desk.Open(w.ctx, chief.ID), desk.NotYours)
	_, err = w.desk.Invite(w.ctx, chief.ID, desk.Owner, nil, "")
	w.refused(err, desk.NotYours)
	_, err = w.desk.Remove(w.ctx, owner.ID, owner.ID)
	w.refused(err, desk.LastOwner)
	_, _, err = w.desk.Promote(w.ctx, owner.ID, owner.ID, desk.Change{Role: desk.Reporter})
	w.refused(err, desk.LastOwner)
	_, err = w.desk.Confirm(w.ctx, chief.ID, d.ID, v)
	w.must(err)
	if _, err = w.desk.Stop(w.ctx, reporter.ID, d.ID); err != nil { // their own can always be stopped
		t.Errorf("%v", err)
	}
}

func TestRemovedEditorIsDead(t *testing.T) {
	w := newWorld(t)
	owner, salim, huda := w.hire(desk.Owner, "0"), w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
	open, counting, others := w.draft(salim.ID, "مفتوحة"), w.draft(salim.ID, "تعد"), w.draft(huda.ID, "لهدى")
	for _, d := range []desk.Draft{counting, others} {
		_, err := w.desk.Confirm(w.ctx, salim.ID, d.ID, w.look(salim.ID, d.ID).Draft.Version)
		w.must(err)
	}
	code, err := w.desk.Seat(w.ctx, salim.ID)
	w.must(err)
	_, err = w.desk.Remove(w.ctx, owner.ID, salim.ID)
	w.must(err)
	w.pass(time.Minute)
	w.tick()
	w.is(open.ID, desk.Dropped)
	w.is(counting.ID, desk.Dropped)
	w.is(others.ID, desk.Drafting)
	if len(w.press.printed) != 0 {
		t.Errorf("printed %+v", w.press.printed)
	}
	_, err = w.desk.Preview(w.ctx, salim.ID, others.ID)
	w.refused(err, desk.NoEditor)
	_, _, err = w.desk.Claim(w.ctx, desk.Seat{Account: "telegram:1", Chat: "5"}, code, "")
	w.refused(err, desk.BadCode)
	if _, ok, _ := w.desk.Who(w.ctx, salim.Seats[0]); ok {
		t.Error("a removed editor still sits there")
	}
}

// TestPromote: an owner changes what an editor may do, and that holds at once:
// for what they have open, for what they have confirmed, for their buttons.
func TestPromote(t *testing.T) {
	w := newWorld(t)
	owner, salim, huda := w.hire(desk.Owner, "0"), w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
	open := w.look(salim.ID, w.draft(salim.ID, "مفتوحة").ID).Draft
	confirmed := func(by desk.EditorID, section news.Slug, at time.Duration) desk.Draft {
		t.Helper()
		d, err := w.desk.Write(w.ctx, by, "", desk.Content{Words: "خبر", Sections: []news.Slug{section}, At: w.now.Add(at)})
		w.must(err)
		d, err = w.desk.Confirm(w.ctx, salim.ID, d.ID, w.look(salim.ID, d.ID).Draft.Version)
		w.must(err)
		return d
	}
	lost, kept, others := confirmed(salim.ID, "weather", time.Hour), confirmed(salim.ID, "jobs", time.Hour), confirmed(huda.ID, "weather", time.Hour)

	jobs := desk.Change{Sections: []news.Slug{"jobs"}, Scoped: true}
	_, _, err := w.desk.Promote(w.ctx, huda.ID, salim.ID, jobs)
	w.refused(err, desk.NotYours)
	ed, back, err := w.desk.Promote(w.ctx, owner.ID, salim.ID, jobs)
	w.must(err)
	if ed.Role != desk.Chief || !slices.Equal(ed.Sections, []news.Slug{"jobs"}) || len(back) != 2 {
		t.Errorf("%+v, and back came %+v", ed, back)
	}
	for id, state := range map[desk.DraftID]desk.State{open.ID: desk.Looked, lost.ID: desk.Drafting, others.ID: desk.Drafting, kept.ID: desk.Scheduled} {
		w.is(id, state)
	}
	_, err = w.desk.Confirm(w.ctx, salim.ID, open.ID, open.Version)
	w.refused(err, desk.OtherSection)
	_, err = w.desk.Edit(w.ctx, salim.ID, open.ID, open.Version, open.Content)
	w.refused(err, desk.OtherSection)
	told := func() []string { // of their rights
		return slices.DeleteFunc(w.letters(), func(l string) bool { return !strings.HasPrefix(l, "1: ") })
	}
	if got := told(); len(got) != 1 || !strings.Contains(got[0], "الأقسام: وظائف") {
		t.Errorf("they were told %q", got)
	}
	if log := w.logged(desk.ActPromote); len(log) != 1 || log[0].By != owner.ID || log[0].About != "1: editor jobs" {
		t.Errorf("the log says %+v", log)
	}

	if ed, _, err = w.desk.Promote(w.ctx, owner.ID, salim.ID, jobs); err != nil || len(w.logged(desk.ActPromote)) != 1 || len(told()) != 1 {
		t.Errorf("the same again is %+v (%v), and was told again", ed, err)
	}
	ed, back, err = w.desk.Promote(w.ctx, owner.ID, salim.ID, desk.Change{Role: desk.Reporter})
	w.must(err)
	if ed.Role != desk.Reporter || len(ed.Sections) != 1 || len(back) != 1 || back[0].ID != kept.ID {
		t.Errorf("%+v, and back came %+v", ed, back)
	}
	w.pass(2 * time.Hour)
	w.tick()
	if n := len(w.printed()); n != 0 {
		t.Errorf("%d went out on the word of somebody who may not say it", n)
	}
	if ed, _, err = w.desk.Promote(w.ctx, owner.ID, salim.ID, desk.Change{Role: desk.Owner}); err != nil || len(ed.Sections) != 0 {
		t.Errorf("as an owner they are %+v (%v)", ed, err)
	}
}

// TestAnotherRoleByACode: who sits at the desk and takes another role by a code
// has said nothing any more that the new role may not say.
func TestAnotherRoleByACode(t *testing.T) {
	w := newWorld(t)
	w.setup.Second = true
	owner, salim, huda := w.hire(desk.Owner, "0"), w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
	confirmed := func(c desk.Content) desk.Draft {
		t.Helper()
		c.Words, c.At = "خبر", w.now.Add(time.Hour)
		d, err := w.desk.Write(w.ctx, huda.ID, "", c)
		w.must(err)
		d, err = w.desk.Confirm(w.ctx, salim.ID, d.ID, w.look(salim.ID, d.ID).Draft.Version)
		w.must(err)
		return d
	}
	weather, jobs := confirmed(desk.Content{Sections: []news.Slug{"weather"}}), confirmed(desk.Content{Sections: []news.Slug{"jobs"}})
	all := confirmed(desk.Content{Everyone: true})
	w.is(all.ID, desk.Second)

	claim := func(role desk.Role, sections ...news.Slug) (desk.Editor, []desk.Draft) {
		t.Helper()
		code, err := w.desk.Invite(w.ctx, owner.ID, role, sections, "")
		w.must(err)
		ed, back, err := w.desk.Claim(w.ctx, salim.Seats[0], code, "")
		w.must(err)
		return ed, back
	}
	ed, back := claim(desk.Chief, "jobs")
	if ed.ID != salim.ID || len(back) != 2 || back[0].ID != weather.ID || back[1].ID != all.ID {
		t.Errorf("%+v, and back came %+v", ed, back)
	}
	w.is(weather.ID, desk.Drafting)
	w.is(all.ID, desk.Drafting)
	w.is(jobs.ID, desk.Scheduled)
	if _, back = claim(desk.Reporter); len(back) != 1 || back[0].ID != jobs.ID {
		t.Errorf("back came %+v", back)
	}
	w.pass(2 * time.Hour)
	w.tick()
	if n := len(w.printed()); n != 0 {
		t.Errorf("%d went out on the word of somebody who may not say it", n)
	}
	returns := w.logged(desk.ActReturn)
	if len(returns) != 3 || returns[0].Draft != weather.ID {
		t.Errorf("the log says %+v", returns)
	}
}

// TestLastOwner: the desk keeps one, however it would lose them, and what an
// owner gave out goes with the ownership.
func TestLastOwner(t *testing.T) {
	w := newWorld(t)
	owner := w.hire(desk.Owner, "0")
	code, err := w.desk.Invite(w.ctx, owner.ID, desk.Chief, nil, "")
	w.must(err)
	_, _, err = w.desk.Claim(w.ctx, owner.Seats[0], code, "") // tried out in their own chat
	w.refused(err, desk.LastOwner)
	_, _, err = w.desk.Promote(w.ctx, 0, owner.ID, desk.Change{Role: desk.Chief})
	w.refused(err, desk.LastOwner)

	other, _, err := w.desk.Claim(w.ctx, desk.Seat{Account: "telegram:1", Chat: "1"}, code, "") // good still
	w.must(err)
	_, _, err = w.desk.Promote(w.ctx, owner.ID, other.ID, desk.Change{Role: desk.Owner})
	w.must(err)
	code, err = w.desk.Invite(w.ctx, other.ID, desk.Owner, nil, "")
	w.must(err)
	seat, err := w.desk.Seat(w.ctx, other.ID)
	w.must(err)
	_, _, err = w.desk.Promote(w.ctx, owner.ID, other.ID, desk.Change{Role: desk.Chief})
	w.must(err)
	_, _, err = w.desk.Claim(w.ctx, desk.Seat{Account: "telegram:1", Chat: "2"}, code, "")
	w.refused(err, desk.BadCode)
	if again, _, err := w.desk.Claim(w.ctx, desk.Seat{Account: "telegram:1", Chat: "3"}, seat, ""); err != nil || again.ID != other.ID || again.Role != desk.Chief {
		t.Errorf("their own seat is %+v (%v)", again, err)
	}
	if _, _, err = w.desk.Promote(w.ctx, owner.ID, owner.ID, desk.Change{Role: desk.Reporter}); err == nil {
		t.Error("the last owner is a reporter now")
	}
}

func TestHold(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	w.must(w.desk.Hold(w.ctx, salim.ID, "حداد"))
	s, err := w.desk.Standing(w.ctx)
	if w.must(err); !s.Held || s.HeldBy != salim.ID || s.HeldWhy != "حداد" {
		t.Errorf("%+v", s)
	}
	if auto, _ := w.desk.Automatic(w.ctx, news.Article{}, true); auto {
		t.Error("breaking news goes out by itself while all is held")
	}
	w.send(salim.ID, w.draft(salim.ID, "بيد محرر").ID)
	w.must(w.desk.Release(w.ctx, salim.ID))
	if auto, _ := w.desk.Automatic(w.ctx, news.Article{}, true); !auto {
		t.Error("nothing is held, and a trusted source has to wait")
	}
	if auto, _ := w.desk.Automatic(w.ctx, news.Article{Form: news.Check}, true); auto {
		t.Error("the check of a rumour goes out by itself")
	}
}

// TestRightsAtTheAct takes a right away between the decision and its writing.
func TestRightsAtTheAct(t *testing.T) {
	for name, c := range map[string]struct {
		take func(w *world, owner, salim desk.EditorID) error
		want desk.Code
	}{
		"removed": {func(w *world, owner, salim desk.EditorID) error {
			_, err := w.desk.Remove(w.ctx, owner, salim)
			return err
		}, desk.NoEditor},
		"a reporter now": {func(w *world, owner, salim desk.EditorID) error {
			_, _, err := w.desk.Promote(w.ctx, owner, salim, desk.Change{Role: desk.Reporter})
			return err
		}, desk.NotYours},
		"other sections now": {func(w *world, owner, salim desk.EditorID) error {
			_, _, err := w.desk.Promote(w.ctx, owner, salim, desk.Change{Sections: []news.Slug{"jobs"}, Scoped: true})
			return err
		}, desk.OtherSection},
		"frozen": {func(w *world, owner, _ desk.EditorID) error { return w.desk.Freeze(w.ctx, owner) }, desk.Frozen},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			owner, salim, huda := w.hire(desk.Owner, "0"), w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
			d := w.draft(huda.ID, "خبر")
			v := w.look(huda.ID, d.ID).Draft.Version
			done := false
			w.meddle = func() {
				if !done {
					done = true
					w.must(c.take(w, owner.ID, salim.ID))
				}
			}
			_, err := w.desk.Confirm(w.ctx, salim.ID, d.ID, v)
			w.refused(err, c.want)
			w.is(d.ID, desk.Looked)
		})
	}
}
