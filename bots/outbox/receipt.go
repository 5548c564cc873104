package outbox

import (
	"github.com/nashra-bot/nashra/news"
)

// Receipt says what became of one reader's copy.
type Receipt struct {
	Subscriber news.SubscriberID
	Outcome    news.Outcome
	Version    int
	Variant    int
	Media      bool             // sent with a medium, whose caption the first part is
	IDs        []news.MessageID // of all parts, in order; of a correction: of the message that followed

	Changed  bool // of a correction: the wrong copy was edited or taken back in its place
	Lined    bool // of a copy that a withdrawal changed: the line took the place of a message
	Rejected bool // of a Failed copy: the network refuses the message itself, so that trying again is no use
}

// Wrong reports whether r is of a copy that a correction of that version has
// to reach: one that is older, and arrived, or may have, be it in part.
func Wrong(r Receipt, version int) bool { return r.wrong(version, len(r.IDs) > 0) }

// wrong is Wrong of a receipt that is read without its ids.
func (r *Receipt) wrong(version int, ids bool) bool {
	if r.Version >= version {
		return false
	}
	return r.Outcome == news.Sent || r.Outcome == news.Unknown || r.Outcome == news.Failed && ids
}

// Wrongs counts the packed receipts behind a reader that are Wrong.
func Wrongs(packed []byte, behind news.SubscriberID, version int) (n int, err error) {
	u, err := unpack(packed)
	if err != nil || u.n == 0 {
		return 0, err
	}
	err = u.columns(func(r Receipt, shape byte) {
		if r.Subscriber > behind && r.wrong(version, shape != idsNone) {
			n++
		}
	})
	return n, err
}

// Reach counts what the packed receipts of a correction or a withdrawal say.
// Copies of those who were not looked at yet are not in it.
func Reach(packed []byte, kind news.Kind) (n news.Reach, err error) {
	u, err := unpack(packed)
	if err != nil || u.n == 0 {
		return n, err
	}
	err = u.columns(func(r Receipt, shape byte) {
		followed := r.Outcome == news.Sent && shape != idsNone
		switch {
		case r.Outcome == news.Nothing:
			return
		case r.Outcome == news.Deferred:
			n.Waiting++
		case !r.Changed && !followed:
			n.Missed++
		}
		n.Copies++
		if r.Changed {
			n.Changed++
		}
		switch withdrawn := kind == news.Withdrawal && r.Changed; {
		case withdrawn && (r.Lined || followed):
			n.Lined++
		case followed:
			n.Followed++
		}
	})
	return n, err
}
