// Package digest decides what goes out and when. It builds editions from the
// articles of a window, composes them for what is new to a reader, and sets
// them into messages; it watches the newsroom's calendar and publishes.
//
// A slot is a civil time: (slot, date) is published at most once, whatever the
// clock does, and one that was missed is caught up once within a set limit.
//
//	turn comes ──► window since the slot's last edition ──► Build ──► Publish
//	                                                                     │ one row
//	outbox takes readers, asks what is new to each ──► Compose ──► Setter ──► message
//
// An urgent article of a source that may speak by itself goes another way:
//
//	arrives ──► waits ──► read again ──┬─ still urgent, limit free ──► breaking
//	                                   └─ otherwise ──► an ordinary article
//
// An ordinary article goes out singly to those who want each, unless it is
// night; the digests carry it to everybody else, and at most once to each.
package digest
