// Package botstest holds what every bots.Adapter promises, as tests that run
// against the adapter with a stand-in of its network.
//
// An adapter's own tests describe the stand-in as a [Network] and call [Run].
// What a network cannot do is skipped, with the reason.
package botstest
