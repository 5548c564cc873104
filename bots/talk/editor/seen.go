package editor

import "github.com/nashra-bot/nashra/desk"

// seen says what became of an alert's copies on the phones, where a network
// tells. Readers can keep to themselves what they have read.
func (d *Door) seen(a desk.Arrival) (lines []string) {
	copies := d.said.Numbers.Copies
	if a.Delivered > 0 {
		lines = append(lines, put(d.phrases.Delivered, "readers", copies.Of(a.Delivered)))
	}
	if a.Read > 0 {
		lines = append(lines, put(d.phrases.Read, "readers", copies.Of(a.Read)))
	}
	return lines
}
