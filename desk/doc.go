// Package desk is who may say something now: the rule for what people send by
// hand, and for what they hold back. A chat, the command line and a page are
// its doors; none of them decides anything.
//
// The life of a draft (an alert, a typo or a correction of one, a withdrawal):
//
//	        edit: a new version                    edit, stop: a new version
//	          ┌───┐      ┌───────────────────────────────────────────┬──────────┐
//	          ▼   │      ▼                                           │          │
//	 write   ┌──────────┐ look  ┌─────────┐ confirm(version) ┌───────────┐      │
//	───────▶ │  draft   │ ────▶ │ preview │ ───────────────▶ │ countdown │      │
//	         └──────────┘       └─────────┘ ──┐    ▲         └───────────┘      │
//	              │                  │        │    │approve       │ its end     │
//	              │ cancel           │        ▼    │by another    │             │
//	              ▼                  │     ┌──────────┐           │             │
//	         ┌──────────┐            │     │  second  │ ──────────┼─────────────┤
//	         │ dropped  │ ◀──────────┘     └──────────┘           │             │
//	         └──────────┘   confirm, for later: ┌───────────┐     │             │
//	                                            │ scheduled │ ────┼─────────────┘
//	                                            └───────────┘     │
//	                                                  │ its time  ▼
//	                                                  │    ┌────────────┐
//	                                                  └──▶ │ publishing │ decided; nobody turns back
//	                                                       └────────────┘
//	                                                              │ published, by (draft, version)
//	            ┌────────┐ pause   ┌─────────┐                    │
//	            │ paused │ ◀─────▶ │ sending │ ◀──────────────────┘
//	            └────────┘ resume  └─────────┘
//	                 │ stop            │  │ the last copy
//	                 ▼                 ▼  ▼
//	            ┌─────────┐         ┌──────────┐
//	            │ stopped │         │   done   │
//	            └─────────┘         └──────────┘
//
// What has been published can be corrected and withdrawn, in whichever of the
// last four states it is. Each correction is a draft of its own with the same
// life; all of them point at the first alert, their root, which knows the
// newest of them: the chain. A correction is made over the newest text. When
// another one was published meanwhile, it goes back to its author. After a
// withdrawal nothing follows.
//
// An alert that came by itself enters the drawing where it is by then, from
// sending on. What the server sends or corrects enters at publishing: giving
// the command is the confirmation.
//
// Whose draft it is, who wrote it and who confirmed it, hears of each step back
// and of each confirmation that is a colleague's: a letter in the transaction of
// the step.
//
// What keeps this safe:
//
//   - A confirmation names the version that was looked at. Every edit, every
//     stop of a countdown and every change of the audience makes a new version,
//     and the buttons of older ones are dead.
//   - Where two people have to confirm, each has looked at that very version.
//   - Every write names the revision it was decided on, and the editor's; the
//     store refuses one that is not the newest. Two who press at once cannot
//     both move a draft, and an editor who was removed a moment ago moves none.
//   - Publishing is three transactions: the decision (publishing), the
//     broadcast, which the press makes once for each (draft, version), and its
//     number in the draft. A process that dies between any two of them repeats
//     the second and gets the same number.
//   - Deadlines are stored, as civil time. After a restart a countdown goes on
//     with what is left of it. One that ended longer ago than [Setup.Patience]
//     is not news any more: the draft goes back to its author.
//   - A freeze ends every countdown and pauses every broadcast, in one
//     transaction; while it lasts nothing moves to publishing, goes on, or is
//     tried again, whenever it was decided.
//
// Trusted are: the store, for what was decided; the control socket, whose
// holder is the server and may do everything; and, for who somebody is, the
// network account that a code was sent from. Trusted for nothing is the data of
// a button: all of it is checked again at the act.
package desk
