package telegramtest

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// Button is one inline button, in the Bot API's words.
type Button struct {
	Text          string    `json:"text"`
	URL           string    `json:"url,omitempty"`
	Data          string    `json:"callback_data,omitempty"`
	SwitchInline  *string   `json:"switch_inline_query,omitempty"`
	SwitchCurrent *string   `json:"switch_inline_query_current_chat,omitempty"`
	WebApp        *WebApp   `json:"web_app,omitempty"`
	CopyText      *CopyText `json:"copy_text,omitempty"`
	Style         string    `json:"style,omitempty"`
}

// WebApp is what a button opens.
type WebApp struct {
	URL string `json:"url"`
}

// CopyText is what a button copies.
type CopyText struct {
	Text string `json:"text"`
}

// Keyboard is a reply keyboard, its removal, or the wish for a reply.
type Keyboard struct {
	Rows        [][]string `json:"rows,omitempty"`
	Resize      bool       `json:"resize,omitempty"`
	OneTime     bool       `json:"one_time,omitempty"`
	Persistent  bool       `json:"persistent,omitempty"`
	Selective   bool       `json:"selective,omitempty"`
	Placeholder string     `json:"placeholder,omitempty"`
	Remove      bool       `json:"remove,omitempty"`
	ForceReply  bool       `json:"force_reply,omitempty"`
}

// markup is a reply_markup: buttons, keyboard or neither.
type markup struct {
	buttons  [][]Button
	keyboard *Keyboard
}

const (
	maxButtons    = 100 // inline, of one message
	maxButtonData = 64  // bytes
	maxCopyText   = 256
	maxMarkup     = 10 << 10 // bytes of all texts, links and data together
)

type wireReplyMarkup struct {
	Keyboard    []json.RawMessage `json:"keyboard"`
	Inline      []json.RawMessage `json:"inline_keyboard"`
	Remove      bool              `json:"remove_keyboard"`
	ForceReply  bool              `json:"force_reply"`
	Resize      bool              `json:"resize_keyboard"`
	OneTime     bool              `json:"one_time_keyboard"`
	Persistent  bool              `json:"is_persistent"`
	Selective   bool              `json:"selective"`
	Placeholder string            `json:"input_field_placeholder"`
}

// readMarkup reads a reply_markup parameter: its shape first, as the real
// server does before it looks at the chat. Contents are for checkMarkup.
func readMarkup(raw string) (markup, *Error) {
	if raw == "" {
		return markup{}, nil
	}
	if !json.Valid([]byte(raw)) {
		return markup{}, bad("can't parse reply keyboard markup JSON object")
	}
	var w wireReplyMarkup
	if raw[0] != '{' || json.Unmarshal([]byte(raw), &w) != nil {
		return markup{}, bad("object expected as reply markup")
	}
	keys, fail := readKeys(w.Keyboard)
	if fail != nil {
		return markup{}, fail
	}
	buttons, fail := readButtons(w.Inline)
	switch {
	case fail != nil:
		return markup{}, fail
	case len(keys) > 0:
		return markup{keyboard: &Keyboard{
			Rows: keys, Resize: w.Resize, OneTime: w.OneTime, Persistent: w.Persistent,
			Selective: w.Selective, Placeholder: w.Placeholder,
		}}, nil
	case len(buttons) > 0:
		return markup{buttons: buttons}, nil
	case w.Remove:
		return markup{keyboard: &Keyboard{Remove: true, Selective: w.Selective}}, nil
	case w.ForceReply:
		return markup{keyboard: &Keyboard{ForceReply: true, Selective: w.Selective, Placeholder: w.Placeholder}}, nil
	}
	return markup{}, nil
}

func readKeys(rows []json.RawMessage) ([][]string, *Error) {
	var keys [][]string
	for _, raw := range rows {
		var row []json.RawMessage
		if json.Unmarshal(raw, &row) != nil {
			return nil, bad("field \"keyboard\" must be an Array of Arrays")
		}
		var texts []string
		for _, key := range row {
			var text string
			var object struct {
				Text *string `json:"text"`
			}
			switch {
			case json.Unmarshal(key, &text) == nil:
			case json.Unmarshal(key, &object) != nil:
				return nil, bad("can't parse keyboard button: KeyboardButton must be a String or an Object")
			case object.Text == nil:
				return nil, bad("can't parse keyboard button: Can't find field \"text\"")
			default:
				text = *object.Text
			}
			if text != "" {
				texts = append(texts, text)
			}
		}
		if len(texts) > 0 {
			keys = append(keys, texts)
		}
	}
	return keys, nil
}

func readButtons(rows []json.RawMessage) ([][]Button, *Error) {
	var buttons [][]Button
	for _, raw := range rows {
		var row []json.RawMessage
		if json.Unmarshal(raw, &row) != nil {
			return nil, bad("field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays")
		}
		var line []Button
		for _, one := range row {
			button, problem := readButton(one)
			if problem != "" {
				return nil, bad("can't parse inline keyboard button: " + problem)
			}
			if button.Text != "" {
				line = append(line, button)
			}
		}
		if len(line) > 0 {
			buttons = append(buttons, line)
		}
	}
	return buttons, nil
}

// readButton keeps the first kind that a button has, in the real server's
// order: copy_text comes last.
func readButton(raw json.RawMessage) (button Button, problem string) {
	if len(raw) == 0 || raw[0] != '{' {
		return button, "InlineKeyboardButton must be an Object"
	}
	var b struct {
		Button
		Text *string `json:"text"`
	}
	if err := json.Unmarshal(raw, &b); err != nil {
		return button, "Field \"text\" must be of type String"
	}
	if b.Text == nil {
		return button, "Can't find field \"text\""
	}
	button = Button{Text: *b.Text, Style: b.Style}
	switch {
	case b.URL != "":
		button.URL = b.URL
	case b.Data != "":
		button.Data = b.Data
	case b.SwitchInline != nil:
		button.SwitchInline = b.SwitchInline
	case b.SwitchCurrent != nil:
		button.SwitchCurrent = b.SwitchCurrent
	case b.WebApp != nil:
		button.WebApp = b.WebApp
	case b.CopyText != nil:
		button.CopyText = b.CopyText
	default:
		return button, "Text buttons are unallowed in the inline keyboard"
	}
	switch button.Style {
	case "", "default", "primary", "danger", "success":
	default:
		return button, "invalid button style specified"
	}
	return button, ""
}

// checkMarkup checks the contents of a markup for a chat, and normalises links.
func (c *Chat) checkMarkup(m markup) *Error {
	if m.keyboard != nil && c.kind == Channel {
		return nil // reply keyboards have no effect in channels
	}
	total, count := 0, 0
	for _, row := range m.buttons {
		for i := range row {
			if fail := c.checkButton(&row[i]); fail != nil {
				return fail
			}
			count++
			total += len(row[i].Text) + len(row[i].Data) + len(row[i].URL)
		}
	}
	if count > maxButtons || total > maxMarkup {
		return bad("reply markup is too long")
	}
	return nil
}

func (c *Chat) checkButton(b *Button) *Error {
	switch {
	case b.URL != "":
		url, problem := checkLink(b.URL)
		if problem != "" {
			return bad(fmt.Sprintf("inline keyboard button URL '%s' is invalid: %s", b.URL, problem))
		}
		if len(url) > 2048 {
			return bad("BUTTON_URL_INVALID")
		}
		b.URL = url
	case len(b.Data) > maxButtonData:
		return bad("BUTTON_DATA_INVALID")
	case b.CopyText != nil:
		if n := utf8.RuneCountInString(b.CopyText.Text); n == 0 || n > maxCopyText {
			return bad("BUTTON_COPY_TEXT_INVALID")
		}
	case b.WebApp != nil && c.kind != Private:
		return bad("BUTTON_TYPE_INVALID")
	case b.SwitchInline != nil && c.kind == Channel:
		return bad("can't use switch_inline_query button in a channel chat, because users will not be able to use " +
			"the button without knowing bot's username")
	}
	return nil
}
