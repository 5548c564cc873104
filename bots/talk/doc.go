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
// A reader is a person, with a chat on one network or, after a code given in
// one was taken in another, on two. Broadcasts go to one of them:
//
//	┌──────────┐  a code is taken: broadcasts go there  ┌────────┐ ──┐ "send to …"
//	│ one chat │ ─────────────────────────────────────▶ │ linked │   │ the other chat
//	└──────────┘ ◀───────────────────────────────────── └────────┘ ◀─┘
//	              unlink, or keep one after stopping,
//	              or the chat without broadcasts is blocked
//
// Stopping, pausing and being forgotten go for both. Blocking the chat that
// broadcasts go to is leaving: nothing moves to the other one. Two readers that
// become one follow what either did; of pace, hours, breaking news and night
// the later joined one's choices hold, and whoever has exactly the stated
// default has chosen nothing and gives way. Unlinked by somebody who does not
// know of it, the chat that says so keeps the subscription.
//
// Networks without buttons number the choices; where there are polls, one level
// of sections can be a poll, and a vote is a press that says what was ticked
// and unticked.
//
// A message is read in this order: a greeting, which is returned and cut off;
// a latin command; words for stopping, with the names of sections for leaving
// those; a word that may end everything or only a question; the number of a
// choice of the last menu; six digits, a code; a yes or no; a question how to do
// something; the claim that was asked for; what is wanted alone; a command in
// words; the bare name of a section; thanks; and at last a guess, which asks
// back. Stopping comes before everything that the bot may have asked. A slip of
// the finger in a word for stopping stops all the same, and one in a word for
// subscribing asks back.
//
// What stands behind a word for stopping may take its point from it: a length of
// time is a pause, the night is breaking news at night, and of what is left out
// the bot asks whether it is wanted alone. Where news is told, in a claim that
// was asked for, under a picture, in a message passed on, only a stop that is
// the whole message is one.
//
// What a reader tells the newsroom goes into its queue with the commit that
// thanks for it. A message that was passed on is held in the store, and seen by
// nobody, until its reader says that it is meant:
//
//	a claim ─────────────────────────────────┐
//	                                         ▼
//	┌──────┐ yes: meant                  ┌───────┐ yes, to the name ┌───────┐
//	│ held │ ──────────────────────────▶ │ waits │ ───────────────▶ │ named │
//	└──────┘                             └───────┘                  └───────┘
//	   no, another one, or an hour: deleted
//
// The memo holds what the bot offered last (the data of the choices, and of an
// open question), never what was said to it. Data of buttons comes back from
// strangers and is checked like any other text.
package talk
