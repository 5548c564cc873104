package sqlite_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store/sqlite"
)

func commit(t *testing.T, s *sqlite.Store, c talk.Commit) news.SubscriberID {
	t.Helper()
	c.Account, c.Kind = "telegram:1", news.Private
	done, err := s.Commit(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return done.Reader
}

func join(t *testing.T, s *sqlite.Store, chat news.ChatID) news.SubscriberID {
	t.Helper()
	return commit(t, s, talk.Commit{Chat: chat, Reader: &news.Reader{Pace: news.PaceDigest, Follows: []news.Slug{"news"}, Breaking: true}, Join: &talk.Consent{How: "chat"}})
}

// lendTip has a chat tell something with a file, and an editor open it.
func lendTip(t *testing.T, s *sqlite.Store, chat news.ChatID) (sum string) {
	t.Helper()
	now := time.Now()
	id, _, err := s.Told(t.Context(), "tip", desk.Tip{File: desk.TipFile{Ref: "r", Kind: news.MediaVoice}, At: now}, desk.Teller{Seat: desk.Seat{Account: "telegram:1", Chat: chat}})
	if err == nil {
		err = s.Lend(t.Context(), id, desk.File{Sum: "a", Kind: news.MediaVoice}, []byte("OggS"), desk.Entry{At: now, Act: desk.ActFetch})
	}
	if data, lost := s.AttachmentData(t.Context(), "a"); err != nil || lost != nil || string(data) != "OggS" {
		t.Fatalf("%q is lent, %v, %v", data, err, lost)
	}
	return "a"
}

func TestRestore(t *testing.T) {
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "nashra.db"), filepath.Join(dir, "backup.db")
	s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, chat := range []news.ChatID{"stays", "leaves", "forgotten"} {
		join(t, s, chat)
	}
	lent := lendTip(t, s, "forgotten")
	e, lane := publish(t, s, news.Broadcast{Kind: news.Breaking, Words: "w", Audience: news.Audience{Everyone: true}})
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	commit(t, s, talk.Commit{Chat: "leaves", Leave: "stop"})
	commit(t, s, talk.Commit{Chat: "forgotten", Forget: true})
	late := join(t, s, "late")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	done, err := sqlite.Restore(t.Context(), backup, path)
	if err != nil {
		t.Fatal(err)
	}
	if done.Aside != path+".before-restore" || done.Unread != nil || done.Forgotten != 1 || done.Left != 1 || done.Paused != 1 {
		t.Errorf("restored %+v", done)
	}
	s = openAt(t, path, sqlite.Options{})
	var chats []news.ChatID
	err = s.Export(t.Context(), func(one sqlite.Subscriber) error { chats = append(chats, one.Chat); return nil })
	if err != nil || !slices.Equal(chats, []news.ChatID{"stays"}) {
		t.Errorf("readers %v, %v", chats, err)
	}
	lanes, err := s.Lanes(t.Context(), "telegram:1")
	if err != nil || len(lanes) != 1 || lanes[0].Key != lane || lanes[0].State != news.Paused {
		t.Errorf("lanes %+v, %v", lanes, err)
	}
	if _, err := s.AttachmentData(t.Context(), lent); !errors.Is(err, desk.ErrNone) {
		t.Errorf("the file of a tip is back: %v", err)
	}
	again, err := s.Own(t.Context(), "telegram:1")
	if err != nil || again.N <= e.N {
		t.Errorf("epoch %d after %d, %v", again.N, e.N, err)
	}
	if id := join(t, s, "next"); id <= late {
		t.Errorf("the id %d is given again: %d had it", id, late)
	}
	imported, err := s.Import(t.Context(), time.Now(), []sqlite.Subscriber{{Reader: news.Reader{Account: "telegram:1", Chat: "forgotten", Kind: news.Private}}})
	if err != nil || imported.Forgotten != 1 {
		t.Errorf("imported %+v, %v", imported, err)
	}
	var names []string
	files, err := os.ReadDir(dir)
	for _, f := range files {
		names = append(names, strings.TrimPrefix(f.Name(), "nashra.db"))
	}
	if slices.Sort(names); err != nil || !slices.Equal(names, []string{"", "-shm", "-wal", ".before-restore", "backup.db"}) {
		t.Errorf("files %q, %v", names, err)
	}
}

// TestRestoreOver replaces what cannot be read, and what was there twice.
func TestRestoreOver(t *testing.T) {
	backup := filepath.Join(t.TempDir(), "backup.db")
	if err := open(t).Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	path := text(t, "no database at all")
	for _, aside := range []string{path + ".before-restore", path + ".before-restore-2"} {
		done, err := sqlite.Restore(t.Context(), backup, path)
		if err != nil || done.Aside != aside || (done.Unread != nil) != (aside == path+".before-restore") {
			t.Fatalf("restored %+v, %v", done, err)
		}
	}
	fresh := filepath.Join(t.TempDir(), "new.db")
	if done, err := sqlite.Restore(t.Context(), backup, fresh); err != nil || done.Aside != "" {
		t.Errorf("restored %+v, %v", done, err)
	}
	openAt(t, fresh, sqlite.Options{})
}

func TestRestoreRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nashra.db")
	openAt(t, path, sqlite.Options{})
	for name, from := range map[string]string{"damaged": damaged(t), "foreign": text(t, "no database"), "empty": text(t, ""), "missing": path + ".nowhere"} {
		if _, err := sqlite.Restore(t.Context(), from, path); err == nil {
			t.Errorf("a %s backup was restored", name)
		}
	}
	backup := path + ".backup"
	if err := open(t).Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	lock, err := sqlite.LockAccount(path, "telegram:1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Restore(t.Context(), backup, path); !errors.Is(err, sqlite.ErrLocked) {
		t.Errorf("restored under a running program: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Error(err)
	}
	if files, err := filepath.Glob(path + ".before*"); err != nil || len(files) > 0 {
		t.Errorf("a backup that was refused moved the database aside: %v, %v", files, err)
	}
}

func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nashra.db")
	lock, err := sqlite.LockAccount(path, "telegram:1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.LockAccount(path, "telegram:1"); !errors.Is(err, sqlite.ErrLocked) || !strings.Contains(err.Error(), "telegram:1") {
		t.Errorf("locked twice: %v", err)
	}
	other, err := sqlite.LockAccount(path, "whatsapp:../1")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(lock.Release(), other.Release()); err != nil {
		t.Fatal(err)
	}
	if lock, err = sqlite.LockAccount(path, "telegram:1"); err != nil {
		t.Fatalf("locked after a release: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Error(err)
	}
}

// TestFull fills the database to a limit and makes room again.
func TestFull(t *testing.T) {
	s := open(t)
	limit := func(pages string) {
		if _, err := s.DB().ExecContext(t.Context(), "PRAGMA max_page_count = "+pages); err != nil {
			t.Fatal(err)
		}
	}
	join(t, s, "1")
	limit("1")
	var err error
	for n := 0; n < 1000 && err == nil; n++ {
		_, err = s.Commit(t.Context(), talk.Commit{Account: "telegram:1", Chat: "1", Kind: news.Private, Memo: make([]byte, 10_000*n)})
	}
	if !errors.Is(err, sqlite.ErrFull) {
		t.Fatalf("a full disk is told as %v", err)
	}
	if c, err := s.Chat(t.Context(), "telegram:1", "1"); err != nil || c.Reader.ID == 0 {
		t.Errorf("reading from a full disk: %+v, %v", c, err)
	}
	limit("100000")
	commit(t, s, talk.Commit{Chat: "1", Memo: make([]byte, 1000)})
}

// TestReopen closes the file in mid-broadcast and goes on.
func TestReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nashra.db")
	s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	populate(t, s, 1200)
	e, lane := publish(t, s, news.Broadcast{Kind: news.Breaking, Words: "w", Audience: news.Audience{Everyone: true}})
	first, err := s.Take(t.Context(), e, lane, 500)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, path, sqlite.Options{})
	if e, err = s.Own(t.Context(), "telegram:1"); err != nil {
		t.Fatal(err)
	}
	chunks, err := s.Reopen(t.Context(), e)
	if err != nil || len(chunks) != 1 || !slices.EqualFunc(chunks[0].Recipients, first.Recipients, func(a, b outbox.Recipient) bool { return a.ID == b.ID }) {
		t.Fatalf("%d chunks are open, %v", len(chunks), err)
	}
	next, err := s.Take(t.Context(), e, lane, 500)
	if err != nil || next.Lo <= first.Hi || len(next.Recipients) != 500 {
		t.Errorf("the next chunk begins at %d with %d, %v", next.Lo, len(next.Recipients), err)
	}
}

// TestInBubble runs the promises under a fake clock.
func TestInBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "nashra.db"), sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		began := time.Now()
		join(t, s, "1")
		e, lane := publish(t, s, news.Broadcast{Kind: news.Breaking, Words: "w", Audience: news.Audience{Everyone: true}})
		if c, err := s.Take(t.Context(), e, lane, 5); err != nil || len(c.Recipients) != 1 {
			t.Errorf("%d recipients, %v", len(c.Recipients), err)
		}
		if waited := time.Since(began); waited != 0 {
			t.Errorf("the fake clock moved by %v", waited)
		}
	})
}
