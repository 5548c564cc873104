package wire_test

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// restored stops the program, puts a backup in the place of its database, and
// starts again.
func (w *world) restored(backup string) {
	w.t.Helper()
	plan, err := w.plan()
	if err != nil {
		w.t.Fatal(err)
	}
	w.halt()
	if _, err := store.Restore(w.t.Context(), backup, plan.Database); err != nil {
		w.t.Fatal(err)
	}
	w.start()
}

// What went out by itself after the backup goes out no second time, whatever
// the restored database knows of it: a digest, an automatic alert and a single
// article. What is published after the restore goes its way once somebody has
// let it.
func TestRestoreRepeatsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim, nur := w.joined("سالم"), w.joined("نور", "كل خبر")
		w.until("12:30")
		w.publish("وظيفة قبل النسخة", "jobs")
		w.pass(10 * time.Minute)
		salim.got()
		nur.got()
		backup := filepath.Join(t.TempDir(), "copy.db")
		if err := w.store.Backup(t.Context(), backup); err != nil {
			t.Fatal(err)
		}
		w.publish("إغلاق طريق الوادي", "news", "urgent")
		w.publish("خبر بعد النسخة", "news")
		w.until("20:00")
		if all := strings.Join(salim.got(), "\n"); !strings.Contains(all, "الوادي") || !strings.Contains(all, "خبر بعد النسخة") {
			t.Fatalf("before the restore came\n%s", all)
		}
		if all := strings.Join(nur.got(), "\n"); !strings.Contains(all, "خبر بعد النسخة") {
			t.Fatalf("one by one came\n%s", all)
		}

		w.restored(backup)
		w.publish("خبر بعد الاستعادة", "news")
		w.pass(30 * time.Minute)
		salim.gets()
		nur.gets()
		if err := w.program.Acts().Control(t.Context(), 0, news.Running); err != nil {
			t.Fatal(err)
		}
		w.pass(30 * time.Minute)
		salim.gets()
		if all := strings.Join(nur.got(), "\n"); !strings.Contains(all, "بعد الاستعادة") || strings.Contains(all, "بعد النسخة") || strings.Contains(all, "الوادي") {
			t.Errorf("after the restore came one by one\n%s", all)
		}
		w.until("20:00")
		if all := strings.Join(salim.got(), "\n"); !strings.Contains(all, "بعد الاستعادة") || strings.Contains(all, "بعد النسخة") || strings.Contains(all, "الوادي") {
			t.Errorf("the next digest was\n%s", all)
		}
	})
}
