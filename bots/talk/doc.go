// Package talk is the one conversation with readers, the same on every
// network.
//
// It is pure at its core: [Talk.Turn] makes an answer of what is known of a
// chat and of one event, and reads and writes nothing. The shell around it,
// [Talk.Handle], reads the chat and what [Talk.Needs] asks for, plays the turn
// and commits everything that follows in one transaction: the event's key, the
// reader's changes, the conversation's memo and the durable replies. Only then
// does the adapter acknowledge the event; one that comes twice is answered
// once.
//
// A private chat is a stranger's, a reader's, or that of somebody who left:
//
//	              writes, names a section, opens a link
//	┌──────────┐ ───────────────────────────────────────▶ ┌────────┐ pause   ┌────────┐
//	│ stranger │                                          │ reader │ ──────▶ │ paused │
//	└──────────┘ ◀─────────────────────────────────────── └────────┘ ◀────── └────────┘
//	      ▲         forget me (asked once, then at once)     │  ▲    resume, or its end
//	      │                                             stop │  │ start, subscribe,
//	      │  forget me                               blocked ▼  │ one press
//	      │                                               ┌────────┐
//	      └────────────────────────────────────────────── │  left  │
//	                                                      └────────┘
//
// A stranger becomes a reader with the stated default by whatever they write
// first, except where that is a word for stopping, or a question about their
// data. A reader follows one section at least and has one digest hour at
// least; whoever wants nothing stops. A group is subscribed, changed and
// stopped by those who run it at that moment, and by nobody else.
//
// A message is read in this order: a greeting, which is returned and cut off;
// a latin command; words for stopping, with the names of sections for leaving
// those; the number of a choice of the last menu; a yes or no; a command in
// words; the bare name of a section; thanks; and at last a guess, which asks
// back. Stopping comes before everything that the bot may have asked. A slip
// of the finger in a word for stopping stops all the same, and one in a word
// for subscribing asks back.
//
// The memo holds what the bot offered last (the data of the choices, and of an
// open question), never what was said to it. Data of buttons comes back from
// strangers and is checked like any other text.
package talk
