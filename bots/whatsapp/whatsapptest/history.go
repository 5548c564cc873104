package whatsapptest

import (
	"bytes"
	"compress/zlib"
	"fmt"

	"go.mau.fi/whatsmeow"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/proto/waHistorySync"
	"go.mau.fi/whatsmeow/proto/waWeb"
	"google.golang.org/protobuf/proto"
)

// HistorySalt is the salt of the account's tokens, as the phone shares it.
const HistorySalt = "a salt for tokens of this account"

// ShareHistory sends the linked device everything that the phone remembers of
// its chats with readers, names and tokens with them, as a phone does right after
// pairing. The client must
// not take it for new messages.
func (p *Phone) ShareHistory() error {
	s := p.server
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.device == nil {
		return fmt.Errorf("share history: %w", errUnpaired)
	}
	packed, err := p.packHistory()
	if err != nil {
		return fmt.Errorf("share history: %w", err)
	}
	f, err := s.attach(packed, whatsmeow.MediaHistory)
	if err != nil {
		return fmt.Errorf("share history: %w", err)
	}
	plain, err := proto.Marshal(&waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
		Type: waE2E.ProtocolMessage_HISTORY_SYNC_NOTIFICATION.Enum(),
		HistorySyncNotification: &waE2E.HistorySyncNotification{
			DirectPath: &f.path, MediaKey: f.key, FileEncSHA256: f.sealed, FileSHA256: f.sum, FileLength: &f.size,
			SyncType: waE2E.HistorySyncType_RECENT.Enum(), ChunkOrder: proto.Uint32(1), Progress: proto.Uint32(100),
		},
	}})
	if err != nil {
		return fmt.Errorf("share history: %w", err)
	}
	kind, sealed, err := s.sealFor(&p.signal, plain)
	if err != nil {
		return fmt.Errorf("share history: %w", err)
	}
	s.deliver(waBinary.Node{
		Tag: "message",
		Attrs: waBinary.Attrs{
			"id": s.nextID(), "t": s.now().Unix(), "type": "text", "category": "peer", "from": p.lid,
		},
		Content: []waBinary.Node{encNode(kind, sealed)},
	})
	return nil
}

// packHistory is the phone's chats, compressed.
func (p *Phone) packHistory() ([]byte, error) {
	history := &waHistorySync.HistorySync{
		SyncType: waHistorySync.HistorySync_RECENT.Enum(), ChunkOrder: proto.Uint32(1), Progress: proto.Uint32(100),
		NctSalt: []byte(HistorySalt),
	}
	for _, r := range p.server.readers {
		chat := &waHistorySync.Conversation{ID: proto.String(r.lid.String())}
		for _, m := range p.thread(r.lid).order {
			chat.Messages = append(chat.Messages, &waHistorySync.HistorySyncMsg{Message: &waWeb.WebMessageInfo{
				Key: &waCommon.MessageKey{
					ID: proto.String(m.ID), RemoteJID: proto.String(r.lid.String()), FromMe: proto.Bool(m.Mine),
				},
				Message: m.Content, MessageTimestamp: proto.Uint64(uint64(m.Time.Unix())),
				PushName: proto.String(r.person.Name),
			}})
		}
		if len(chat.Messages) > 0 {
			chat.TcToken, chat.TcTokenTimestamp = []byte("a token"), proto.Uint64(uint64(p.server.now().Unix()))
			history.Pushnames = append(history.Pushnames, &waHistorySync.Pushname{ID: chat.ID, Pushname: proto.String(r.person.Name)})
			history.Conversations = append(history.Conversations, chat)
		}
	}
	raw, err := proto.Marshal(history)
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	if _, err := w.Write(raw); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}
