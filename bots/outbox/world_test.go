package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

const account = news.AccountID("telegram:1")

var errDead = errors.New("the process is dead")

// world is an account with everything around it, under a fake clock.
type world struct {
	t      testing.TB
	db     *memory
	real   outbox.Store // in the place of db; nil: db
	net    *network
	box    *outbox.Outbox
	limits bots.Limits
	setup  func(*outbox.Outbox)
	log    strings.Builder

	life *life
}

// life is one run of the program.
type life struct {
	mu   sync.Mutex
	dead bool
	stop context.CancelFunc
	done chan error
}

func (l *life) isDead() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dead
}

func newWorld(t testing.TB) *world {
	return &world{
		t: t, db: newMemory(), net: &network{trip: 20 * time.Millisecond, has: map[string]bool{}, lifted: map[string]int{}},
		limits: bots.Limits{Text: 4096, Caption: 1024, Rate: 30, ChatGap: time.Second, GroupRate: 20, InFlight: 4, Links: true},
	}
}

// begin starts the program.
func (w *world) begin() {
	ctx, stop := context.WithCancel(context.Background())
	l := &life{stop: stop, done: make(chan error, 1)}
	w.life = l
	w.box = &outbox.Outbox{
		Store: &mortal{Store: w.store(), life: l}, Adapter: &line{network: w.net, life: l, limits: w.limits},
		Composer: composer{w.db}, Tree: func() news.Tree { return tree }, Secret: []byte("secret"),
		Now: time.Now, Log: slog.New(slog.NewTextHandler(logWriter{w}, nil)),
	}
	if w.setup != nil {
		w.setup(w.box)
	}
	box := w.box
	go func() { l.done <- box.Run(ctx) }()
}

func (w *world) store() outbox.Store {
	if w.real != nil {
		return w.real
	}
	return w.db
}

// end stops the program in good order.
func (w *world) end() error {
	w.life.stop()
	return <-w.life.done
}

// kill stops it in the worst way: nothing of what it does from now on has an
// effect.
func (w *world) kill() {
	w.life.mu.Lock()
	w.life.dead = true
	w.life.mu.Unlock()
	w.life.stop()
	<-w.life.done
}

type logWriter struct{ w *world }

func (l logWriter) Write(p []byte) (int, error) {
	if l.w.log.Len() < 1<<20 {
		l.w.log.Write(p)
	}
	return len(p), nil
}

// pass lets time go by.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

var tree = news.NewTree([]news.Section{
	{Slug: "news", Name: "أخبار"},
	{Slug: "weather", Parent: "news", Name: "الطقس"},
	{Slug: "jobs", Name: "وظائف"},
	{Slug: "culture", Name: "ثقافة"},
	{Slug: "poetry", Parent: "culture", Name: "شعر"},
})

// composer sets a line for each article.
type composer struct{ db *memory }

func (c composer) Compose(_ context.Context, b news.Broadcast, articles []news.ArticleID, _ news.Platform) (news.Message, error) {
	if err := c.db.composeError(); err != nil {
		return news.Message{}, err
	}
	if b.Words != "" {
		return news.Say(news.T(fmt.Sprintf("%d/%d %s", b.ID, b.Version, b.Words))), nil
	}
	m := news.Message{}
	for _, id := range articles {
		m.Blocks = append(m.Blocks, news.T(fmt.Sprintf("%d/%d a%d %s", b.ID, b.Version, id, strings.Repeat("م", c.db.pad))))
	}
	return m, nil
}

// network is the other side: strict, and scripted.
type network struct {
	mu     sync.Mutex
	trip   time.Duration
	jitter func() time.Duration
	script func(m bots.Message, n int) error // what becomes of the n-th message; nil: it arrives
	window int                               // at most so many in any second; 0: any
	edits  time.Duration                     // a message can be changed so long; 0: for ever
	erases time.Duration                     // and taken back
	bare   bool                              // it takes no media: the words arrive without
	upload time.Duration                     // that a file of ours takes

	n       int
	seconds []time.Time // of what arrived within the last second
	got     []arrival
	refused int
	busy    map[news.ChatID]int
	has     map[string]bool // files of ours that are there, or are refused for good
	lifted  map[string]int  // that are on their way
	faults  []string
}

type arrival struct {
	bots.Message
	at   time.Time
	id   news.MessageID
	edit news.MessageID
	gone bool // edit names a message that was taken back
}

// line is one program's connection to the network.
type line struct {
	*network
	*life
	limits bots.Limits
}

func (l *line) Account() news.AccountID { return account }
func (l *line) Limits() bots.Limits     { return l.limits }

func (l *line) Run(ctx context.Context, _ bots.Handler) error {
	<-ctx.Done()
	return nil
}

func (l *line) Send(ctx context.Context, m bots.Message) (bots.Receipt, error) {
	return l.carry(ctx, m, arrival{})
}

func (l *line) carry(ctx context.Context, m bots.Message, how arrival) (bots.Receipt, error) {
	n := l.network
	n.enter(m.Chat)
	defer n.leave(m.Chat)
	there := n.trip/2 + n.wobble()
	if name := l.Upload(m, how.edit != ""); name != "" {
		defer n.lift(name)()
		there += n.upload
	}
	if !sleep(ctx, there) || l.isDead() {
		<-ctx.Done()
		return bots.Receipt{}, bots.ErrUnknown
	}
	r, err := n.arrive(m, how)
	if !sleep(ctx, n.trip/2+n.wobble()) {
		return bots.Receipt{}, bots.ErrUnknown
	}
	return r, err
}

func (n *network) wobble() time.Duration {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.jitter == nil {
		return 0
	}
	return n.jitter()
}

func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

func (n *network) enter(chat news.ChatID) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.busy == nil {
		n.busy = map[news.ChatID]int{}
	}
	if n.busy[chat]++; n.busy[chat] > 1 {
		n.faults = append(n.faults, fmt.Sprintf("two messages at once to %s", chat))
	}
}

func (n *network) leave(chat news.ChatID) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.busy[chat]--
}

func (n *network) arrive(m bots.Message, how arrival) (bots.Receipt, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := time.Now()
	if n.late(how, now) {
		return bots.Receipt{}, bots.ErrTooLate
	}
	if n.window > 0 {
		for len(n.seconds) > 0 && now.Sub(n.seconds[0]) >= time.Second {
			n.seconds = n.seconds[1:]
		}
		if len(n.seconds) >= n.window {
			n.refused++
			return bots.Receipt{}, &bots.RetryError{After: 3 * time.Second}
		}
		n.seconds = append(n.seconds, now)
	}
	n.n++
	if n.script != nil {
		if err := n.script(m, n.n); err != nil {
			if errors.Is(err, errArrived) {
				n.got = append(n.got, arrival{Message: m, at: now, edit: how.edit, gone: how.gone})
				return bots.Receipt{}, bots.ErrUnknown
			}
			return bots.Receipt{}, err
		}
	}
	id := news.MessageID(fmt.Sprint(1000 + n.n))
	n.got = append(n.got, arrival{m, now, id, how.edit, how.gone})
	r := bots.Receipt{ID: id}
	if m.Media.File() {
		n.has[m.Media.Ref] = true
	}
	if !m.Media.None() && !n.bare {
		r.Media = "photo-ref"
	}
	return r, nil
}

// errArrived scripts a message that arrives while its answer is lost.
var errArrived = errors.New("arrived, but nobody will know")

func (n *network) arrivals() []arrival {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]arrival(nil), n.got...)
}

// texts returns what arrived as "chat: text", in order.
func (n *network) texts() []string {
	var out []string
	for _, a := range n.arrivals() {
		out = append(out, fmt.Sprintf("%s: %s", a.Chat, a.Text.String()))
	}
	return out
}

func (n *network) count(chat news.ChatID) int {
	c := 0
	for _, a := range n.arrivals() {
		if a.Chat == chat {
			c++
		}
	}
	return c
}

func quietLog() *slog.Logger { return slog.New(slog.DiscardHandler) }

func (l *line) Edit(ctx context.Context, id news.MessageID, m bots.Message) (bots.Receipt, error) {
	return l.carry(ctx, m, arrival{edit: id})
}

// withPhoto composes a photo with a caption.
type withPhoto struct{}

func (withPhoto) Compose(context.Context, news.Broadcast, []news.ArticleID, news.Platform) (news.Message, error) {
	return news.Message{Blocks: []news.Text{news.T("caption")}, Media: news.PhotoAt("https://example.om/a.jpg")}, nil
}
