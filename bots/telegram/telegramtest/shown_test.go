package telegramtest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
)

// entities writes what a phone shows as "type offset+length argument".
func entities(m telegramtest.Message) string {
	var parts []string
	for _, e := range m.Entities {
		part := fmt.Sprintf("%s %d+%d", e.Type, e.Offset, e.Length)
		if extra := e.URL + e.Language + e.EmojiID; extra != "" {
			part += " " + extra
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

func TestShowsTextAsTelegramStoresIt(t *testing.T) {
	for _, test := range []struct{ name, mode, given, text, entities string }{
		{"tab and CR", "", "a\tb\r\nc", "a b\nc", ""},
		{"embeddings vanish", "", "\u202aأ\u202c\u2028ب", "أب", ""},
		{"last of a run of marks", "", "\u200f\u200f\u200eأ", "\u200c\u200c\u200eأ", ""},
		{"a single mark stays", "", "خ\u200fب", "خ\u200fب", ""},
		{"isolates stay", "", "\u2067أ\u2069", "\u2067أ\u2069", ""},
		{"trimmed", "", "\n أ \n", "أ", ""},
		{"bold in italic", "HTML", "<i>a <b>b</b></i>", "a b", "italic 0+3, bold 2+1"},
		{"UTF-16 offsets", "HTML", "🌍<b>خبر</b>", "🌍خبر", "bold 2+3"},
		{"link", "HTML", `<a href="HTTPS://Example.COM?a=1&amp;b=2">خبر</a>`, "خبر", "text_link 0+3 https://example.com/?a=1&b=2"},
		{"link without a host stays text", "HTML", `<a href="/x">خبر</a>`, "خبر", ""},
		{"code block", "HTML", `<pre><code class="language-go">x</code></pre>`, "x", "pre 0+1 go"},
		{"quote", "HTML", "<blockquote expandable>x</blockquote>", "x", "expandable_blockquote 0+1"},
		{"closed by </>", "HTML", "<b>x</>", "x", "bold 0+1"},
		{"references", "HTML", "&lt;&#1582;&#x62E;&copy;&amp", "<خخ&copy;&", ""},
		{"nothing in code", "HTML", "<code>a<b>b</b></code>", "ab", "code 0+2"},
		{"trailing space leaves bold", "HTML", "<b>x </b>", "x", "bold 0+1"},
		{"found by itself", "", "راجع https://example.com/a، و#عُمان و@news_bot /help", "راجع https://example.com/a، و#عُمان و@news_bot /help",
			"url 5+21, bot_command 47+5"},
		{"found after spaces", "", "#عُمان @news_bot a@b.com", "#عُمان @news_bot a@b.com", "hashtag 0+6, mention 7+9, email 17+7"},
		{"markdown", "MarkdownV2", "*a* __b__ ~c~ ||d|| [e](https://x.om) `f`\n>q\n>r\ns", "a b c d e f\nq\nr\ns",
			"bold 0+1, underline 2+1, strikethrough 4+1, spoiler 6+1, text_link 8+1 https://x.om/, code 10+1, blockquote 12+4"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			got := call(t, w.Server, "sendMessage", "chat_id", "7", "text", test.given, "parse_mode", test.mode)
			if !got.OK {
				t.Fatal(got.Description)
			}
			shown := w.private.FromBots()[0]
			if shown.Text != test.text || entities(shown) != test.entities {
				t.Errorf("shows %q with %q\nwant  %q with %q", shown.Text, entities(shown), test.text, test.entities)
			}
			var result struct {
				Text string `json:"text"`
			}
			if err := json.Unmarshal(got.Result, &result); err != nil || result.Text != test.text {
				t.Errorf("result has text %q, %v", result.Text, err)
			}
		})
	}
}

func TestEntitiesAreMadeToNest(t *testing.T) {
	for _, test := range []struct{ given, want string }{
		{`[{"type":"bold","offset":0,"length":4},{"type":"italic","offset":2,"length":4}]`, "bold 0+4, italic 2+2, italic 4+2"},
		{`[{"type":"bold","offset":0,"length":4},{"type":"bold","offset":2,"length":4}]`, "bold 0+6"},
		{`[{"type":"code","offset":0,"length":4},{"type":"text_link","offset":2,"length":4,"url":"x.om"}]`, "code 0+4"},
		{`[{"type":"blockquote","offset":0,"length":6},{"type":"text_link","offset":2,"length":2,"url":"x.om"}]`, "blockquote 0+6, text_link 2+2 http://x.om/"},
		{`[{"type":"bold","offset":2,"length":0}]`, ""},
		{`[{"type":"bold","offset":0,"length":6},{"type":"code","offset":2,"length":2}]`, "bold 0+2, code 2+2, bold 4+2"},
	} {
		w := newWorld(t)
		call(t, w.Server, "sendMessage", "chat_id", "7", "text", "abcdefgh", "entities", test.given)
		if got := entities(w.private.FromBots()[0]); got != test.want {
			t.Errorf("%s\nmade %q\nwant %q", test.given, got, test.want)
		}
	}
}

func TestPhoneShowsHowAMessageWasSent(t *testing.T) {
	w := newWorld(t)
	call(t, w.Server, "sendMessage", "chat_id", "7", "text", "خبر https://x.om/1", "disable_notification", "true",
		"protect_content", "true", "reply_parameters", `{"message_id":1}`,
		"link_preview_options", `{"url":"https://x.om/2","prefer_large_media":true,"show_above_text":true}`,
		"reply_markup", `{"keyboard":[["نعم",{"text":"لا"}]],"resize_keyboard":true,"is_persistent":true}`)
	m := w.private.FromBots()[0]
	if !m.Silent || !m.Protected || m.ReplyTo != 1 || !m.Preview.Large || !m.Preview.Above || m.Preview.URL != "https://x.om/2" {
		t.Errorf("shown %+v", m)
	}
	view := w.private.View()
	if view.Keyboard == nil || strings.Join(view.Keyboard.Rows[0], " ") != "نعم لا" || !view.Keyboard.Resize {
		t.Errorf("keyboard %+v", view.Keyboard)
	}
	call(t, w.Server, "setMyCommands", "commands", `[{"command":"a","description":"all"}]`)
	call(t, w.Server, "setMyCommands", "commands", `[{"command":"/b","description":"عربي"}]`, "language_code", "ar")
	call(t, w.Server, "sendMessage", "chat_id", "7", "text", "x", "reply_markup", `{"remove_keyboard":true}`)
	view = w.private.View()
	if view.Keyboard != nil || len(view.Menu) != 1 || view.Menu[0] != (telegramtest.Command{Command: "b", Description: "عربي"}) {
		t.Errorf("keyboard %+v, menu %+v", view.Keyboard, view.Menu)
	}
	raw, err := json.Marshal(view)
	if err != nil || !strings.Contains(string(raw), `"keyboard":{"rows"`) {
		t.Errorf("view as JSON: %s, %v", raw, err)
	}
	call(t, w.Server, "sendMessage", "chat_id", "7", "text", "https://x.om/1", "link_preview_options", `{"is_disabled":true}`)
	if m := w.private.FromBots()[2]; m.Preview.URL != "" {
		t.Errorf("a disabled preview shows %q", m.Preview.URL)
	}
}

func FuzzParseHTML(f *testing.F) {
	for _, seed := range []string{
		"<b>خبر</b> &amp; <a href='https://x.om/?a=1&b=2'>رابط</a>", "<pre><code class=\"language-go\">x</code></pre>",
		"<b><i>🌍</i>\u200f\u200f</b>", "&#55357;&#56842;", "<blockquote expandable>a\r\n</blockquote>", "<a href=", "</", "<span class=\"tg-spoiler\">x</span>",
	} {
		f.Add(seed)
	}
	server := &telegramtest.Server{AnyChat: true, Forget: true}
	server.AddBot(token, "news_bot")
	f.Fuzz(func(t *testing.T, html string) {
		got := call(t, server, "sendMessage", "chat_id", "5", "parse_mode", "HTML", "text", html)
		if !got.OK {
			if !strings.HasPrefix(got.Description, "Bad Request: ") {
				t.Fatalf("refused with %q", got.Description)
			}
			return
		}
		var m struct {
			Text     string                `json:"text"`
			Entities []telegramtest.Entity `json:"entities"`
		}
		if err := json.Unmarshal(got.Result, &m); err != nil {
			t.Fatal(err)
		}
		if len(m.Text) > len(html) {
			t.Fatalf("%d bytes became %d", len(html), len(m.Text))
		}
		units := 0
		for _, r := range m.Text {
			units++
			if r > 0xFFFF {
				units++
			}
		}
		for i, a := range m.Entities {
			if a.Offset < 0 || a.Length <= 0 || a.Offset+a.Length > units {
				t.Fatalf("%+v is outside of %d units", a, units)
			}
			for _, b := range m.Entities[i+1:] {
				if b.Offset < a.Offset || b.Offset < a.Offset+a.Length && b.Offset+b.Length > a.Offset+a.Length {
					t.Fatalf("%+v and %+v do not nest", a, b)
				}
			}
		}
	})
}
