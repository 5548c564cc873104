package sqlite

import "github.com/nashra-bot/nashra/news"

// The columns of lane and chunk that count, in the order of tally.
const countColumns = "sent, old_news, failed, unknown, deferred, gone"

// tally counts outcomes in the order of countColumns.
type tally [6]int

func (c *tally) fields() []any {
	out := make([]any, len(c))
	for i := range c {
		out[i] = &c[i]
	}
	return out
}

func (c *tally) add(o news.Outcome, n int) {
	if i := int(o) - int(news.Sent); i >= 0 && i < len(c) {
		c[i] += n
	}
}

func (c tally) values() []any {
	out := make([]any, len(c))
	for i, n := range c {
		out[i] = n
	}
	return out
}

// count adds the difference between two tallies to a lane.
func (t tx) count(k laneKey, old, now tally) error {
	if old == now {
		return nil
	}
	for i := range now {
		now[i] -= old[i]
	}
	_, err := t.exec(`UPDATE lane SET sent = sent + ?, old_news = old_news + ?, failed = failed + ?, unknown = unknown + ?,
		deferred = deferred + ?, gone = gone + ? WHERE broadcast = ? AND account = ? AND channels = ?`, append(now.values(), k.args()...)...)
	return err
}

func minus(a, b tally) tally {
	for i := range a {
		a[i] -= b[i]
	}
	return a
}
