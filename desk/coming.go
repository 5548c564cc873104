package desk

import (
	"context"
	"fmt"
	"time"
)

// expected are the alerts, but for the draft itself, that go out unless somebody
// stops them, or once a second person has confirmed them: as if they had, each at
// its time. What comes more than two days before or after the draft is none of
// its business.
func (d *Desk) expected(ctx context.Context, of Draft) (out []Alerted, err error) {
	live, err := d.Store.Desk(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the drafts: %w", err)
	}
	now := d.Now()
	when := func(draft Draft) time.Time {
		if draft.At.Before(now) {
			return now
		}
		return draft.At
	}
	for _, draft := range live {
		soon := draft.State.Waiting() || draft.State == Second || draft.State == Publishing
		if apart := when(draft).Sub(when(of)).Abs(); !soon || draft.Form != FormAlert || draft.ID == of.ID || apart > remembered {
			continue
		}
		b := d.Broadcast(draft)
		out = append(out, Alerted{
			Words: b.Words, Link: b.Link, Audience: b.Audience, Draft: draft.ID, Trial: draft.Trial, Published: when(draft), Coming: draft.State,
		})
	}
	return out, nil
}
