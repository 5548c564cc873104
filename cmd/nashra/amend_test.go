package main

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/store"
)

// What the command line corrects and withdraws while nothing runs goes through
// the desk: readers see it at the next start, and the log says that the server
// did it.
func TestCorrectAndWithdraw(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.founded()
		chat, row := s.reader("news")
		s.write("readers.csv", head+row+"\n")
		s.must("subscribers", "import", s.path("readers.csv"))
		s.must("alert", "إغلاق طريق الوادي شهرًا", "--everyone")
		if out := s.must("correct", "1", "إغلاق طريق الوادي يومًا", "--typo"); !strings.Contains(out, "Broadcast 2 corrects broadcast 1 when nashra runs.") {
			t.Errorf("it says\n%s", out)
		}
		s.refused(exitProblem, []string{"correct", "9", "خبر"}, "there is no broadcast 9")
		s.refused(exitProblem, []string{"correct", "1", " "}, "it takes the whole new text")
		p := s.start()
		time.Sleep(time.Minute)
		synctest.Wait()
		said := func() string {
			var all []string
			for _, m := range chat.FromBots() {
				all = append(all, m.Text)
			}
			return strings.Join(all, "\n")
		}
		if got := said(); !strings.Contains(got, "عاجل | إغلاق طريق الوادي يومًا") || strings.Contains(got, "شهرًا") {
			t.Errorf("the phone shows\n%s", got)
		}
		p.stop()
		if out := s.must("withdraw", "2"); !strings.Contains(out, "Broadcast 3 withdraws broadcast 2") {
			t.Errorf("it says\n%s", out)
		}
		s.refused(exitProblem, []string{"withdraw", "1"}, "nothing can be changed about broadcast 1 any more")
		s.start()
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := said(); strings.Contains(got, "عاجل | ") {
			t.Errorf("the phone shows\n%s", got)
		}
		var acts []string
		for _, e := range s.desk() {
			if e.Draft != 0 && (e.By != 0 || e.Act == desk.ActConfirm && e.Name != "server") {
				t.Errorf("the log says %+v", e)
			}
			if e.Act == desk.ActConfirm {
				acts = append(acts, e.About)
			}
		}
		if want := []string{"", "typo", "withdrawal"}; !slices.Equal(acts, want) {
			t.Errorf("the log has %q, want %q", acts, want)
		}
	})
}

// desk reads the log of the desk.
func (s *scene) desk() []desk.Entry {
	s.t.Helper()
	st, err := store.Open(s.t.Context(), s.path("nashra.db"), store.Options{Now: s.env.Now, ReadOnly: true})
	if err != nil {
		s.t.Fatal(err)
	}
	defer st.Close()
	all, err := st.Log(s.t.Context(), 0, 1000)
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}
