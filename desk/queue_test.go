package desk_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
)

// arrive stores an article that waits as breaking news.
func (w *world) arrive(title string) news.Article {
	w.Helper()
	w.keys++
	a := news.Article{Key: string(rune('a' + w.keys)), Title: title, URL: "https://n.example/1", Image: "https://n.example/1.jpg", Section: "weather", Urgent: true, Published: w.now}
	_, err := w.store.Pulled(w.ctx, feed.Pull{Source: "site", At: w.now, Complete: true})
	w.must(err)
	taken, err := w.store.Pulled(w.ctx, feed.Pull{Source: "site", At: w.now, Complete: true, Articles: []news.Article{a}, Due: w.now.Add(time.Minute)})
	w.must(err)
	all, err := w.store.Articles(w.ctx, taken.New)
	w.must(err)
	return all[0]
}

func (w *world) letters() (out []string) {
	w.Helper()
	all, err := w.store.Replies(w.ctx, "telegram:1", 0, 100)
	w.must(err)
	for _, l := range all {
		var b strings.Builder
		for _, t := range l.Message.Blocks {
			b.WriteString(t.String())
		}
		for _, row := range l.Message.Buttons {
			b.WriteString(" [" + row[0].Data + "]")
		}
		out = append(out, string(l.Chat)+": "+b.String())
	}
	return out
}

func TestProposal(t *testing.T) {
	w := newWorld(t)
	salim, huda := w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
	w.hire(desk.Reporter, "3")
	w.desk.Offer = func(desk.Proposal) [][]news.Button {
		return [][]news.Button{{{Label: "معاينة", Data: "p:" + desk.ProposalMark}}}
	}
	a := w.arrive("سيول في نزوى")
	for range 3 {
		_, err := w.desk.Propose(w.ctx, a)
		w.must(err)
	}
	got := w.letters()
	if len(got) != 2 || !strings.Contains(got[0], "سيول في نزوى") || !strings.Contains(got[0], "[p:1]") || !strings.Contains(got[0], "مقترح 1") {
		t.Errorf("letters %q", got)
	}
	list, err := w.desk.Waiting(w.ctx, salim.ID)
	w.must(err)
	d, err := w.desk.Take(w.ctx, salim.ID, list[0].ID)
	w.must(err)
	_, err = w.desk.Take(w.ctx, huda.ID, list[0].ID)
	w.refused(err, desk.Taken)
	d = w.send(salim.ID, d.ID)
	b, err := w.store.Broadcast(w.ctx, d.Broadcast)
	w.must(err)
	if d.Article != a.ID || b.Words != a.Title || b.Link != a.URL || b.Media != news.PhotoAt(a.Image) {
		t.Errorf("published %+v", b)
	}
	if urgent, err := w.store.Urgent(w.ctx); err != nil || len(urgent) != 0 {
		t.Errorf("%d still wait (%v)", len(urgent), err)
	}

	a.Title = "سيول في نزوى وبهلاء"
	p, ok, err := w.desk.ProposeChange(w.ctx, a, false)
	w.must(err)
	if !ok || p.Kind != desk.ProposeCorrection || p.Of != d.ID {
		t.Fatalf("proposed %+v", p)
	}
	c, err := w.desk.Take(w.ctx, huda.ID, p.ID)
	w.must(err)
	if c.Form != desk.FormCorrection || c.Root != d.ID || c.Words != a.Title {
		t.Errorf("a draft of %+v", c)
	}
	w.send(huda.ID, c.ID)
	if p, _, err = w.desk.ProposeChange(w.ctx, a, true); err != nil || p.Kind != desk.ProposeWithdrawal {
		t.Errorf("proposed %+v %v", p, err)
	}
}

func TestProposalLapses(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	a := w.arrive("سيول")
	p, err := w.desk.Propose(w.ctx, a)
	w.must(err)
	w.pass(29 * time.Minute)
	w.tick()
	if urgent, _ := w.store.Urgent(w.ctx); len(urgent) != 1 {
		t.Fatalf("%d wait", len(urgent))
	}
	w.pass(time.Minute)
	w.tick()
	_, err = w.desk.Take(w.ctx, salim.ID, p.ID)
	w.refused(err, desk.Taken)
	if fresh, err := w.store.Fresh(w.ctx); err != nil || len(fresh) != 1 || fresh[0].Urgent {
		t.Errorf("left to the digests: %+v %v", fresh, err)
	}
}

func TestTips(t *testing.T) {
	w := newWorld(t)
	salim, reporter := w.hire(desk.Chief, "1"), w.hire(desk.Reporter, "2")
	from := desk.Teller{Seat: desk.Seat{Account: "telegram:1", Chat: "70"}, Name: "قارئ"}
	id, err := w.desk.Tell(w.ctx, "k1", from, desk.Tip{Words: "هل أُغلق الطريق؟"})
	w.must(err)
	if again, err := w.desk.Tell(w.ctx, "k1", from, desk.Tip{Words: "هل أُغلق الطريق؟"}); err != nil || again != id {
		t.Errorf("tip %d (%v)", again, err)
	}
	from.Agreed = true
	named, err := w.desk.Tell(w.ctx, "k2", from, desk.Tip{Words: "صورة متداولة", Forward: true})
	w.must(err)
	_, err = w.desk.Tipped(w.ctx, reporter.ID)
	w.refused(err, desk.NotYours)
	tips, err := w.desk.Tipped(w.ctx, salim.ID)
	w.must(err)
	if len(tips) != 2 || tips[0].From != "" || tips[1].From != "قارئ" {
		t.Errorf("tips %+v", tips)
	}
	heard, err := w.desk.Answer(w.ctx, salim.ID, id, "نعم، حتى المساء")
	w.must(err)
	if !heard {
		t.Error("the reader does not hear the answer")
	}
	_, err = w.desk.Close(w.ctx, salim.ID, id)
	w.refused(err, desk.Taken)
	_, err = w.desk.Point(w.ctx, salim.ID, named, "https://n.example/check")
	w.must(err)
	if got := w.letters(); len(got) != 2 || !strings.HasPrefix(got[0], "70: ") || !strings.Contains(got[0], "حتى المساء") || !strings.Contains(got[1], "/check") {
		t.Errorf("letters %q", got)
	}
	w.pass(31 * 24 * time.Hour)
	w.tick()
	if _, err := w.store.Tip(w.ctx, id); err == nil {
		t.Error("a tip is kept for more than 30 days")
	}
}

// TestTipsAreTold tells those on duty that tips wait: kindly, however many come.
func TestTipsAreTold(t *testing.T) {
	w := newWorld(t)
	owner, salim := w.hire(desk.Owner, "0"), w.hire(desk.Chief, "1")
	reporter := w.hire(desk.Reporter, "2")
	tell := func(key string) desk.TipID {
		id, err := w.desk.Tell(w.ctx, key, desk.Teller{Seat: desk.Seat{Account: "telegram:1", Chat: "70"}}, desk.Tip{Words: "خبر"})
		w.must(err)
		return id
	}
	told := func(what string, want ...string) {
		t.Helper()
		w.tick()
		got := w.letters()
		if len(got) != len(want) {
			t.Fatalf("%s: %q", what, got)
		}
		for i := range want {
			if !strings.Contains(got[i], want[i]) {
				t.Errorf("%s: %q, want %q", what, got[i], want[i])
			}
		}
	}
	all := []desk.Watch{{}}
	w.must(w.desk.Keep(w.ctx, owner.ID, salim.ID, all))
	w.must(w.desk.Keep(w.ctx, owner.ID, reporter.ID, all))
	told("before")
	first := tell("a")
	told("the first", "1: ينتظرك بلاغ واحد من القراء")
	for i := range 30 {
		tell(strings.Repeat("b", i+1))
		w.tick()
	}
	w.pass(59 * time.Minute)
	told("many within the hour", "ينتظرك بلاغ واحد")
	w.pass(time.Minute)
	told("after an hour", "بلاغ واحد", "1: ينتظرك 31 بلاغًا")
	w.pass(2 * time.Hour)
	told("nothing new", "بلاغ واحد", "31")
	_, err := w.desk.Close(w.ctx, salim.ID, first)
	w.must(err)
	told("an old one settled", "بلاغ واحد", "31", "70: ")
	w.must(w.desk.Keep(w.ctx, owner.ID, salim.ID, nil))
	last := tell("c")
	_, err = w.desk.Close(w.ctx, salim.ID, last)
	w.must(err)
	told("settled before it was told", "بلاغ واحد", "31", "70: ", "70: ")
	tell("d")
	told("a reporter alone on duty", "بلاغ واحد", "31", "70: ", "70: ", "0: ينتظرك 31", "1: ينتظرك 31")
}

func TestDuty(t *testing.T) {
	w := newWorld(t)
	owner, salim, huda := w.hire(desk.Owner, "0"), w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
	on := func() (names []string) {
		all, err := w.desk.OnDuty(w.ctx)
		w.must(err)
		for _, e := range all {
			names = append(names, e.Name)
		}
		return names
	}
	if got := on(); len(got) != 3 {
		t.Errorf("nobody has hours: %v", got)
	}
	w.must(w.desk.Keep(w.ctx, salim.ID, salim.ID, []desk.Watch{{Weekdays: []time.Weekday{time.Sunday}, From: 20 * 60, To: 6 * 60}}))
	w.refused(w.desk.Keep(w.ctx, salim.ID, huda.ID, nil), desk.NotYours)
	w.must(w.desk.Keep(w.ctx, owner.ID, huda.ID, []desk.Watch{{From: 6 * 60, To: 20 * 60}}))
	for at, want := range map[string]string{"23 10:00": "2", "23 20:00": "1", "24 05:59": "1", "24 06:00": "2"} {
		day, err := time.ParseInLocation("2006-01-02 15:04", "2025-11-"+at, muscat)
		w.must(err)
		w.now = day
		if got := on(); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %v, want %s", at, got, want)
		}
	}
	w.now = time.Date(2025, 11, 25, 21, 0, 0, 0, muscat) // nobody's hours: all who may send
	if got := on(); len(got) != 3 {
		t.Errorf("%v", got)
	}
	w.now = time.Date(2025, 11, 25, 12, 0, 0, 0, muscat)
	trouble := desk.Trouble{Thing: "account whatsapp:2", State: "banned", What: "حُظر حساب واتساب.", Do: "راجع دليل التشغيل."}
	for range 3 {
		w.must(w.desk.Report(w.ctx, trouble))
	}
	w.must(w.desk.Report(w.ctx, desk.Trouble{Thing: "disk"}))
	if got := w.letters(); len(got) != 1 || !strings.HasPrefix(got[0], "2: ") {
		t.Errorf("letters %q", got)
	}
	trouble.State = ""
	w.must(w.desk.Report(w.ctx, trouble))
	if got := w.letters(); len(got) != 2 {
		t.Errorf("letters %q", got)
	}
}
