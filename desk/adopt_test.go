package desk_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// itself publishes an article without anybody's doing.
func (w *world) itself(kind news.Kind, a news.Article) news.BroadcastID {
	w.Helper()
	id, err := w.store.Publish(w.ctx, digest.Publication{Auto: true, Accounts: []news.AccountID{"telegram:1"}, Broadcast: news.Broadcast{
		Kind: kind, Items: []news.Item{{Article: a.ID, Section: a.Section}}, Audience: news.Audience{Sections: []news.Slug{"news", "weather"}},
		Published: w.now, Expires: w.now.Add(12 * time.Hour),
	}})
	w.must(err)
	return id
}

// logged returns the entries of the log with an act.
func (w *world) logged(a desk.Act) (out []desk.Entry) {
	w.Helper()
	log, err := w.store.Log(w.ctx, 0, 1000)
	w.must(err)
	return slices.DeleteFunc(log, func(e desk.Entry) bool { return e.Act != a })
}

// What came by itself has a draft soon after: one, across restarts, with the
// headline that readers got. It lives and is corrected like one by hand.
func TestAlertThatCameByItself(t *testing.T) {
	w := newWorld(t)
	salim, reporter := w.hire(desk.Chief, "1"), w.hire(desk.Reporter, "2", "jobs")
	a := w.arrive("سيول في نزوى")
	id := w.itself(news.Breaking, a)
	w.tick()
	w.start()
	w.tick()
	root, err := w.desk.OfBroadcast(w.ctx, id)
	w.must(err)
	if root.Form != desk.FormAlert || root.By != 0 || root.State != desk.Sending || root.Words != a.Title || root.Link != a.URL ||
		root.Article != a.ID || !slices.Equal(root.Sections, []news.Slug{"weather"}) || !root.Published.Equal(w.now) {
		t.Errorf("the draft is %+v", root)
	}
	if adopted := w.logged(desk.ActAdopt); len(adopted) != 1 || adopted[0].Broadcast != id || adopted[0].Name != "server" {
		t.Errorf("the log says %+v", adopted)
	}
	if _, err := w.desk.Pause(w.ctx, salim.ID, root.ID); err != nil {
		t.Errorf("it cannot be paused: %v", err)
	}
	_, err = w.desk.Correct(w.ctx, reporter.ID, "", root.ID, "سيول", false)
	w.refused(err, desk.OtherSection)

	c, err := w.desk.Correct(w.ctx, salim.ID, "", root.ID, "سيول في نزوى وبهلاء", false)
	w.must(err)
	w.send(salim.ID, c.ID)
	b, err := w.store.Broadcast(w.ctx, id)
	w.must(err)
	if b.Words != "سيول في نزوى وبهلاء" || b.Version != 2 || len(w.printed()) != 1 {
		t.Errorf("after the correction it is %+v", b)
	}
	if b, err = w.store.Broadcast(w.ctx, w.printed()[0].id); err != nil || b.Was != a.Title {
		t.Errorf("the correction says that %q was wrong (%v)", b.Was, err)
	}
}

// Whoever asks first, before the desk has looked, gets the same draft as all
// others.
func TestAdoptedOnce(t *testing.T) {
	w := newWorld(t)
	id := w.itself(news.Breaking, w.arrive("سيول"))
	w.must(w.store.Control(w.ctx, id, news.Stopped))
	w.pass(72 * time.Hour) // the desk does not look back so far; who asks may
	w.tick()
	if n := len(w.logged(desk.ActAdopt)); n != 0 {
		t.Errorf("%d were adopted by themselves", n)
	}
	root, err := w.desk.OfBroadcast(w.ctx, id)
	w.must(err)
	again, err := w.desk.OfBroadcast(w.ctx, id)
	w.must(err)
	if root.State != desk.Stopped || again.ID != root.ID || len(w.logged(desk.ActAdopt)) != 1 {
		t.Errorf("drafts %+v and %+v", root, again)
	}
	_, err = w.desk.OfBroadcast(w.ctx, w.itself(news.Single, w.arrive("خبر")))
	w.refused(err, desk.NoSuch)
}

// A headline that changes after it went out by itself is for the editors, and
// so is an article that is gone.
func TestAlertThatCameByItselfChanges(t *testing.T) {
	w := newWorld(t)
	w.hire(desk.Chief, "1")
	a := w.arrive("سيول في نزوى")
	w.itself(news.Breaking, a)
	w.tick()
	if watched, err := w.desk.Published(w.ctx, w.now.Add(-48*time.Hour)); err != nil || !slices.Equal(watched, []news.ArticleID{a.ID}) {
		t.Errorf("watched are %v (%v)", watched, err)
	}
	if _, proposed, err := w.desk.ProposeChange(w.ctx, a, false); err != nil || proposed {
		t.Errorf("the same headline is proposed (%v)", err)
	}
	a.Title = "سيول في نزوى وبهلاء"
	p, ok, err := w.desk.ProposeChange(w.ctx, a, false)
	if err != nil || !ok || p.Kind != desk.ProposeCorrection {
		t.Errorf("proposed %+v (%v)", p, err)
	}
	if p, ok, err = w.desk.ProposeChange(w.ctx, a, true); err != nil || !ok || p.Kind != desk.ProposeWithdrawal {
		t.Errorf("proposed %+v (%v)", p, err)
	}
}

// The server corrects and withdraws through the desk: in one chain with the
// editors', in the log, once for each request.
func TestServerAmends(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	id := w.itself(news.Breaking, w.arrive("سيول"))
	amend := func(key string, form desk.Form, words string) news.BroadcastID {
		t.Helper()
		out, err := w.desk.Amend(w.ctx, desk.Amendment{Key: key, Broadcast: id, Form: form, Words: words})
		w.must(err)
		return out
	}
	typo := amend("a", desk.FormTypo, "سيول.")
	root, err := w.desk.OfBroadcast(w.ctx, id)
	w.must(err)
	late, err := w.desk.Correct(w.ctx, salim.ID, "", root.ID, "سيول جارفة", false)
	w.must(err)
	_, err = w.desk.Confirm(w.ctx, salim.ID, late.ID, w.look(salim.ID, late.ID).Draft.Version)
	w.must(err)
	right := amend("b", desk.FormCorrection, "لا سيول")
	w.pass(time.Minute)
	w.tick()
	w.is(late.ID, desk.Drafting) // it was over a text that nobody has any more
	if again := amend("b", desk.FormCorrection, "لا سيول"); again != right || right == typo {
		t.Errorf("broadcasts %d, %d and %d", typo, right, again)
	}
	gone := amend("c", desk.FormWithdrawal, "")
	if again := amend("c", desk.FormWithdrawal, ""); again != gone {
		t.Errorf("withdrawn as %d and as %d", gone, again)
	}
	_, err = w.desk.Amend(w.ctx, desk.Amendment{Broadcast: right, Form: desk.FormCorrection, Words: "خبر"})
	w.refused(err, desk.TooLate)

	if n := len(w.printed()); n != 3 {
		t.Errorf("%d went out", n)
	}
	chain, err := w.desk.Chain(w.ctx, root.ID)
	w.must(err)
	if len(chain) != 5 || chain[0].ID != root.ID || !chain[0].Withdrawn || chain[4].Broadcast != gone || chain[4].Words == "" || chain[4].By != 0 {
		t.Errorf("the chain is %+v", chain)
	}
	said := w.logged(desk.ActConfirm)
	said = slices.DeleteFunc(said, func(e desk.Entry) bool { return e.Name != "server" || e.By != 0 || e.Draft == 0 })
	if len(said) != 3 {
		t.Errorf("the server's commands are %+v", said)
	}
}

// A command that dies on the way is finished by the next start, and asked again
// it is the same one.
func TestServerAmendsAcrossARestart(t *testing.T) {
	w := newWorld(t)
	id := w.itself(news.Breaking, w.arrive("سيول"))
	for _, before := range []bool{true, false} {
		a := desk.Amendment{Key: "before", Broadcast: id, Form: desk.FormCorrection, Words: "لا سيول"}
		asked := 0
		if !before {
			a.Key, a.Words = "after", "سيول خفيفة"
		}
		w.press.die = func() error {
			if asked++; before || asked == 2 {
				return errKilled
			}
			return nil
		}
		if _, err := w.desk.Amend(w.ctx, a); !errors.Is(err, errKilled) {
			t.Fatalf("it went on: %v", err)
		}
		w.press.die = nil
		w.start()
		w.tick()
		out, err := w.desk.Amend(w.ctx, a)
		w.must(err)
		if b, err := w.store.Broadcast(w.ctx, id); err != nil || b.Words != a.Words {
			t.Errorf("it says %q (%v)", b.Words, err)
		}
		if last := w.printed()[len(w.printed())-1]; last.id != out {
			t.Errorf("published as %d, answered with %d", last.id, out)
		}
	}
	if n := len(w.printed()); n != 2 {
		t.Errorf("%d went out", n)
	}
	if n := len(w.logged(desk.ActAdopt)); n != 1 {
		t.Errorf("it was adopted %d times", n)
	}
}

// Nothing is amended while all is frozen, nor with what is no text.
func TestServerAmendsNothing(t *testing.T) {
	w := newWorld(t)
	alert, single := w.itself(news.Breaking, w.arrive("سيول")), w.itself(news.Single, w.arrive("خبر"))
	try := func(id news.BroadcastID, words, link string) error {
		_, err := w.desk.Amend(w.ctx, desk.Amendment{Broadcast: id, Form: desk.FormCorrection, Words: words, Link: link})
		return err
	}
	for name, err := range map[string]error{
		"no words": try(alert, " \u200f ", ""), "too long": try(alert, strings.Repeat("أ", desk.MaxWords+1), ""), "no link": try(alert, "خبر", "javascript:x"),
	} {
		if _, refused := desk.Refused(err); !refused {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := try(alert+100, "خبر", ""); err == nil {
		t.Error("a broadcast that is not there was corrected")
	}
	w.must(w.desk.Freeze(w.ctx, 0))
	w.refused(try(alert, "خبر", ""), desk.Frozen)
	w.refused(try(single, "خبر", ""), desk.Frozen)
	if n := len(w.printed()) + len(w.logged(desk.ActAmend)); n != 0 {
		t.Errorf("%d things were done", n)
	}
}

// What is no alert can be amended from the server alone, and the log says so.
func TestServerAmendsWhatIsNoAlert(t *testing.T) {
	w := newWorld(t)
	id := w.itself(news.Single, w.arrive("خبر"))
	a := desk.Amendment{Key: "a", Broadcast: id, Form: desk.FormCorrection, Words: "خبر صحيح"}
	first, err := w.desk.Amend(w.ctx, a)
	w.must(err)
	again, err := w.desk.Amend(w.ctx, a)
	w.must(err)
	if first != again {
		t.Errorf("corrected as %d and as %d", first, again)
	}
	gone := desk.Amendment{Key: "b", Broadcast: id, Form: desk.FormWithdrawal}
	_, err = w.desk.Amend(w.ctx, gone)
	w.must(err)
	gone.Key = "c"
	_, err = w.desk.Amend(w.ctx, gone)
	w.refused(err, desk.TooLate)
	var acts []string
	for _, e := range append(w.logged(desk.ActAmend), w.logged(desk.ActReturn)...) {
		if e.Broadcast != id || e.Name != "server" {
			t.Errorf("the log says %+v", e)
		}
		acts = append(acts, string(e.Act)+" "+e.About)
	}
	if want := []string{"amend correction", "amend correction", "amend withdrawal", "amend withdrawal", "return withdrawal"}; !slices.Equal(acts, want) {
		t.Errorf("the log says %q, want %q", acts, want)
	}
}
