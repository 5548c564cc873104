package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
)

// counts sorts the letters so far: those of one proposal each, and those of a
// flood.
func (w *world) counts(single, flood string) (own int, gathered []string) {
	w.Helper()
	for _, l := range w.letters() {
		switch {
		case strings.Contains(l, single):
			own++
		case strings.Contains(l, flood):
			gathered = append(gathered, l)
		default:
			w.Errorf("an odd letter: %s", l)
		}
	}
	return own, gathered
}

// A site that calls everything urgent makes five letters and one that counts the
// rest, then none for an hour, whatever restarts in between.
func TestProposalsOfOneSourceAreRationed(t *testing.T) {
	w := newWorld(t)
	w.setup.ProposalLife = 3 * time.Hour
	salim := w.hire(desk.Chief, "1")
	made := 0
	suggest := func(n int) {
		t.Helper()
		for range n {
			made++
			_, err := w.desk.Propose(w.ctx, w.arrive(fmt.Sprintf("خبر رقم %d", made)))
			w.must(err)
		}
	}
	holds := func(when string, own, gathered int) []string {
		t.Helper()
		w.tick()
		n, list := w.counts("خبر عاجل مقترح", "المصدر «site»")
		if n != own || len(list) != gathered {
			t.Errorf("%s: %d letters of their own and %d that gather: %q, want %d and %d", when, n, len(list), list, own, gathered)
		}
		return list
	}
	suggest(12)
	holds("at once", 5, 0)
	w.pass(20 * time.Second)
	w.start()
	suggest(4)
	w.pass(15 * time.Second)
	list := holds("when the visit is over", 5, 1)
	want := "1: ينتظرك 11 مقترحًا آخر من المصدر «site». لعرض المقترحات أرسل: مقترحات\n" +
		"حتى الساعة 11:00 لا تصلك رسالة لكل مقترح منه، وتجد مقترحاته في تلك القائمة. تحقق من الموقع: قد تكون هذه الكثرة خطأً، أو من فعل متسلل إليه."
	if len(list) != 1 || list[0] != want {
		t.Errorf("it says\n%q\nwant\n%q", list, want)
	}
	waiting, err := w.desk.Waiting(w.ctx, salim.ID)
	w.must(err)
	if len(waiting) != 16 {
		t.Errorf("%d proposals wait, want all 16", len(waiting))
	}
	w.start()
	w.pass(50 * time.Minute)
	suggest(6)
	w.start()
	holds("within the hour", 5, 1)
	w.pass(10 * time.Minute)
	if list = holds("after the hour", 5, 2); !strings.Contains(list[1], "تنتظرك 6 مقترحات أخرى") {
		t.Errorf("the second says %q", list[1])
	}
	w.pass(61 * time.Minute)
	suggest(1)
	holds("when it is quiet again", 6, 2)
}

// The newsroom may bound the letters otherwise.
func TestRationIsASetting(t *testing.T) {
	w := newWorld(t)
	w.setup.ProposalLetters, w.setup.Language = 2, desk.English
	w.hire(desk.Chief, "1")
	for i := range 3 {
		_, err := w.desk.Propose(w.ctx, w.arrive(fmt.Sprint("News ", i)))
		w.must(err)
	}
	w.pass(time.Minute)
	w.tick()
	own, gathered := w.counts("Suggested as breaking news", "source “site”")
	if own != 2 || len(gathered) != 1 || !strings.Contains(gathered[0], "1 more proposal waits") || !strings.Contains(gathered[0], "send: proposals") {
		t.Errorf("%d of their own, and %q", own, gathered)
	}
}
