package wire_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/botstest"
	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

const (
	token  = "1000000001:test-test-test-test-test-test-test"
	secret = "test-test-test-test-test-test-test"
)

// sample is the configuration that the tests begin with.
const sample = `newsroom:
  name: عاشق عُمان
sources:
  - {name: site, url: "https://news.example", breaking: auto}
telegram: {}
default_section: news
sections:
  - slug: news
    name: أخبار
    match: {categories: [news]}
    sections:
      - {slug: weather, name: الطقس, synonyms: [طقس], match: {categories: [weather]}}
  - {slug: jobs, name: وظائف, match: {categories: [jobs]}}
  - {slug: poetry, name: شعر, form: poem, match: {categories: [poetry]}}
  - {slug: rumours, name: لا للشائعات, form: check, match: {categories: [no-rumours]}}
`

// world is everything around one program: the site, the network, the clock
// and the database file, all of which outlive it.
type world struct {
	t       *testing.T
	config  string // what the next start reads
	folder  string
	clock   *clock
	site    *feedtest.Site
	sites   map[string]http.Handler // by host
	network *telegramtest.Server
	bot     *telegramtest.Bot
	readers []*reader
	log     *botstest.Journal

	whatsapp *whatsapptest.Server // nil: the newsroom is not on it
	friends  []*friend            // its readers
	skew     atomic.Int64         // of its clock, a duration

	free   func(string) (uint64, error) // what is left on a disk; nil: as it is
	away   atomic.Bool                  // Telegram cannot be reached
	steady func() time.Duration         // makes the program watch its clock
	dated  func() time.Time             // what sites and Telegram say the time is; nil: nothing

	wrap    func(store.Store) store.Store // hands the program another store; nil: its own
	program *wire.Program
	store   store.Store
	end     func()
	claim   string // the code of the first owner, as the last start gave it out
	closed  bool   // nobody opens the bot to the public before it starts
	unopen  int    // starts that said that it is not open
}

// newWorld is a world on a Monday at eight in the morning in Muscat, with two
// articles on the site already. The program is not running yet.
func newWorld(t *testing.T) *world {
	w := &world{
		t: t, config: sample, folder: t.TempDir(), clock: &clock{}, log: new(botstest.Journal),
		network: &telegramtest.Server{},
	}
	w.clock.set(time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC))
	w.network.Now = w.clock.Now
	w.bot = w.network.AddBot(token, "nashra_test_bot")
	w.site = w.newSite("https://news.example")
	w.sites = map[string]http.Handler{"news.example": w.site}
	w.publish("خبر من الأرشيف", "news")
	w.publish("طقس من الأرشيف", "weather")
	t.Cleanup(func() {
		w.halt()
		w.network.Close()
		w.discreet()
	})
	return w
}

func (w *world) newSite(base string) *feedtest.Site {
	s := &feedtest.Site{Base: base, Name: "عاشق عُمان", Now: w.clock.Now}
	for i, slug := range []string{"news", "weather", "jobs", "poetry", "no-rumours", "urgent"} {
		name := slug
		if slug == "urgent" {
			name = "عاجل"
		}
		s.AddCategory(feedtest.Category{ID: i + 1, Slug: slug, Name: name})
	}
	return s
}

// publish puts an article with a title into categories of the site.
func (w *world) publish(title string, categories ...string) int {
	return w.publishOn(w.site, title, categories...)
}

func (w *world) publishOn(s *feedtest.Site, title string, categories ...string) int {
	p := feedtest.Post{Title: title, Content: "<p>تفاصيل " + title + " في السطور التالية من هذا النص.</p>"}
	for _, c := range s.Categories() {
		if slices.Contains(categories, c.Slug) {
			p.Categories = append(p.Categories, c.ID)
		}
	}
	if len(p.Categories) != len(categories) {
		w.t.Fatalf("the site has not all of the categories %v", categories)
	}
	return s.Publish(p)
}

// RoundTrip goes to the site of the request's host.
func (w *world) RoundTrip(r *http.Request) (*http.Response, error) {
	h, ok := w.sites[r.URL.Host]
	if !ok {
		return nil, fmt.Errorf("dial %s: no route to host", r.URL.Host)
	}
	return w.date(feedtest.Transport{Handler: h}.RoundTrip(r))
}

// date dates an answer.
func (w *world) date(resp *http.Response, err error) (*http.Response, error) {
	if err == nil && w.dated != nil {
		resp.Header.Set("Date", w.dated().UTC().Format(http.TimeFormat))
	}
	return resp, err
}

// toTelegram goes to the network.
type toTelegram struct{ w *world }

func (n toTelegram) RoundTrip(r *http.Request) (*http.Response, error) {
	if n.w.away.Load() {
		return nil, fmt.Errorf("dial %s: no route to host", r.URL.Host)
	}
	return n.w.date(telegramtest.Transport{Handler: n.w.network}.RoundTrip(r))
}

// start starts the program on the database file and lets it come to rest.
func (w *world) start() {
	w.t.Helper()
	plan, err := w.plan()
	if err != nil {
		w.t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	db, err := store.Open(w.t.Context(), plan.Database, store.Options{Now: w.clock.Now, Log: log})
	if err != nil {
		w.t.Fatal(err)
	}
	w.store = db
	if w.wrap != nil {
		w.store = w.wrap(db)
	}
	parts := wire.Parts{
		Plan: plan, Store: w.store, Sources: w, Network: toTelegram{w}, Free: w.free, Steady: w.steady,
		Secret: func(string) (string, error) { return token, nil },
		Reload: w.plan, Now: w.clock.Now, Log: log, Version: "test", FirstOwner: func(code string) { w.claim = code },
		Closed: func() { w.unopen++ },
	}
	if w.whatsapp != nil {
		parts.DB, parts.WhatsApp = db.DB(), w.whatsapp.Client()
	}
	w.program, err = wire.New(parts)
	if err != nil {
		w.t.Fatal(err)
	}
	if !w.closed {
		if err := w.program.Acts().Open(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.program.Run(ctx) }()
	w.end = func() {
		synctest.Wait() // see botstest.Settle
		began := time.Now()
		cancel()
		if err := <-ended; err != nil {
			w.t.Errorf("the program ended with %v", err)
		}
		if took := time.Since(began); took > 10*time.Second {
			w.t.Errorf("the program took %v to stop", took)
		}
		if err := db.Close(); err != nil {
			w.t.Errorf("close the database: %v", err)
		}
	}
	w.pass(5 * time.Second)
}

func (w *world) plan() (*wire.Plan, error) {
	return wire.ParseConfig(filepath.Join(w.folder, "nashra.yaml"), []byte(w.config))
}

// halt stops the program, if it runs.
func (w *world) halt() {
	if w.end != nil {
		w.end()
		w.end = nil
	}
}

func (w *world) restart() {
	w.t.Helper()
	w.halt()
	w.start()
}

// pass lets time pass, and everything that comes of it happen.
func (w *world) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// later is d later. The clock skips all but the last quarter of an hour, in
// which the sources are pulled and looked at.
func (w *world) later(d time.Duration) {
	const last = 15 * time.Minute
	if d > last {
		w.clock.move(d - last)
		w.program.Woken()
	}
	w.pass(min(d, last))
}

// until is until the clock in Muscat next says hour, and a little more. The
// clock skips what is far from it; the last minutes pass one by one, and the
// sources are pulled in them.
func (w *world) until(hour string) {
	w.t.Helper()
	now := w.clock.Now().In(muscat())
	at, err := time.ParseInLocation("2006-01-02 15:04", now.Format("2006-01-02 ")+hour, muscat())
	if err != nil {
		w.t.Fatal(err)
	}
	if !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	if skip := at.Sub(now) - 5*time.Minute; skip > 0 {
		w.clock.move(skip)
		w.program.Woken()
	}
	w.pass(at.Sub(w.clock.Now()) + 5*time.Second)
}

func muscat() *time.Location { return time.FixedZone("", 4*60*60) }

// discreet fails when the log holds the token, or anything that was said in a
// chat.
func (w *world) discreet() {
	log := w.log.String()
	said := []string{secret, w.claim}
	for _, r := range w.readers {
		for _, m := range r.chat.History() {
			said = append(said, m.Text)
			for line := range strings.Lines(m.Text) {
				if line = strings.TrimSpace(line); !m.FromBot && len([]rune(line)) > 3 {
					said = append(said, line)
				}
			}
		}
	}
	for _, words := range said {
		if words != "" && (strings.Contains(log, words) || strings.Contains(log, fmt.Sprintf("%q", words))) {
			w.t.Errorf("the log holds %q", words)
		}
	}
}

// logged counts the lines of the log with all of the words.
func (w *world) logged(words ...string) int { return botstest.Count(w.log.String(), words...) }

// alert sends an alert by hand to sections, or to everyone.
func (w *world) alert(words string, sections ...news.Slug) news.BroadcastID {
	w.t.Helper()
	id, err := w.program.Acts().Alert(w.t.Context(), desk.Alert{Words: words, Sections: sections, Everyone: len(sections) == 0})
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// crowd imports n readers who follow everything, with chats of their own.
func (w *world) crowd(n int) {
	w.t.Helper()
	var csv strings.Builder
	csv.WriteString("account,chat,consent\n")
	for i := range n {
		fmt.Fprintf(&csv, "telegram:1000000001,%d,the old list\n", firstOfCrowd+i)
	}
	done, err := w.program.Acts().Import(w.t.Context(), strings.NewReader(csv.String()))
	if err != nil {
		w.t.Fatal(err)
	}
	if got := done.(store.Imported).Added; got != n {
		w.t.Fatalf("imported %d readers, want %d", got, n)
	}
}

// firstOfCrowd is the chat of the first imported reader.
const firstOfCrowd = 5_000_000

// sends returns the successful calls that bring a text into a chat, in their
// order, whose text holds words.
func (w *world) sends(words string) []telegramtest.Call {
	var out []telegramtest.Call
	for _, c := range w.network.Calls() {
		if c.Method == "sendMessage" && c.Error == nil && strings.Contains(c.Params["text"], words) {
			out = append(out, c)
		}
	}
	return out
}

// onceEach fails unless a text with words went once to each of n readers of the
// crowd.
func (w *world) onceEach(words string, n int) {
	w.t.Helper()
	times := map[string]int{}
	for _, c := range w.sends(words) {
		times[c.Params["chat_id"]]++
	}
	for chat, n := range times {
		if n != 1 {
			w.t.Errorf("%q went %d times to chat %s", words, n, chat)
		}
	}
	if len(times) != n {
		w.t.Errorf("%q went to %d chats, want %d", words, len(times), n)
	}
}

// reader is a person with a phone, or a chat with a person in it.
type reader struct {
	w     *world
	name  string
	phone *telegramtest.Phone
	chat  *telegramtest.Chat
	seen  int // messages of the bot that were looked at
}

func (w *world) reader(name string) *reader {
	phone := w.network.AddUser(telegramtest.User{FirstName: name, Language: "ar"})
	return w.in(phone, phone.Private(w.bot), name)
}

// in is a person in a chat.
func (w *world) in(phone *telegramtest.Phone, chat *telegramtest.Chat, name string) *reader {
	r := &reader{w: w, name: name, phone: phone, chat: chat}
	w.readers = append(w.readers, r)
	return r
}

// joined is a reader who has subscribed by command and read the answers.
func (w *world) joined(name string, commands ...string) *reader {
	w.t.Helper()
	r := w.reader(name)
	for _, c := range append([]string{"/start"}, commands...) {
		if r.asks(c) == "" {
			w.t.Fatalf("%s sent %q and got no answer", name, c)
		}
	}
	return r
}

// asks sends a text and returns the bot's answers.
func (r *reader) asks(text string) string {
	r.phone.SendText(r.chat, text)
	r.w.pass(5 * time.Second)
	return strings.Join(r.got(), "\n---\n")
}

// got returns what the bot has written since the last look.
func (r *reader) got() []string {
	var texts []string
	all := r.chat.FromBots()
	for _, m := range all[r.seen:] {
		texts = append(texts, strings.NewReplacer("\u200f", "", "\u200e", "").Replace(m.Text))
	}
	r.seen = len(all)
	return texts
}

// gets fails unless the bot has written, since the last look, one message for
// each of words, in this order, that holds them.
func (r *reader) gets(words ...string) {
	r.w.t.Helper()
	got := r.got()
	if len(got) != len(words) {
		r.w.t.Errorf("%s: %s got %d messages, want %d:\n%s", r.w.hour(), r.name, len(got), len(words), strings.Join(got, "\n---\n"))
		return
	}
	for i, text := range got {
		if !strings.Contains(text, words[i]) {
			r.w.t.Errorf("%s: %s got\n%s\nwant something with %q", r.w.hour(), r.name, text, words[i])
		}
	}
}

func (w *world) hour() string { return w.clock.Now().In(muscat()).Format("Mon 15:04:05") }

// clock is the bubble's time, moved.
type clock struct{ ahead atomic.Int64 }

func (c *clock) Now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

func (c *clock) set(t time.Time) { c.ahead.Store(int64(time.Until(t))) }

func (c *clock) move(d time.Duration) { c.ahead.Add(int64(d)) }
