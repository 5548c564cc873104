package talk_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// player plays a transcript. Lines of a transcript:
//
//	network: telegram      header: telegram, whatsapp, or plain: neither buttons nor polls
//	language: ar           header: ar or en
//	chat: private          header: private or group
//	both: yes              header: the newsroom is on both networks
//	channel: yes           header: and has a channel
//	full: yes              header: and its WhatsApp number takes nobody new
//	closed: yes            header, behind the language: nothing is sent to the public yet
//	# words                a comment
//	@ 2026-11-23 08:00     sets the clock; each event takes ten seconds
//	> words                somebody writes; /start may have a payload
//	* label                presses the button with that label, or with that data
//	% +label; -label       votes: ticked now, unticked now, = still ticked
//	+ event words          added, removed, moved, or a kind of media with its caption: see media
//	! directive            on telegram|whatsapp (the same person there), code DIGITS (the next one), user NAME, name WHAT THEY CALL THEMSELVES, admins NAME,…|unknown, aside WORDS, many N WORDS (at once, and the clock stands until it is set), files N KIND CAPTION (the same), publish SLUG TITLE, break digest|mind|store
//	< words                a line of the answer; "---" parts two messages, and "to NETWORK" is before one that goes there
//	~ words                a line of an answer that takes a message's place
//	^ words                what is shown over the button
//	. (nothing)            no answer
//	= key: value; …        what is true now
type player struct {
	t       *testing.T
	store   *recorder
	talk    *talk.Talk
	stand   *newsstand
	set     talk.Settings
	account news.AccountID
	kind    news.ChatKind
	chat    news.ChatID

	now     time.Time
	user    news.UserID
	name    string // what the person calls themselves
	admins  []string
	keys    int
	code    string // the next one that links
	plain   bool   // no network has buttons, links or polls
	rush    bool   // the clock stands still between events
	heard   int    // replies read so far
	buttons map[string]string
	changed []news.SubscriberID
	out     []string
}

func newPlayer(t *testing.T, s shelf) *player {
	p := &player{
		t: t, store: &recorder{shelf: s}, set: settings(talk.Arabic), account: telegram, kind: news.Private, chat: "42",
		now: time.Date(2026, 11, 23, 9, 0, 0, 0, muscat()), user: "sara", admins: []string{"boss"}, buttons: map[string]string{},
	}
	p.stand = &newsstand{store: p.store, tree: func() news.Tree { return p.set.Tree }, now: func() time.Time { return p.now }}
	return p
}

// open starts the conversation, after the header.
func (p *player) open() {
	for _, a := range sample(p.now) {
		p.store.put(a)
	}
	p.talk = talk.New(talk.Talk{
		Store: p.store, Digest: p.stand, Now: func() time.Time { return p.now }, Log: quiet(),
		Settings: func() talk.Settings { return p.set },
		Admin: func(_ context.Context, _ news.AccountID, _ news.ChatID, user news.UserID) (bool, error) {
			if slices.Contains(p.admins, "unknown") {
				return false, errors.New("ask who runs the group: no answer")
			}
			return slices.Contains(p.admins, string(user)), nil
		},
		Network: p.network, Code: func() string { return p.code },
		Changed: func(_ news.AccountID, r news.SubscriberID) { p.changed = append(p.changed, r) },
	})
}

// network is what each network can show.
func (p *player) network(account news.AccountID) talk.Network {
	on := account == telegram && !p.plain
	return talk.Network{Buttons: on, Links: on, Each: on, Later: account == telegram, Polls: account == whatsapp && !p.plain}
}

// play reads a transcript and returns it as it should be.
func (p *player) play(script string) string {
	for _, line := range strings.Split(strings.TrimRight(script, "\n"), "\n") {
		mark, rest, _ := strings.Cut(line, " ")
		switch mark {
		case "<", "~", "^", ".":
			continue
		}
		p.out = append(p.out, line)
		if p.talk == nil && p.header(line) {
			continue
		}
		if p.talk == nil {
			p.open()
		}
		p.step(mark, rest, line)
	}
	return strings.Join(p.out, "\n") + "\n"
}

func (p *player) header(line string) bool {
	name, value, _ := strings.Cut(line, ": ")
	if strings.HasPrefix(line, "@ ") {
		p.step("@", line[2:], line)
		return true
	}
	switch name {
	case "network":
		if value != "telegram" {
			p.account = whatsapp
		}
		p.plain = value == "plain"
	case "both":
		p.set.Chats = map[news.Platform]string{news.Telegram: "https://t.me/nashra_bot", news.WhatsApp: "https://wa.me/96890000000"}
	case "channel":
		p.set.Channel = talk.Channel{Name: "عاشق عُمان", Link: "https://whatsapp.com/channel/0029example"}
	case "full":
		p.set.Full = func(account news.AccountID) bool { return account == whatsapp }
	case "closed":
		p.set.Closed = true
	case "language":
		p.set = settings(talk.Language(value))
	case "chat":
		p.kind = news.ChatKind(value)
	default:
		return strings.HasPrefix(line, "#") || line == ""
	}
	return true
}

func (p *player) step(mark, rest, line string) {
	p.t.Helper()
	switch mark {
	case "", "#":
	case "@":
		at, err := time.ParseInLocation("2006-01-02 15:04", rest, muscat())
		if err != nil {
			p.t.Fatal(err)
		}
		p.now, p.rush = at, false
	case ">":
		p.answer(p.wrote(rest))
	case "*":
		data, ok := p.buttons[rest]
		if !ok {
			data = rest
		}
		p.answer(bots.Event{Kind: bots.Pressed, Data: data, Message: "900", Addressed: true})
	case "%":
		p.answer(bots.Event{Kind: bots.Pressed, Data: p.ballot(rest), Message: "900", Addressed: true})
	case "+":
		p.answer(p.event(rest))
	case "!":
		p.direct(rest)
	case "=":
		p.check(rest)
	default:
		p.t.Fatalf("what is %q?", line)
	}
}

func (p *player) wrote(text string) bots.Event {
	e := bots.Event{Kind: bots.Wrote, Text: text, Addressed: true}
	if payload, ok := strings.CutPrefix(text, "/start "); ok {
		e.Text, e.Start = "/start", payload
	}
	return e
}

// ballot makes the data of a vote.
func (p *player) ballot(words string) string {
	var lines []string
	for one := range strings.SplitSeq(words, "; ") {
		data, ok := p.buttons[one[1:]]
		if !ok {
			data = one[1:]
		}
		lines = append(lines, one[:1]+data)
	}
	return strings.Join(lines, "\n")
}

func (p *player) event(words string) bots.Event {
	kind, caption, _ := strings.Cut(words, " ")
	switch kind {
	case "added":
		return bots.Event{Kind: bots.Added}
	case "removed":
		return bots.Event{Kind: bots.Removed}
	case "moved":
		return bots.Event{Kind: bots.Moved, To: news.ChatID(caption)}
	}
	return media(kind, caption)
}

// media reads "KIND[,word][,key=value]": a photo, a video, a document and a voice
// note have a file, and a forward has that of the kind that the word names.
// "mb=" and "mime=" say what the phone says of it, "album=" what it was sent
// together with.
func media(words, caption string) bots.Event {
	said := strings.Split(words, ",")
	e := bots.Event{Kind: bots.Sent, Media: said[0], Text: caption, Addressed: true}
	what := said[0]
	var size int
	for _, s := range said[1:] {
		switch key, value, _ := strings.Cut(s, "="); key {
		case "mb":
			size = must(strconv.Atoi(value))
		case "mime":
			e.File.MIME = value
		case "album":
			e.Album = value
		default:
			what = key
		}
	}
	if slices.Contains([]string{"photo", "video", "document", "voice"}, what) {
		e.File.Ref, e.File.Kind, e.File.Name, e.File.Size = "ref of a "+what, news.MediaKind(what), "سارة في بيتها.jpg", int64(size)<<20
	}
	return e
}

// direct does what stands behind "!".
func (p *player) direct(words string) {
	what, rest, _ := strings.Cut(words, " ")
	switch what {
	case "on":
		p.account, p.chat = telegram, "42"
		if rest == "whatsapp" {
			p.account, p.chat = whatsapp, "9@lid"
		}
	case "code":
		p.code = rest
	case "user":
		p.user = news.UserID(rest)
	case "name":
		p.name = rest
	case "admins":
		p.admins = strings.Split(rest, ",")
	case "aside":
		p.answer(bots.Event{Kind: bots.Wrote, Text: rest})
	case "many":
		n, text, _ := strings.Cut(rest, " ")
		p.rush = true
		for range must(strconv.Atoi(n)) {
			p.handle(p.wrote(text))
		}
		p.heard = len(p.store.replies)
	case "files":
		n, what, _ := strings.Cut(rest, " ")
		p.rush = true
		for range must(strconv.Atoi(n)) {
			p.handle(p.event(what))
		}
		p.heard = len(p.store.replies)
	case "repeat": // the network delivers the last event again
		p.keys--
		p.answer(p.wrote(rest))
	case "publish":
		slug, title, _ := strings.Cut(rest, " ")
		p.store.put(news.Article{
			Source: "site", Key: title, Section: news.Slug(slug), Title: title, URL: "https://example.om/x", Published: p.now, Arrived: p.now,
		})
	case "break":
		p.stand.fail = rest == "digest"
	case "moved":
		p.chat = news.ChatID(rest)
	default:
		p.t.Fatalf("what is %q?", words)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func (p *player) handle(e bots.Event) bots.Answer {
	p.t.Helper()
	p.keys++
	if !p.rush {
		p.now = p.now.Add(10 * time.Second)
	}
	e.Account, e.Chat, e.ChatKind, e.From, e.Name = p.account, p.chat, p.kind, p.user, p.name
	e.Key, e.Time = strconv.Itoa(p.keys), p.now
	answer, err := p.talk.Handle(context.Background(), e)
	if err != nil {
		p.t.Fatalf("after %v: %v", e, err)
	}
	return answer
}

// answer writes down what comes of an event.
func (p *player) answer(e bots.Event) {
	p.t.Helper()
	answer := p.handle(e)
	if answer.Toast != "" {
		p.out = append(p.out, "^ "+visible(answer.Toast))
	}
	said := p.store.replies[p.heard:]
	p.heard = len(p.store.replies)
	for i, r := range said {
		lead := "<"
		if r.Edit != "" {
			lead = "~"
		}
		if i > 0 {
			p.out = append(p.out, lead+" ---")
		}
		if r.To != (talk.Address{}) {
			p.out = append(p.out, lead+" to "+string(r.To.Account.Platform()))
		}
		for _, line := range p.written(r.Message) {
			p.out = append(p.out, strings.TrimRight(lead+" "+line, " "))
		}
	}
	if len(said) == 0 && answer.Toast == "" {
		p.out = append(p.out, ". (nothing)")
	}
}

// written shows a message as lines, with its buttons under it.
func (p *player) written(m news.Message) []string {
	var lines []string
	for i, b := range m.Blocks {
		if i > 0 {
			lines = append(lines, "")
		}
		text := ""
		for _, s := range b {
			word := s.Text
			if s.Style&news.Bold != 0 {
				word = "*" + word + "*"
			}
			if s.Link != "" {
				word += " <" + s.Link + ">"
			}
			text += word
		}
		lines = append(lines, strings.Split(visible(text), "\n")...)
	}
	for _, row := range m.Buttons {
		line := ""
		for _, b := range row {
			p.buttons[b.Label] = b.Data
			if m.Poll {
				line += "( ) " + b.Label + " "
			} else if b.On {
				line += "[✓ " + b.Label + "] "
			} else {
				line += "[" + b.Label + "] "
			}
		}
		lines = append(lines, strings.TrimSpace(line))
	}
	return lines
}

func visible(s string) string {
	return strings.NewReplacer("\u200f", `\u200f`, "\u200e", `\u200e`).Replace(s)
}

// check compares what is true with what should be.
func (p *player) check(want string) {
	p.t.Helper()
	chat, err := p.store.Chat(context.Background(), p.account, p.chat)
	if err != nil {
		p.t.Fatal(err)
	}
	r := chat.Reader
	is := map[string]string{
		"reader": yes(r.ID != 0), "left": yes(chat.Left), "pace": string(r.Pace), "breaking": yes(r.Breaking), "important": yes(r.Important),
		"quiet": yes(r.Quiet), "paused": yes(r.Paused), "floor": strconv.FormatInt(int64(r.Floor), 10),
		"follows": join(r.Follows), "slots": join(p.ordered(r.Slots)), "memo": yes(chat.Memo != nil),
		"on": string(r.Account.Platform()), "chats": strconv.Itoa(1 + len(chat.Others)),
		"until": "", "tips": told(p.store.tips()), "dropped": fmt.Sprint(p.changed), "id": fmt.Sprint(r.ID),
	}
	if !r.PausedUntil.IsZero() {
		is["until"] = r.PausedUntil.In(muscat()).Format("2006-01-02 15:04")
	}
	is["reason"] = p.store.last(func(c talk.Commit) bool { return c.Leave != "" }).Leave
	if join := p.store.last(func(c talk.Commit) bool { return c.Join != nil }).Join; join != nil {
		is["consent"] = join.How + " " + join.Words
	}
	for part := range strings.SplitSeq(want, "; ") {
		name, value, _ := strings.Cut(part, ": ")
		got, known := is[name]
		if !known && value != "" || got != value {
			p.t.Errorf("%s is %q, want %q\n%s", name, got, value, strings.Join(p.out[max(0, len(p.out)-8):], "\n"))
		}
	}
}

// ordered sorts slots as the day goes: stores keep them as a set.
func (p *player) ordered(slots []news.Slot) []news.Slot {
	var out []news.Slot
	for _, s := range p.set.Slots {
		if slices.Contains(slots, s.Name) {
			out = append(out, s.Name)
		}
	}
	return out
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func join[T ~string](list []T) string {
	var words []string
	for _, w := range list {
		words = append(words, string(w))
	}
	return strings.Join(words, ",")
}
