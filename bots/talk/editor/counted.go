package editor

import (
	"strings"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// counted is a line for each network: how many, how long, and that it costs
// nothing; then one for each section, where several are chosen.
func (d *Door) counted(p desk.Preview) (lines []string) {
	w := d.phrases
	for _, c := range p.Audience {
		line := put(w.Audience, "network", d.said.Network(c.Platform), "readers", d.said.Numbers.Copies.Of(c.Readers))
		for _, cost := range p.Cost {
			if cost.Platform == c.Platform && cost.Time > 0 {
				line += put(w.Takes, "span", d.said.Span(cost.Time))
			}
		}
		if c.Readers > 0 {
			line += w.Free
		}
		lines = append(lines, line+".")
	}
	if p.Draft.Form != desk.FormAlert || p.Draft.Everyone || len(p.Draft.Sections) < 2 {
		return lines
	}
	return append(lines, d.bySection(p)...)
}

// bySection is a line for each section that was chosen. Who follows two of them
// is in both, which is said where it is so.
func (d *Door) bySection(p desk.Preview) (lines []string) {
	w, sum := d.phrases, 0
	for _, s := range p.Draft.Sections {
		var parts []string
		for _, c := range p.Audience {
			n := c.Sections[s]
			sum += n
			part := d.said.Numbers.Copies.Of(n)
			if len(p.Audience) > 1 {
				part = put(w.OnNetwork, "readers", part, "network", d.said.Network(c.Platform))
			}
			parts = append(parts, part)
		}
		lines = append(lines, put(w.BySection, "section", d.names([]news.Slug{s}), "readers", strings.Join(parts, w.Comma))+".")
	}
	if sum > p.Readers() {
		lines = append(lines, w.InSeveral)
	}
	return lines
}
