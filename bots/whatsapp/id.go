package whatsapp

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"

	"github.com/nashra-bot/nashra/news"
)

// A chat id of ours is WhatsApp's own address without a device: a person by
// hidden number, "1234@lid", or while that is unknown by phone number,
// "96890000000@s.whatsapp.net"; a group, "1203@g.us"; a channel,
// "1203@newsletter". A person's user id is the same as their chat's.
//
// A message id of ours is WhatsApp's id and eight hexadecimal digits of the
// Unix time of sending, so that the time for an edit can be told. Both parts
// of a message of ours are upper-case hexadecimal.

// ChatOfNumber is the chat with the person who has a phone number, in
// international form. Signs and spaces in it are dropped; ok is false when it
// cannot be a number (E.164: 7 to 15 digits, no leading zero).
func ChatOfNumber(number string) (chat news.ChatID, ok bool) {
	digits := onlyDigits(number)
	if !couldBeNumber(digits) {
		return "", false
	}
	return chatID(types.NewJID(digits, types.DefaultUserServer)), true
}

// KindOf says what stands behind a chat id; empty: it is none of WhatsApp's.
func KindOf(chat news.ChatID) news.ChatKind {
	jid, ok := parseChat(chat)
	if !ok {
		return ""
	}
	return kindOf(jid)
}

// ParseChat reads a chat id as people write it in a file, and says what kind of
// chat it is of. A person may be given by phone number; anything else but the
// form that this package makes is refused, since two forms of one address would
// be two readers.
func ParseChat(text string) (id news.ChatID, kind news.ChatKind, ok bool) {
	if !strings.Contains(text, "@") {
		if strings.Trim(text, "+0123456789 -()") != "" { // a spreadsheet's 9.689E+10
			return "", "", false
		}
		id, ok = ChatOfNumber(text)
		return id, news.Private, ok
	}
	jid, ok := parseChat(news.ChatID(text))
	if !ok || chatID(jid) != news.ChatID(text) {
		return "", "", false
	}
	if number := jid.User; jid.Server == types.DefaultUserServer && !couldBeNumber(number) {
		return "", "", false
	}
	return news.ChatID(text), kindOf(jid), true
}

func couldBeNumber(digits string) bool {
	return len(digits) >= 7 && len(digits) <= 15 && digits[0] != '0'
}

func kindOf(jid types.JID) news.ChatKind {
	switch jid.Server {
	case types.GroupServer:
		return news.Group
	case types.NewsletterServer:
		return news.Channel
	}
	return news.Private
}

func chatID(jid types.JID) news.ChatID { return news.ChatID(jid.ToNonAD().String()) }

func userID(jid types.JID) news.UserID { return news.UserID(jid.ToNonAD().String()) }

func parseChat(id news.ChatID) (types.JID, bool) {
	user, server, ok := strings.Cut(string(id), "@")
	if !ok || !isNumber(strings.ReplaceAll(user, "-", "")) {
		return types.EmptyJID, false
	}
	switch server {
	case types.HiddenUserServer, types.DefaultUserServer, types.NewsletterServer:
		return types.NewJID(user, server), !strings.Contains(user, "-")
	case types.GroupServer:
		return types.NewJID(user, server), true
	}
	return types.EmptyJID, false
}

// wireID is the id of the message with a key: the same on every repeat.
func wireID(key string) types.MessageID {
	sum := sha256.Sum256([]byte(key))
	return whatsmeow.WebMessageIDPrefix + strings.ToUpper(hex.EncodeToString(sum[:9]))
}

const timeDigits = 8

func messageID(id types.MessageID, sent time.Time) news.MessageID {
	return news.MessageID(fmt.Sprintf("%s%0*X", id, timeDigits, uint32(sent.Unix())))
}

func parseMessage(id news.MessageID) (wire types.MessageID, sent time.Time, ok bool) {
	cut := len(id) - timeDigits
	if cut < 1 {
		return "", time.Time{}, false
	}
	seconds, err := strconv.ParseUint(string(id[cut:]), 16, 32)
	return types.MessageID(id[:cut]), time.Unix(int64(seconds), 0), err == nil
}

// eventKey is the key of something that happened: the same when it is brought
// twice, and no address, because keys are logged.
func eventKey(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return "w:" + hex.EncodeToString(sum[:12])
}

func accountID(number string) news.AccountID {
	return news.AccountID(string(news.WhatsApp) + ":" + number)
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func isNumber(s string) bool { return s != "" && onlyDigits(s) == s }
