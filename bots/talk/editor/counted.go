package editor

import (
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
		readers := ""
		for i, c := range p.Audience {
			sum += c.Sections[s]
			of, phrase := d.said.Numbers.Copies.Of(c.Sections[s]), w.OnAnother
			switch {
			case len(p.Audience) == 1:
				phrase = "{readers}"
			case i == 0:
				phrase = w.OnNetwork
			}
			readers += put(phrase, "readers", of, "network", d.said.Network(c.Platform))
		}
		lines = append(lines, put(w.BySection, "section", d.names([]news.Slug{s}), "readers", readers)+".")
	}
	if sum > p.Readers() {
		lines = append(lines, w.InSeveral)
	}
	return lines
}
