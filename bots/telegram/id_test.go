package telegram

import (
	"testing"

	"github.com/nashra-bot/nashra/news"
)

func TestChatIDs(t *testing.T) {
	tests := []struct {
		id   news.ChatID
		want address
		ok   bool
	}{
		{"812345", address{chat: 812345}, true},
		{"-1001234567890", address{chat: -1001234567890}, true},
		{"-1001234567890/7", address{chat: -1001234567890, thread: 7}, true},
		{"@omannews", address{name: "@omannews"}, true},
		{"", address{}, false},
		{"0", address{}, false},
		{"@", address{}, false},
		{"-1001234567890/", address{}, false},
		{"-1001234567890/0", address{}, false},
		{"-1001234567890/-7", address{}, false},
		{"968@s.whatsapp.net", address{}, false},
	}
	for _, tt := range tests {
		got, ok := parseChat(tt.id)
		if ok != tt.ok || ok && got != tt.want {
			t.Errorf("%q is %+v, %v; want %+v, %v", tt.id, got, ok, tt.want, tt.ok)
		}
		if ok && got.name == "" && chatID(got.chat, got.thread) != tt.id {
			t.Errorf("%q is written as %q", tt.id, chatID(got.chat, got.thread))
		}
	}
	if n, ok := parseMessage(messageID(42)); !ok || n != 42 {
		t.Errorf("message 42 is read as %d, %v", n, ok)
	}
	if n, ok := parseUser(userID(-1001)); !ok || n != -1001 {
		t.Errorf("user -1001 is read as %d, %v", n, ok)
	}
	for _, id := range []news.MessageID{"", "0", "-1", "3EB0ABC"} {
		if n, ok := parseMessage(id); ok {
			t.Errorf("%q is message %d", id, n)
		}
	}
}

// What people write in a file is one form, or refused.
func TestParseChat(t *testing.T) {
	for text, kind := range map[string]news.ChatKind{
		"812345": news.Private, "-42": news.Group, "-1001234567890": news.Group, "-1001234567890/7": news.Group,
		"": "", "0": "", "+812345": "", "0812345": "", "812345/7": "", "-100/0": "", "-100/07": "", "8.1E+08": "", "@omannews": "", "٨١٢٣٤٥": "", "99999999999999999999": "",
	} {
		id, got, ok := ParseChat(text)
		if ok != (kind != "") || ok && (got != kind || string(id) != text) {
			t.Errorf("%q is %q %q %v, want %q", text, id, got, ok, kind)
		}
	}
}
