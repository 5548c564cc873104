package whatsapptest

import (
	"context"
	"slices"
	"time"

	"go.mau.fi/whatsmeow/types"
)

// Person says who a reader is and how their phone behaves.
type Person struct {
	// Name is the name that the phone sends along with messages.
	Name string
	// HidePhone keeps the phone number from the bot: only the LID is ever seen.
	HidePhone bool
	// ByPhone addresses the person's messages by phone number instead of LID, as
	// old phones do.
	ByPhone bool
	// Silent sends no delivery receipts by itself; Receive does then.
	Silent bool
	// ReadAtOnce sends a read receipt with every delivery receipt.
	ReadAtOnce bool
}

// Reader is a person with a phone.
type Reader struct {
	signal party
	server *Server
	person Person
	lid    types.JID
	number string
	chats  map[types.JID]*thread
	sent   map[string]*outgoing
	told   map[string]bool // chats and devices that have its sender key
	log    []Arrival
	seen   map[string]bool // ids that were read once
	signs  []Sign
	unread []*unread
	block  bool
	wrote  bool
}

// Arrival is one stanza reaching a reader's phone.
type Arrival struct {
	ID     string    `json:"id"`
	Chat   string    `json:"chat"`
	Time   time.Time `json:"time"`
	Repeat bool      `json:"repeat,omitempty"` // the same id was there before
	Failed bool      `json:"failed,omitempty"` // could not be decrypted; a retry was asked for
}

// Sign is something that the reader notices about the bot in their chat:
// "composing", "paused", "delivered", "read" or "played".
type Sign struct {
	What string    `json:"what"`
	IDs  []string  `json:"ids,omitempty"` // the reader's messages that it is about
	Time time.Time `json:"time"`
}

// NewReader adds a person with the next free test number.
func (s *Server) NewReader(person Person) *Reader {
	s.mu.Lock()
	defer s.mu.Unlock()
	index := len(s.readers)
	r := &Reader{
		server: s, person: person, lid: lidJID(lidOf(index)), number: numberOf(index),
		chats: map[types.JID]*thread{}, sent: map[string]*outgoing{}, seen: map[string]bool{}, told: map[string]bool{},
	}
	s.readers = append(s.readers, r)
	s.byUser[r.lid.User], s.byUser[r.number] = r, r
	s.notify()
	return r
}

// Name is the name that the person's phone sends along.
func (r *Reader) Name() string { return r.person.Name }

// LID is the person's hidden address.
func (r *Reader) LID() types.JID { return r.lid }

// Number is the person's phone number, digits only, whether the bot sees it or not.
func (r *Reader) Number() string { return r.number }

// Phone is the person's address by phone number.
func (r *Reader) Phone() types.JID { return phoneJID(r.number) }

// Inbox is what the bot has written to the person, as it looks now.
func (r *Reader) Inbox() []Message {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	return r.chats[r.server.phone.lid].messages(func(m *Message) bool { return !m.Mine })
}

// Chat is the whole chat with the bot, both sides.
func (r *Reader) Chat() []Message {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	return r.chats[r.server.phone.lid].messages(nil)
}

// GroupChat is what the person sees in a group.
func (r *Reader) GroupChat(g *Group) []Message {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	return r.chats[g.jid].messages(nil)
}

// WaitMessages waits until the bot has written at least n messages to the person
// and returns them all.
func (r *Reader) WaitMessages(ctx context.Context, n int) ([]Message, error) {
	err := r.server.Wait(ctx, func() bool { return len(r.Inbox()) >= n })
	return r.Inbox(), err
}

// WaitMessage waits for the first message of the bot's, present or coming, that match accepts.
func (r *Reader) WaitMessage(ctx context.Context, match func(Message) bool) (Message, error) {
	var found Message
	err := r.server.Wait(ctx, func() bool {
		list := r.Inbox()
		i := slices.IndexFunc(list, match)
		if i >= 0 {
			found = list[i]
		}
		return i >= 0
	})
	return found, err
}

// Arrivals is every stanza that reached the phone, repeats included, in order.
func (r *Reader) Arrivals() []Arrival {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	return slices.Clone(r.log)
}

// Signs is what the person noticed of the bot's typing and ticks, in order.
func (r *Reader) Signs() []Sign {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	return slices.Clone(r.signs)
}

// Block makes the phone drop everything that the bot writes; the bot is not told.
func (r *Reader) Block(blocked bool) {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	r.block = blocked
}

// LoseSession makes the phone forget its Signal sessions, as a restored backup
// does: the bot's next message cannot be read and is asked for again.
func (r *Reader) LoseSession() {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	clear(r.signal.sessions)
	clear(r.signal.senderKeys)
	clear(r.told)
}

// Reinstall gives the phone a new identity, as a new phone has, and tells the bot.
func (r *Reader) Reinstall() {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	r.signal = party{}
	clear(r.told)
	r.signal.prepare()
	r.server.tellIdentity(r.lid)
}

func (r *Reader) thread(chat types.JID) *thread {
	t := r.chats[chat]
	if t == nil {
		t = newThread()
		r.chats[chat] = t
	}
	return t
}

// address is where the person's messages come from, as the bot sees it.
func (r *Reader) address() types.JID {
	if r.person.ByPhone {
		return phoneJID(r.number)
	}
	return r.lid
}
