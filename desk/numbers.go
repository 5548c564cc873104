package desk

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// Stats sets a report as a text for a phone: short lines, numbers last, no
// tables.
func (p *Phrases) Stats(r Report, tree news.Tree, zone *time.Location) news.Text {
	x := p.Numbers
	s := sheet{p: p}
	s.head(put(x.Title, "from", p.day(r.From, zone), "to", p.day(r.To, zone)))
	total := 0
	for _, n := range r.Subscribers {
		total += n
	}
	s.line(put(x.Subscribers, "count", x.Readers.Of(total)))
	for _, n := range slices.Sorted(maps.Keys(r.Subscribers)) {
		s.item(p.Network(n) + ": " + arabic.Number(r.Subscribers[n]))
	}
	if len(r.Sections) > 0 {
		s.gap(x.Sections)
		for _, slug := range slices.SortedFunc(maps.Keys(r.Sections), func(a, b news.Slug) int { return tree.Order(a) - tree.Order(b) }) {
			s.item(tree.Name(slug) + ": " + arabic.Number(r.Sections[slug]))
		}
	}
	s.gap(x.Days)
	for _, d := range r.Days {
		s.item(put(x.Day, "day", p.day(d.Date, zone), "joined", arabic.Number(d.Joined), "left", arabic.Number(d.Left)))
	}
	s.alerts(r, zone)
	s.spans(r)
	return p.mark(s.text)
}

func (s *sheet) alerts(r Report, zone *time.Location) {
	x := s.p.Numbers
	s.gap(x.Alerts)
	if len(r.Alerts) == 0 {
		s.line(x.NoAlerts)
	}
	for _, a := range r.Alerts {
		at := a.Published.In(zone)
		s.item(put(x.Alert, "time", s.p.day(news.DateOf(at), zone)+" "+at.Format("15:04"), "copies", x.Copies.Of(a.Sent)))
		s.line(arabic.Clip(strings.Join(strings.Fields(a.Words), " "), 80))
		if a.Delivered > 0 {
			s.line(put(x.Seen, "delivered", arabic.Number(a.Delivered), "read", arabic.Number(a.Read)))
		}
		if a.Left > 0 {
			s.line(put(x.Left, "count", arabic.Number(a.Left)))
		}
	}
}

func (s *sheet) spans(r Report) {
	x := s.p.Numbers
	if r.First.N == 0 && r.Last.N == 0 {
		return
	}
	s.gap(x.Spans)
	for _, one := range []struct {
		phrase string
		span   Span
	}{{x.First, r.First}, {x.Last, r.Last}} {
		if one.span.N > 0 {
			s.item(put(one.phrase, "span", s.p.Span(one.span.Middle), "max", s.p.Span(one.span.Max)))
		}
	}
}

// Span says a length of time; less than two minutes in seconds.
func (p *Phrases) Span(d time.Duration) string {
	if p.Language == English {
		return englishSpan(d)
	}
	if n := int(d.Round(time.Second) / time.Second); n < 120 {
		return arabic.Second().Oblique(max(n, 1))
	}
	return arabic.Span(d)
}

// day writes a date without its year.
func (p *Phrases) day(d news.Date, zone *time.Location) string {
	t, ok := d.In(zone)
	if !ok {
		return string(d)
	}
	return p.DayMonth(t)
}

// sheet is a text that is being written, line by line.
type sheet struct {
	p    *Phrases
	text news.Text
}

func (s *sheet) add(t string, style news.Style) {
	if len(s.text) > 0 {
		t = "\n" + t
	}
	s.text = append(s.text, news.Span{Text: t, Style: style})
}

func (s *sheet) head(t string) { s.add(t, news.Bold) }
func (s *sheet) line(t string) { s.add(t, 0) }
func (s *sheet) item(t string) { s.add("▪️ "+t, 0) }

// gap begins a part with its heading.
func (s *sheet) gap(t string) {
	s.add("", 0)
	s.head(t)
}
