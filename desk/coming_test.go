package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// warned is what a preview of a draft says of a kind; empty: nothing.
func (w *world) warned(by desk.EditorID, id desk.DraftID, kind desk.WarningKind) string {
	w.Helper()
	all := w.look(by, id).Warnings
	i := slices.IndexFunc(all, func(one desk.Warning) bool { return one.Kind == kind })
	if i < 0 {
		return ""
	}
	return desk.PhrasesOf(desk.Arabic).Warning(all[i], w.now)
}

// TestTwoWithTheSameNews: the preview warns of what a colleague is about to
// send, by its number, and says that it has not gone out yet.
func TestTwoWithTheSameNews(t *testing.T) {
	w := newWorld(t)
	salim, huda := w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
	theirs := w.draft(salim.ID, "إغلاق طريق الجبل الأخضر")
	mine := w.draft(huda.ID, "إغلاق طريق الجبل الاخضر!")
	says := func(when, want string) {
		t.Helper()
		if got := w.warned(huda.ID, mine.ID, desk.WarnSame); got != want {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	says("while it is a draft", "")
	w.confirm(salim.ID, theirs.ID)
	says("in its countdown", "خبر عاجل يشبه هذا على وشك الإرسال، رقمه 1.")
	if got := w.warned(salim.ID, w.draft(salim.ID, "خبر آخر تمامًا").ID, desk.WarnSame); got != "" {
		t.Errorf("of other news: %q", got)
	}
	_, err := w.desk.Stop(w.ctx, huda.ID, theirs.ID)
	w.must(err)
	says("once it is stopped", "")

	late, err := w.desk.Write(w.ctx, salim.ID, "", desk.Content{Words: "إغلاق طريق الجبل الأخضر", Sections: []news.Slug{"jobs"}, At: w.now.Add(3 * time.Hour)})
	w.must(err)
	w.confirm(salim.ID, late.ID)
	says("when it has its time", "خبر عاجل يشبه هذا موعده اليوم الأحد 23 نوفمبر 2025، الساعة 13:00، رقمه 4.")
	_, err = w.desk.Edit(w.ctx, huda.ID, mine.ID, 1, desk.Content{Words: mine.Words, Sections: mine.Sections, At: w.now.Add(72 * time.Hour)})
	w.must(err)
	says("days later", "")
	_, err = w.desk.Edit(w.ctx, huda.ID, mine.ID, 2, mine.Content)
	w.must(err)
	_, err = w.desk.Stop(w.ctx, salim.ID, late.ID)
	w.must(err)

	w.waits(salim.ID, "إغلاق طريق الجبل الأخضر")
	says("when it waits for a second person", "خبر عاجل يشبه هذا ينتظر تأكيد شخص ثانٍ، رقمه 5.")
	w.confirm(huda.ID, 5)
	w.pass(time.Minute)
	w.tick()
	says("once it is out", "أُرسل خبر عاجل يشبه هذا عند 10:01.")
	w.confirm(huda.ID, mine.ID)
	if got := w.warned(salim.ID, w.draft(salim.ID, "إغلاق طريق الجبل الأخضر").ID, desk.WarnSame); !strings.Contains(got, "رقمه 2") {
		t.Errorf("of what was sent and comes again: %q", got)
	}
}

// TestBudgetCountsWhatComes: what is about to go out is of the day, too.
func TestBudgetCountsWhatComes(t *testing.T) {
	w := newWorld(t)
	w.setup.PerDay, w.setup.PerReader = 2, 1
	salim, huda := w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
	w.send(salim.ID, w.draft(salim.ID, "إغلاق طريق الجبل").ID)
	mine, err := w.desk.Write(w.ctx, huda.ID, "", desk.Content{Words: "وظائف شاغرة في صحار", Sections: []news.Slug{"jobs"}})
	w.must(err)
	if got := w.warned(huda.ID, mine.ID, desk.WarnBudget); got != "" {
		t.Errorf("after one alert: %q", got)
	}
	other, err := w.desk.Write(w.ctx, salim.ID, "", desk.Content{Words: "فوز المنتخب", Sections: []news.Slug{"jobs"}})
	w.must(err)
	w.confirm(salim.ID, other.ID)
	if got, want := w.warned(huda.ID, mine.ID, desk.WarnBudget), "تبلغ الأخبار العاجلة اليوم 2 مع ما يوشك أن يُرسَل، وكثرتها تدفع القراء إلى إيقافها."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := w.warned(huda.ID, mine.ID, desk.WarnReader), "من هؤلاء القراء من يتلقى اليوم {n} من الأخبار العاجلة مع ما يوشك أن يُرسَل."; got != strings.Replace(want, "{n}", "1", 1) {
		t.Errorf("%q, want %q", got, want)
	}
	w.pass(time.Minute)
	w.tick()
	if got, want := w.warned(huda.ID, mine.ID, desk.WarnBudget), "بلغت الأخبار العاجلة اليوم 2، وكثرتها تدفع القراء إلى إيقافها."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
