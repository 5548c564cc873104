package main

import (
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/store"
)

// TestRestore: what the backup does not know to be sent waits for somebody, and
// whom it knows but who asked to be forgotten stays forgotten.
func TestRestore(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.founded()
		phone := s.network.AddUser(telegramtest.User{FirstName: "مريم", Language: "ar"})
		gone := phone.Start(s.bot, "")
		stays, row := s.reader("news")
		p := s.start()
		p.log.wait(t, "connected")
		time.Sleep(time.Minute)
		p.stop()
		_ = row // /start made both readers
		s.must("alert", "الخبر المعلق", "--everyone")
		s.golden("backup.txt", s.must("backup", s.path("copy.db")))
		if info, err := os.Stat(s.path("copy.db")); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the backup: %v %v", info, err)
		}
		s.refused(exitProblem, []string{"backup", s.path("copy.db")}, "there already")
		if out := s.must("subscribers", "export"); strings.Count(out, "\n") != 3 {
			t.Fatalf("two readers were expected:\n%s", out)
		}

		// The alert goes out, one reader asks to be forgotten.
		p = s.start()
		p.log.wait(t, "connected")
		phone.SendText(gone, "انسني")
		time.Sleep(time.Minute)
		phone.SendText(gone, "نعم")
		time.Sleep(time.Minute)
		synctest.Wait()
		s.refused(exitProblem, []string{"restore", s.path("copy.db")}, "already (process "+pid()+")", "stop it first")
		p.stop()
		if n := said(stays, "المعلق"); n != 1 {
			t.Fatalf("the alert arrived %d times", n)
		}

		s.golden("restore.txt", s.must("restore", s.path("copy.db")))
		if out := s.must("subscribers", "export"); strings.Count(out, "\n") != 2 {
			t.Errorf("who was forgotten is back:\n%s", out)
		}
		p = s.start()
		time.Sleep(time.Minute)
		synctest.Wait()
		p.stop()
		if n := said(stays, "المعلق"); n != 1 {
			t.Errorf("after the restore the alert arrived again: %d times", n)
		}
		s.must("resume")
		p = s.start()
		time.Sleep(time.Minute)
		synctest.Wait()
		p.stop()
		if n := said(stays, "المعلق"); n != 2 {
			t.Errorf("after the resume the alert had arrived %d times in all, want 2", n)
		}
		if n := said(gone, "المعلق"); n != 1 {
			t.Errorf("the forgotten reader got it %d times", n)
		}
	})
}

func TestRestoreRefuses(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.founded()
		s.write("bad.db", strings.Repeat("no database ", 100))
		s.refused(exitProblem, []string{"restore", s.path("bad.db")}, "bad.db")
		s.refused(exitProblem, []string{"restore", s.path("none.db")}, "there is no backup at")
		s.must("status") // the database is as it was
	})
}

// TestRestoreSays: who restores is told what the backup did not undo.
func TestRestoreSays(t *testing.T) {
	var out strings.Builder
	c := restoreCommand{File: "copy.db"}
	c.said(&session{env: env{Stdout: &out}}, store.Restored{Aside: "nashra.db.before-restore", Removed: 1, Lowered: 2, Frozen: true, Held: true})
	for _, line := range []string{
		"1 had been removed since", "2 may do less since: that stays so.", "All sending was frozen since: it is still.", "Automatic sending was held since: it is still.",
	} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("%q is not in\n%s", line, out.String())
		}
	}
	out.Reset()
	if c.said(&session{env: env{Stdout: &out}}, store.Restored{}); !strings.Contains(out.String(), "Automatic sending is held: ") || strings.Contains(out.String(), "since: it is still") {
		t.Errorf("where nothing had changed it says\n%s", out.String())
	}
}
