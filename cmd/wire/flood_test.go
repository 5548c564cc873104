package wire_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// letters counts what an editor was told since: of proposals, one by one, and of
// a source's together.
func letters(got []string) (own, gathered int, last string) {
	for _, m := range got {
		switch {
		case strings.Contains(m, "خبر عاجل مقترح"):
			own++
		case strings.Contains(m, "المصدر «site»"):
			gathered, last = gathered+1, m
		}
	}
	return own, gathered, last
}

// A site that marks everything urgent makes five letters and one that counts the
// rest; then it is quiet for an hour, whatever the program goes through. All of
// it is listed, and goes into the digest.
func TestProposalsWithoutEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.config = strings.Replace(sample, ", breaking: auto", "", 1) + "desk: {proposals_wait: 2h}\n"
		w.start()
		salim := w.editor("سالم")
		salim.got()
		mark := func(n int) {
			t.Helper()
			for i := range n {
				w.publish(fmt.Sprintf("خبر %s رقم %d", w.clock.Now().Format("1504"), i+1), "news", "urgent")
			}
			w.pass(w.turn())
			w.pass(time.Minute)
		}
		mark(14)
		own, gathered, said := letters(salim.got())
		if own != 5 || gathered != 1 || !strings.Contains(said, "تنتظرك 9 مقترحات أخرى") || !strings.Contains(said, "حتى الساعة 09:0") {
			t.Errorf("%d letters, %d that gather: %s", own, gathered, said)
		}
		w.restart()
		mark(6)
		if own, gathered, _ := letters(salim.got()); own+gathered != 0 {
			t.Errorf("%d more letters within the hour, and %d that gather", own, gathered)
		}
		list := salim.asks("مقترحات")
		if n := strings.Count(list, "مقترح "); n != 10 || !strings.Contains(list, "ومن المصدر «site» غيرها: 10") {
			t.Errorf("%d are listed:\n%s", n, list)
		}
		if got := salim.asks("مقترح 19"); !strings.Contains(got, "رقم 5") {
			t.Errorf("one without a letter is\n%s", got)
		}
		salim.asks("إلغاء")
		w.pass(time.Hour)
		own, gathered, said = letters(salim.got())
		if own != 0 || gathered != 1 || !strings.Contains(said, "تنتظرك 5 مقترحات أخرى") {
			t.Errorf("after the hour %d letters, %d that gather: %s", own, gathered, said)
		}
	})
}
