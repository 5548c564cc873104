package news

// Message is what a chat is to see, before any network has set it. It may
// become several network messages (parts): a part ends only between two
// blocks, unless one block alone is longer than the network allows.
type Message struct {
	Blocks  []Text     `json:"blocks"`
	Media   Media      `json:"media,omitzero"`    // shown above the first part where the text fits a caption
	Preview string     `json:"preview,omitempty"` // URL whose preview the first part shows; empty: no preview
	Buttons [][]Button `json:"buttons,omitempty"` // rows in reading order; under the last part
	Silent  bool       `json:"silent,omitempty"`  // arrives without a sound
	Poll    bool       `json:"poll,omitempty"`    // where there are polls, the buttons are the options of one; several may be chosen
}

// Button is one choice under a message: either Data comes back to the bot, or
// URL opens.
type Button struct {
	Label string `json:"label"`
	Data  string `json:"data,omitempty"` // at most 64 bytes (Bot API, InlineKeyboardButton)
	URL   string `json:"url,omitempty"`
	On    bool   `json:"on,omitempty"` // a ticked choice of a list

	Private bool `json:"private,omitempty"` // for one person: it stands in private chats alone
}

// Say makes a message of texts, a block each.
func Say(blocks ...Text) Message { return Message{Blocks: blocks} }
