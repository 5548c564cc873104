// Package editor is the desk's door in a chat. It stands before the readers'
// conversation: what an editor says about the desk is done here, everything
// else, and everybody else, goes on to the conversation.
//
// The door decides nothing. Each act is the desk's, with the rights that its
// editor has at that moment; what the desk refuses is said in its words.
//
//	event ──▶ a code? ──yes──▶ claim
//	            │ no
//	            ▼
//	          an editor's chat? ──no──▶ conversation
//	            │ yes
//	            ▼
//	          a word of the desk, a button of it, or a stop word
//	            │                   while something is live ──▶ desk ──▶ replies
//	            └─ none of them ──▶ conversation
//
// A digest and a change of the calendar are decided about by what this chat was
// shown last: the desk keeps that, and refuses an older one.
//
// An event that comes twice does no harm: a draft is written once for its
// event, and everything else names the version it was said of. A stop word
// never unsubscribes an editor by the way: with nothing live it is asked about,
// and only the whole words for ending a subscription reach the conversation.
package editor
