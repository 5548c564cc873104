package telegramtest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
)

type answer struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	ErrorCode   int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// call makes one call with form parameters, name and value in turn.
func call(t testing.TB, s *telegramtest.Server, method string, params ...string) answer {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(params); i += 2 {
		form.Set(params[i], params[i+1])
	}
	return post(t, s, "/bot"+token+"/"+method, "application/x-www-form-urlencoded", []byte(form.Encode()))
}

func post(t testing.TB, s *telegramtest.Server, path, kind string, body []byte) answer {
	t.Helper()
	status, raw := fetch(t, s, path, kind, body)
	var a answer
	if err := json.Unmarshal(raw, &a); err != nil {
		t.Fatalf("%s answered %q: %v", path, raw, err)
	}
	if !a.OK && a.ErrorCode != status {
		t.Errorf("%s: HTTP %d with error_code %d", path, status, a.ErrorCode)
	}
	return a
}

func fetch(t testing.TB, s *telegramtest.Server, path, kind string, body []byte) (int, []byte) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, "http://api.test"+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	response, err := s.Client(0).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, raw
}

// id is the message id of a call's result.
func (a answer) id(t testing.TB) string {
	t.Helper()
	var m struct {
		ID int `json:"message_id"`
	}
	if err := json.Unmarshal(a.Result, &m); err != nil || m.ID == 0 {
		t.Fatalf("no message in %s (%s)", a.Result, a.Description)
	}
	return strconv.Itoa(m.ID)
}

// world is a bot with every kind of chat.
type world struct {
	*telegramtest.Server
	bot     *telegramtest.Bot
	reader  *telegramtest.Phone
	private *telegramtest.Chat
}

func newWorld(t testing.TB) world {
	t.Helper()
	s := &telegramtest.Server{}
	t.Cleanup(s.Close)
	bot := s.AddBot(token, "news_bot")
	reader := s.AddUser(telegramtest.User{ID: 7, FirstName: "سالم", Language: "ar"})
	return world{s, bot, reader, reader.Start(bot, "")}
}

func num(id int64) string { return strconv.FormatInt(id, 10) }

func TestRefusesTextsLikeTheRealServer(t *testing.T) {
	for _, test := range []struct {
		name   string
		method string
		params []string
		want   string // "" is success
	}{
		{"no text", "sendMessage", nil, "Bad Request: message text is empty"},
		{"only spaces", "sendMessage", []string{"text", " \n\t"}, "Bad Request: text must be non-empty"},
		{"only a mark", "sendMessage", []string{"text", "\u200f"}, "Bad Request: text must be non-empty"},
		{"4096 letters", "sendMessage", []string{"text", strings.Repeat("خ", 4096)}, ""},
		{"4097 letters", "sendMessage", []string{"text", strings.Repeat("خ", 4097)}, "Bad Request: message is too long"},
		{"4096 astral", "sendMessage", []string{"text", strings.Repeat("🌍", 4096)}, ""},
		{"counted after parsing", "sendMessage", []string{"parse_mode", "HTML", "text", "<b>" + strings.Repeat("a", 4096) + "</b>"}, ""},
		{"counted after trimming", "sendMessage", []string{"text", "  " + strings.Repeat("a", 4096) + "\n\n"}, ""},
		{"32 KB", "sendMessage", []string{"text", strings.Repeat("a", 32769)}, "Bad Request: text is too long"},
		{"not UTF-8", "sendMessage", []string{"text", "a\xff"}, "Bad Request: strings must be encoded in UTF-8"},
		{"unknown mode", "sendMessage", []string{"text", "a", "parse_mode", "bb"}, "Bad Request: unsupported parse_mode"},
		{"caption 1024", "sendPhoto", []string{"photo", "https://example.com/a.jpg", "caption", strings.Repeat("خ", 1024)}, ""},
		{"caption 1025", "sendPhoto", []string{"photo", "https://example.com/a.jpg", "caption", strings.Repeat("خ", 1025)}, "Bad Request: message caption is too long"},
		{"no photo", "sendPhoto", nil, "Bad Request: there is no photo in the request"},
		{"bad photo link", "sendPhoto", []string{"photo", "https://localhost/a.jpg"}, "Bad Request: wrong HTTP URL specified"},
		{"bad file id", "sendPhoto", []string{"photo", "AgACnone"}, "Bad Request: wrong file identifier/HTTP URL specified"},
		{"no document", "sendDocument", nil, "Bad Request: there is no document in the request"},
		{"unknown action", "sendChatAction", []string{"action", "dancing"}, "Bad Request: wrong parameter action in request"},
		{"markup no JSON", "sendMessage", []string{"text", "a", "reply_markup", "{"}, "Bad Request: can't parse reply keyboard markup JSON object"},
		{"markup no object", "sendMessage", []string{"text", "a", "reply_markup", "[]"}, "Bad Request: object expected as reply markup"},
		{"preview no object", "sendMessage", []string{"text", "a", "link_preview_options", "3"}, "Bad Request: object expected as link preview options"},
		{"preview link", "sendMessage", []string{"text", "a", "link_preview_options", `{"url":"ftp://x"}`}, "Bad Request: wrong HTTP URL specified"},
		{"entity out of text", "sendMessage", []string{"text", "abc", "entities", `[{"type":"bold","offset":3,"length":1}]`}, "Bad Request: entity begins after the end of the text at UTF-16 offset 3"},
		{"entity past the end", "sendMessage", []string{"text", "abc", "entities", `[{"type":"bold","offset":1,"length":9}]`}, "Bad Request: entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 10"},
		{"entity begins in a pair", "sendMessage", []string{"text", "🌍b", "entities", `[{"type":"bold","offset":1,"length":2}]`}, "Bad Request: entity begins in a middle of a UTF-16 symbol at byte offset 4"},
		{"entity ends in a pair", "sendMessage", []string{"text", "a🌍", "entities", `[{"type":"bold","offset":0,"length":2}]`}, "Bad Request: entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 5"},
		{"negative entity", "sendMessage", []string{"text", "abc", "entities", `[{"type":"bold","offset":-1,"length":2}]`}, "Bad Request: receive an entity with incorrect offset -1"},
		{"unknown entity dropped", "sendMessage", []string{"text", "abc", "entities", `[{"type":"blink","offset":7,"length":2}]`}, ""},
		{"empty media list", "sendMediaGroup", nil, "Bad Request: parameter \"media\" is required"},
		{"media of a strange kind", "sendMediaGroup", []string{"media", `[{"type":"sticker","media":"x"}]`}, "Bad Request: can't parse InputMedia: type \"sticker\" is unsupported"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			got := call(t, w.Server, test.method, append([]string{"chat_id", "7"}, test.params...)...)
			if got.Description != test.want {
				t.Errorf("answered %q, want %q", got.Description, test.want)
			}
		})
	}
}

func TestRefusesHTMLLikeTheRealServer(t *testing.T) {
	const parse = "Bad Request: can't parse entities: "
	for html, want := range map[string]string{
		"<p>a</p>":                           parse + `Unsupported start tag "p" at byte offset 0`,
		"أ<br/>":                             parse + `Unsupported start tag "br/" at byte offset 2`,
		"<b>a":                               parse + `Can't find end tag corresponding to start tag "b"`,
		"a</b>":                              parse + "Unexpected end tag at byte offset 1",
		"<b><i>a</b></i>":                    parse + `Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`,
		"1 < 2":                              parse + `Unsupported start tag "" at byte offset 2`,
		"a<b":                                parse + "Unclosed start tag at byte offset 1",
		"<b>a</b":                            parse + "Unclosed end tag at byte offset 4",
		"<a href=x>a</a>":                    "",
		"<a href=http://x>a</a>":             parse + "Unexpected end of name token at byte offset 8",
		`<a href="http://x.com>a</a>`:        parse + "Unclosed start tag at byte offset 0",
		`<a ="x">a</a>`:                      parse + `Empty attribute name in the tag "a" at byte offset 0`,
		"<a href":                            parse + `Unclosed start tag "a" at byte offset 0`,
		"<span>a</span>":                     parse + `Tag "span" must have class "tg-spoiler" at byte offset 0`,
		"&#xD800;":                           parse + "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units",
		`<tg-emoji emoji-id="">a</tg-emoji>`: parse + "Invalid custom emoji identifier specified",
		"<b></b>":                            "Bad Request: text must be non-empty",
		"&lt;p&gt; &amp; &nbsp;":             "",
	} {
		w := newWorld(t)
		got := call(t, w.Server, "sendMessage", "chat_id", "7", "parse_mode", "HTML", "text", html)
		if got.Description != want {
			t.Errorf("%s\nanswered %q\nwant     %q", html, got.Description, want)
		}
	}
}

func TestRefusesMarkdownLikeTheRealServer(t *testing.T) {
	const parse = "Bad Request: can't parse entities: "
	for text, want := range map[string]string{
		"a.":          parse + `Character '.' is reserved and must be escaped with the preceding '\'`,
		"a|b":         parse + `Character '|' is reserved and must be escaped with the preceding '\'`,
		"*a":          parse + "Can't find end of Bold entity at byte offset 0",
		"a [b](c":     parse + "Can't find end of a URL at byte offset 6",
		`a\. \!`:      "",
		"*a _b_* `c`": "",
		"a > b":       parse + `Character '>' is reserved and must be escaped with the preceding '\'`,
	} {
		w := newWorld(t)
		got := call(t, w.Server, "sendMessage", "chat_id", "7", "parse_mode", "MarkdownV2", "text", text)
		if got.Description != want {
			t.Errorf("%s\nanswered %q\nwant     %q", text, got.Description, want)
		}
	}
}

func TestRefusesMarkupLikeTheRealServer(t *testing.T) {
	inline := func(button string) string { return `{"inline_keyboard":[[` + button + `]]}` }
	many := strings.Repeat(`[{"text":"a","callback_data":"b"}],`, 101)
	const button = "Bad Request: can't parse inline keyboard button: "
	for markup, want := range map[string]string{
		inline(`{"text":"a","callback_data":"` + strings.Repeat("x", 64) + `"}`):      "",
		inline(`{"text":"a","callback_data":"` + strings.Repeat("x", 65) + `"}`):      "Bad Request: BUTTON_DATA_INVALID",
		inline(`{"text":"a","callback_data":"` + strings.Repeat("خ", 33) + `"}`):      "Bad Request: BUTTON_DATA_INVALID",
		inline(`{"text":"a","url":"http://localhost/x"}`):                             "Bad Request: inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
		inline(`{"text":"a","url":"mailto://x.com"}`):                                 "Bad Request: inline keyboard button URL 'mailto://x.com' is invalid: Unsupported URL protocol",
		inline(`{"text":"a","url":"https://x.om","copy_text":{"text":""}}`):           "",
		inline(`{"text":"a","url":"https://x.om/` + strings.Repeat("y", 2048) + `"}`): "Bad Request: BUTTON_URL_INVALID",
		inline(`{"text":"a","copy_text":{"text":""}}`):                                "Bad Request: BUTTON_COPY_TEXT_INVALID",
		inline(`{"text":"a"}`):          button + "Text buttons are unallowed in the inline keyboard",
		inline(`{"callback_data":"a"}`): button + `Can't find field "text"`,
		inline(`"a"`):                   button + "InlineKeyboardButton must be an Object",
		inline(`{"text":"a","callback_data":"b","style":"pink"}`):     button + "invalid button style specified",
		`{"inline_keyboard":[{}]}`:                                    `Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays`,
		`{"keyboard":[["a",3]]}`:                                      "Bad Request: can't parse keyboard button: KeyboardButton must be a String or an Object",
		`{"inline_keyboard":[` + strings.TrimSuffix(many, ",") + `]}`: "Bad Request: reply markup is too long",
		`{"inline_keyboard":null}`:                                    "",
	} {
		w := newWorld(t)
		got := call(t, w.Server, "sendMessage", "chat_id", "7", "text", "a", "reply_markup", markup)
		if got.Description != want {
			t.Errorf("%.80s\nanswered %q\nwant     %q", markup, got.Description, want)
		}
	}
}

func TestRefusesCallsLikeTheRealServer(t *testing.T) {
	w := newWorld(t)
	form := "application/x-www-form-urlencoded"
	for path, want := range map[string]string{
		"/bot1:wrong/getMe":               "Unauthorized",
		"/bot" + token + "/getmoney":      "Not Found",
		"/bot" + token + "/GETME":         "",
		"/nothing":                        "Not Found",
		"/bot" + token + "/test/getMe":    "",
		"/file/bot" + token + "/photos/1": "Not Found",
	} {
		if got := post(t, w.Server, path, form, nil); got.Description != want {
			t.Errorf("%s answered %q, want %q", path, got.Description, want)
		}
	}
	for _, test := range [][]string{
		{"sendMessage", "Bad Request: chat_id is empty", "text", "a"},
		{"sendMessage", "Bad Request: chat not found", "text", "a", "chat_id", "999"},
		{"sendMessage", "Bad Request: chat not found", "text", "a", "chat_id", "@nobody"},
		{"sendMessage", "Bad Request: message to be replied not found", "text", "a", "chat_id", "7", "reply_parameters", `{"message_id":99}`},
		{"sendMessage", "", "text", "a", "chat_id", "7", "reply_parameters", `{"message_id":99,"allow_sending_without_reply":true}`},
		{"editMessageText", "Bad Request: message text is empty", "chat_id", "7"},
		{"editMessageText", "Bad Request: message identifier is not specified", "text", "a"},
		{"editMessageText", "Bad Request: message to edit not found", "text", "a", "chat_id", "7", "message_id", "99"},
		{"editMessageText", "Bad Request: message can't be edited", "text", "a", "chat_id", "7", "message_id", "1"},
		{"deleteMessage", "Bad Request: message to delete not found", "chat_id", "7", "message_id", "99"},
		{"deleteMessage", "Bad Request: message identifier is not specified", "chat_id", "7"},
		{"deleteMessages", "Bad Request: message identifiers are not specified", "chat_id", "7"},
		{"deleteMessages", "Bad Request: too many message identifiers specified", "chat_id", "7", "message_ids", "[1" + strings.Repeat(",1", 100) + "]"},
		{"deleteMessages", "", "chat_id", "7", "message_ids", "[98,99]"},
		{"answerCallbackQuery", "Bad Request: query is too old and response timeout expired or query ID is invalid", "callback_query_id", "5"},
		{"setMyCommands", "Bad Request: BOT_COMMAND_INVALID", "commands", `[{"command":"أخبار","description":"a"}]`},
		{"setMyCommands", "Bad Request: command length must not exceed 32", "commands", `[{"command":"` + strings.Repeat("a", 33) + `","description":"a"}]`},
		{"setMyCommands", "Bad Request: command description must be non-empty", "commands", `[{"command":"a","description":" "}]`},
		{"setMyCommands", "Bad Request: command description length must not exceed 256", "commands", `[{"command":"a","description":"` + strings.Repeat("خ", 257) + `"}]`},
		{"setMyCommands", "Bad Request: chat not found", "commands", `[{"command":"a","description":"b"}]`, "scope", `{"type":"chat","chat_id":55}`},
		{"setMyCommands", "Bad Request: invalid language code specified", "commands", `[{"command":"a","description":"b"}]`, "language_code", "arabic"},
		{"getChatMember", "Bad Request: invalid user_id specified", "chat_id", "7"},
		{"getChatAdministrators", "Bad Request: there are no administrators in the private chat", "chat_id", "7"},
		{"getFile", "Bad Request: file_id not specified"},
		{"getFile", "Bad Request: wrong file_id or the file is temporarily unavailable", "file_id", "x"},
		{"setWebhook", "Bad Request: invalid webhook URL specified", "url", "ftp://x"},
		{"setWebhook", "Bad Request: secret token contains unallowed characters", "url", "https://x.om", "secret_token", "a b"},
		{"setWebhook", "Bad Request: secret token is too long", "url", "https://x.om", "secret_token", strings.Repeat("a", 257)},
	} {
		if got := call(t, w.Server, test[0], test[2:]...); got.Description != test[1] {
			t.Errorf("%s %.60q answered %q, want %q", test[0], test[2:], got.Description, test[1])
		}
	}
}

func TestReadsEveryEncoding(t *testing.T) {
	w := newWorld(t)
	path := "/bot" + token + "/sendMessage"
	multipart := "--x\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n7\r\n" +
		"--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nسلام\r\n--x--\r\n"
	for kind, body := range map[string]string{
		"application/json":                  `{"chat_id":7,"text":"سلام","entities":null}`,
		"application/x-www-form-urlencoded": "chat_id=7&text=" + url.QueryEscape("سلام"),
		"multipart/form-data; boundary=x":   multipart,
	} {
		if got := post(t, w.Server, path, kind, []byte(body)); !got.OK {
			t.Errorf("%s: %s", kind, got.Description)
		}
	}
	if got := post(t, w.Server, "/bot"+token+"/getMe", "multipart/form-data; boundary=x", nil); !got.OK {
		t.Errorf("empty form: %s", got.Description)
	}
	response, err := w.Client(0).Get("http://api.test" + path + "?chat_id=7&text=" + url.QueryEscape("سلام"))
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("GET: %v, %v", response, err)
	}
	_ = response.Body.Close()
	for _, m := range w.private.FromBots() {
		if m.Text != "سلام" {
			t.Errorf("shown as %q", m.Text)
		}
	}
	if n := len(w.private.FromBots()); n != 4 {
		t.Errorf("%d messages, want 4", n)
	}
}
