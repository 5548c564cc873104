package telegram

import "encoding/json"

// What is read of an update, and nothing else: what is not read cannot be
// logged, and a shape that is new at Telegram cannot keep the rest from being
// understood. Fields are those of the Bot API.

type update struct {
	ID       int64         `json:"update_id"`
	Message  *message      `json:"message"`
	Edited   *message      `json:"edited_message"`
	Callback *callback     `json:"callback_query"`
	Member   *memberChange `json:"my_chat_member"`
}

// wanted are the kinds of updates that are asked for.
func wanted() []string {
	return []string{"message", "edited_message", "callback_query", "my_chat_member"}
}

type user struct {
	ID       int64  `json:"id"`
	Bot      bool   `json:"is_bot"`
	Username string `json:"username"`
	First    string `json:"first_name"`
	Last     string `json:"last_name"`
	Language string `json:"language_code"`
}

type chat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"`
}

type entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"` // UTF-16 units
	Length int    `json:"length"` // UTF-16 units
	User   *user  `json:"user"`
}

// present is true for a field that is there, whatever it holds.
type present bool

func (p *present) UnmarshalJSON(data []byte) error {
	*p = string(data) != "null"
	return nil
}

type message struct {
	ID         int      `json:"message_id"`
	Thread     int      `json:"message_thread_id"`
	Topic      bool     `json:"is_topic_message"`
	From       *user    `json:"from"`
	SenderChat *chat    `json:"sender_chat"`
	Automatic  bool     `json:"is_automatic_forward"`
	Chat       chat     `json:"chat"`
	Date       int64    `json:"date"`
	EditDate   int64    `json:"edit_date"`
	Origin     present  `json:"forward_origin"`
	ReplyTo    *replied `json:"reply_to_message"`
	Album      string   `json:"media_group_id"`

	Text            string   `json:"text"`
	Entities        []entity `json:"entities"`
	Caption         string   `json:"caption"`
	CaptionEntities []entity `json:"caption_entities"`

	MigrateTo   int64 `json:"migrate_to_chat_id"`
	MigrateFrom int64 `json:"migrate_from_chat_id"`

	Animation present `json:"animation"`
	Audio     present `json:"audio"`
	Checklist present `json:"checklist"`
	Contact   present `json:"contact"`
	Dice      present `json:"dice"`
	Document  file    `json:"document"`
	Game      present `json:"game"`
	Invoice   present `json:"invoice"`
	Location  present `json:"location"`
	PaidMedia present `json:"paid_media"`
	Photo     file    `json:"photo"`
	Poll      present `json:"poll"`
	Sticker   present `json:"sticker"`
	Story     present `json:"story"`
	Venue     present `json:"venue"`
	Video     file    `json:"video"`
	VideoNote file    `json:"video_note"`
	Voice     file    `json:"voice"`
}

type replied struct {
	From    *user  `json:"from"`
	Text    string `json:"text"`
	Caption string `json:"caption"`
}

// file is a file of a message: of several sizes, the last one, which is the
// largest. One in a shape that is not understood is there all the same.
type file struct {
	there bool
	sent  sentFile
}

type sentFile struct {
	ID   string `json:"file_id"`
	Name string `json:"file_name"`
	MIME string `json:"mime_type"`
	Size int64  `json:"file_size"`
}

func (f *file) UnmarshalJSON(data []byte) error {
	f.there = string(data) != "null"
	var sizes []sentFile
	if json.Unmarshal(data, &sizes) == nil && len(sizes) > 0 {
		f.sent = sizes[len(sizes)-1]
		return nil
	}
	_ = json.Unmarshal(data, &f.sent) // what is not understood cannot be had
	return nil
}

type callback struct {
	ID      string `json:"id"`
	From    user   `json:"from"`
	Message *struct {
		ID     int  `json:"message_id"`
		Thread int  `json:"message_thread_id"`
		Topic  bool `json:"is_topic_message"`
		Chat   chat `json:"chat"`
	} `json:"message"`
	Data string `json:"data"`
}

type memberChange struct {
	Chat chat   `json:"chat"`
	From user   `json:"from"`
	Date int64  `json:"date"`
	Old  member `json:"old_chat_member"`
	New  member `json:"new_chat_member"`
}

type member struct {
	Status string `json:"status"`
	Inside bool   `json:"is_member"` // of a restricted one
}

func (m member) in() bool {
	switch m.Status {
	case "creator", "administrator", "member":
		return true
	case "restricted":
		return m.Inside
	}
	return false
}
