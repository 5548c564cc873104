package desk_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// reaches says that a broadcast has reached somebody with an article.
func (w *world) reaches(id news.BroadcastID, a news.Article) {
	w.Helper()
	for _, query := range []string{
		"UPDATE lane SET sent = 1 WHERE broadcast = ?1 AND ?2 > 0",
		"INSERT INTO variant (broadcast, account, version, n, articles, parts) SELECT ?1, account, 1, 0, json_array(?2), 1 FROM lane WHERE broadcast = ?1",
	} {
		_, err := w.store.DB().ExecContext(w.ctx, query, id, a.ID)
		w.must(err)
	}
}

// digested publishes a digest that somebody gets.
func (w *world) digested(slot news.Slot, date news.Date, a news.Article) {
	w.Helper()
	id, err := w.store.Publish(w.ctx, digest.Publication{Auto: true, Accounts: []news.AccountID{"telegram:1"}, Broadcast: news.Broadcast{
		Kind: news.Digest, Slot: slot, Date: date, Items: []news.Item{{Article: a.ID, Section: a.Section}},
		Audience: news.Audience{Sections: []news.Slug{"news", "weather"}}, Published: w.now, Expires: w.now.Add(12 * time.Hour),
	}})
	w.must(err)
	w.reaches(id, a)
}

// changes has an article change, or go, and returns the letters that this makes.
func (w *world) changes(a news.Article, gone bool) (out []string) {
	w.Helper()
	before := len(w.letters())
	for range 3 {
		_, _, err := w.desk.ProposeChange(w.ctx, a, gone)
		w.must(err)
	}
	return w.letters()[before:]
}

// An article that went out singly is proposed to be put right like an alert: the
// correction goes over its copies, and is set as what it is.
func TestSingleArticleChanges(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	a := w.arrive("افتتاح مكتبه")
	id := w.itself(news.Single, a)
	a.Title = "افتتاح مكتبة"
	if got := w.changes(a, false); len(got) != 0 {
		t.Errorf("what reached nobody is proposed: %q", got)
	}
	w.reaches(id, a)
	w.start()
	got := w.changes(a, false)
	if len(got) != 1 || !strings.Contains(got[0], "تغيّر عنوان خبر سبق إرساله") || !strings.Contains(got[0], "افتتاح مكتبة") {
		t.Fatalf("the letters are %q", got)
	}
	list, err := w.desk.Waiting(w.ctx, salim.ID)
	w.must(err)
	draft, err := w.desk.Take(w.ctx, salim.ID, list[0].ID)
	w.must(err)
	var kind news.Kind
	w.desk.Compose = func(_ context.Context, b news.Broadcast, _ news.Platform) (news.Message, error) {
		kind = b.Kind
		return news.Message{}, nil
	}
	draft = w.send(salim.ID, draft.ID)
	b, err := w.store.Broadcast(w.ctx, id)
	w.must(err)
	if draft.Form != desk.FormCorrection || kind != news.Correction || b.Words != a.Title || b.Version != 2 {
		t.Errorf("it was corrected as %+v, and is %+v", draft, b)
	}
	if fix, err := w.store.Broadcast(w.ctx, draft.Broadcast); err != nil || fix.Was != "افتتاح مكتبه" || fix.Original != id {
		t.Errorf("the correction is %+v (%v)", fix, err)
	}
	typo, err := w.desk.Correct(w.ctx, salim.ID, "", draft.Root, "افتتاح مكتبة.", true)
	w.must(err)
	if w.look(salim.ID, typo.ID); kind != news.Single {
		t.Errorf("a typo is looked at as %s", kind)
	}
	if got := w.changes(a, false); len(got) != 0 {
		t.Errorf("it is proposed again: %q", got)
	}
	if got := w.changes(a, true); len(got) != 1 || !strings.Contains(got[0], "حُذف من الموقع خبر سبق إرساله") {
		t.Errorf("the letters are %q", got)
	}
}

// A digest is not corrected. Those on duty hear once of what it has wrong,
// however many digests had it, and get an alert to begin with.
func TestDigestArticleChanges(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	w.desk.Slot = func(s news.Slot) string {
		return map[news.Slot]string{"morning": "الصباح", "evening": "المساء"}[s]
	}
	a := w.arrive("سيول في نزوى")
	w.digested("evening", "2025-11-22", a)
	w.digested("morning", "2025-11-23", a)
	if got := w.changes(a, false); len(got) != 0 {
		t.Errorf("nothing has changed, and is proposed: %q", got)
	}
	a.Title = "سيول في نزوي"
	if got := w.changes(a, false); len(got) != 0 {
		t.Errorf("a letter is proposed: %q", got)
	}
	a.Title = "أمطار في نزوى"
	got := w.changes(a, false)
	want := "1: تغيّر عنوان خبر صدر في الموجز: «المساء» 22 نوفمبر، «الصباح» 23 نوفمبر\nكان عنوانه: سيول في نزوى\nوصار: أمطار في نزوى\n\u200f" + a.URL +
		"\nلا يُعدَّل الموجز بعد صدوره. لإخبار القراء بخبر عاجل أرسل: مقترح 1"
	if len(got) != 1 || got[0] != want {
		t.Errorf("the letters are\n%q\nwant\n%q", got, want)
	}
	draft, err := w.desk.Take(w.ctx, salim.ID, 1)
	w.must(err)
	if draft.Form != desk.FormAlert || draft.Words != "تصحيح: أمطار في نزوى" || draft.Link != a.URL || draft.Root != 0 || draft.Sections[0] != "weather" {
		t.Errorf("it becomes %+v", draft)
	}
	got = w.changes(a, true)
	if len(got) != 1 || !strings.Contains(got[0], "حُذف من الموقع خبر صدر في الموجز: «المساء» 22 نوفمبر") || !strings.Contains(got[0], "كان عنوانه: سيول في نزوى") {
		t.Errorf("when it is gone the letters are %q", got)
	}
	draft, err = w.desk.Take(w.ctx, salim.ID, 2)
	w.must(err)
	if draft.Words != "سحبنا خبرًا ورد في الموجز بعنوان «سيول في نزوى»، ونعتذر عن ذلك." || draft.Link != "" {
		t.Errorf("it becomes %+v", draft)
	}
}

// An article that is gone is told of under the headline that it always had; one
// that nobody's digest held is not.
func TestDigestArticleIsGone(t *testing.T) {
	w := newWorld(t)
	w.hire(desk.Chief, "1")
	a, other := w.arrive("سيول في نزوى"), w.arrive("خبر آخر")
	w.digested("morning", "2025-11-23", a)
	if got := w.changes(other, true); len(got) != 0 {
		t.Errorf("what no digest had is told of: %q", got)
	}
	if got := w.changes(a, true); len(got) != 1 || !strings.Contains(got[0], "حُذف من الموقع خبر صدر في الموجز: «morning» 23 نوفمبر\nكان عنوانه: سيول في نزوى\nلا يُعدَّل") {
		t.Errorf("the letters are %q", got)
	}
}

// Who hears that an alert or a single article is to be corrected hears of the
// digests by the same letter.
func TestDigestsAreNamedBesideWhatCanBeCorrected(t *testing.T) {
	w := newWorld(t)
	salim := w.hire(desk.Chief, "1")
	a := w.arrive("سيول في نزوى")
	w.reaches(w.itself(news.Single, a), a)
	w.digested("morning", "2025-11-23", a)
	a.Title = "أمطار في نزوى"
	got := w.changes(a, false)
	if len(got) != 1 || !strings.Contains(got[0], "خبر سبق إرساله") || !strings.Contains(got[0], "وصدر كذلك في الموجز: «morning» 23 نوفمبر") {
		t.Errorf("the letters are %q", got)
	}
	draft, err := w.desk.Take(w.ctx, salim.ID, 1)
	w.must(err)
	w.send(salim.ID, draft.ID)
	if got := w.changes(a, false); len(got) != 0 {
		t.Errorf("the digest is told again: %q", got)
	}
}

// Both an alert and what went out singly are proposed to be corrected.
func TestAlertAndSingleArticleChange(t *testing.T) {
	w := newWorld(t)
	w.hire(desk.Chief, "1")
	a := w.arrive("سيول في نزوى")
	w.reaches(w.itself(news.Single, a), a)
	w.pass(time.Minute)
	w.itself(news.Breaking, a)
	w.tick()
	a.Title = "أمطار في نزوى"
	if got := w.changes(a, false); len(got) != 2 {
		t.Errorf("the letters are %q", got)
	}
}

// A site that edits all of its headlines makes no more letters than one that
// calls everything urgent.
func TestChangesAreRationed(t *testing.T) {
	w := newWorld(t)
	w.hire(desk.Chief, "1")
	for range 9 {
		a := w.arrive("خبر")
		w.digested("morning", news.Date(fmt.Sprintf("2025-11-%02d", w.keys)), a)
		a.Title = "خبر غيره"
		w.changes(a, false)
	}
	w.pass(time.Minute)
	w.tick()
	own, gathered := w.counts("تغيّر عنوان خبر صدر", "المصدر «site»")
	if own != 5 || len(gathered) != 1 || !strings.Contains(gathered[0], "تنتظرك 4 مقترحات أخرى") {
		t.Errorf("%d letters of their own, and %q", own, gathered)
	}
}
