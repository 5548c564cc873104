package sqlite

import (
	"context"
	"fmt"

	"github.com/nashra-bot/nashra/news"
)

// Pulse returns how far each lane of a broadcast is. It reads a row for each,
// however many readers there are.
func (s *Store) Pulse(ctx context.Context, id news.BroadcastID) (out []news.Pulse, err error) {
	err = s.read(ctx, fmt.Sprintf("read the pulse of broadcast %d", id), func(t tx) error {
		out = nil
		b, err := t.broadcast(id)
		if err != nil {
			return err
		}
		return t.each(`SELECT name, lane.channels, lane.state, lane.reason, lane.ended,
			lane.sent, lane.old_news, lane.failed, lane.unknown, lane.deferred, lane.gone, coalesce(o.sent + o.unknown, 0),
			EXISTS (SELECT 1 FROM lost WHERE lost.account = lane.account)
			FROM lane JOIN account ON account.id = lane.account
			LEFT JOIN lane AS o ON o.broadcast = ?2 AND o.account = lane.account AND o.channels = lane.channels
			WHERE lane.broadcast = ?1 ORDER BY lane.account, lane.channels`, args(id, b.Original), func(r row) error {
			p := news.Pulse{At: s.now(), Counts: map[news.Outcome]int{}}
			var ended bool
			var counts tally
			fields := append(args(&p.Account, &p.Channels, &p.State, &p.Reason, &ended), counts.fields()...)
			err := r.Scan(append(fields, &p.Audience, &p.Lost)...)
			for i, n := range counts {
				if n != 0 {
					p.Counts[news.Sent+news.Outcome(i)] = n
				}
			}
			if ended {
				p.Audience = p.Told() + p.Counts[news.Deferred]
			}
			out = append(out, p)
			return err
		})
	})
	return out, err
}
