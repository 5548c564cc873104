package whatsapp

import (
	"context"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types/events"

	"github.com/nashra-bot/nashra/news"
)

// hands remembers where a person answers in the bot's place.
type hands struct {
	adapter *Adapter
	mu      sync.Mutex
	until   map[news.ChatID]time.Time
}

func (h *hands) load(ctx context.Context) {
	h.until = map[news.ChatID]time.Time{}
	h.adapter.remember(ctx, keyHands, &h.until)
}

// byHand is a message of the account's own that another of its devices sent:
// the phone, in a person's hand.
func (a *Adapter) byHand(ctx context.Context, client *whatsmeow.Client, m *events.Message) bool {
	if m.Info.IsGroup || a.config.Silence < 0 || m.Info.Sender.Device == client.Store.GetJID().Device ||
		contentOf(m.Message).empty || ourselves(client, m.Info.Chat) {
		return true
	}
	who := a.person(ctx, m.Info.Chat, m.Info.RecipientAlt)
	return a.hands.mark(ctx, chatID(who.jid), a.ours(m.Info.Timestamp).Add(a.config.Silence))
}

// mark makes the bot silent in a chat. It is false when that was not saved.
func (h *hands) mark(ctx context.Context, chat news.ChatID, until time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !until.After(h.until[chat]) || !until.After(h.adapter.config.Now()) {
		return true
	}
	h.until[chat] = until
	return h.save(ctx)
}

// save keeps what has not passed.
func (h *hands) save(ctx context.Context) bool {
	now := h.adapter.config.Now()
	for chat, until := range h.until {
		if !until.After(now) {
			delete(h.until, chat)
		}
	}
	return h.adapter.note(ctx, keyHands, h.until) == nil
}

// silent reports whether the bot keeps quiet after these words. Words that
// must be heeded end the silence.
func (h *hands) silent(chat news.ChatID, text string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.until[chat].After(h.adapter.config.Now()) {
		return false
	}
	if heed := h.adapter.config.Heed; heed != nil && text != "" && heed(text) {
		delete(h.until, chat)
		h.save(context.Background())
		return false
	}
	return true
}

// Silenced reports until when the bot keeps quiet in a chat because a person
// has answered there from the phone; zero: it does not. What the reader writes
// meanwhile is not handled, and what goes to them waits.
func (a *Adapter) Silenced(chat news.ChatID) time.Time {
	a.hands.mu.Lock()
	defer a.hands.mu.Unlock()
	if until := a.hands.until[chat]; until.After(a.config.Now()) {
		return until
	}
	return time.Time{}
}
