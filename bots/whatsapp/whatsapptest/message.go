package whatsapptest

import (
	"maps"
	"slices"
	"time"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
)

// Kind is what a message looks like on a phone.
type Kind string

const (
	KindText     Kind = "text"
	KindImage    Kind = "image"
	KindVideo    Kind = "video"
	KindVoice    Kind = "voice"
	KindAudio    Kind = "audio"
	KindDocument Kind = "document"
	KindSticker  Kind = "sticker"
	KindLocation Kind = "location"
	KindContact  Kind = "contact"
	KindPoll     Kind = "poll"
	KindUnknown  Kind = "unknown"
)

// Message is one bubble of a chat as a phone shows it now: edits are applied,
// and a revoked message has lost its text.
type Message struct {
	ID       string    `json:"id"`
	ServerID int       `json:"serverId,omitempty"` // channels only
	From     string    `json:"from"`               // the author's address without device
	Mine     bool      `json:"mine"`               // written by the phone that shows it
	Kind     Kind      `json:"kind"`
	Text     string    `json:"text,omitempty"` // text, caption or a poll's question
	Time     time.Time `json:"time"`           // when it was sent, whole seconds
	Preview  *Preview  `json:"preview,omitempty"`
	Quote    *Quote    `json:"quote,omitempty"`
	Media    *Media    `json:"media,omitempty"`
	Poll     *Poll     `json:"poll,omitempty"`
	// Reactions by author; "" is never kept.
	Reactions map[string]string `json:"reactions,omitempty"`
	Mentions  []string          `json:"mentions,omitempty"`
	Edits     int               `json:"edits,omitempty"`
	Revoked   bool              `json:"revoked,omitempty"`
	Forwarded bool              `json:"forwarded,omitempty"`
	Vanishing bool              `json:"vanishing,omitempty"` // disappearing messages are on
	// Delivered and Read are the ticks of a message that is Mine: what the bot confirmed.
	Delivered bool `json:"delivered,omitempty"`
	Read      bool `json:"read,omitempty"`
	// Views counts those who opened a post of a channel.
	Views int `json:"views,omitempty"`
	// Content is the message as it came, unwrapped; the last edit's if edited.
	Content *waE2E.Message `json:"-"`

	author types.JID
	secret []byte
}

// Preview is the card under a text with a link.
type Preview struct {
	URL         string `json:"url"`
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
	Thumbnail   []byte `json:"thumbnail,omitempty"` // JPEG
	Large       bool   `json:"large,omitempty"`     // there is a large picture, see File
	Image       []byte `json:"-"`                   // the large picture, downloaded
}

// Quote is what a message answers.
type Quote struct {
	ID   string `json:"id"`
	From string `json:"from"`
	Text string `json:"text,omitempty"`
}

// Poll is the state of a poll on the phone that shows it.
type Poll struct {
	Options []string `json:"options"`
	Limit   int      `json:"limit"` // how many may be ticked, 0 any number
	Chosen  []string `json:"chosen,omitempty"`
}

// thread is one chat on one phone.
type thread struct {
	order []*Message
	byID  map[string]*Message
}

func newThread() *thread { return &thread{byID: map[string]*Message{}} }

// post is one message reaching a thread.
type post struct {
	id      string
	from    types.JID // without device
	mine    bool
	at      time.Time
	content *waE2E.Message
}

// apply shows a message, or changes the one that it edits, revokes or reacts to.
// It returns nil when nothing changed: a repeat, or an edit of somebody else's.
func (t *thread) apply(p post) *Message {
	body, vanishing := unwrap(p.content)
	if change := body.GetProtocolMessage(); change != nil {
		return t.change(p, change)
	}
	if reaction := body.GetReactionMessage(); reaction != nil {
		return t.react(p, reaction)
	}
	if body.GetPollUpdateMessage() != nil || t.byID[p.id] != nil || empty(body) {
		return nil
	}
	m := &Message{ID: p.id, From: p.from.String(), Mine: p.mine, Time: p.at, Vanishing: vanishing, author: p.from}
	m.secret = p.content.GetMessageContextInfo().GetMessageSecret()
	if m.secret == nil {
		m.secret = body.GetMessageContextInfo().GetMessageSecret()
	}
	m.fill(body)
	t.order = append(t.order, m)
	t.byID[m.ID] = m
	return m
}

func (t *thread) change(p post, change *waE2E.ProtocolMessage) *Message {
	m := t.byID[change.GetKey().GetID()]
	if m == nil || m.author.User != p.from.User || m.Revoked {
		return nil
	}
	switch change.GetType() {
	case waE2E.ProtocolMessage_MESSAGE_EDIT:
		body, _ := unwrap(change.GetEditedMessage())
		m.Edits++
		m.fill(body)
	case waE2E.ProtocolMessage_REVOKE:
		m.revoke()
	default:
		return nil
	}
	return m
}

func (m *Message) revoke() {
	m.Revoked, m.Text, m.Content = true, "", nil
	m.Preview, m.Quote, m.Media, m.Poll = nil, nil, nil, nil
}

func (t *thread) react(p post, reaction *waE2E.ReactionMessage) *Message {
	m := t.byID[reaction.GetKey().GetID()]
	if m == nil {
		return nil
	}
	m.Reactions = maps.Clone(m.Reactions)
	if m.Reactions == nil {
		m.Reactions = map[string]string{}
	}
	if reaction.GetText() == "" {
		delete(m.Reactions, p.from.String())
	} else {
		m.Reactions[p.from.String()] = reaction.GetText()
	}
	return m
}

// messages copies the thread's state; what pointers lead to is replaced, never
// changed, so a copy stays as it was. keep nil means all.
func (t *thread) messages(keep func(*Message) bool) []Message {
	if t == nil {
		return nil
	}
	list := make([]Message, 0, len(t.order))
	for _, m := range t.order {
		if keep == nil || keep(m) {
			list = append(list, *m)
		}
	}
	return slices.Clip(list)
}

// unwrap takes the envelopes off a message.
func unwrap(m *waE2E.Message) (body *waE2E.Message, vanishing bool) {
	for m != nil {
		switch {
		case m.GetDeviceSentMessage().GetMessage() != nil:
			m = m.GetDeviceSentMessage().GetMessage()
		case m.GetEphemeralMessage().GetMessage() != nil:
			m, vanishing = m.GetEphemeralMessage().GetMessage(), true
		case m.GetViewOnceMessage().GetMessage() != nil:
			m = m.GetViewOnceMessage().GetMessage()
		case m.GetViewOnceMessageV2().GetMessage() != nil:
			m = m.GetViewOnceMessageV2().GetMessage()
		case m.GetDocumentWithCaptionMessage().GetMessage() != nil:
			m = m.GetDocumentWithCaptionMessage().GetMessage()
		case m.GetEditedMessage().GetMessage() != nil:
			m = m.GetEditedMessage().GetMessage()
		default:
			return m, vanishing
		}
	}
	return &waE2E.Message{}, vanishing
}

// empty is true for stanzas that only carry keys.
func empty(m *waE2E.Message) bool {
	describe := Message{}
	describe.fill(m)
	return describe.Kind == KindUnknown && m.GetSenderKeyDistributionMessage() != nil
}
