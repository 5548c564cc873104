package editor_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/bots/talk/editor"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
	"github.com/nashra-bot/nashra/store/sqlite"
)

const (
	telegram news.AccountID = "telegram:7"
	whatsapp news.AccountID = "whatsapp:7"
)

var muscat = time.FixedZone("", 4*3600)

// world is a newsroom: the real store, the real desk, the real conversation,
// and the door before it. Lines of a transcript:
//
//	network: telegram      header: telegram, or plain: a network without buttons
//	language: en           header: the newsroom's language; Arabic otherwise
//	second: yes            header: alerts to everybody need a second person
//	closed: yes            header: the bot is not open to the public
//	rate: 2                header: messages a second on Telegram; a tenth of it on WhatsApp
//	# words                a comment
//	! as NAME              who writes from now on: each has a chat of their own
//	! seat NAME ROLE       somebody is an editor
//	! wait 5s              time passes, and the desk does what is due
//	! sent N [M]           N of the copies have arrived, M have failed
//	! done                 the last copy is sent
//	! dismiss NAME         is no editor any more
//	! tip NAME WORDS       a reader tells the newsroom something; ! passed NAME WORDS: a message that they got
//	! named NAME WORDS     and agrees to be named
//	! brings NAME KIND[,word] WORDS  and sends a file with it: see file
//	! joins NAME NETWORK SLUGS  somebody reads these sections, parted by commas
//	! left NAME            a reader stops
//	! hears NAME           what a reader was sent since
//	! told NAME            the last thing that an editor was sent
//	! again                the last event is delivered again
//	! propose TITLE        an article suggests itself
//	! took ID              the network took the last answer, as this message
//	! crash                the program dies and starts again
//	! article S TITLE      an article arrives in section S, with a picture
//	+ KIND[,…] words       they send a file, with a caption: see file
//	>> words               they write, in reply to the last message
//	> words                they write; {code} is the last code that was said
//	* label                they press the button with that label, or with that data
//	< words                an answer; "---" parts two messages, "to NAME" says whom another one is for
//	~ words                an answer that takes a message's place
//	^ words                what is shown over a button
//	. (conversation)       it was left to the conversation, which answers readers
//	= STATE N              draft N is in a state
type world struct {
	t       *testing.T
	ctx     context.Context
	now     time.Time
	store   *sqlite.Store
	press   *press
	desk    *desk.Desk
	door    *editor.Door
	setup   desk.Setup
	closed  bool
	account news.AccountID
	name    string
	room    room
	code    string
	seats   map[string]desk.EditorID
	buttons map[string]string
	last    bots.Event
	keys    int
	said    []said
	latest  said
	passed  int

	fetched, articles int
	from              news.AccountID // that the last file was fetched from

	shown   string // the last message
	letters int64
	out     []string

	arrived int            // articles of digests
	read    outbox.ReplyID // of the letters
}

type said struct {
	to talk.Address
	talk.Reply
}

func newWorld(t *testing.T) *world {
	w := &world{
		t: t, ctx: t.Context(), now: time.Date(2026, 11, 23, 10, 0, 0, 0, muscat), account: telegram,
		setup: desk.Setup{Zone: muscat, Networks: []news.Platform{news.Telegram}}, name: "سالم",
		room: arabicRoom(), seats: map[string]desk.EditorID{}, buttons: map[string]string{},
	}
	s, err := sqlite.Open(w.ctx, filepath.Join(t.TempDir(), "nashra.db"), sqlite.Options{Now: func() time.Time { return w.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	w.store = s
	w.press = &press{Store: s, account: func() news.AccountID { return w.account }}
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// start makes desk, conversation and door over the store.
func (w *world) start() {
	w.must(w.store.Settings(w.ctx, store.Settings{Slots: []news.Slot{"morning"}, Tree: w.room.tree}))
	w.setup.Language = w.room.language
	clock := func() time.Time { return w.now }
	composer := &digest.Composer{Store: w.store, Now: clock, Newsroom: func() digest.Newsroom {
		return w.newsroom()
	}}
	w.desk = &desk.Desk{
		Store: arrivals{w.store, w.press}, Press: w.press, Tree: func() news.Tree { return w.room.tree }, Now: clock, Setup: func() desk.Setup { return w.setup },
		Compose: func(ctx context.Context, b news.Broadcast, p news.Platform) (news.Message, error) {
			return composer.Compose(ctx, b, nil, p)
		},
	}
	log := slog.New(slog.DiscardHandler)
	readers := talk.New(talk.Talk{Store: w.store, Digest: composer, Now: clock, Log: log, Settings: func() talk.Settings {
		return talk.Settings{Newsroom: w.room.name, Language: talk.Language(w.room.language), Zone: muscat, Tree: w.room.tree}
	}})
	w.door = editor.New(&editor.Door{
		Desk: w.desk, Store: recorder{w.store, w}, Next: next{w, readers}, Stops: readers.Stops,
		Tree: func() news.Tree { return w.room.tree }, Zone: func() *time.Location { return muscat },
		Reach: w.reach,
		Fetch: w.fetch, Now: clock, Log: log,
	}, w.room.language)
	w.desk.Changed, w.desk.Shows, w.desk.Under = w.door.Changed, w.door.Shows, w.door.Under
	w.bulletins()
}

// reach pretends that two copies could not be touched, and one reader not be
// told.
func (w *world) reach(ctx context.Context, id news.BroadcastID) (news.Reach, error) {
	b, err := w.store.Broadcast(ctx, id)
	n := news.Reach{Copies: w.press.sent, Changed: w.press.sent - 3, Followed: 2, Missed: 1}
	if b.Kind == news.Withdrawal {
		n.Lined = n.Changed - 1 // one has left
	}
	return n, err
}

// open opens the bot to the public, unless the transcript is about that.
func (w *world) open() {
	if !w.closed {
		w.must(w.desk.Open(w.ctx, 0))
	}
}

// recorder notes what the door says.
type recorder struct {
	*sqlite.Store
	w *world
}

func (r recorder) Commit(ctx context.Context, c talk.Commit) (talk.Committed, error) {
	done, err := r.Store.Commit(ctx, c)
	if err == nil {
		for _, one := range c.Replies {
			r.w.said = append(r.w.said, said{talk.Address{Account: c.Account, Chat: c.Chat}, one})
		}
	}
	return done, err
}

// next counts what is left to the conversation.
type next struct {
	w    *world
	talk *talk.Talk
}

func (n next) Handle(ctx context.Context, e bots.Event) (bots.Answer, error) {
	n.w.passed++
	return n.talk.Handle(ctx, e)
}

// press is a press over the real store whose copies arrive when the test says
// so.
type press struct {
	*sqlite.Store
	account      func() news.AccountID
	sent, failed int
	seen, read   int
	done         bool
	printed      []string
}

func (p *press) Publish(ctx context.Context, key desk.Key, o desk.Order) (news.BroadcastID, error) {
	id, fresh, err := p.Print(ctx, key, digest.Publication{Broadcast: o.Broadcast, Accounts: []news.AccountID{p.account()}})
	if fresh {
		p.printed, p.done = append(p.printed, o.Broadcast.Words), false
	}
	return id, err
}

func (p *press) Control(ctx context.Context, id news.BroadcastID, state news.State) error {
	if err := p.Store.Control(ctx, id, state); err != nil && !errors.Is(err, store.ErrOver) {
		return err
	}
	return nil
}

func (p *press) State(ctx context.Context, id news.BroadcastID) (news.State, error) {
	b, err := p.Broadcast(ctx, id)
	if p.done && b.State == news.Running {
		b.State = news.Done
	}
	return b.State, err
}

func (p *press) Pulse(ctx context.Context, id news.BroadcastID) ([]news.Pulse, error) {
	return []news.Pulse{{Account: p.account(), Audience: 100, Counts: map[news.Outcome]int{news.Sent: p.sent, news.Failed: p.failed}}}, nil
}

// TryAgain has what failed arrive.
func (p *press) TryAgain(context.Context, news.BroadcastID) (int, error) {
	n := p.failed
	p.sent, p.failed, p.done = p.sent+n, 0, false
	return n, nil
}

// arrivals is the store, with the copies that the test says.
type arrivals struct {
	*sqlite.Store
	press *press
}

func (a arrivals) Arrived(ctx context.Context, id news.BroadcastID) (desk.Arrival, error) {
	real, err := a.Store.Arrived(ctx, id)
	if err != nil {
		return real, err
	}
	return desk.Arrival{Left: real.Left, Sent: a.press.sent, Failed: a.press.failed, Delivered: a.press.seen, Read: a.press.read, Platforms: map[news.Platform]int{a.press.account().Platform(): a.press.sent}}, nil
}

// play reads a transcript and returns it as it should be.
func (w *world) play(script string) string {
	for line := range strings.SplitSeq(strings.TrimRight(script, "\n"), "\n") {
		mark, rest, _ := strings.Cut(line, " ")
		switch mark {
		case "<", "~", "^", ".":
			continue
		}
		w.out = append(w.out, line)
		if w.door == nil && w.header(line) {
			continue
		}
		if w.door == nil {
			w.start()
			w.open()
		}
		w.step(mark, rest)
	}
	return strings.Join(w.out, "\n") + "\n"
}

func (w *world) header(line string) bool {
	name, value, _ := strings.Cut(line, ": ")
	switch name {
	case "network":
		if value == "plain" {
			w.account, w.setup.Networks = whatsapp, []news.Platform{news.WhatsApp}
		}
	case "networks":
		w.setup.Networks = []news.Platform{news.Telegram, news.WhatsApp}
	case "language":
		w.room, w.name = englishRoom(), "Salim"
	case "second":
		w.setup.Second = true
	case "rate":
		n, err := strconv.ParseFloat(value, 64)
		w.must(err)
		w.setup.Speed = map[news.Platform]desk.Speed{news.Telegram: {PerSecond: n}, news.WhatsApp: {PerSecond: n / 10}}
	case "closed":
		w.closed = true
	default:
		return strings.HasPrefix(line, "#") || line == ""
	}
	return true
}

func (w *world) step(mark, rest string) {
	w.t.Helper()
	switch mark {
	case "", "#":
	case ">":
		w.event(bots.Event{Kind: bots.Wrote, Text: strings.ReplaceAll(strings.ReplaceAll(rest, "{code}", w.code), `\n`, "\n")})
	case ">>":
		w.event(bots.Event{Kind: bots.Wrote, Text: rest, Quoted: w.shown})
	case "*":
		data, ok := w.buttons[rest]
		if !ok {
			data = rest
		}
		w.event(bots.Event{Kind: bots.Pressed, Data: data, Message: "900"})
	case "+":
		w.event(w.file(rest))
	case "!":
		w.direct(rest)
	case "=":
		state, id, _ := strings.Cut(rest, " ")
		n, _ := strconv.Atoi(id)
		d, err := w.store.Draft(w.ctx, desk.DraftID(n))
		w.must(err)
		if string(d.State) != state {
			w.t.Errorf("draft %d is in %s, want %s\n%s", n, d.State, state, strings.Join(w.out[max(0, len(w.out)-10):], "\n"))
		}
	default:
		w.t.Fatalf("what is %q %q?", mark, rest)
	}
}

func (w *world) direct(words string) {
	w.t.Helper()
	what, rest, _ := strings.Cut(words, " ")
	switch what {
	case "as":
		w.name = rest
	case "seat":
		name, role, _ := strings.Cut(rest, " ")
		code, err := w.desk.Invite(w.ctx, 0, desk.Role(role), nil, name)
		w.must(err)
		e, _, err := w.desk.Claim(w.ctx, desk.Seat{Account: w.account, Chat: news.ChatID(name)}, code, "")
		w.must(err)
		w.seats[name] = e.ID
	case "code":
		code, err := w.desk.OwnerCode(w.ctx)
		w.must(err)
		w.code = code
	case "dismiss":
		_, err := w.desk.Remove(w.ctx, 0, w.seats[rest])
		w.must(err)
	case "wait":
		d, err := time.ParseDuration(rest)
		w.must(err)
		w.now = w.now.Add(d)
		_, err = w.desk.Once(w.ctx)
		w.must(err)
		w.door.Look(w.ctx)
		w.heard("")
	case "sent":
		_, err := fmt.Sscan(rest+" 0", &w.press.sent, &w.press.failed)
		w.must(err)
	case "seen":
		_, err := fmt.Sscan(rest, &w.press.seen, &w.press.read)
		w.must(err)
	case "done":
		w.press.done = true
	case "tip", "passed", "named":
		name, words, _ := strings.Cut(rest, " ")
		w.keys++
		_, err := w.desk.Tell(w.ctx, strconv.Itoa(w.keys), desk.Teller{
			Seat: desk.Seat{Account: w.account, Chat: news.ChatID(name)}, Name: name, Agreed: what == "named",
		}, desk.Tip{Words: strings.ReplaceAll(words, `\n`, "\n"), Forward: what == "passed"})
		w.must(err)
	case "brings":
		w.brings(rest)
	case "joins":
		w.joins(strings.Fields(rest))
	case "left":
		r := news.Reader{Account: w.account, Chat: news.ChatID(rest), Kind: news.Private, Pace: news.PaceDigest, Follows: []news.Slug{"news"}, Slots: []news.Slot{"morning"}}
		c := talk.Commit{Account: w.account, At: w.now, Chat: r.Chat, Kind: r.Kind, Reader: &r, Join: &talk.Consent{How: "chat", Words: "w"}}
		_, err := w.store.Commit(w.ctx, c)
		w.must(err)
		c.Reader, c.Join, c.Leave, c.At = nil, nil, "stop", w.now.Add(time.Second)
		_, err = w.store.Commit(w.ctx, c)
		w.must(err)
	case "told":
		all, err := w.store.Replies(w.ctx, w.account, 0, 1000)
		w.must(err)
		all = slices.DeleteFunc(all, func(l outbox.Reply) bool { return string(l.Chat) != rest })
		last := all[len(all)-1]
		w.said = append(w.said, said{talk.Address{Account: w.account, Chat: last.Chat}, talk.Reply{Message: last.Message}})
		w.heard("")
	case "hears":
		all, err := w.store.Replies(w.ctx, w.account, 0, 1000)
		w.must(err)
		for _, l := range all {
			if string(l.Chat) == rest && int64(l.ID) > w.letters {
				w.letters = int64(l.ID)
				w.said = append(w.said, said{talk.Address{Account: w.account, Chat: l.Chat}, talk.Reply{Message: l.Message}})
			}
		}
		w.heard("")
	case "again":
		w.keys--
		w.event(w.last)
	case "article":
		w.arrive(rest)
	case "news":
		w.fresh(rest)
	case "ahead":
		w.ahead()
	case "publish":
		w.goOut()
	case "took":
		w.door.Sent(talk.Reply{Message: w.latest.Message, Edit: w.latest.Edit, To: w.latest.to}, news.MessageID(rest))
	case "crash":
		w.start()
		w.must(w.door.Adopt(w.ctx))
	default:
		w.t.Fatalf("what is %q?", words)
	}
}

// event brings an event to the door, and writes down what comes of it.
func (w *world) event(e bots.Event) {
	w.t.Helper()
	w.last = e
	w.keys++
	w.now = w.now.Add(time.Second)
	e.Account, e.Chat, e.ChatKind, e.From = w.account, news.ChatID(w.name), news.Private, news.UserID(w.name)
	e.Key, e.Time, e.Addressed = strconv.Itoa(w.keys), w.now, true
	passed := w.passed
	answer, err := w.door.Handle(w.ctx, e)
	if err != nil {
		w.t.Fatalf("after %v: %v", e, err)
	}
	if w.passed > passed {
		w.out = append(w.out, ". (conversation)")
	}
	w.heard(answer.Toast)
	if w.passed == passed && answer.Toast == "" && w.out[len(w.out)-1][0] != '<' && w.out[len(w.out)-1][0] != '~' {
		w.out = append(w.out, ". (nothing)")
	}
}

func (w *world) heard(toast string) {
	if toast != "" {
		w.out = append(w.out, "^ "+strings.ReplaceAll(toast, "\u200f", ""))
	}
	for i, s := range w.said {
		lead := "<"
		if s.Edit != "" {
			lead = "~"
		}
		if i > 0 {
			w.out = append(w.out, lead+" ---")
		}
		to := s.to.Chat
		if s.To.Chat != "" {
			to = s.To.Chat
		}
		if string(to) != w.name {
			w.out = append(w.out, lead+" to "+string(to))
		}
		w.latest, w.shown = s, ""
		for _, b := range s.Message.Blocks {
			w.shown += b.String() + "\n\n"
		}
		for _, line := range w.written(s.Message) {
			w.out = append(w.out, strings.TrimRight(lead+" "+line, " "))
		}
	}
	w.said = nil
}

func (w *world) written(m news.Message) (lines []string) {
	if !m.Media.None() {
		lines = append(lines, shown(m.Media))
	}
	for i, b := range m.Blocks {
		if i > 0 {
			lines = append(lines, "")
		}
		text := strings.ReplaceAll(b.String(), "\u200f", "")
		if _, code, ok := strings.Cut(text, ": "); ok && len(code) > 14 && desk.LooksLikeCode(code[:14]) {
			w.code = code[:14]
			text = strings.ReplaceAll(text, w.code, "{code}")
		}
		lines = append(lines, strings.Split(text, "\n")...)
	}
	for _, row := range m.Buttons {
		line := ""
		for _, b := range row {
			w.buttons[b.Label] = b.Data
			if b.On {
				line += "[✓ " + b.Label + "] "
			} else {
				line += "[" + b.Label + "] "
			}
		}
		lines = append(lines, strings.TrimSpace(line))
	}
	return lines
}
