package whatsapp

import (
	"context"
	"fmt"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// address is a person by the address that our ids use, and by the other one
// where both are known.
type address struct {
	jid   types.JID // hidden number, else phone number
	phone types.JID // empty: unknown
}

// person finds out who stands behind one of a person's addresses. The other
// one, if the network said it, is alternative. What is known of both outlives
// the session, and is there without one.
func (a *Adapter) person(ctx context.Context, jid, alternative types.JID) address {
	jid, alternative = jid.ToNonAD(), alternative.ToNonAD()
	if jid.Server == types.HiddenUserServer {
		if alternative.IsEmpty() {
			alternative, _ = a.container.LIDMap.GetPNForLID(ctx, jid) // unknown then
		}
		return address{jid: jid, phone: alternative.ToNonAD()}
	}
	if alternative.IsEmpty() && jid.Server == types.DefaultUserServer {
		alternative, _ = a.container.LIDMap.GetLIDForPN(ctx, jid)
	}
	if alternative.Server == types.HiddenUserServer {
		return address{jid: alternative.ToNonAD(), phone: jid}
	}
	return address{jid: jid}
}

// moved is the event that joins a chat that was known by its phone number to
// the one by hidden number. It is brought before the first message of a
// person in this process; for a chat that nobody knows it means nothing.
func (a *Adapter) moved(p address) (bots.Event, bool) {
	if p.phone.IsEmpty() || p.jid.Server != types.HiddenUserServer || !a.recent.first(p.jid) {
		return bots.Event{}, false
	}
	return bots.Event{
		Account: a.Account(), Key: eventKey("moved", p.phone.User, p.jid.User), Kind: bots.Moved, Time: a.config.Now(),
		Chat: chatID(p.phone), ChatKind: news.Private, From: userID(p.jid), To: chatID(p.jid),
	}, true
}

// settle checks the address of a message to a person: by phone number nothing
// is sent, but the hidden number is looked up, where the network moves chats.
func (a *Adapter) settle(ctx context.Context, client *whatsmeow.Client, to types.JID) error {
	if to.Server != types.DefaultUserServer {
		return nil
	}
	lid, err := client.Store.LIDs.GetLIDForPN(ctx, to)
	if err == nil && lid.IsEmpty() {
		var found map[types.JID]types.UserInfo
		found, err = client.GetUserInfo(ctx, []types.JID{to})
		lid = found[to].LID
	}
	switch {
	case err != nil:
		return fmt.Errorf("look the number up: %w", beforeSending(ctx, err))
	case lid.IsEmpty():
		return fmt.Errorf("look the number up: %w", bots.ErrMissing)
	}
	return &bots.MovedError{To: chatID(lid)}
}

// ourselves reports whether an address is the account's own.
func ourselves(client *whatsmeow.Client, jid types.JID) bool {
	own, hidden := client.Store.GetJID(), client.Store.GetLID()
	return jid.User != "" && (jid.User == own.User && jid.Server == types.DefaultUserServer ||
		jid.User == hidden.User && jid.Server == types.HiddenUserServer)
}
