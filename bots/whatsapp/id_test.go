package whatsapp_test

import (
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
