// Package outbox is the only place a message leaves from: broadcasts to many
// and replies to one, for one account of one network.
//
// The life of a copy:
//
//	                      Take                      a slot opens
//	behind the cursor ─────────▶ waiting ─────────────────────────▶ on its way
//	                             │  ▲  ▲                             │
//	         nothing new: Nothing│  │  │ a limit, another message    │ an answer
//	         gone:        Left   │  │  │ to the chat: a short while  ▼
//	         expired:     Failed │  └──┴──────────────────────── judge(error)
//	                             │  ▲                                │
//	                             ▼  │ due                            │ taken, every part: Sent
//	                    ┌── Deferred, a retry row ◀──────────────────┤ not now, one more part
//	                    │                                            │ never: Failed, and perhaps leave
//	                    └──────────▶ receipt ◀───────────────────────┘ nobody knows: Unknown
//
// A copy is pending until a receipt of it is durable. The receipts of a chunk
// are packed into its row; a copy that has to wait long gets the receipt
// Deferred and a row of its own, so that the chunk can close without it. When
// it is settled, its last receipt takes the place of Deferred. Once a part has
// arrived, or may have, the receipt says Unknown instead; where the rest is
// given up it is Failed with the ids of what arrived. Whatever happens then,
// nobody is overlooked who may have read the text.
//
// A correction and a withdrawal walk over the receipts of their original that
// are of an older version. Each copy goes through stages, and what is not
// possible in one is done in the next:
//
//	change ──▶ tell ──▶ Sent          recall ──▶ tell ──▶ Sent
//	  │         ▲ └──▶ Failed: neither   │ ▲ │     └──▶ Failed: neither
//	  ├─────────┘ who is to be told      └─┘ │ one message after the other
//	  └──▶ Sent, Changed                     └──▶ Sent, Changed, Lined
//
// Recall is for withdrawals: of the parts of the copy, and of what followed it
// to correct it, nothing is left but a line, in the place of one of them, or
// else sent at the end. Tell is for those who are still here and whose receipt
// is older than the newest version that is not silent. The walk begins
// when nothing older is on its way any more; a copy of the original that waits
// and may have arrived in part with an older text is left to it. A further
// correction stops the one before it, and starts from the receipts again.
//
// One goroutine, the dispatcher, knows everything about the account and
// chooses the message at the moment when one may go: a reply before breaking
// news, before corrections, before single articles, before digests, the older
// before the newer; while breaking news waits, replies get every other slot,
// and a correction shares the turns of the broadcast that it corrects.
// Workers send; the writer records whatever has been answered meanwhile in one
// transaction; the loader reads and composes. A slot is held until the result
// is durable: a process that is killed repeats at most as many messages as
// there are slots. While one message brings a file to the network, those that
// would only wait for it there take no slot.
//
// Lanes are expected to end, whatever happens:
//
//	running ──▶ expired: what waits in memory is Failed, or Unknown where it may have arrived; who was not taken has no receipt
//	        ──▶ stalled: a row of identical rejections pauses the lane, and burns nobody
//	        ──▶ paused, stopped: by the newsroom, through the store
//	        ──▶ done: the cursor has passed everybody, no chunk is open, no retry is left
//
// An account that is halted (revoked, replaced, outdated) keeps all of it.
//
// Trusted are: the store, for who has what; its epoch, for whose account it is
// (ErrFenced ends Run); the network's own answers, for what arrived. Limits,
// back-off and time-outs use the monotonic clock of this process. Only what
// outlives the process is told in civil time (Now): when a retry is due, when
// a broadcast expires, whether it is night. A civil clock that jumps moves
// these and nothing else.
package outbox
