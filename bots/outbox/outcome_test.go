package outbox

import (
	"fmt"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

func TestJudge(t *testing.T) {
	const private, group, channel = news.Private, news.Group, news.Channel
	digest := func(s situation) situation { s.kind, s.chat = news.Digest, private; return s }
	for _, c := range []struct {
		name string
		err  error
		s    situation
		want verdict
	}{
		{"a limit is obeyed to the second, and costs no attempt", &bots.RetryError{After: 37 * time.Second}, digest(situation{attempts: 7}),
			verdict{step: again, after: 37 * time.Second, reason: reasonLimit}},
		{"a limit without a time", &bots.RetryError{}, digest(situation{}), verdict{step: again, after: limitLeast, reason: reasonLimit}},
		{"moved", &bots.MovedError{To: "new"}, digest(situation{}), verdict{step: move, to: "new"}},
		{"moved in circles", &bots.MovedError{To: "new"}, digest(situation{attempts: 8}), verdict{step: fail}},
		{"revoked", bots.ErrRevoked, digest(situation{}), verdict{step: halt}},
		{"replaced", bots.ErrReplaced, situation{reply: true}, verdict{step: halt}},
		{"outdated", bots.ErrOutdated, digest(situation{}), verdict{step: halt}},

		{"not sent", bots.ErrNotSent, digest(situation{}), verdict{step: later, after: time.Second, reason: reasonUnsent}},
		{"not sent, third time", bots.ErrNotSent, digest(situation{attempts: 2}), verdict{step: later, after: 4 * time.Second, reason: reasonUnsent}},
		{"not sent too often", bots.ErrNotSent, digest(situation{attempts: 7}), verdict{step: fail}},
		{"nobody gets through", bots.ErrNotSent, digest(situation{attempts: 7, outage: true}), verdict{step: again, after: 128 * time.Second, reason: reasonUnsent}},
		{"not sent forgets no doubt", bots.ErrNotSent, digest(situation{reason: reasonUnknown}), verdict{step: later, after: time.Second, reason: reasonUnknown}},

		{"blocked", bots.ErrGone, digest(situation{}), verdict{step: leave, gone: "blocked"}},
		{"removed from a group", bots.ErrGone, situation{chat: group}, verdict{step: leave, gone: "removed"}},
		{"a configured channel stays", bots.ErrGone, situation{chat: channel}, verdict{step: fail}},
		{"a reply to one who is gone", bots.ErrGone, situation{reply: true, chat: private}, verdict{step: leave, gone: "blocked"}},
		{"an edit of what is gone", bots.ErrGone, situation{reply: true, edit: true, chat: private}, verdict{step: replace}},
		{"an edit that came too late", bots.ErrTooLate, situation{reply: true, edit: true}, verdict{step: replace}},
		{"an edit that was rejected", bots.ErrRejected, situation{reply: true, edit: true}, verdict{step: replace}},

		{"missing once", bots.ErrMissing, digest(situation{}), verdict{step: later, after: time.Hour, reason: reasonMissing}},
		{"missing after other trouble", bots.ErrMissing, digest(situation{attempts: 3, reason: reasonUnsent}), verdict{step: later, after: time.Hour, reason: reasonMissing}},
		{"missing twice", bots.ErrMissing, digest(situation{attempts: 1, reason: reasonMissing}), verdict{step: leave, gone: "missing"}},
		{"a missing channel", bots.ErrMissing, situation{chat: channel, attempts: 1, reason: reasonMissing}, verdict{step: later, after: 2 * time.Hour, reason: reasonSuspended}},
		{"a reply to a missing chat", bots.ErrMissing, situation{reply: true, chat: private}, verdict{step: fail}},

		{"suspended", bots.ErrSuspended, situation{chat: group}, verdict{step: later, after: time.Hour, reason: reasonSuspended}},
		{"suspended for long", bots.ErrSuspended, situation{chat: group, attempts: 5}, verdict{step: later, after: 6 * time.Hour, reason: reasonSuspended}},
		{"suspended for good", bots.ErrSuspended, situation{chat: group, attempts: 11}, verdict{step: fail}},

		{"rejected", bots.ErrRejected, digest(situation{}), verdict{step: later, after: 10 * time.Minute, reason: reasonRejected}},
		{"rejected here alone", bots.ErrRejected, digest(situation{proven: true}), verdict{step: fail}},
		{"rejected again", bots.ErrRejected, digest(situation{attempts: 1, reason: reasonRejected}), verdict{step: fail}},
		{"a rejected reply", bots.ErrRejected, situation{reply: true}, verdict{step: fail}},

		{"a doubtful digest is repeated once", bots.ErrUnknown, digest(situation{}), verdict{step: later, after: 5 * time.Second, reason: reasonUnknown}},
		{"and not twice", bots.ErrUnknown, digest(situation{attempts: 1, reason: reasonUnknown}), verdict{step: doubt}},
		{"doubtful after other trouble", bots.ErrUnknown, digest(situation{attempts: 2, reason: reasonUnsent}), verdict{step: later, after: 20 * time.Second, reason: reasonUnknown}},
		{"a doubtful alert is not repeated", bots.ErrUnknown, situation{kind: news.Breaking, chat: private}, verdict{step: doubt}},
		{"but where that is wanted", bots.ErrUnknown, situation{kind: news.Breaking, repeatUnknown: true}, verdict{step: later, after: 5 * time.Second, reason: reasonUnknown}},
		{"a doubtful reply", bots.ErrUnknown, situation{reply: true}, verdict{step: later, after: 5 * time.Second, reason: reasonUnknown}},
		{"a doubtful edit is repeated", bots.ErrUnknown, situation{reply: true, edit: true, attempts: 3, reason: reasonUnknown}, verdict{step: later, after: 40 * time.Second, reason: reasonUnknown}},
		{"repeats known by their key", bots.ErrUnknown, digest(situation{attempts: 4, reason: reasonUnknown, repeatable: true}), verdict{step: later, after: 80 * time.Second, reason: reasonUnknown}},
		{"they end too", bots.ErrUnknown, digest(situation{attempts: 5, reason: reasonUnknown, repeatable: true}), verdict{step: doubt}},
		{"an error nobody knows", fmt.Errorf("strange"), digest(situation{}), verdict{step: later, after: 5 * time.Second, reason: reasonUnknown}},
	} {
		// Adapters wrap their errors.
		if got := judge(fmt.Errorf("call sendMessage: %w", c.err), c.s); got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}
