package whatsapptest

import (
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// outgoing is a message that a reader's phone sends, kept in case the bot cannot read it.
type outgoing struct {
	id      string
	chat    types.JID // the bot, a group, the status or a broadcast list
	content *waE2E.Message
	at      time.Time
	edit    string
	retries int
}

// Send writes a text to the bot and returns the message's id. Before the bot is
// paired the text waits, and arrives at the first login with its old time.
func (r *Reader) Send(text string) string { return r.SendAt(text, time.Time{}) }

// SendAt is Send with a timestamp of the test's choice; zero means now.
func (r *Reader) SendAt(text string, at time.Time) string {
	return r.SendContent(&waE2E.Message{Conversation: proto.String(text)}, at)
}

// SendVanishing writes a text in a chat where disappearing messages are on.
func (r *Reader) SendVanishing(text string) string {
	return r.SendContent(&waE2E.Message{EphemeralMessage: &waE2E.FutureProofMessage{
		Message: &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
			Text: proto.String(text), ContextInfo: &waE2E.ContextInfo{Expiration: proto.Uint32(7 * 24 * 3600)},
		}},
	}}, time.Time{})
}

// Forward writes a text that the phone marks as forwarded many times.
func (r *Reader) Forward(text string) string {
	return r.SendContent(&waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text: proto.String(text),
		ContextInfo: &waE2E.ContextInfo{
			IsForwarded: proto.Bool(true), ForwardingScore: proto.Uint32(127),
		},
	}}, time.Time{})
}

// SendContent writes any message to the bot; a zero time means now.
func (r *Reader) SendContent(content *waE2E.Message, at time.Time) string {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	return r.write(r.server.phone.lid, content, at, "")
}

// Answer writes a text that quotes a message of the chat with the bot.
func (r *Reader) Answer(id, text string) string {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	return r.write(r.server.phone.lid, r.quoting(r.server.phone.lid, id, text), time.Time{}, "")
}

func (r *Reader) quoting(chat types.JID, id, text string) *waE2E.Message {
	info := &waE2E.ContextInfo{StanzaID: proto.String(id)}
	if quoted := r.thread(chat).byID[id]; quoted != nil {
		info.Participant = proto.String(quoted.author.String())
		info.QuotedMessage = quoted.Content
	}
	return &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text: proto.String(text), ContextInfo: info,
	}}
}

// React puts an emoji on a message of the chat with the bot; "" takes it away.
func (r *Reader) React(id, emoji string) string {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	return r.write(r.server.phone.lid, &waE2E.Message{ReactionMessage: &waE2E.ReactionMessage{
		Key: r.key(r.server.phone.lid, id), Text: proto.String(emoji),
		SenderTimestampMS: proto.Int64(r.server.now().UnixMilli()),
	}}, time.Time{}, "")
}

// Edit changes a text that the reader wrote to the bot.
func (r *Reader) Edit(id, text string) string {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	return r.write(r.server.phone.lid, &waE2E.Message{EditedMessage: &waE2E.FutureProofMessage{
		Message: &waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
			Key: r.key(r.server.phone.lid, id), Type: waE2E.ProtocolMessage_MESSAGE_EDIT.Enum(),
			EditedMessage: &waE2E.Message{Conversation: proto.String(text)},
			TimestampMS:   proto.Int64(r.server.now().UnixMilli()),
		}},
	}}, time.Time{}, "1")
}

// Revoke deletes for everyone what the reader wrote to the bot.
func (r *Reader) Revoke(id string) string {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	return r.write(r.server.phone.lid, &waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
		Key: r.key(r.server.phone.lid, id), Type: waE2E.ProtocolMessage_REVOKE.Enum(),
	}}, time.Time{}, "7")
}

// Type shows the bot that the reader is writing, or has stopped.
func (r *Reader) Type(composing bool) {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	state := "paused"
	if composing {
		state = "composing"
	}
	if l := r.server.link; l != nil && l.active {
		r.server.send(l, waBinary.Node{
			Tag: "chatstate", Attrs: waBinary.Attrs{"from": r.lid}, Content: []waBinary.Node{{Tag: state}},
		})
	}
}

// key names a message of a chat from the reader's point of view.
func (r *Reader) key(chat types.JID, id string) *waCommon.MessageKey {
	key := &waCommon.MessageKey{
		ID: proto.String(id), RemoteJID: proto.String(chat.String()), FromMe: proto.Bool(true),
	}
	if m := r.thread(chat).byID[id]; m != nil && !m.Mine {
		key.FromMe = proto.Bool(false)
		if chat.Server == types.GroupServer {
			key.Participant = proto.String(m.author.String())
		}
	}
	return key
}

// write shows a message on the reader's own phone and sends it.
func (r *Reader) write(chat types.JID, content *waE2E.Message, at time.Time, edit string) string {
	s := r.server
	if at.IsZero() {
		at = s.now()
	}
	out := &outgoing{id: s.nextID(), chat: chat, content: content, at: time.Unix(at.Unix(), 0), edit: edit}
	r.sent[out.id] = out
	r.wrote = r.wrote || chat == s.phone.lid
	s.fetch(r.thread(chat).apply(post{id: out.id, from: r.lid, mine: true, at: out.at, content: content}))
	if chat == s.phone.lid {
		s.phone.thread(r.lid).apply(post{id: out.id, from: r.lid, at: out.at, content: content})
	}
	s.whenPaired(func() { r.transmit(out) })
	s.notify()
	return out.id
}

// transmit encrypts a message for the linked device as its chat demands.
func (r *Reader) transmit(out *outgoing) {
	var enc []waBinary.Node
	var err error
	if out.chat.Server == types.GroupServer || out.chat == types.StatusBroadcastJID {
		enc, err = r.sealGroup(out)
	} else {
		enc, err = r.sealDirect(out.content)
	}
	if err != nil {
		r.server.complain("reader's phone: %v", err)
		return
	}
	r.server.deliver(r.stanza(out, enc))
}

func (r *Reader) sealDirect(content *waE2E.Message) ([]waBinary.Node, error) {
	plain, err := proto.Marshal(content)
	if err != nil {
		return nil, err
	}
	kind, sealed, err := r.server.sealFor(&r.signal, plain)
	if err != nil {
		return nil, err
	}
	return []waBinary.Node{encNode(kind, sealed)}, nil
}

func encNode(kind string, sealed []byte) waBinary.Node {
	return waBinary.Node{Tag: "enc", Attrs: waBinary.Attrs{"v": "2", "type": kind}, Content: sealed}
}

// stanza is the envelope: who writes, where, when, and under which name.
func (r *Reader) stanza(out *outgoing, enc []waBinary.Node) waBinary.Node {
	attrs := waBinary.Attrs{
		"id": out.id, "t": out.at.Unix(), "type": stanzaType(out.content), "notify": r.person.Name, "edit": out.edit,
	}
	from, alternative := "from", "sender"
	if out.chat != r.server.phone.lid {
		attrs["from"] = out.chat
		from, alternative = "participant", "participant"
	}
	if r.person.ByPhone {
		attrs[from], attrs[alternative+"_lid"] = phoneJID(r.number), r.lid
		attrs["addressing_mode"] = string(types.AddressingModePN)
	} else {
		attrs[from], attrs["addressing_mode"] = r.lid, string(types.AddressingModeLID)
		if !r.person.HidePhone {
			attrs[alternative+"_pn"] = phoneJID(r.number)
		}
	}
	return waBinary.Node{Tag: "message", Attrs: attrs, Content: enc}
}

func stanzaType(content *waE2E.Message) string {
	body, _ := unwrap(content)
	file, _, _, _ := attachmentOf(body)
	switch {
	case body.GetReactionMessage() != nil:
		return "reaction"
	case body.GetPollUpdateMessage() != nil, pollOf(body) != nil:
		return "poll"
	case file != nil, body.GetLocationMessage() != nil, body.GetContactMessage() != nil:
		return "media"
	default:
		return "text"
	}
}
