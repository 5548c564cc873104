package desk_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

func TestAlertGoesOutAsItWasSeen(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	d := w.draft(salim.ID, "إغلاق طريق الجبل الأخضر")
	_, err := w.desk.Confirm(w.ctx, salim.ID, d.ID, d.Version)
	w.refused(err, desk.NotSeen)

	p := w.look(salim.ID, d.ID)
	d, err = w.desk.Confirm(w.ctx, salim.ID, d.ID, p.Draft.Version)
	w.must(err)
	if d.State != desk.Counting || w.desk.Left(d) != 5*time.Second {
		t.Fatalf("%s with %v to go", d.State, w.desk.Left(d))
	}
	w.pass(4 * time.Second)
	w.tick()
	w.is(d.ID, desk.Counting)
	w.pass(time.Second)
	w.tick()
	d = w.is(d.ID, desk.Sending)
	b, err := w.store.Broadcast(w.ctx, d.Broadcast)
	w.must(err)
	if b.Words != "إغلاق طريق الجبل الأخضر" || b.Kind != news.Breaking || len(b.Audience.Sections) != 2 || !b.Published.Equal(w.now) {
		t.Errorf("published %+v", b)
	}
}

func TestEditKillsOldButtons(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	d := w.draft(salim.ID, "أول")
	old := w.look(salim.ID, d.ID).Draft
	next, err := w.desk.Edit(w.ctx, salim.ID, d.ID, old.Version, desk.Content{Words: "ثان", Sections: []news.Slug{"weather"}})
	w.must(err)
	_, err = w.desk.Confirm(w.ctx, salim.ID, d.ID, old.Version)
	w.refused(err, desk.OldVersion)
	_, err = w.desk.Confirm(w.ctx, salim.ID, d.ID, next.Version)
	w.refused(err, desk.NotSeen)
	_, err = w.desk.Edit(w.ctx, salim.ID, d.ID, old.Version, desk.Content{Words: "ثالث", Sections: []news.Slug{"weather"}})
	w.refused(err, desk.OldVersion)
	versions, err := w.store.Versions(w.ctx, d.ID)
	w.must(err)
	if len(versions) != 2 || versions[0].Words != "أول" || versions[1].Words != "ثان" {
		t.Errorf("versions %+v", versions)
	}
}

func TestTwoWhoPressSendOnce(t *testing.T) {
	w := newWorld(t)
	salim, huda := w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
	d := w.draft(salim.ID, "خبر")
	v := w.look(salim.ID, d.ID).Draft.Version
	_, err := w.desk.Confirm(w.ctx, salim.ID, d.ID, v)
	w.must(err)
	_, err = w.desk.Confirm(w.ctx, huda.ID, d.ID, v)
	w.refused(err, desk.Already)
	if words, _ := desk.PhrasesOf(desk.Arabic).Refusal(err); words == "" || !strings.Contains(err.Error(), "already") {
		t.Errorf("%q %v", words, err)
	}
	w.pass(time.Minute)
	w.tick()
	w.tick()
	if len(w.press.printed) != 1 {
		t.Errorf("printed %+v", w.press.printed)
	}
}

func TestStopWord(t *testing.T) {
	w := newWorld(t)
	salim, huda := w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
	_, err := w.desk.StopLive(w.ctx, huda.ID)
	w.refused(err, desk.NothingLive)
	w.draft(salim.ID, "مسودة سالم")
	_, err = w.desk.StopLive(w.ctx, huda.ID) // somebody else's draft is not hers to lose
	w.refused(err, desk.NothingLive)

	d := w.draft(salim.ID, "خبر")
	_, err = w.desk.Confirm(w.ctx, salim.ID, d.ID, w.look(salim.ID, d.ID).Draft.Version)
	w.must(err)
	got, err := w.desk.StopLive(w.ctx, huda.ID)
	w.must(err)
	if got.ID != d.ID || got.State != desk.Drafting || got.Version != 2 {
		t.Fatalf("stopped %+v", got)
	}
	w.pass(time.Hour)
	w.tick()
	_, err = w.desk.Confirm(w.ctx, salim.ID, d.ID, 1)
	w.refused(err, desk.OldVersion)

	d = w.send(salim.ID, d.ID)
	got, err = w.desk.StopLive(w.ctx, huda.ID)
	w.must(err)
	b, err := w.store.Broadcast(w.ctx, d.Broadcast)
	w.must(err)
	if got.ID != d.ID || got.State != desk.Stopped || b.State != news.Stopped {
		t.Errorf("stopped %s, broadcast %s", got.State, b.State)
	}
}

func TestSecondPerson(t *testing.T) {
	w := newWorld(t)
	w.setup.Second = true
	salim, huda := w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
	d, err := w.desk.Write(w.ctx, salim.ID, "", desk.Content{Words: "للجميع", Everyone: true})
	w.must(err)
	p := w.look(salim.ID, d.ID)
	if !p.Second {
		t.Error("the preview does not say that a second person is needed")
	}
	_, err = w.desk.Confirm(w.ctx, huda.ID, d.ID, 1)
	w.refused(err, desk.NotShown) // nobody is the first of two by hearsay, either
	d, err = w.desk.Confirm(w.ctx, salim.ID, d.ID, 1)
	w.must(err)
	if d.State != desk.Second {
		t.Fatalf("%s", d.State)
	}
	_, err = w.desk.Confirm(w.ctx, salim.ID, d.ID, 1)
	w.refused(err, desk.SamePerson)
	w.pass(time.Hour)
	w.tick()
	w.is(d.ID, desk.Second)
	_, err = w.desk.Confirm(w.ctx, huda.ID, d.ID, 1)
	w.refused(err, desk.NotShown)
	w.is(d.ID, desk.Second)
	w.look(huda.ID, d.ID)
	w.start() // and it is remembered who has looked
	d, err = w.desk.Confirm(w.ctx, huda.ID, d.ID, 1)
	w.must(err)
	if d.State != desk.Counting || d.Approved != huda.ID {
		t.Errorf("%s, approved by %d", d.State, d.Approved)
	}
	_, err = w.desk.Stop(w.ctx, huda.ID, d.ID)
	w.must(err)
	again := w.look(salim.ID, d.ID).Draft // another version: who saw the one has not seen the other
	_, err = w.desk.Confirm(w.ctx, salim.ID, d.ID, again.Version)
	w.must(err)
	_, err = w.desk.Confirm(w.ctx, huda.ID, d.ID, again.Version)
	w.refused(err, desk.NotShown)
}

func TestRestartDuringCountdown(t *testing.T) {
	for name, c := range map[string]struct {
		down time.Duration
		want desk.State
	}{
		"short": {time.Minute, desk.Sending}, "long": {time.Hour, desk.Drafting}, "none": {time.Second, desk.Counting},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			salim := w.hire(desk.Chief, "1")
			d := w.draft(salim.ID, "خبر")
			_, err := w.desk.Confirm(w.ctx, salim.ID, d.ID, w.look(salim.ID, d.ID).Draft.Version)
			w.must(err)
			w.pass(c.down)
			w.start()
			w.tick()
			w.is(d.ID, c.want)
			letters, err := w.store.Replies(w.ctx, "telegram:1", 0, 10)
			w.must(err)
			if (c.want == desk.Drafting) != (len(letters) == 1) {
				t.Errorf("%d letters", len(letters))
			}
		})
	}
}

func TestFreeze(t *testing.T) {
	w := newWorld(t)
	owner, salim := w.hire(desk.Owner, "0"), w.hire(desk.Chief, "1")
	sent := w.send(salim.ID, w.draft(salim.ID, "الأول").ID)
	d := w.draft(salim.ID, "الثاني")
	_, err := w.desk.Confirm(w.ctx, salim.ID, d.ID, w.look(salim.ID, d.ID).Draft.Version)
	w.must(err)
	w.must(w.desk.Freeze(w.ctx, salim.ID))
	w.is(d.ID, desk.Drafting)
	w.tick()
	w.is(sent.ID, desk.Paused)

	v := w.look(salim.ID, d.ID)
	if len(v.Warnings) == 0 || v.Warnings[0].Kind != desk.WarnFrozen {
		t.Errorf("warnings %+v", v.Warnings)
	}
	_, err = w.desk.Confirm(w.ctx, salim.ID, d.ID, v.Draft.Version)
	w.refused(err, desk.Frozen)
	_, err = w.desk.Resume(w.ctx, salim.ID, sent.ID)
	w.refused(err, desk.Frozen)
	_, err = w.desk.Send(w.ctx, desk.Alert{Words: "من الخادم", Everyone: true})
	w.refused(err, desk.Frozen)
	w.refused(w.desk.Thaw(w.ctx, salim.ID), desk.NotYours)
	w.must(w.desk.Thaw(w.ctx, owner.ID))
	_, err = w.desk.Resume(w.ctx, salim.ID, sent.ID)
	w.must(err)
	w.send(salim.ID, d.ID)
}

func TestCorrectionsChain(t *testing.T) {
	w := newWorld(t)
	salim, huda := w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
	alert := w.draft(salim.ID, "عدد المصابين 5")
	_, err := w.desk.Correct(w.ctx, salim.ID, "", alert.ID, "عدد المصابين 3", false)
	w.refused(err, desk.NotSent)
	alert = w.send(salim.ID, alert.ID)

	one, err := w.desk.Correct(w.ctx, salim.ID, "", alert.ID, "عدد المصابين 3", false)
	w.must(err)
	two, err := w.desk.Correct(w.ctx, huda.ID, "", alert.ID, "عدد المصابين 4", false)
	w.must(err)
	for _, d := range []desk.Draft{one, two} {
		_, err = w.desk.Confirm(w.ctx, d.By, d.ID, w.look(d.By, d.ID).Draft.Version)
		w.must(err)
	}
	w.pass(time.Minute)
	w.tick()
	w.is(one.ID, desk.Sending)
	if back := w.is(two.ID, desk.Drafting); back.Base != one.ID { // it was made over a text that nobody has any more
		t.Errorf("it came back over draft %d", back.Base)
	}
	w.send(huda.ID, two.ID)

	last, err := w.desk.Withdraw(w.ctx, salim.ID, "", two.ID, "")
	w.must(err)
	w.send(salim.ID, last.ID)
	w.tick()
	_, err = w.desk.Correct(w.ctx, salim.ID, "", alert.ID, "خامس", true)
	w.refused(err, desk.Withdrawn)
	chain, err := w.desk.Chain(w.ctx, last.ID)
	w.must(err)
	if len(chain) != 4 || chain[0].ID != alert.ID || !chain[0].Withdrawn || chain[0].Latest != last.ID {
		t.Errorf("chain %+v", chain)
	}
	b, err := w.store.Broadcast(w.ctx, w.is(two.ID, desk.Stopped).Broadcast)
	if w.must(err); b.Original != alert.Broadcast {
		t.Errorf("the correction is over %d", b.Original)
	}
}

func TestSchedule(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	at, said, err := w.desk.When("غدًا 07:30")
	w.must(err)
	if said != "غدًا الاثنين 24 نوفمبر 2025، الساعة 07:30" {
		t.Errorf("said %q", said)
	}
	d, err := w.desk.Write(w.ctx, salim.ID, "", desk.Content{Words: "خبر", Sections: []news.Slug{"jobs"}, At: at})
	w.must(err)
	p := w.look(salim.ID, d.ID)
	if p.When != said {
		t.Errorf("the preview says %q", p.When)
	}
	_, err = w.desk.Confirm(w.ctx, salim.ID, d.ID, p.Draft.Version)
	w.must(err)
	list, err := w.desk.Scheduled(w.ctx, salim.ID)
	w.must(err)
	if len(list) != 1 || !list[0].Due.Equal(at) {
		t.Errorf("scheduled %+v", list)
	}
	w.now = at.Add(-time.Second)
	w.tick()
	w.is(d.ID, desk.Scheduled)
	w.now = at
	w.tick()
	w.is(d.ID, desk.Sending)
}

func TestWriteTwiceIsOneDraft(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	c := desk.Content{Words: "خبر", Everyone: true}
	a, err := w.desk.Write(w.ctx, salim.ID, "telegram:1/7", c)
	w.must(err)
	b, err := w.desk.Write(w.ctx, salim.ID, "telegram:1/7", c)
	w.must(err)
	if a.ID != b.ID {
		t.Errorf("drafts %d and %d", a.ID, b.ID)
	}
}

func TestLogStays(t *testing.T) {
	w := newWorld(t)
	owner, salim := w.hire(desk.Owner, "0"), w.hire(desk.Chief, "1")
	w.send(salim.ID, w.draft(salim.ID, "خبر").ID)
	var out bytes.Buffer
	w.refused(w.desk.Export(w.ctx, salim.ID, "", &out), desk.NotYours)
	w.must(w.desk.Export(w.ctx, owner.ID, "", &out))
	for _, act := range []string{"claim", "write", "preview", "confirm", "fire", "publish"} {
		if !strings.Contains(out.String(), `"act":"`+act+`"`) {
			t.Errorf("the log does not tell of %q:\n%s", act, out.String())
		}
	}
	for _, query := range []string{"UPDATE audit SET name = 'x'", "DELETE FROM audit", "INSERT OR REPLACE INTO audit SELECT * FROM audit"} {
		if _, err := w.store.DB().ExecContext(w.ctx, query); err == nil {
			t.Errorf("%s went through", query)
		}
	}
}

// TestLogSince begins with a day of the newsroom's zone.
func TestLogSince(t *testing.T) {
	w := newWorld(t)
	owner := w.hire(desk.Owner, "0")
	w.now = time.Date(2025, 11, 24, 0, 0, 0, 0, muscat)
	w.must(w.desk.Freeze(w.ctx, owner.ID))
	var out bytes.Buffer
	w.must(w.desk.Export(w.ctx, owner.ID, "2025-11-24", &out))
	if lines := strings.Split(strings.TrimSpace(out.String()), "\n"); len(lines) != 2 ||
		!strings.Contains(lines[0], `"act":"freeze"`) || !strings.Contains(lines[1], `"act":"export"`) {
		t.Errorf("since the second day:\n%s", out.String())
	}
	w.refused(w.desk.Export(w.ctx, owner.ID, "24/11", &out), desk.Faulty)
}

// TestRestoredBackupSendsNothing finds a schedule in a restored backup: it may
// have been kept since the backup was made.
func TestRestoredBackupSendsNothing(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	d, err := w.desk.Write(w.ctx, salim.ID, "", desk.Content{Words: "خبر", Everyone: true, At: w.now.Add(time.Hour)})
	w.must(err)
	_, err = w.desk.Confirm(w.ctx, salim.ID, d.ID, w.look(salim.ID, d.ID).Draft.Version)
	w.must(err)
	w.pass(30 * time.Minute)
	at := w.now.UnixMilli()
	_, err = w.store.DB().ExecContext(w.ctx, "INSERT INTO meta VALUES ('restored', ?)", strconv.FormatInt(at, 10)) // as Restore does
	w.must(err)
	w.pass(30 * time.Minute)
	w.tick()
	back := w.is(d.ID, desk.Drafting)
	if len(w.press.printed) != 0 || back.Version != 2 {
		t.Errorf("printed %+v, version %d", w.press.printed, back.Version)
	}
	_, err = w.desk.Edit(w.ctx, salim.ID, d.ID, 2, desk.Content{Words: "خبر", Everyone: true})
	w.must(err)
	w.send(salim.ID, d.ID)
}
