package whatsapptest

import (
	"crypto/rand"
	"crypto/sha256"
	"slices"
	"time"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/gcmutil"
	"go.mau.fi/whatsmeow/util/hkdfutil"
	"google.golang.org/protobuf/proto"
)

// Vote ticks exactly these options of a poll of the bot's, none to take the vote
// back, and returns the id of the message that carries the vote. It looks for
// the poll in every chat of the reader. A vote that a phone would not allow,
// for want of the poll or the option, is a complaint and returns "".
func (r *Reader) Vote(poll string, options ...string) string {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	for chat, t := range r.chats {
		if m := t.byID[poll]; m != nil && m.Poll != nil {
			return r.vote(chat, m, options)
		}
	}
	r.server.complain("vote: no such poll")
	return ""
}

func (r *Reader) vote(chat types.JID, m *Message, options []string) string {
	s := r.server
	vote := &waE2E.PollVoteMessage{}
	for _, option := range options {
		if !slices.Contains(m.Poll.Options, option) {
			s.complain("vote: no such option")
			return ""
		}
		sum := sha256.Sum256([]byte(option))
		vote.SelectedOptions = append(vote.SelectedOptions, sum[:])
	}
	if m.Poll.Limit > 0 && len(options) > m.Poll.Limit {
		s.complain("vote: %d options, only %d allowed", len(options), m.Poll.Limit)
		return ""
	}
	plain, err := proto.Marshal(vote)
	if err != nil {
		s.complain("vote: %v", err)
		return ""
	}
	sealed, nonce, err := sealVote(m.secret, m.ID, m.author, r.address(), plain)
	if err != nil {
		s.complain("vote: %v", err)
		return ""
	}
	chosen := *m.Poll
	chosen.Chosen = slices.Clone(options)
	m.Poll = &chosen
	return r.write(chat, &waE2E.Message{PollUpdateMessage: &waE2E.PollUpdateMessage{
		PollCreationMessageKey: r.key(chat, m.ID),
		Vote:                   &waE2E.PollEncValue{EncPayload: sealed, EncIV: nonce},
		SenderTimestampMS:      proto.Int64(s.now().UnixMilli()),
	}}, time.Time{}, "")
}

// sealVote encrypts a vote with a key that is derived from the poll's secret,
// its author and the voter.
func sealVote(secret []byte, poll string, author, voter types.JID, plain []byte) (sealed, nonce []byte, err error) {
	by := voter.ToNonAD().String()
	key := hkdfutil.SHA256(secret, nil, []byte(poll+author.ToNonAD().String()+by+"Poll Vote"), 32)
	nonce = make([]byte, 12)
	_, _ = rand.Read(nonce)
	sealed, err = gcmutil.Encrypt(key, nonce, plain, []byte(poll+"\x00"+by))
	return sealed, nonce, err
}
