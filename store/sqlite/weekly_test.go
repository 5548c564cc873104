package sqlite_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// TestShiftsStayDaily migrates a file with an exception from before they had
// days of the week: it is still of every day.
func TestShiftsStayDaily(t *testing.T) {
	dump, err := os.ReadFile("testdata/v10.sql")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.db")
	raw(t, path, string(dump))
	raw(t, path, `INSERT INTO shift (name, slot, from_date, to_date, at, off) VALUES ('رمضان', 'evening', '2026-02-18', '', '22:00', 0)`)
	s := openAt(t, path, sqlite.Options{})
	all, err := s.Shifts(t.Context(), "2026-02-20")
	if err != nil || len(all) != 1 || len(all[0].Weekdays) != 0 || all[0].At != "22:00" || !all[0].Covers("2026-02-20") {
		t.Errorf("%+v, %v", all, err)
	}
}

// A weekly exception is the same one in a backup.
func TestBackupHasTheCalendar(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, filepath.Join(dir, "nashra.db"), sqlite.Options{})
	friday := desk.Shift{Name: "الجمعة", Slot: "morning", From: "2026-11-27", At: "09:00", Weekdays: []time.Weekday{time.Friday}}
	if err := s.Shifted(t.Context(), []desk.Shift{friday}, desk.Entry{At: time.Now(), Name: "server", Act: desk.ActShift}); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), filepath.Join(dir, "backup.db")); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Restore(t.Context(), filepath.Join(dir, "backup.db"), filepath.Join(dir, "restored.db")); err != nil {
		t.Fatal(err)
	}
	all, err := openAt(t, filepath.Join(dir, "restored.db"), sqlite.Options{}).Shifts(t.Context(), "2026-11-27")
	if err != nil || len(all) != 1 || !slices.Equal(all[0].Weekdays, friday.Weekdays) || all[0].At != "09:00" || all[0].To != "" {
		t.Errorf("%+v, %v", all, err)
	}
}
