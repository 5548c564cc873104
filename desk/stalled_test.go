package desk_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// edition publishes a digest as the newsroom's clock does.
func (w *world) edition(date news.Date) news.BroadcastID {
	w.Helper()
	a := w.arrive("معرض كتاب في نزوى")
	id, err := w.store.Publish(w.ctx, digest.Publication{
		Broadcast: news.Broadcast{
			Kind: news.Digest, Slot: "morning", Date: date, Items: []news.Item{{Article: a.ID, Section: a.Section}}, Audience: news.Audience{Sections: []news.Slug{"weather"}},
			Published: w.now, Expires: w.now.Add(12 * time.Hour),
		},
		Accounts: []news.AccountID{"telegram:1"},
	})
	w.must(err)
	return id
}

func (w *world) stands(id news.BroadcastID, state news.State) {
	w.Helper()
	b, err := w.store.Broadcast(w.ctx, id)
	if w.must(err); b.State != state {
		w.Errorf("broadcast %d is %s, want %s", id, b.State, state)
	}
}

// TestThawLeavesNothingBehind: what a freeze has paused is named at the thaw,
// and what came by itself goes on with one word.
func TestThawLeavesNothingBehind(t *testing.T) {
	w := newWorld(t)
	owner, salim, _, qais := w.newsdesk()
	sent := w.send(salim.ID, w.draft(salim.ID, "إغلاق طريق الوادي").ID)
	ed := w.edition("2025-11-23")
	w.must(w.desk.Freeze(w.ctx, salim.ID))
	w.tick()
	w.stands(ed, news.Paused)
	_, err := w.desk.Unstall(w.ctx, owner.ID)
	w.refused(err, desk.Frozen)
	w.mail("0")
	w.desk.Under = func(n desk.Notice) [][]news.Button {
		if n.Kind == desk.NoticeThawed && n.N != 1 {
			t.Errorf("%d came by themselves, want 1", n.N)
		}
		return nil
	}
	w.must(w.desk.Thaw(w.ctx, 0)) // the owner is told what there is
	want := "رفع «الخادم» التجميد. ما توقف يبقى متوقفًا حتى يُستأنف.\n" +
		"ما أوقفه التجميد من الإرسال الآلي:\nالموجز الذي بدأ إرساله عند 10:01\nلإكماله أرسل: استأنف الآلي\n" +
		"ما أوقفه التجميد من أخبار المحررين:\nرقم 1: إغلاق طريق الوادي\nلإكمال أحدها أرسل رقمه: استأنف 1"
	if got := strings.Join(w.mail("0"), "\n---\n"); got != want {
		t.Errorf("the owner heard:\n%s\nwant:\n%s", got, want)
	}

	_, err = w.desk.Unstall(w.ctx, qais.ID)
	w.refused(err, desk.NotYours)
	jobs := w.hire(desk.Chief, "9", "jobs")
	_, err = w.desk.Unstall(w.ctx, jobs.ID)
	w.refused(err, desk.OtherSection)
	w.must(w.desk.Hold(w.ctx, salim.ID, ""))
	_, err = w.desk.Unstall(w.ctx, salim.ID)
	w.refused(err, desk.Holding)
	w.stands(ed, news.Paused)
	w.must(w.desk.Release(w.ctx, salim.ID))

	done, err := w.desk.Unstall(w.ctx, salim.ID)
	w.must(err)
	if len(done) != 1 || done[0].Broadcast != ed {
		t.Errorf("resumed %+v", done)
	}
	w.stands(ed, news.Running)
	w.stands(sent.Broadcast, news.Paused) // an editor's is for its editor to look at
	if log := w.logged(desk.ActResume); len(log) != 2 || log[1].By != salim.ID || log[1].Broadcast != ed {
		t.Errorf("the log says %+v", log)
	}
	left, err := w.desk.Stalled(w.ctx)
	w.must(err)
	if len(left) != 1 || left[0].Draft != sent.ID || !left[0].ByHand() {
		t.Errorf("left are %+v", left)
	}
}

// TestAutomaticAlertGoesOnWithTheRest: its draft follows.
func TestAutomaticAlertGoesOnWithTheRest(t *testing.T) {
	w := newWorld(t)
	owner := w.hire(desk.Owner, "0")
	id := w.itself(news.Breaking, w.arrive("سيول في نزوى"))
	w.tick()
	draft, err := w.desk.OfBroadcast(w.ctx, id)
	w.must(err)
	w.must(w.desk.Freeze(w.ctx, owner.ID))
	w.tick()
	w.is(draft.ID, desk.Paused)
	w.must(w.desk.Thaw(w.ctx, owner.ID))
	done, err := w.desk.Unstall(w.ctx, owner.ID)
	w.must(err)
	w.tick()
	if len(done) != 1 || done[0].Words != "سيول في نزوى" || done[0].ByHand() {
		t.Errorf("resumed %+v", done)
	}
	w.is(draft.ID, desk.Sending)
}
