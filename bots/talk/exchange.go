package talk

import (
	"slices"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// exchange is one event being answered.
type exchange struct {
	t    *Talk
	in   Input
	p    *Phrases
	r    news.Reader // as it will be; ID 0: no reader
	memo memo
	dict *names

	member   bool // is a reader, or becomes one in this exchange
	greeting string
	changed  bool // the reader is to be written
	asked    bool // something was asked in this exchange
	paused   bool // is to be written to less from here on
	noted    bool // it was said that sending has not begun
	commit   Commit
	toast    string
}

func (t *Talk) exchange(in Input) *exchange {
	x := &exchange{
		t: t, in: in, p: t.phrases[in.Settings.language()],
		r: in.Chat.Reader, memo: readMemo(in.Chat.Memo), member: in.Chat.Reader.ID != 0,
	}
	x.r.Follows, x.r.Slots = slices.Clone(x.r.Follows), slices.Clone(x.r.Slots)
	if x.group() {
		x.p = t.plural[in.Settings.language()]
	}
	if x.r.Paused && !x.r.PausedUntil.IsZero() && !in.Now.Before(x.r.PausedUntil) {
		x.r.Paused = false
	}
	return x
}

// group reports whether several people read the chat.
func (x *exchange) group() bool { return x.in.Event.ChatKind == news.Group }

// stranger reports whether nothing is known of a private chat.
func (x *exchange) stranger() bool { return !x.group() && x.r.ID == 0 && !x.in.Chat.Left }

// known reports whether anything is kept of the chat: nothing is of a person
// who is no reader and never was one.
func (x *exchange) known() bool { return x.group() || x.member || x.in.Chat.Left }

// pressed reports whether a button was pressed, whose message can change.
func (x *exchange) pressed() bool { return x.in.Event.Kind == bots.Pressed }

func (x *exchange) names() *names {
	if x.dict == nil {
		x.dict = newNames(x.t.lexicon, x.in.Settings.Tree)
	}
	return x.dict
}

// needs says what has to be read for an intent.
func (x *exchange) needs(w intent) Need {
	c := x.t.table[w.do]
	var need Need
	if c.needs != nil {
		need = c.needs(x, w)
	}
	if x.welcomed(c) {
		need.News = true
	}
	if need.News {
		need.NewsOf = x.newsSections()
	}
	need.Admin = x.group() && c.manner&admins != 0
	return need
}

// welcomed reports whether a stranger is taken in by this.
func (x *exchange) welcomed(c *command) bool {
	return x.stranger() && !x.pressed() && c.manner&greets != 0
}

// play does what an intent asks for.
func (x *exchange) play(w intent) {
	c := x.t.table[w.do]
	x.greeting = w.greeting
	if x.in.Event.Kind == bots.Wrote {
		defer x.unask()
	}
	if x.group() && c.manner&admins != 0 && !x.in.Facts.Admin {
		x.refuse()
		return
	}
	if x.refused(c) {
		x.turnAway()
		return
	}
	if x.welcomed(c) && !x.full() {
		x.welcome()
		if c.manner&answers != 0 {
			return
		}
	}
	if c.manner&members != 0 && !x.member {
		x.outside()
		return
	}
	c.do(x, w)
}

// unask closes a question that was open before this message: a yes answers
// what was asked last, or nothing.
func (x *exchange) unask() {
	if !x.asked {
		x.memo.Ask, x.memo.Asked = "", 0
	}
}

// say answers with a new message. A greeting comes first.
func (x *exchange) say(m menu, blocks ...news.Text) {
	if x.greeting != "" {
		blocks = append([]news.Text{news.T(x.greeting)}, blocks...)
		x.greeting = ""
	}
	x.reply(x.message(m, blocks), "")
}

// show answers with a message that takes the place of the one whose button
// was pressed, or with a new one.
func (x *exchange) show(m menu, blocks ...news.Text) {
	if x.pressed() && !x.voted() && x.in.Event.Message != "" {
		x.reply(x.message(m, blocks), x.in.Event.Message)
		return
	}
	x.say(m, blocks...)
}

// message sets blocks and a menu, and remembers the menu.
func (x *exchange) message(m menu, blocks []news.Text) news.Message {
	m = m.sound()
	if !x.known() && !x.in.Network.Buttons {
		m = nil // there is no memory that a number could refer to
	}
	if data := m.data(); len(data) > 0 {
		x.memo.Menu, x.memo.Shown = data, x.in.Now.Unix()
	}
	if x.commit.Join != nil && x.in.Settings.Closed && !x.noted {
		blocks, x.noted = append(blocks, news.T(x.p.First.Closed)), true
	}
	msg := news.Say(blocks...)
	switch {
	case len(m) == 0:
	case x.in.Network.Buttons:
		msg.Buttons = m.buttons()
	default:
		msg.Blocks = append(msg.Blocks, m.lines())
	}
	return msg
}

func (x *exchange) reply(msg news.Message, edit news.MessageID) {
	var blocks []news.Text
	for _, b := range msg.Blocks {
		if !b.Empty() {
			blocks = append(blocks, mark(x.in.Settings.language(), b))
		}
	}
	if len(blocks) == 0 {
		return
	}
	msg.Blocks = blocks
	x.commit.Replies = append(x.commit.Replies, Reply{Message: msg, Edit: edit})
}

// question asks something that a yes answers.
func (x *exchange) question(data string) {
	x.memo.Ask, x.memo.Asked, x.asked = data, x.in.Now.Unix(), true
}

// tell shows words over a pressed button, and sends them where there is none.
// In a group a vote that does nothing is not talked about.
func (x *exchange) tell(words string, m menu) {
	if x.pressed() && (x.group() || !x.voted()) {
		x.toast = mark(x.in.Settings.language(), news.T(words)).String()
		return
	}
	x.say(m, news.T(words))
}

// change keeps what was done to the reader.
func (x *exchange) change() { x.changed = true }

// turn closes the exchange.
func (x *exchange) turn() Turn {
	e := x.in.Event
	c := x.commit
	c.Account, c.Key, c.At, c.Chat, c.Kind = e.Account, e.Key, x.in.Now, e.Chat, e.ChatKind
	if x.known() && !c.Forget {
		c.Memo = x.memo.write()
	}
	if x.changed {
		r := x.r
		r.Account, r.Chat, r.Kind = e.Account, e.Chat, e.ChatKind
		c.Reader = &r
	}
	idle := c.Reader == nil && c.Leave == "" && !c.Forget && c.Moved == "" && len(c.Replies) == 0 &&
		c.Give == nil && c.Tip == nil && c.Prefer == (Address{}) && c.Unlink == (Address{}) && string(c.Memo) == string(x.in.Chat.Memo)
	return Turn{Commit: c, Answer: bots.Answer{Toast: x.toast}, Idle: idle, Paused: x.paused}
}
