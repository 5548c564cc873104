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
		number(k, "$.desk."+one.key, one.got, one.least, one.most)
	}
	number(k, "$.desk.proposal_letters", c.Letters, 1, maxHourly)
	k.positive("$.desk.alerts_per_day", c.PerDay)
	k.positive("$.desk.alerts_per_reader", c.PerReader)
}
