package desk_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// enroll makes a client and returns its token, too.
func (w *world) enroll(name string, scopes []desk.Scope, sections ...news.Slug) (desk.Client, string) {
	w.Helper()
	token, c, err := w.desk.Enroll(w.ctx, desk.NewClient{Name: name, Scopes: scopes, Sections: sections})
	w.must(err)
	return c, token
}

// poster is a client that may send to everybody.
func (w *world) poster() desk.Client {
	c, _ := w.enroll("cms", []desk.Scope{desk.ScopeAlert})
	return c
}

func forWeather(words string) desk.Alert {
	return desk.Alert{Words: words, Sections: []news.Slug{"weather"}}
}

func TestTokens(t *testing.T) {
	w := newWorld(t)
	c, token := w.enroll("cms", []desk.Scope{desk.ScopeStatus, desk.ScopeAlert}, "weather")
	if got, err := w.desk.Present(w.ctx, token); err != nil || got.ID != c.ID || got.Role != desk.Machine || !slices.Equal(got.Scopes, []desk.Scope{"alert", "status"}) || got.PerMinute != 60 {
		t.Errorf("%+v %v", got, err)
	}
	number, secret, _ := strings.Cut(strings.TrimPrefix(token, "nashra_"), "_")
	for _, wrong := range []string{
		"", "nashra_", token + "x", token[:len(token)-1], strings.ToUpper(token), "nashra_" + number + "_", "nashra_0_" + secret,
		"nashra_99_" + secret, "nashra_-1_" + secret, secret, "nashra_" + number + "_" + strings.Repeat("A", len(secret)),
	} {
		_, err := w.desk.Present(w.ctx, wrong)
		w.refused(err, desk.NoEditor)
	}
	if all, err := w.desk.Clients(w.ctx); err != nil || len(all) != 1 || all[0].Used != "2025-11-23" {
		t.Errorf("%+v %v", all, err)
	}
	if all, err := w.desk.Roster(w.ctx, 0); err != nil || len(all) != 0 {
		t.Errorf("a client is among the editors: %v %v", all, err)
	}
	if _, _, err := w.desk.Promote(w.ctx, 0, c.ID, desk.Change{Role: desk.Owner}); err == nil {
		t.Error("a client became an owner")
	}
	var kept int
	if err := w.store.DB().QueryRowContext(w.ctx, "SELECT count(*) FROM client WHERE instr(hash, ?) > 0 OR name = ?", secret, secret).Scan(&kept); err != nil || kept != 0 {
		t.Errorf("the secret is in the database: %d %v", kept, err)
	}
	w.must(w.desk.Revoke(w.ctx, "cms"))
	_, err := w.desk.Present(w.ctx, token)
	w.refused(err, desk.NoEditor)
	w.refused(w.desk.Revoke(w.ctx, "cms"), desk.Faulty)
	w.enroll("cms", []desk.Scope{desk.ScopePull}) // the name is free again
}

func TestTokensRefused(t *testing.T) {
	w := newWorld(t)
	w.enroll("cms", desk.Scopes())
	for _, n := range []desk.NewClient{
		{Name: "cms", Scopes: desk.Scopes()}, {Name: "CMS", Scopes: desk.Scopes()}, {Name: "", Scopes: desk.Scopes()}, {Name: "a b", Scopes: desk.Scopes()},
		{Name: "x"}, {Name: "x", Scopes: []desk.Scope{"everything"}}, {Name: "x", Scopes: desk.Scopes(), Sections: []news.Slug{"sport"}},
		{Name: "x", Scopes: desk.Scopes(), PerMinute: -1}, {Name: "x", Scopes: desk.Scopes(), Last: "tomorrow"}, {Name: "x", Scopes: desk.Scopes(), Last: "2025-11-22"},
	} {
		_, _, err := w.desk.Enroll(w.ctx, n)
		w.refused(err, desk.Faulty)
	}
}

// TestTokenExpires: the last day counts, and the right ends at the act, too.
func TestTokenExpires(t *testing.T) {
	w := newWorld(t)
	token, c, err := w.desk.Enroll(w.ctx, desk.NewClient{Name: "cms", Scopes: desk.Scopes(), Last: "2025-11-23"})
	w.must(err)
	w.pass(13*time.Hour + 59*time.Minute)
	if _, err := w.desk.Present(w.ctx, token); err != nil {
		t.Error(err)
	}
	w.pass(time.Minute)
	_, err = w.desk.Present(w.ctx, token)
	w.refused(err, desk.NoEditor)
	_, _, err = w.desk.Post(w.ctx, c.ID, "k", forWeather("خبر"), nil)
	w.refused(err, desk.NoEditor)
}

// TestPost: a client's alert counts down like an editor's, is signed as it, and
// is one for each key.
func TestPost(t *testing.T) {
	w := newWorld(t)
	chief := w.hire(desk.Chief, "1")
	c := w.poster()
	d, _, err := w.desk.Post(w.ctx, c.ID, "k", forWeather("إغلاق طريق الوادي"), nil)
	w.must(err)
	if d.State != desk.Counting || d.By != c.ID || !d.Due.Equal(w.now.Add(5*time.Second)) {
		t.Errorf("%+v", d)
	}
	if again, _, err := w.desk.Post(w.ctx, c.ID, "k", forWeather("إغلاق طريق الوادي"), nil); err != nil || again.ID != d.ID {
		t.Errorf("%+v %v", again, err)
	}
	w.pass(5 * time.Second)
	w.tick()
	w.is(d.ID, desk.Sending)
	w.start()
	if again, _, err := w.desk.Post(w.ctx, c.ID, "k", forWeather("إغلاق طريق الوادي"), nil); err != nil || again.ID != d.ID || again.Broadcast == 0 {
		t.Errorf("%+v %v", again, err)
	}
	w.tick()
	if got := w.printed(); len(got) != 1 {
		t.Errorf("printed %v", got)
	}
	log, err := w.store.Log(w.ctx, 0, 100)
	w.must(err)
	i := slices.IndexFunc(log, func(e desk.Entry) bool { return e.Act == desk.ActPost })
	if i < 0 || log[i].Name != "cms" || log[i].By != c.ID || log[i].Draft != d.ID {
		t.Errorf("the log is %+v", log)
	}
	var letters int
	w.must(w.store.DB().QueryRowContext(w.ctx, "SELECT count(*) FROM reply WHERE chat = '1' AND message LIKE '%cms%'").Scan(&letters))
	if letters != 1 {
		t.Errorf("editor %d got %d letters", chief.ID, letters)
	}
}

// TestPostRefused: every right is looked at when the alert is written.
func TestPostRefused(t *testing.T) {
	w := newWorld(t)
	all := w.poster()
	weather, _ := w.enroll("weather-desk", []desk.Scope{desk.ScopeAlert}, "weather")
	proposer, _ := w.enroll("proposer", []desk.Scope{desk.ScopePropose, desk.ScopePull, desk.ScopeStatus})
	for name, c := range map[string]struct {
		by    desk.Client
		alert desk.Alert
		want  desk.Code
	}{
		"no words":            {all, forWeather(" \u200f "), desk.Faulty},
		"too long":            {all, forWeather(strings.Repeat("خبر ", 1000)), desk.Faulty},
		"nobody":              {all, desk.Alert{Words: "خبر"}, desk.Faulty},
		"both":                {all, desk.Alert{Words: "خبر", Everyone: true, Sections: []news.Slug{"weather"}}, desk.Faulty},
		"no such section":     {all, desk.Alert{Words: "خبر", Sections: []news.Slug{"sport"}}, desk.Faulty},
		"no link":             {all, desk.Alert{Words: "خبر", Link: "javascript:x", Everyone: true}, desk.Faulty},
		"another section":     {weather, desk.Alert{Words: "خبر", Sections: []news.Slug{"weather", "jobs"}}, desk.OtherSection},
		"the one above":       {weather, desk.Alert{Words: "خبر", Sections: []news.Slug{"news"}}, desk.OtherSection},
		"everybody":           {weather, desk.Alert{Words: "خبر", Everyone: true}, desk.OtherSection},
		"without the scope":   {proposer, forWeather("خبر"), desk.NotYours},
		"somebody who is not": {desk.Client{Editor: desk.Editor{ID: 99}}, forWeather("خبر"), desk.NoEditor},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := w.desk.Post(w.ctx, c.by.ID, name, c.alert, nil)
			w.refused(err, c.want)
		})
	}
	if _, err := w.desk.Suggest(w.ctx, weather.ID, "k", desk.Content{Words: "خبر"}); err == nil {
		t.Error("it proposed without the scope")
	}
	w.must(w.desk.Freeze(w.ctx, 0))
	_, _, err := w.desk.Post(w.ctx, all.ID, "k", forWeather("خبر"), nil)
	w.refused(err, desk.Frozen)
	w.must(w.desk.Thaw(w.ctx, 0))
	w.setup.Second = true
	_, _, err = w.desk.Post(w.ctx, all.ID, "k", desk.Alert{Words: "خبر", Everyone: true}, nil)
	w.refused(err, desk.SamePerson)
	drafts, err := w.store.Desk(w.ctx)
	if err != nil || len(drafts) != 0 || len(w.printed()) != 0 {
		t.Errorf("something was written: %v %v", drafts, err)
	}
}

// TestClientDoesNothingElse: a client with every scope has none of the rights
// of an editor.
func TestClientDoesNothingElse(t *testing.T) {
	w := newWorld(t)
	w.hire(desk.Owner, "1")
	chief := w.hire(desk.Chief, "2")
	theirs := w.draft(chief.ID, "خبر المحرر")
	c, _ := w.enroll("cms", desk.Scopes())
	_, err1 := w.desk.Write(w.ctx, c.ID, "", desk.Content{Words: "خبر"})
	_, err2 := w.desk.Confirm(w.ctx, c.ID, theirs.ID, 1)
	_, err3 := w.desk.Stop(w.ctx, c.ID, theirs.ID)
	_, err4 := w.desk.Invite(w.ctx, c.ID, desk.Owner, nil, "x")
	_, err5 := w.desk.Remove(w.ctx, c.ID, chief.ID)
	_, err6 := w.desk.Pause(w.ctx, c.ID, theirs.ID)
	_, err7 := w.desk.Correct(w.ctx, c.ID, "", theirs.ID, "x", true)
	for i, err := range []error{err1, err2, err3, err4, err5, err6, w.desk.Freeze(w.ctx, c.ID), w.desk.Thaw(w.ctx, c.ID), w.desk.Hold(w.ctx, c.ID, ""), w.desk.Open(w.ctx, c.ID)} {
		if code, _ := desk.CodeOf(err); code != desk.NotYours {
			t.Errorf("%d: %v", i, err)
		}
	}
	if err7 == nil {
		t.Error("it corrected")
	}
	_, err := w.desk.Followed(w.ctx, c.ID, theirs.ID)
	w.refused(err, desk.NoSuch) // not before it is published
}

// TestPostDoubted: what an editor would be warned of, a client has to say it
// knows.
func TestPostDoubted(t *testing.T) {
	w := newWorld(t)
	w.setup.PerDay = 2
	w.setup.Night = func(at time.Time) bool { return at.Hour() >= 22 }
	c := w.poster()
	post := func(key, words string, force ...desk.WarningKind) error {
		_, _, err := w.desk.Post(w.ctx, c.ID, key, forWeather(words), force)
		return err
	}
	doubts := func(err error, want ...desk.WarningKind) {
		t.Helper()
		var r *desk.RefusedError
		if !errors.As(err, &r) || r.Code != desk.Doubtful {
			t.Fatalf("not doubted: %v", err)
		}
		var got []desk.WarningKind
		for _, d := range r.Doubts {
			got = append(got, d.Kind)
		}
		if !slices.Equal(got, want) {
			t.Errorf("doubts %v, want %v", got, want)
		}
	}
	w.must(post("1", "إغلاق طريق الوادي"))
	doubts(post("2", "إغلاق طريق الوادي"), desk.WarnSame) // while the first counts down
	w.must(post("3", "افتتاح مكتبة كبيرة في نزوى"))
	doubts(post("4", "أمطار غزيرة على الجبل الأخضر"), desk.WarnBudget)
	doubts(post("5", "إغلاق طريق الوادي", desk.WarnBudget), desk.WarnSame)
	w.pass(12 * time.Hour)
	doubts(post("6", "أمطار غزيرة على الجبل الأخضر", desk.WarnBudget), desk.WarnNight)
	w.must(post("7", "أمطار غزيرة على الجبل الأخضر", desk.WarnBudget, desk.WarnNight))
}

// together answers only once so many ask it at the same time.
type together struct {
	left atomic.Int32
	all  chan struct{}
}

func (c *together) Check(ctx context.Context, _ string) error {
	if c.left.Add(-1) == 0 {
		close(c.all)
	}
	select {
	case <-c.all:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// TestPostsDoNotWaitForLinks: while the link of one alert is asked for, others
// are not held up.
func TestPostsDoNotWaitForLinks(t *testing.T) {
	w := newWorld(t)
	c := w.poster()
	check := &together{all: make(chan struct{})}
	check.left.Store(4)
	w.desk.Checker = check
	var wg sync.WaitGroup
	for i, words := range []string{"إغلاق طريق الوادي", "افتتاح مكتبة كبيرة في نزوى", "أمطار غزيرة على الجبل الأخضر", "فوز المنتخب"} {
		wg.Go(func() {
			a := forWeather(words)
			a.Link = fmt.Sprintf("https://n.example/%d", i)
			if _, _, err := w.desk.Post(w.ctx, c.ID, words, a, nil); err != nil {
				t.Errorf("%s: %v", words, err)
			}
		})
	}
	wg.Wait()
}

// TestPostAtOnce: two with one key are one alert; two that say the same with
// keys of their own are one alert, too.
func TestPostAtOnce(t *testing.T) {
	w := newWorld(t)
	c := w.poster()
	var wg sync.WaitGroup
	var mu sync.Mutex
	made := map[desk.DraftID]bool{}
	refused := 0
	for i := range 12 {
		wg.Go(func() {
			d, _, err := w.desk.Post(w.ctx, c.ID, []string{"a", "b"}[i%2], forWeather("إغلاق طريق الوادي"), nil)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				refused++
				w.refused(err, desk.Doubtful)
				return
			}
			made[d.ID] = true
		})
	}
	wg.Wait()
	if len(made) != 1 || refused != 6 {
		t.Errorf("made %v, refused %d", made, refused)
	}
}

// TestRevokedInBetween: a token that is revoked between the look at it and the
// writing sends nothing, and what counts down is dropped.
func TestRevokedInBetween(t *testing.T) {
	w := newWorld(t)
	c := w.poster()
	d, _, err := w.desk.Post(w.ctx, c.ID, "k", forWeather("إغلاق طريق الوادي"), nil)
	w.must(err)
	w.desk.Store = revoking{w.store, w}
	_, _, err = w.desk.Post(w.ctx, c.ID, "k2", forWeather("افتتاح مكتبة في نزوى"), nil)
	w.refused(err, desk.NoEditor)
	w.is(d.ID, desk.Dropped)
	w.pass(time.Minute)
	w.start()
	w.tick()
	if got := w.printed(); len(got) != 0 {
		t.Errorf("printed %v", got)
	}
}

// revoking is the store of somebody who is revoked just before they write.
type revoking struct {
	desk.Store
	world *world
}

func (r revoking) Wrote(ctx context.Context, m desk.Move) (desk.Draft, error) {
	plain := &desk.Desk{Store: r.world.store, Press: r.world.press, Now: r.world.time, Tree: func() news.Tree { return tree }}
	if err := plain.Revoke(ctx, "cms"); err != nil {
		return desk.Draft{}, err
	}
	return r.Store.Wrote(ctx, m)
}

// TestPostKilled: wherever the process dies, asking again with the same key
// gets the same alert, and it is printed once.
func TestPostKilled(t *testing.T) {
	for n := range 3 {
		w := newWorld(t)
		c := w.poster()
		d, _, err := w.desk.Post(w.ctx, c.ID, "k", forWeather("إغلاق طريق الوادي"), nil)
		w.must(err)
		w.pass(6 * time.Second)
		asked := 0
		w.press.die = func() error {
			if asked++; asked == n+1 && n < 2 {
				return errKilled
			}
			return nil
		}
		_, _ = w.desk.Once(w.ctx)
		w.press.die = nil
		w.start()
		again, _, err := w.desk.Post(w.ctx, c.ID, "k", forWeather("إغلاق طريق الوادي"), nil)
		if err != nil || again.ID != d.ID {
			t.Errorf("%d: %+v %v", n, again, err)
		}
		w.tick()
		w.is(d.ID, desk.Sending)
		if got := w.printed(); len(got) > 1 {
			t.Errorf("%d: printed %v", n, got)
		}
	}
}

// TestRecall: a client stops what it sent, in the countdown and on its way, and
// nothing of anybody else's.
func TestRecall(t *testing.T) {
	w := newWorld(t)
	c := w.poster()
	other, _ := w.enroll("other", []desk.Scope{desk.ScopeAlert})
	d, _, err := w.desk.Post(w.ctx, c.ID, "1", forWeather("إغلاق طريق الوادي"), nil)
	w.must(err)
	_, err = w.desk.Recall(w.ctx, other.ID, d.ID)
	w.refused(err, desk.NoSuch)
	for range 2 {
		if got, err := w.desk.Recall(w.ctx, c.ID, d.ID); err != nil || got.State != desk.Dropped {
			t.Errorf("%s %v", got.State, err)
		}
	}
	d, _, err = w.desk.Post(w.ctx, c.ID, "2", forWeather("افتتاح مكتبة في نزوى"), nil)
	w.must(err)
	w.pass(6 * time.Second)
	w.tick()
	w.is(d.ID, desk.Sending)
	_, err = w.desk.Recall(w.ctx, other.ID, d.ID)
	w.refused(err, desk.NoSuch)
	for range 2 {
		if got, err := w.desk.Recall(w.ctx, c.ID, d.ID); err != nil || got.State != desk.Stopped {
			t.Errorf("%s %v", got.State, err)
		}
	}
	b, err := w.store.Broadcast(w.ctx, w.is(d.ID, desk.Stopped).Broadcast)
	if err != nil || b.State != news.Stopped {
		t.Errorf("the broadcast is %s, %v", b.State, err)
	}
}

// TestSuggest: a client's words come before those on duty, once, and become a
// draft of whoever takes them.
func TestSuggest(t *testing.T) {
	w := newWorld(t)
	chief := w.hire(desk.Chief, "1")
	c, _ := w.enroll("cms", []desk.Scope{desk.ScopePropose}, "news")
	in := desk.Content{Words: "إغلاق طريق {proposal} الوادي", Link: "https://news.example/1", Sections: []news.Slug{"weather"}}
	p, err := w.desk.Suggest(w.ctx, c.ID, "k", in)
	w.must(err)
	if again, err := w.desk.Suggest(w.ctx, c.ID, "k", in); err != nil || again.ID != p.ID {
		t.Errorf("%+v %v", again, err)
	}
	if _, err := w.desk.Suggest(w.ctx, c.ID, "k2", desk.Content{Words: "خبر", Sections: []news.Slug{"jobs"}}); err == nil {
		t.Error("it proposed for a section that is not its own")
	}
	var letters int
	w.must(w.store.DB().QueryRowContext(w.ctx, "SELECT count(*) FROM reply WHERE message LIKE '%cms%'").Scan(&letters))
	if letters != 1 {
		t.Errorf("%d letters", letters)
	}
	d, err := w.desk.Take(w.ctx, chief.ID, p.ID)
	w.must(err)
	if d.By != chief.ID || d.Words != in.Words || d.Link != in.Link || !slices.Equal(d.Sections, in.Sections) || d.State != desk.Drafting {
		t.Errorf("%+v", d)
	}
	w.send(chief.ID, d.ID)
	if got := w.printed(); len(got) != 1 {
		t.Errorf("printed %v", got)
	}
	log, err := w.store.Log(w.ctx, 0, 100)
	w.must(err)
	if n := len(slices.DeleteFunc(log, func(e desk.Entry) bool { return e.Act != desk.ActPropose || e.Name != "cms" })); n != 1 {
		t.Errorf("%d entries", n)
	}
}
