// Package whatsapp is the WhatsApp adapter: one number, as a linked device of
// its phone, with the client library go.mau.fi/whatsmeow.
//
// This is no official interface. The network may lock a number that writes too
// much, too fast or to people who did not ask; package whatsapp therefore has
// caps of its own ([Pace]) besides the limits that it announces, and stops
// writing to people, not to channels, as soon as the network complains.
//
// # The account
//
//	            Pair                      Run
//	unpaired ─────────▶ paired, at rest ───────▶ connecting ◀──────┐
//	    ▲                    ▲                      │   ▲          │ lost, 503
//	    │                    │ ctx ended            ▼   │ expired  │
//	    │                    │                   online ┼──────────┘
//	    │                    │                      │   │
//	    │                    ├── replaced ──────────┤   │
//	    │                    ├── outdated (405) ────┤   │
//	    │                    │                      └── banned for a time (402)
//	    └── logged out (401, 403, 406, unlinked) ───┘
//
// What ends Run stands in its error; a ban for a time does not end it. Nothing
// connects by itself after Run has ended with bots.ErrReplaced, so that two
// programs do not take the session from each other in turns.
//
// # Writing to people
//
//	open ── 463 for several, 429, time-lock ──▶ stopped until [State].StopUntil ──▶ open
//
// While it is stopped, Send answers with a bots.RetryError for everything but
// channels and groups. The time is kept in [Memory].
//
// # The way of a message to us
//
//	decrypted ──▶ waits for its chat ──▶ handled ──▶ acknowledged, marked as read
//	                   ▲                    │ error
//	                   └────── pause ◀──────┤
//	                                        └─ fails while others succeed ──▶ given up
//
// What is not acknowledged comes again after the next connection; its key is
// the same then. A handler that takes long holds up its own chat only.
//
// The server's clock dates messages; how far it is from ours is learned from
// its acknowledgements, and edit windows are measured by it.
package whatsapp
