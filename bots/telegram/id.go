package telegram

import (
	"strconv"
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// A chat id of ours is Telegram's number, "812345" or "-1001234567890", and
// behind a slash the topic, "-1001234567890/7". A channel may be named by its
// public name, "@omannews", in configurations.

type address struct {
	chat   int64
	name   string // with the @, instead of chat
	thread int
}

// AccountOf returns the account that a token is for, without asking Telegram:
// the number before the colon is the bot's user id.
func AccountOf(token string) (news.AccountID, error) {
	token = strings.TrimSpace(token)
	if !tokenShape.MatchString(token) {
		return "", ErrToken
	}
	id, _, _ := strings.Cut(token, ":")
	return news.AccountID(string(news.Telegram) + ":" + id), nil
}

// api is the value of the parameter chat_id.
func (a address) api() any {
	if a.name != "" {
		return a.name
	}
	return a.chat
}

func chatID(chat int64, thread int) news.ChatID {
	id := strconv.FormatInt(chat, 10)
	if thread != 0 {
		id += "/" + strconv.Itoa(thread)
	}
	return news.ChatID(id)
}

func parseChat(id news.ChatID) (address, bool) {
	chat, thread, topic := strings.Cut(string(id), "/")
	var a address
	if topic {
		n, ok := positive(thread)
		if !ok {
			return address{}, false
		}
		a.thread = n
	}
	if len(chat) > 1 && chat[0] == '@' {
		a.name = chat
		return a, true
	}
	n, err := strconv.ParseInt(chat, 10, 64)
	a.chat = n
	return a, err == nil && n != 0
}

// ParseChat reads a chat id as people write it in a file, and says what kind of
// chat it is of: people have numbers above 0. Anything but the form of
// [news.ChatID] that this package makes is refused, since two forms of one
// address would be two readers.
func ParseChat(text string) (id news.ChatID, kind news.ChatKind, ok bool) {
	a, ok := parseChat(news.ChatID(text))
	if !ok || a.name != "" || chatID(a.chat, a.thread) != news.ChatID(text) {
		return "", "", false
	}
	if a.chat < 0 {
		return news.ChatID(text), news.Group, true
	}
	return news.ChatID(text), news.Private, a.thread == 0
}

func userID(user int64) news.UserID { return news.UserID(strconv.FormatInt(user, 10)) }

func parseUser(id news.UserID) (int64, bool) {
	n, err := strconv.ParseInt(string(id), 10, 64)
	return n, err == nil && n != 0
}

func messageID(id int) news.MessageID { return news.MessageID(strconv.Itoa(id)) }

func parseMessage(id news.MessageID) (int, bool) { return positive(string(id)) }

func eventKey(update int64) string { return "u:" + strconv.FormatInt(update, 10) }

func accountID(bot int64) news.AccountID {
	return news.AccountID(string(news.Telegram) + ":" + strconv.FormatInt(bot, 10))
}

func positive(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0
}

// isLink tells a medium's address from a reference of Telegram's (a file_id has
// no colon).
func isLink(medium string) bool {
	return strings.HasPrefix(medium, "http://") || strings.HasPrefix(medium, "https://")
}

// isFile reports whether a medium is a file of ours.
func isFile(medium string) bool {
	_, ok := news.FileSum(medium)
	return ok
}
