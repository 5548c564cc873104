// Package sqlite remembers everything in one SQLite file.
//
// # Connections
//
// One connection writes; a few read beside it and see what was committed. All
// writing transactions are immediate, none spans a call to a network, and what
// was committed is on the disk (WAL, synchronous=FULL). Pragmas stand in the
// data source name, so that every connection has them.
//
// # A broadcast's way
//
//	Publish ──► broadcast + lane per account      one row each, whoever reads
//	               │
//	             Take ──► chunk  lo..hi            open: its readers are in no other
//	               │        │                      chunk of the lane
//	               │      Record ──► receipts      packed in the chunk; only what is
//	               │        │    └─► retry         to be tried again has a row
//	               │      closed
//	             ended ─────┴──► lane done ──► broadcast done
//
// A chunk that was open when the program died is read again by Reopen: who has
// a receipt is done, everybody else between lo and hi is sent to.
//
// # Who is asked
//
// subscriber holds a reader's choices. subscription is made from it, sorted the
// way Take walks: by section, account, people or channels, and reader. What a
// reader wants there is one mask: 1 for breaking news, 2 for each article, 4
// shifted by a slot's bit for its digests, and 1<<62 for who wants the important
// of breaking news only: an important alert asks for both bits, another for the
// first. An alert to everybody walks subscriber, past those who want none.
//
// # Before the opening
//
// desk.open says whether the public is sent to. A broadcast that is published
// while it is not is a trial for good: its walks go over the seats of editors, and
// the opening does not change whom it is for.
//
// # A reader with several chats
//
// subscriber names the chat that broadcasts go to, further the others, and
// former the other accounts and numbers under which there are receipts. When
// broadcasts are to go elsewhere (a code is taken, the reader says so, an
// account is lost or back) the two addresses change places, the reader joins
// anew in the order of the clock, so that no running lane takes them any more,
// and what is unfinished and not theirs yet gets a retry on the new lane. It
// waits a minute for what may be in flight to the old chat, and comes to nothing
// when that has arrived. Its receipt stands in a chunk of its own.
//
// # Who may write
//
// Who owns an account carries its epoch; the writes of an older one fail. The
// lock file beside the database (Lock) keeps a second program from trying.
package sqlite
