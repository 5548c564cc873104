// Package digest decides what goes out and when. It builds editions from the
// articles of a window, composes them for what is new to a reader, and sets
// them into messages; it watches the newsroom's calendar and publishes.
//
// A slot is a civil time: (slot, date) is published at most once, whatever the
// clock does, and one that was missed is caught up once within a set limit.
//
//	turn comes ──► window since the slot's last edition ──► Build ──► Publish
//	                          what editors have decided ──────┘          │ one row
//	outbox takes readers, asks what is new to each ──► Compose ──► Setter ──► message
//
// Editors may hold an edition, leave articles out, put some first and write an
// introduction. They decide before it is published: the publication names the
// decision that it was made by, and the store takes no other.
//
// An urgent article goes another way:
//
//	arrives ──► its source proposes ──────────────────────────► the editors
//	   └──────► waits ──► read again ──┬─ may go by itself ──► breaking
//	                                   ├─ may not (limit, hold) ──► the editors
//	                                   └─ not urgent any more ──► an ordinary article
//
// What nobody at the desk answers becomes an ordinary article.
//
// An ordinary article goes out singly to those who want each, unless it is
// night; the digests carry it to everybody else, and at most once to each.
package digest
