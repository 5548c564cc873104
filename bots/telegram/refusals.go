package telegram

import "github.com/nashra-bot/nashra/bots"

// refusal is one answer of the Bot API and what it means.
type refusal struct {
	code  int    // error_code; 0: any
	words string // in the description, in lower case
	means error
}

// refusals is read from the top; the first match counts. The words are those
// of the official server (telegram-bot-api and TDLib) and of Telegram itself
// (in capitals there).
var refusals = [...]refusal{
	// The account.
	{401, "", bots.ErrRevoked},
	{404, "", bots.ErrRevoked}, // no such token or method: the address is wrong
	{421, "", bots.ErrRevoked}, // another server has the bot
	{400, "logged out", bots.ErrRevoked},
	{409, "", bots.ErrReplaced},
	{413, "", errMedia}, // nothing else is large

	// The chat is gone.
	{403, "bot was blocked by the user", bots.ErrGone},
	{403, "user is deactivated", bots.ErrGone},
	{403, "bot can't initiate conversation", bots.ErrGone},
	{403, "bot can't send messages to", bots.ErrGone}, // to bots
	{403, "the bot can't send messages to the bot", bots.ErrGone},
	{403, "bot was kicked", bots.ErrGone},
	{403, "bot is not a member", bots.ErrGone},
	{403, "chat was deleted", bots.ErrGone},
	{0, "user_is_blocked", bots.ErrGone},
	{0, "input_user_deactivated", bots.ErrGone},
	{0, "user_deactivated", bots.ErrGone},
	{0, "allow_payment_required", bots.ErrGone}, // the chat wants to be paid
	{400, "message thread not found", bots.ErrGone},
	{400, "topic_deleted", bots.ErrGone},
	{400, "topic_id_invalid", bots.ErrGone},

	// The chat is not known.
	{400, "chat not found", bots.ErrMissing},
	{400, "peer_id_invalid", bots.ErrMissing},
	{400, "chat_id_invalid", bots.ErrMissing},
	{400, "chat_id is empty", bots.ErrMissing},

	// A part of the message is at fault. A chat that only wants no media is
	// among them: a text may pass.
	{0, "rights to send photos", errNoMedia},
	{0, "rights to send videos", errNoMedia},
	{0, "rights to send animations", errNoMedia},
	{0, "rights to send documents", errNoMedia},
	{0, "rights to send voice", errNoMedia},
	{0, "chat_send_photos_forbidden", errNoMedia},
	{0, "chat_send_videos_forbidden", errNoMedia},
	{0, "chat_send_gifs_forbidden", errNoMedia},
	{0, "chat_send_docs_forbidden", errNoMedia},
	{0, "chat_send_voices_forbidden", errNoMedia},
	{0, "voice_messages_forbidden", errNoMedia},
	{0, "chat_send_media_forbidden", errNoMedia},
	{400, "wrong http url", errMedia},
	{400, "failed to get http url content", errMedia},
	{400, "wrong type of the web page content", errMedia},
	{400, "wrong file identifier", errMedia},
	{400, "wrong remote file", errMedia},
	{400, "wrong file_id", errMedia},
	{400, "invalid file", errMedia},
	{400, "can't upload file by url", errMedia},
	{400, "can't use file of type", errMedia},
	{400, "photo_invalid_dimensions", errMedia},
	{400, "photo_ext_invalid", errMedia},
	{400, "photo_save_file_invalid", errMedia},
	{400, "image_process_failed", errMedia},
	{400, "unsupported extension", errMedia},
	{400, "media_empty", errMedia},
	{400, "media_invalid", errMedia},
	{400, "webpage_curl_failed", errMedia},
	{400, "webpage_media_empty", errMedia},
	{400, "file is too big", errMedia},
	{400, "file must be non-empty", errMedia},
	{400, "there is no photo in the request", errMedia},
	{400, "there is no video in the request", errMedia},
	{400, "there is no animation in the request", errMedia},
	{400, "there is no document in the request", errMedia},
	{400, "there is no voice in the request", errMedia},
	{400, "video_file_invalid", errMedia},
	{400, "video_content_type_invalid", errMedia},
	{400, "document_invalid", errMedia},
	{400, "button_", errButtons},
	{400, "reply_markup_", errButtons},
	{400, "can't parse inline keyboard", errButtons},
	{400, "inline keyboard", errButtons},
	{400, "can't parse reply keyboard markup", errButtons},
	{400, "reply markup is too long", errButtons},
	{400, "can't parse entities", errEntities},
	{400, "can't parse messageentity", errEntities},
	{400, "entity_bounds_invalid", errEntities},
	{400, "entities_too_long", errEntities},
	{400, "message to be replied not found", errReply},
	{400, "message to reply not found", errReply},
	{400, "reply message not found", errReply},
	{400, "link preview", errPreview},
	{400, "webpage_url_invalid", errPreview},

	// The chat refuses for now.
	{0, "topic_closed", bots.ErrSuspended},
	{0, "not enough rights", bots.ErrSuspended},
	{0, "no rights to send", bots.ErrSuspended},
	{0, "have no write access", bots.ErrSuspended},
	{0, "need administrator rights", bots.ErrSuspended},
	{0, "chat_write_forbidden", bots.ErrSuspended},
	{0, "chat_admin_required", bots.ErrSuspended},
	{0, "chat_restricted", bots.ErrSuspended},
	{0, "chat_send_", bots.ErrSuspended},
	{0, "user_restricted", bots.ErrSuspended},
	{0, "chat is restricted", bots.ErrSuspended},

	// Changing and deleting.
	{400, "message is not modified", errSame},
	{400, "there is no text in the message", errNoText},
	{400, "there is no caption in the message", errNoCaption},
	{400, "there is no media in the message", errNoCaption},
	{400, "message to edit not found", bots.ErrGone},
	{400, "message can't be edited", bots.ErrGone},
	{400, "message_id_invalid", bots.ErrGone},
	{400, "message identifier is not specified", bots.ErrGone},
	{400, "message to delete not found", errDeleted},
	{400, "message can't be deleted", bots.ErrTooLate},

	// Pressed buttons.
	{400, "query is too old", errStale},
	{400, "query id is invalid", errStale},
	{400, "query_id_invalid", errStale},
}
