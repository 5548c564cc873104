package whatsapp

import (
	"context"
	"fmt"

	"go.mau.fi/whatsmeow/types"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// Forgetter is an Adapter that keeps things about people beside the store, and
// can forget them.
type Forgetter interface {
	bots.Adapter
	// Forget deletes everything about the person behind a chat, for good.
	Forget(ctx context.Context, chat news.ChatID) error
}

// forgetting are the library's tables with rows about people: the column that
// names them, whether as a whole address or, for Signal's own, its user part.
var forgetting = []struct{ table, column, form string }{
	{"whatsmeow_identity_keys", "their_id", "signal"},
	{"whatsmeow_sessions", "their_id", "signal"},
	{"whatsmeow_sender_keys", "sender_id", "signal"},
	{"whatsmeow_contacts", "their_jid", "address"},
	{"whatsmeow_chat_settings", "chat_jid", "address"},
	{"whatsmeow_message_secrets", "chat_jid", "address"},
	{"whatsmeow_message_secrets", "sender_jid", "address"},
	{"whatsmeow_privacy_tokens", "their_jid", "address"},
	{"whatsmeow_retry_buffer", "chat_jid", "address"},
}

// Forget deletes the library's rows about a person, what was noted of their
// votes, and what is remembered of them in memory. If they write again, they
// are a stranger.
func (a *Adapter) Forget(ctx context.Context, chat news.ChatID) error {
	jid, ok := parseChat(chat)
	if !ok || kindOf(jid) != news.Private {
		return fmt.Errorf("forget: no person: %w", bots.ErrMissing)
	}
	who := a.person(ctx, jid, types.EmptyJID)
	people := []types.JID{who.jid}
	if !who.phone.IsEmpty() {
		people = append(people, who.phone)
	}
	for _, p := range people {
		if err := a.forgetRows(ctx, p); err != nil {
			return fmt.Errorf("forget: %w", fail(ctx, err, ErrSession))
		}
		if err := a.polls.forget(ctx, string(userID(p))); err != nil {
			return fmt.Errorf("forget: %w", fail(ctx, err, ErrSession))
		}
		if t, ok := a.library().Store.PrivacyTokens.(*tokens); ok {
			t.forget()
		}
		a.recent.forget(p)
		a.hands.forget(chatID(p))
		a.barred.free(ctx, chatID(p))
		a.pace.forget(p)
	}
	return nil
}

// forgetRows deletes in one transaction.
func (a *Adapter) forgetRows(ctx context.Context, who types.JID) error {
	tx, err := a.config.DB.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing after a commit
	for _, t := range forgetting {
		name := who.String()
		match := " = ? "
		if t.form == "signal" {
			name, match = who.SignalAddressUser()+":%", " LIKE ? "
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+t.table+" WHERE "+t.column+match, name); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM whatsmeow_lid_map WHERE lid = ? OR pn = ?", who.User, who.User); err != nil {
		return err
	}
	return tx.Commit()
}

func (r *recent) forget(who types.JID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.people, who)
	for id, q := range r.quotes {
		if q.author == who {
			delete(r.quotes, id)
		}
	}
}

func (h *hands) forget(chat news.ChatID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, known := h.until[chat]; known {
		delete(h.until, chat)
		h.save(context.Background())
	}
}

func (p *pacer) forget(who types.JID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.known, who)
}
