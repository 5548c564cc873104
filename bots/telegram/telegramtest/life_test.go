package telegramtest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
)

func TestEdits(t *testing.T) {
	w := newWorld(t)
	keys := `{"inline_keyboard":[[{"text":"أ","callback_data":"a"}]]}`
	edit := func(method, id string, more ...string) string {
		return call(t, w.Server, method, append([]string{"chat_id", "7", "message_id", id}, more...)...).Description
	}
	text := call(t, w.Server, "sendMessage", "chat_id", "7", "text", "خبر", "reply_markup", keys).id(t)
	photo := call(t, w.Server, "sendPhoto", "chat_id", "7", "photo", "https://x.om/1.jpg", "caption", "صورة").id(t)
	keyboard := call(t, w.Server, "sendMessage", "chat_id", "7", "text", "اختر", "reply_markup", `{"keyboard":[["أ"]]}`).id(t)
	const unmodified = "Bad Request: message is not modified: specified new message content and reply markup are " +
		"exactly the same as a current content and reply markup of the message"
	for _, test := range []struct{ got, want string }{
		{edit("editMessageText", text, "text", " خبر ", "reply_markup", keys), unmodified},
		{edit("editMessageText", text, "text", "خبر"), ""}, // the buttons go
		{edit("editMessageText", text, "text", "خبر", "reply_markup", `{"keyboard":[["أ"]]}`), "Bad Request: inline keyboard expected"},
		{edit("editMessageText", text, "text", strings.Repeat("أ", 4097)), "Bad Request: message is too long"},
		{edit("editMessageText", text, "text", "<b>خبر</b>", "parse_mode", "HTML"), ""},
		{edit("editMessageText", text, "text", "<b>خبر</b>", "parse_mode", "HTML"), unmodified},
		{edit("editMessageReplyMarkup", text, "reply_markup", keys), ""},
		{edit("editMessageReplyMarkup", text, "reply_markup", keys), unmodified},
		{edit("editMessageCaption", text, "caption", "أ"), "Bad Request: there is no caption in the message to edit"},
		{edit("editMessageText", photo, "text", "أ"), "Bad Request: there is no text in the message to edit"},
		{edit("editMessageCaption", photo, "caption", "صورة جديدة"), ""},
		{edit("editMessageMedia", photo, "media", `{"type":"photo","media":"https://x.om/2.jpg","caption":"ب"}`), ""},
		{edit("editMessageText", keyboard, "text", "أ"), "Bad Request: message can't be edited"},
	} {
		if test.got != test.want {
			t.Errorf("answered %q, want %q", test.got, test.want)
		}
	}
	seen := w.private.FromBots()
	if seen[0].Edits != 3 || len(seen[0].Buttons) != 1 || entities(seen[0]) != "bold 0+3" || seen[0].Edited.IsZero() {
		t.Errorf("text shows %+v", seen[0])
	}
	if seen[1].Text != "ب" || seen[1].Media.URL != "https://x.om/2.jpg" {
		t.Errorf("photo shows %+v", seen[1])
	}
}

func TestDeletesForTwoDays(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	w := newWorld(t)
	w.Now = func() time.Time { return now }
	one := call(t, w.Server, "sendMessage", "chat_id", "7", "text", "أ").id(t)
	two := call(t, w.Server, "sendMessage", "chat_id", "7", "text", "ب").id(t)
	now = now.Add(48 * time.Hour)
	if got := call(t, w.Server, "deleteMessages", "chat_id", "7", "message_ids", "["+one+",77]"); !got.OK {
		t.Error(got.Description)
	}
	now = now.Add(time.Second)
	if got := call(t, w.Server, "deleteMessage", "chat_id", "7", "message_id", two); got.Description != "Bad Request: message can't be deleted for everyone" {
		t.Errorf("after 48 hours: %q", got.Description)
	}
	if got := call(t, w.Server, "editMessageText", "chat_id", "7", "message_id", two, "text", "ج"); !got.OK {
		t.Errorf("edits have no limit: %q", got.Description)
	}
	if got := call(t, w.Server, "editMessageText", "chat_id", "7", "message_id", one, "text", "ج"); got.Description != "Bad Request: message to edit not found" {
		t.Errorf("edit of a deleted message: %q", got.Description)
	}
	if seen := w.private.FromBots(); len(seen) != 1 || seen[0].Text != "ج" {
		t.Errorf("shows %+v", seen)
	}
	if m, ok := w.private.Message(2); !ok || !m.Deleted {
		t.Errorf("history has %+v", m)
	}
}

func TestPrivateChats(t *testing.T) {
	w := newWorld(t)
	send := func(chat string) string {
		return call(t, w.Server, "sendMessage", "chat_id", chat, "text", "خبر").Description
	}
	group := w.AddSupergroup("أصدقاء", w.reader)
	group.Add(w.bot, w.reader)
	shy := w.AddUser(telegramtest.User{ID: 8})
	group.Add(shy, nil)
	if got := send("8"); got != "Forbidden: bot can't initiate conversation with a user" {
		t.Errorf("to a user met in a group: %q", got)
	}
	w.reader.Block(w.bot)
	if got := send("7"); got != "Forbidden: bot was blocked by the user" {
		t.Errorf("blocked: %q", got)
	}
	w.reader.Unblock(w.bot)
	if got := send("7"); got != "" {
		t.Errorf("unblocked: %q", got)
	}
	w.private.Delete()
	if got := send("7"); got != "Forbidden: user is deactivated" {
		t.Errorf("deactivated: %q", got)
	}
}

func TestMessageIDsRiseForTheAccount(t *testing.T) {
	w := newWorld(t) // the reader's /start is message 1
	other := w.AddUser(telegramtest.User{ID: 9}).Start(w.bot, "")
	group := w.AddGroup("مجموعة", w.reader)
	group.Add(w.bot, w.reader) // 3: the service message
	super := w.AddSupergroup("كبيرة", w.reader)
	super.Add(w.bot, w.reader)
	for _, test := range []struct {
		chat int64
		want string
	}{{other.ID(), "4"}, {7, "5"}, {group.ID(), "6"}, {super.ID(), "2"}, {7, "7"}, {super.ID(), "3"}} {
		if got := call(t, w.Server, "sendMessage", "chat_id", num(test.chat), "text", "أ").id(t); got != test.want {
			t.Errorf("chat %d: message %s, want %s", test.chat, got, test.want)
		}
	}
}

func TestGroupsAndChannels(t *testing.T) {
	w := newWorld(t)
	send := func(c *telegramtest.Chat, more ...string) string {
		return call(t, w.Server, "sendMessage", append([]string{"chat_id", num(c.ID()), "text", "خبر"}, more...)...).Description
	}
	check := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("answered %q, want %q", got, want)
		}
	}
	group := w.AddGroup("مجموعة", w.reader)
	check(send(group), "Bad Request: chat not found")
	group.Add(w.bot, w.reader)
	check(send(group), "")
	group.Mute(w.bot, w.reader)
	check(send(group), "Bad Request: not enough rights to send text messages to the chat")
	group.Remove(w.bot, w.reader)
	check(send(group), "Forbidden: bot was kicked from the group chat")
	group.Add(w.bot, w.reader)
	call(t, w.Server, "leaveChat", "chat_id", num(group.ID()))
	check(send(group), "Forbidden: bot is not a member of the group chat")
	group.Add(w.bot, w.reader)
	super := group.Migrate()
	got := call(t, w.Server, "sendMessage", "chat_id", num(group.ID()), "text", "خبر")
	check(got.Description, "Bad Request: group chat was upgraded to a supergroup chat")
	if got.Parameters.MigrateTo != super.ID() {
		t.Errorf("migrate_to_chat_id %d, want %d", got.Parameters.MigrateTo, super.ID())
	}
	check(send(super), "")

	channel := w.AddChannel("قناة", "oman_news", w.reader)
	check(send(channel), "Forbidden: bot is not a member of the channel chat")
	channel.Promote(w.bot, w.reader, telegramtest.Rights{Edit: true})
	check(send(channel), "Bad Request: need administrator rights in the channel chat")
	channel.Promote(w.bot, w.reader, telegramtest.Rights{Post: true})
	posted := call(t, w.Server, "sendMessage", "chat_id", "@oman_news", "text", "خبر").id(t)
	check(call(t, w.Server, "editMessageText", "chat_id", "@oman_news", "message_id", posted, "text", "ج").Description, "")
	theirs := w.reader.SendText(channel, "من المحرر")
	check(call(t, w.Server, "deleteMessage", "chat_id", "@oman_news", "message_id", num(int64(theirs))).Description, "Bad Request: message can't be deleted")
	channel.Delete()
	check(send(channel), "Forbidden: bot was kicked from the channel chat")
	check(call(t, w.Server, "sendMessage", "chat_id", "@oman_news", "text", "خبر").Description, "Bad Request: chat not found")
}

func TestTopics(t *testing.T) {
	w := newWorld(t)
	forum := w.AddForum("منتدى", w.reader)
	forum.Add(w.bot, w.reader)
	topic := forum.AddTopic("الطقس")
	send := func(thread int) string {
		return call(t, w.Server, "sendMessage", "chat_id", num(forum.ID()), "text", "أ", "message_thread_id", num(int64(thread))).Description
	}
	if got := send(topic); got != "" {
		t.Error(got)
	}
	if got := send(topic + 50); got != "Bad Request: message thread not found" {
		t.Errorf("unknown topic: %q", got)
	}
	forum.CloseTopic(topic)
	if got := send(topic); got != "Bad Request: TOPIC_CLOSED" {
		t.Errorf("closed topic: %q", got)
	}
	forum.DeleteTopic(topic)
	if got := send(topic); got != "Bad Request: message thread not found" {
		t.Errorf("deleted topic: %q", got)
	}
}

func TestAlbums(t *testing.T) {
	w := newWorld(t)
	album := func(items ...string) answer {
		return call(t, w.Server, "sendMediaGroup", "chat_id", "7", "media", "["+strings.Join(items, ",")+"]")
	}
	photo := `{"type":"photo","media":"https://x.om/1.jpg"}`
	long := `{"type":"photo","media":"https://x.om/1.jpg","caption":"` + strings.Repeat("أ", 1025) + `"}`
	document := `{"type":"document","media":"https://x.om/1.pdf"}`
	for _, test := range []struct {
		items []string
		want  string
	}{
		{nil, "Bad Request: there are no messages to send"},
		{[]string{photo, long}, `Bad Request: failed to send message #2 with the error message "message caption is too long"`},
		{[]string{photo, document}, "Bad Request: documents can't be mixed with other media types"},
		{strings.Split(strings.Repeat(photo+";", 11), ";")[:11], "Bad Request: too many messages to send as an album"},
		{[]string{photo, photo}, ""},
	} {
		if got := album(test.items...); got.Description != test.want {
			t.Errorf("%d items: %q, want %q", len(test.items), got.Description, test.want)
		}
	}
	seen := w.private.FromBots()
	if len(seen) != 2 || seen[0].Album == "" || seen[0].Album != seen[1].Album {
		t.Errorf("shows %+v", seen)
	}
}
