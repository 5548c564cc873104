package whatsapp

import (
	"context"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// received is one message as the library brings it. It is false when the
// network is to bring it again.
func (a *Adapter) received(client *whatsmeow.Client, m *events.Message) bool {
	ctx := context.Background()
	a.mu.Lock()
	in := a.inbox
	a.mu.Unlock()
	offer := sharedHistory(m)
	switch {
	case offer != nil && in != nil:
		return in.take(a.history(in, client, m, offer))
	case offer != nil:
		return false // it is for Run
	case !a.concerns(client, m):
		return true
	case m.Info.IsFromMe:
		return a.byHand(ctx, client, m)
	case in == nil:
		return false // nobody is there to handle it
	}
	it, ok := a.item(ctx, client, m)
	if !ok {
		return true
	}
	return in.take(it)
}

// concerns leaves out what is nobody's message to us: statuses, broadcast
// lists, channels, history, what a phone says to its linked devices, and
// everything from before the pairing.
func (a *Adapter) concerns(client *whatsmeow.Client, m *events.Message) bool {
	switch m.Info.Chat.Server {
	case types.HiddenUserServer, types.DefaultUserServer, types.GroupServer:
	default:
		return false
	}
	return m.SourceWebMsg == nil && m.Info.Category == "" && m.Message != nil &&
		!m.Info.Timestamp.Before(pairedAt(client.Store))
}

// item is what a message brings; ok is false when it is nothing to us. The
// words of talk in a group that is not addressed to the bot go no further
// than here.
func (a *Adapter) item(ctx context.Context, client *whatsmeow.Client, m *events.Message) (*item, bool) {
	who := a.person(ctx, m.Info.Sender, m.Info.SenderAlt)
	e := bots.Event{
		Account: a.Account(), Time: m.Info.Timestamp, From: userID(who.jid), Addressed: true,
		Message: messageID(m.Info.ID, m.Info.Timestamp), Name: m.Info.PushName,
	}
	e.Chat, e.ChatKind = chatID(who.jid), news.Private
	if m.Info.IsGroup {
		e.Chat, e.ChatKind = chatID(m.Info.Chat), news.Group
	}
	e.Key = eventKey(string(e.Chat), string(e.From), m.Info.ID)
	it := &item{key: e.Key, chat: string(e.Chat), at: e.Time}
	if vote := m.Message.GetPollUpdateMessage(); vote != nil {
		it.prepare = func(it *item) { a.polls.count(ctx, client, m, e, it) }
	} else if !a.says(client, m, &e) {
		return nil, false
	}
	if !m.Info.IsGroup {
		if a.hands.silent(e.Chat, e.Text) {
			return nil, false
		}
		if moved, ok := a.moved(who); ok {
			it.events = append(it.events, moved)
		}
	}
	if it.prepare == nil {
		it.events = append(it.events, e)
		it.after = func(ctx context.Context) { a.sawMessage(ctx, client, m) }
	}
	a.recent.hear(who.jid, m)
	a.barred.free(ctx, chatID(who.jid))
	return it, true
}

// says reads what somebody wrote or sent; false when it is nothing to answer.
func (a *Adapter) says(client *whatsmeow.Client, m *events.Message, e *bots.Event) bool {
	body := m.Message
	if m.IsEdit || body.GetProtocolMessage() != nil {
		change := body.GetProtocolMessage()
		if change.GetType() != waE2E.ProtocolMessage_MESSAGE_EDIT || change.GetEditedMessage() == nil {
			return false // a message taken back, a setting of the chat
		}
		body = change.GetEditedMessage()
		e.Kind, e.Media = bots.Sent, "edit"
	}
	c := contentOf(body)
	if c.empty {
		return false
	}
	e.Text, e.Quoted = c.text, a.quoted(client, c)
	if m.Info.IsGroup {
		e.Text, e.Addressed = a.calledBy(client, c)
		if !e.Addressed {
			return false
		}
	}
	switch {
	case e.Media == "edit":
	case c.info.GetIsForwarded():
		e.Kind, e.Media = bots.Sent, "forward"
		attach(body, e)
	case c.media != "":
		e.Kind, e.Media = bots.Sent, c.media
		attach(body, e)
	default:
		e.Kind = bots.Wrote
	}
	return true
}

// quoted are the words of ours that somebody replies to. The phone tells them,
// and may tell anything.
func (a *Adapter) quoted(client *whatsmeow.Client, c content) string {
	author, err := types.ParseJID(c.info.GetParticipant())
	if err != nil || c.info.GetQuotedMessage() == nil || !ourselves(client, author.ToNonAD()) {
		return ""
	}
	return contentOf(bare(c.info.GetQuotedMessage())).text
}

// sawMessage shows the reader that their message was read.
func (a *Adapter) sawMessage(ctx context.Context, client *whatsmeow.Client, m *events.Message) {
	if m.Info.IsGroup {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), signTimeout)
	defer cancel()
	if err := client.MarkRead(ctx, []types.MessageID{m.Info.ID}, a.theirs(), m.Info.Chat, m.Info.Sender); err != nil {
		a.log.Debug("a message is not marked as read", "error", clean(err.Error()))
	}
}

const signTimeout = 5 * time.Second
