package whatsapp

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/proto/waHistorySync"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"
)

const (
	mostHistory    = 64 << 20  // of what the phone shares at once, packed
	mostUnpacked   = 256 << 20 // and unpacked
	historyTimeout = 2 * time.Minute
)

var errTooMuchHistory = errors.New("the phone shares too much at once")

// sharedHistory is a phone that offers a newly linked device what it remembers; nil
// when a message is something else.
func sharedHistory(m *events.Message) *waE2E.HistorySyncNotification {
	if !m.Info.IsFromMe || m.Message == nil {
		return nil
	}
	return m.Message.GetProtocolMessage().GetHistorySyncNotification()
}

// history takes out of what the phone shares what a session needs to be
// allowed to write to people: the salt of its tokens, and the tokens of
// those who have written to us. It keeps nothing else, no message, no name, and
// nobody who was forgotten.
func (a *Adapter) history(in *inbox, client *whatsmeow.Client, m *events.Message, offer *waE2E.HistorySyncNotification) *item {
	return &item{
		key: eventKey("history", m.Info.ID), chat: "history", at: m.Info.Timestamp,
		prepare: func(*item) {
			ctx, cancel := context.WithTimeout(in.ctx, historyTimeout)
			defer cancel()
			if err := a.keepOf(ctx, client, offer); err != nil {
				a.log.Warn("what the phone shares with a linked device could not be kept", "error", clean(err.Error()))
			}
		},
	}
}

func (a *Adapter) keepOf(ctx context.Context, client *whatsmeow.Client, offer *waE2E.HistorySyncNotification) error {
	switch offer.GetSyncType() {
	case waE2E.HistorySyncType_PUSH_NAME, waE2E.HistorySyncType_INITIAL_STATUS_V3, waE2E.HistorySyncType_ON_DEMAND:
		return nil // names, statuses, and what nobody has asked for
	}
	h, err := readHistory(ctx, client, offer)
	if err != nil {
		return err
	}
	if salt := h.GetNctSalt(); len(salt) > 0 {
		if err := client.Store.NCTSalt.PutNCTSalt(ctx, salt); err != nil {
			return fmt.Errorf("keep the salt: %w", err)
		}
	}
	lids := map[types.JID]types.JID{} // by phone number
	for _, pair := range h.GetPhoneNumberToLidMappings() {
		lid, errLID := types.ParseJID(pair.GetLidJID())
		phone, errPhone := types.ParseJID(pair.GetPnJID())
		if errLID == nil && errPhone == nil {
			lids[types.NewJID(phone.User, types.DefaultUserServer)] = lid.ToNonAD()
		}
	}
	return a.keepTokens(ctx, client, h.GetConversations(), lids)
}

// keepTokens keeps the tokens of those who have written to us.
func (a *Adapter) keepTokens(ctx context.Context, client *whatsmeow.Client, chats []*waHistorySync.Conversation, lids map[types.JID]types.JID) error {
	if a.config.Wrote == nil {
		return nil
	}
	var known []store.PrivacyToken
	for _, chat := range chats {
		jid, err := types.ParseJID(chat.GetID())
		if err != nil || len(chat.GetTcToken()) == 0 {
			continue
		}
		who := a.person(ctx, jid, lids[jid.ToNonAD()])
		yes, err := a.config.Wrote(ctx, chatID(who.jid))
		switch {
		case err != nil:
			return fmt.Errorf("look who has written: %w", err)
		case !yes:
			continue
		}
		known = append(known, store.PrivacyToken{
			User: who.jid, Token: chat.GetTcToken(), Timestamp: moment(chat.GetTcTokenTimestamp()), SenderTimestamp: moment(chat.GetTcTokenSenderTimestamp()),
		})
	}
	if len(known) == 0 {
		return nil
	}
	if err := client.Store.PrivacyTokens.PutPrivacyTokens(ctx, known...); err != nil {
		return fmt.Errorf("keep tokens: %w", err)
	}
	a.log.Info("readers' tokens came with the linking", "tokens", len(known))
	return nil
}

func moment(seconds uint64) time.Time { return time.Unix(int64(seconds), 0) }

// readHistory fetches and unpacks what the phone shares.
func readHistory(ctx context.Context, client *whatsmeow.Client, offer *waE2E.HistorySyncNotification) (*waHistorySync.HistorySync, error) {
	packed := offer.GetInitialHistBootstrapInlinePayload()
	if packed == nil {
		if offer.GetFileLength() > mostHistory {
			return nil, errTooMuchHistory
		}
		var err error
		if packed, err = client.Download(ctx, offer); err != nil {
			return nil, fmt.Errorf("fetch it: %w", err)
		}
	}
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack it: %w", err)
	}
	raw, err := io.ReadAll(io.LimitReader(r, mostUnpacked+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("unpack it: %w", err)
	case len(raw) > mostUnpacked:
		return nil, errTooMuchHistory
	}
	h := new(waHistorySync.HistorySync)
	if err := proto.Unmarshal(raw, h); err != nil {
		return nil, fmt.Errorf("read it: %w", err)
	}
	return h, nil
}
