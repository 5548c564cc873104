package wire_test

import (
	"context"
	"errors"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// atWork is a world whose program is sending an alert to a crowd.
func atWork(t *testing.T, readers int, words string) (*world, news.BroadcastID) {
	t.Helper()
	w := newWorld(t)
	w.network.AnyChat = true
	w.start()
	w.crowd(readers)
	id := w.alert(words)
	w.pass(3 * time.Second)
	if n := len(w.sends(words)); n == 0 || n >= readers {
		t.Fatalf("%d of %d have the alert after three seconds: this test means to be in the middle", n, readers)
	}
	return w, id
}

// delivered fails unless the receipts of a broadcast say that it was sent to
// each of n readers.
func (w *world) delivered(id news.BroadcastID, n int) {
	w.t.Helper()
	outcomes := map[news.Outcome]int{}
	err := w.store.Deliveries(w.t.Context(), id, func(d store.Delivery) error {
		outcomes[d.Outcome]++
		return nil
	})
	if err != nil || outcomes[news.Sent] != n || len(outcomes) != 1 {
		w.t.Errorf("the receipts say %v, want %d sent: %v", outcomes, n, err)
	}
}

// A token that is revoked in mid-broadcast: nothing is sent any more, the queue
// is kept, it is said once, and after a new start everything arrives once.
func TestTokenIsRevoked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const readers, words = 400, "إغلاق طريق الوادي"
		w, id := atWork(t, readers, words)
		w.bot.Revoke()
		w.pass(time.Second)
		sent, calls := len(w.sends(words)), len(w.network.Calls())
		w.pass(30 * time.Minute)
		if n := len(w.network.Calls()) - calls; n > 2 {
			t.Errorf("%d calls were made with a revoked token after it was known", n)
		}
		if n := w.logged("level=ERROR", "account="); n < 1 || n > 2 { // by who receives and by who sends
			t.Errorf("the loss of the account was said %d times", n)
		}
		w.publish("افتتاح مكتبة", "news") // the sources are pulled all the same
		w.pass(10 * time.Minute)
		status, err := w.program.Acts().Status(t.Context())
		if err != nil || status.(wire.Status).Accounts[0].Halted == "" {
			t.Errorf("the status says %+v, %v", status, err)
		}

		w.restart() // still revoked
		w.pass(time.Minute)
		if n := len(w.sends(words)); n != sent {
			t.Errorf("%d were sent with a revoked token", n-sent)
		}
		w.bot.Restore()
		w.restart()
		w.pass(time.Minute)
		w.onceEach(words, readers)
		w.delivered(id, readers)
		if status, err := w.program.Acts().Status(t.Context()); err != nil || status.(wire.Status).Accounts[0].Halted != "" {
			t.Errorf("the status says %+v, %v", status, err)
		}
		w.until("20:00")
		w.pass(time.Minute)
		w.onceEach("افتتاح مكتبة", readers)
	})
}

// A full disk: sending pauses, since what was sent could not be remembered, and
// goes on by itself as soon as there is room. Nothing is lost, nothing comes
// twice.
func TestDiskIsFull(t *testing.T) {
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	synctest.Test(t, func(t *testing.T) {
		const readers, words = 400, "إغلاق طريق الوادي"
		w, id := atWork(t, readers, words)
		room := fillDisk(t)
		before := len(w.sends(words))
		w.publish("افتتاح مكتبة", "news")
		salim := w.reader("سالم")
		salim.phone.SendText(salim.chat, "/start")
		w.pass(10 * time.Minute)
		if n := len(w.sends(words)) - before; n > inFlight {
			t.Errorf("%d were sent that could not be remembered, want at most %d", n, inFlight)
		}
		salim.gets()
		if w.logged("the disk is full") == 0 {
			t.Error("nothing is said of the full disk")
		}
		room()
		w.pass(5 * time.Minute)
		w.onceEach(words, readers)
		w.delivered(id, readers)
		if len(salim.got()) == 0 {
			t.Error("a reader who wrote in the meantime has no answer")
		}
		w.until("20:00")
		w.pass(time.Minute)
		w.onceEach("افتتاح مكتبة", readers+1)
	})
}

// inFlight is how many messages may be on their way at the default rate.
const inFlight = 5

// fillDisk makes every file of this process end at 4 KB, so that SQLite cannot
// write a page, and returns what makes room again.
func fillDisk(t *testing.T) (room func()) {
	t.Helper()
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 4 << 10, Max: was.Max}); err != nil {
		t.Fatal(err)
	}
	room = sync.OnceFunc(func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(room)
	return room
}

// A handler that panics: it is logged and answered with an apology, and the
// program lives; others do not notice.
func TestHandlerPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		trap := &trapStore{}
		w.wrap = func(s store.Store) store.Store { trap.Store = s; return trap }
		w.start()
		salim, nur := w.joined("سالم"), w.joined("نور")
		trap.armed.Store(true)
		answer := salim.asks("اشتراك الطقس")
		trap.armed.Store(false)
		if want := talk.Apology("ar"); answer != want {
			t.Errorf("the answer is %q, want %q", answer, want)
		}
		if n := w.logged("level=ERROR", "the handler panicked"); n != 1 {
			t.Errorf("the panic was logged %d times", n)
		}
		if answer := nur.asks("مساعدة"); answer == "" {
			t.Error("another reader has no answer")
		}
		if answer := salim.asks("مساعدة"); answer == "" {
			t.Error("the reader has no answer any more")
		}
		w.publish("افتتاح مكتبة", "news")
		w.until("20:00")
		salim.gets("افتتاح مكتبة")
		nur.gets("افتتاح مكتبة")
	})
}

// trapStore panics when the conversation commits, with what a reader wrote.
type trapStore struct {
	store.Store
	armed atomic.Bool
}

func (s *trapStore) Commit(ctx context.Context, c talk.Commit) (talk.Committed, error) {
	if s.armed.Load() {
		panic("اشتراك الطقس")
	}
	return s.Store.Commit(ctx, c)
}

// A database of a newer version is left alone, and the sentence says what to
// do.
func TestNewerDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nashra.db")
	db, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.DB().ExecContext(t.Context(), "PRAGMA user_version = 9999"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // it stays as it is
		_, err = store.Open(t.Context(), path, store.Options{})
		if !errors.Is(err, store.ErrNewer) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "9999") {
			t.Errorf("said %v", err)
		}
	}
}
