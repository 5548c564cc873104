package desk_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// muscat is the newsroom's zone.
var muscat = time.FixedZone("", 4*3600)

var tree = news.NewTree([]news.Section{
	{Slug: "news", Name: "أخبار"}, {Slug: "weather", Parent: "news", Name: "الطقس"}, {Slug: "jobs", Name: "وظائف"},
})

// world is a desk over the real store, with a clock that is set by hand.
type world struct {
	*testing.T
	ctx   context.Context
	now   time.Time
	setup desk.Setup
	store *sqlite.Store
	press *printer
	desk  *desk.Desk
	keys  int
	read  map[news.ChatID]outbox.ReplyID // of the letters; see newsdesk

	clock  func() time.Time // nil: now, as it was set
	meddle func()           // what others do between a decision and its writing; nil: nothing
}

// meddled is the store, with others at work in between.
type meddled struct {
	*sqlite.Store
	world *world
}

func (m meddled) Moved(ctx context.Context, move desk.Move) (desk.Draft, error) {
	m.world.between()
	return m.Store.Moved(ctx, move)
}

func (m meddled) Wrote(ctx context.Context, move desk.Move) (desk.Draft, error) {
	m.world.between()
	return m.Store.Wrote(ctx, move)
}

// between lets the others do something, who are not disturbed in it.
func (w *world) between() {
	if do := w.meddle; do != nil {
		w.meddle = nil
		do()
		if w.meddle == nil {
			w.meddle = do
		}
	}
}

// newWorld is a desk whose bot is open to the public.
func newWorld(t *testing.T) *world {
	w := newClosed(t)
	w.must(w.desk.Open(w.ctx, 0))
	return w
}

// newClosed is a desk whose bot is not open yet.
func newClosed(t *testing.T) *world {
	w := &world{
		T: t, ctx: t.Context(), now: time.Date(2025, 11, 23, 10, 0, 0, 0, muscat),
		setup: desk.Setup{Zone: muscat, Networks: []news.Platform{news.Telegram}},
	}
	s, err := sqlite.Open(w.ctx, filepath.Join(t.TempDir(), "nashra.db"), sqlite.Options{Now: func() time.Time { return w.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	w.store = s
	w.must(s.Settings(w.ctx, store.Settings{Slots: []news.Slot{"morning"}, Tree: tree}))
	w.press = &printer{world: w, gone: map[news.BroadcastID]bool{}}
	w.start()
	return w
}

// start makes a new desk over the same store: what a restart does.
func (w *world) start() {
	w.desk = &desk.Desk{
		Store: meddled{w.store, w}, Press: w.press, Tree: func() news.Tree { return tree },
		Now: w.time, Setup: func() desk.Setup { return w.setup },
	}
}

func (w *world) time() time.Time {
	if w.clock != nil {
		return w.clock()
	}
	return w.now
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// refused fails unless err is a refusal for a reason.
func (w *world) refused(err error, code desk.Code) {
	w.Helper()
	if got, ok := desk.CodeOf(err); !ok || got != code {
		w.Errorf("refused with %q (%v), want %q", got, err, code)
	}
}

// hire seats an editor in a chat of their own.
func (w *world) hire(role desk.Role, chat news.ChatID, sections ...news.Slug) desk.Editor {
	w.Helper()
	code, err := w.desk.Invite(w.ctx, 0, role, sections, string(chat))
	w.must(err)
	e, _, err := w.desk.Claim(w.ctx, desk.Seat{Account: "telegram:1", Chat: chat}, code, "")
	w.must(err)
	return e
}

func (w *world) pass(d time.Duration) { w.now = w.now.Add(d) }

// tick has the desk do what is due.
func (w *world) tick() {
	w.Helper()
	_, err := w.desk.Once(w.ctx)
	w.must(err)
}

// draft writes a draft to the readers of weather.
func (w *world) draft(by desk.EditorID, words string) desk.Draft {
	w.Helper()
	d, err := w.desk.Write(w.ctx, by, "", desk.Content{Words: words, Sections: []news.Slug{"weather"}})
	w.must(err)
	return d
}

func (w *world) look(by desk.EditorID, id desk.DraftID) desk.Preview {
	w.Helper()
	p, err := w.desk.Preview(w.ctx, by, id)
	w.must(err)
	return p
}

// send takes a draft all the way out.
func (w *world) send(by desk.EditorID, id desk.DraftID) desk.Draft {
	w.Helper()
	p := w.look(by, id)
	_, err := w.desk.Confirm(w.ctx, by, id, p.Draft.Version)
	w.must(err)
	w.pass(time.Minute)
	w.tick()
	return w.is(id, desk.Sending)
}

// is fails unless a draft is in a state.
func (w *world) is(id desk.DraftID, state desk.State) desk.Draft {
	w.Helper()
	d, err := w.store.Draft(w.ctx, id)
	w.must(err)
	if d.State != state {
		w.Errorf("draft %d is in %s, want %s", id, d.State, state)
	}
	return d
}

// printer is a press over the real store, that can die before and after it has
// printed.
type printer struct {
	world   *world
	mu      sync.Mutex
	printed []print
	gone    map[news.BroadcastID]bool // what was withdrawn
	die     func() error              // asked before and after
}

func (w *world) printed() []print {
	w.press.mu.Lock()
	defer w.press.mu.Unlock()
	return slices.Clone(w.press.printed)
}

type print struct {
	key   string
	words string
	id    news.BroadcastID
}

var errKilled = errors.New("killed")

func (p *printer) once(key, words string, do func() (news.BroadcastID, bool, error)) (news.BroadcastID, error) {
	p.world.between()
	if p.die != nil && p.die() != nil {
		return 0, errKilled
	}
	id, fresh, err := do()
	if err != nil {
		return 0, err
	}
	if fresh {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.printed = append(p.printed, print{key: key, words: words, id: id})
	}
	if p.die != nil && p.die() != nil {
		return 0, errKilled
	}
	return id, nil
}

func (p *printer) Publish(ctx context.Context, key desk.Key, o desk.Order) (news.BroadcastID, error) {
	return p.once(key.String(), o.Broadcast.Words, func() (news.BroadcastID, bool, error) {
		return p.world.store.Print(ctx, key, digest.Publication{Broadcast: o.Broadcast, Accounts: []news.AccountID{"telegram:1"}})
	})
}

func (p *printer) amend(a news.Amendment, do func(context.Context, news.Amendment) (news.BroadcastID, error)) (news.BroadcastID, error) {
	return p.once(a.Key, a.Words, func() (news.BroadcastID, bool, error) {
		id, err := do(p.world.ctx, a)
		fresh := !slices.ContainsFunc(p.printed, func(one print) bool { return one.id == id })
		return id, fresh, err
	})
}

func (p *printer) Correct(_ context.Context, a news.Amendment) (news.BroadcastID, error) {
	return p.amend(a, p.world.store.Correct)
}

func (p *printer) Withdraw(_ context.Context, a news.Amendment) (news.BroadcastID, error) {
	return p.amend(a, func(ctx context.Context, a news.Amendment) (news.BroadcastID, error) {
		id, err := p.world.store.Withdraw(ctx, a)
		if err == nil {
			p.gone[a.Original] = true
		}
		return id, err
	})
}

func (p *printer) Control(ctx context.Context, id news.BroadcastID, state news.State) error {
	p.world.between()
	if p.die != nil && p.die() != nil {
		return errKilled
	}
	if err := p.world.store.Control(ctx, id, state); err != nil && !errors.Is(err, store.ErrOver) {
		return err
	}
	return nil
}

func (p *printer) TryAgain(ctx context.Context, id news.BroadcastID) (int, error) {
	p.world.between()
	return p.world.store.TryAgain(ctx, id)
}

func (p *printer) State(ctx context.Context, id news.BroadcastID) (news.State, error) {
	b, err := p.world.store.Broadcast(ctx, id)
	return b.State, err
}

func (p *printer) Pulse(ctx context.Context, id news.BroadcastID) ([]news.Pulse, error) {
	return p.world.store.Pulse(ctx, id)
}
