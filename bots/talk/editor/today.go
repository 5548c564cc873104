package editor

import (
	"context"
	"time"

	"github.com/nashra-bot/nashra/desk"
)

// late says which of today's digests a change would put at an hour that is over:
// they go out at once, or not at all when their time is over, too. What has gone
// out is not moved.
func (t *turn) late(ctx context.Context, shifts []desk.Shift) (lines []string, err error) {
	d, today := t.door, t.door.today()
	for _, s := range d.Slots() {
		var last desk.Shift // of several the newest decides
		for _, one := range shifts {
			if one.Slot == s.Name && one.Covers(today) {
				last = one
			}
		}
		hour, _, ok := clockOf([]string{last.At})
		at, until, comes := d.Desk.Turn(s.Name, today)
		if !ok || last.Off || !comes {
			continue
		}
		now := d.Now().In(d.Zone())
		over, err := time.ParseInLocation("2006-01-02 15:04", string(today)+" "+hour, d.Zone())
		if err != nil || !over.Before(now) {
			continue
		}
		if _, waits, err := d.Coming(ctx, s.Name, today); err != nil {
			return nil, err
		} else if !waits {
			continue
		}
		phrase := d.rhythm.AtOnce
		if now.After(over.Add(until.Sub(at))) {
			phrase = d.rhythm.NotToday
		}
		lines = append(lines, put(phrase, "label", s.Label))
	}
	return lines, nil
}
