package talk

import "github.com/nashra-bot/nashra/news"

// Reasons for leaving.
const (
	leftStop    = "stop"    // the reader said so
	leftBlocked = "blocked" // the bot was blocked
	leftRemoved = "removed" // the bot was put out of a group
)

// stop ends everything at once. What comes back is one message, with a way
// back under it.
func (x *exchange) stop(intent) {
	words, m := x.p.Leave.Stopped, x.backMenu()
	switch {
	case x.member && x.linked():
		words = fill(x.p.Link.Stopped, "networks", x.networks())
		m = append(x.stayMenu(), m...)
	case x.member && x.group():
		words = x.p.Group.Stopped
	case x.group():
		words = x.p.Group.NotSubscribed
	case x.in.Chat.Left:
		words = x.p.Leave.Again
	case !x.member:
		words = x.p.Leave.NotSubscribed
	}
	if x.member {
		x.commit.Leave = leftStop
	}
	x.memo.Menu, x.memo.Shown, x.memo.Ask, x.memo.Asked = nil, 0, "", 0
	x.greeting = ""
	x.say(m, news.T(words))
}

// outside answers who wants to change something and is no reader.
func (x *exchange) outside() {
	words := x.p.Other.Outside
	switch {
	case x.group():
		words = x.p.Group.NotYet
	case x.in.Chat.Left:
		words = x.p.Leave.Out
	}
	x.tell(words, x.backMenu())
}

// backMenu is the one press that makes a reader.
func (x *exchange) backMenu() menu {
	label := x.p.Leave.Begin
	if x.member || x.in.Chat.Left {
		label = x.p.Leave.Return
	}
	return menu{{{label: label, data: encode(doStart)}}}
}

// forget asks once whether everything is to be deleted.
func (x *exchange) forget(intent) {
	if !x.known() && x.in.Chat.Memo == nil {
		x.say(nil, news.T(x.p.Leave.Nothing))
		return
	}
	x.question(encode(doErase))
	x.say(menu{
		{{label: x.p.Leave.Erase, data: encode(doErase)}},
		{{label: x.p.Leave.Keep, data: encode(doKeep)}},
	}, news.T(x.p.Leave.Ask), x.bothNote())
}

// erase deletes everything about the chat.
func (x *exchange) erase(intent) {
	x.commit.Forget = true
	x.show(nil, news.T(x.p.Leave.Erased))
}

// bothNote says of whom everything is deleted, when that is more than this
// chat.
func (x *exchange) bothNote() news.Text {
	if !x.linked() {
		return nil
	}
	return news.T(fill(x.p.Link.ForgetBoth, "networks", x.networks()))
}

// keep answers a no.
func (x *exchange) keep(intent) {
	if data, open := x.memo.asked(x.in.Now); open {
		x.memo.Ask, x.memo.Asked = "", 0
		if x.declined(data) {
			return
		}
		x.show(nil, news.T(x.p.Leave.Kept))
		return
	}
	x.show(nil, news.T(x.p.Other.Unchanged))
}

// removed: the bot was blocked, or put out of a group. Nobody is there to be
// answered. A chat that gets no broadcasts is taken off the reader, who goes on
// in the other one; nothing moves there from the one that does. A group is left
// with all its topics, of which the network does not speak.
func (x *exchange) removed(intent) {
	x.memo = memo{}
	if x.group() {
		x.commit.Topics = leftRemoved
	}
	if !x.member {
		return
	}
	if x.linked() && x.chats()[0] != x.address() {
		x.commit.Unlink = x.address()
		return
	}
	x.commit.Leave = leftBlocked
	if x.group() {
		x.commit.Leave = leftRemoved
	}
}

// moved: the chat has a new address.
func (x *exchange) moved(intent) { x.commit.Moved = x.in.Event.To }
