package whatsapp_test

import (
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/news"
)

func TestIDs(t *testing.T) {
	for number, want := range map[string]string{
		"+999 0000-0001": "99900000001", "9990000000": "9990000000", "099900000": "", "123": "", "": "", "1234567890123456": "",
	} {
		chat, ok := whatsapp.ChatOfNumber(number)
		id, named := whatsapp.AccountOf(number)
		if ok != (want != "") || ok && chat != news.ChatID(want+"@s.whatsapp.net") || named != ok || ok && id != news.AccountID("whatsapp:"+want) {
			t.Errorf("%q is %q and %q", number, chat, id)
		}
	}
	for chat, want := range map[news.ChatID]news.ChatKind{
		"1234@lid": news.Private, "99900000001@s.whatsapp.net": news.Private, "1203-55@g.us": news.Group, "1203@newsletter": news.Channel,
		"status@broadcast": "", "1234@broadcast": "", "@lid": "", "1234": "", "1234:5@lid": "", "12x@lid": "", "12-3@lid": "", "": "",
	} {
		if got := whatsapp.KindOf(chat); got != want {
			t.Errorf("%q is %q, want %q", chat, got, want)
		}
	}
}

// What people write in a file is one form, or refused; a phone number is taken
// in any spelling.
func TestParseChat(t *testing.T) {
	for text, want := range map[string]string{
		"+968 9000-0000": "96890000000@s.whatsapp.net private", "96890000000": "96890000000@s.whatsapp.net private",
		"96890000000@s.whatsapp.net": "96890000000@s.whatsapp.net private", "1234@lid": "1234@lid private", "1203-4@g.us": "1203-4@g.us group",
		"1203@newsletter": "1203@newsletter channel",
		"":                "", "hello": "", "090000000": "", "9.6890000001E+10": "", "968x90000000": "", "+96890000000@s.whatsapp.net": "", "0968@s.whatsapp.net": "", "1234:5@lid": "", "1234@elsewhere": "",
	} {
		id, kind, ok := whatsapp.ParseChat(text)
		if got := strings.TrimSpace(string(id) + " " + string(kind)); ok != (want != "") || ok && got != want {
			t.Errorf("%q is %q %v, want %q", text, got, ok, want)
		}
	}
}
