package wire

import "time"

// desk checks what the newsroom has decided about its desk.
func (k *checker) desk(c DeskConfig) {
	for _, one := range []struct {
		key         string
		got         time.Duration
		least, most time.Duration
	}{
		{"countdown", c.Countdown, time.Second, 5 * time.Minute},
		{"countdown_whatsapp", c.Careful, time.Second, 5 * time.Minute},
		{"proposals_wait", c.Proposals, time.Minute, 12 * time.Hour},
		{"codes_last", c.Codes, time.Minute, 30 * 24 * time.Hour},
		{"digest_ahead", c.Ahead, time.Minute, 6 * time.Hour},
	} {
		if one.got != 0 && (one.got < one.least || one.got > one.most) {
			k.bad("$.desk."+one.key, "expected a time from %s to %s, not %s", one.least, one.most, one.got)
		}
	}
	for _, one := range []struct {
		key string
		got int
	}{{"alerts_per_day", c.PerDay}, {"alerts_per_reader", c.PerReader}} {
		if one.got < 0 {
			k.bad("$.desk."+one.key, "expected a number from 1, not %d", one.got)
		}
	}
}
