package whatsapp

import (
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// AccountOf returns the account of a bot's own phone number, in international
// form; ok is false when it cannot be one.
func AccountOf(number string) (id news.AccountID, ok bool) {
	chat, ok := ChatOfNumber(number)
	digits, _, _ := strings.Cut(string(chat), "@")
	return accountID(digits), ok
}
