package talk

import (
	"slices"
	"strconv"
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// arrives says what a reader gets and when, as a clause.
func (x *exchange) arrives(r news.Reader) string {
	p := &x.p.Pace
	var text string
	switch {
	case r.Pace == news.PaceBreaking:
		text = p.ArrivesBreaking
	case r.Pace == news.PaceEach && r.Breaking:
		text = p.ArrivesEachAlerts
	case r.Pace == news.PaceEach:
		text = p.ArrivesEach
	case r.Breaking:
		text = p.ArrivesDigestAlerts
	default:
		text = p.ArrivesDigest
	}
	switch held := r.Quiet && x.in.Settings.Night != (Night{}); {
	case !r.Breaking:
	case r.Important && held:
		text += p.AlertsChosenHeld
	case r.Important:
		text += p.AlertsChosen
	case held:
		text += p.AlertsHeld
	}
	return fill(text, "you", x.p.You, "hours", x.hours(r))
}

// from says of which sections, as a clause.
func (x *exchange) from(r news.Reader) string {
	if x.everything(r) {
		return x.p.Pace.All
	}
	return fill(x.p.Pace.From, "sections", x.list(x.in.Settings.known(r.Follows)))
}

// everything reports whether r follows all that there is.
func (x *exchange) everything(r news.Reader) bool {
	for _, slug := range x.in.Settings.top() {
		if !x.in.Settings.Tree.Follows(r.Follows, slug) {
			return false
		}
	}
	return true
}

// described fills a phrase with what a reader gets.
func (x *exchange) described(phrase string) news.Text {
	return news.T(sentence(fill(phrase, "arrives", x.arrives(x.r), "from", x.from(x.r))))
}

// sentence begins a Latin sentence with a capital.
func sentence(s string) string {
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		return strings.ToUpper(s[:1]) + s[1:]
	}
	return s
}

// hours names the digest hours of a reader: the hours, or the names of the
// slots where one of them has no fixed hour.
func (x *exchange) hours(r news.Reader) string {
	var hours, labels []string
	for _, s := range x.in.Settings.Slots {
		if slices.Contains(r.Slots, s.Name) {
			labels = append(labels, s.Label)
			if s.Hour != "" {
				hours = append(hours, s.Hour)
			}
		}
	}
	if len(hours) < len(labels) {
		return "(" + strings.Join(labels, x.p.Comma) + ")"
	}
	return fill(x.p.Pace.Hours, "hours", strings.Join(hours, x.p.And))
}

// list names sections.
func (x *exchange) list(slugs []news.Slug) string {
	names := make([]string, len(slugs))
	for i, s := range slugs {
		names[i] = x.in.Settings.Tree.Name(s)
	}
	return strings.Join(names, x.p.Comma)
}

// number writes a small number.
func number(n int) string { return strconv.Itoa(n) }

// articles lists articles by title and age, without numbers: those are for
// choices.
func (x *exchange) articles(list []news.Article) news.Text {
	var out news.Text
	for i, a := range list {
		if i > 0 {
			out = append(out, news.Span{Text: "\n"})
		}
		out = append(out, news.Span{Text: "▪️ "})
		if a.Form == news.Check {
			out = append(out, news.Span{Text: x.p.Read.Check})
		}
		title := news.Span{Text: oneLine(a.Title)}
		if x.in.Network.Links {
			title.Link = a.Link()
		}
		out = append(out, title)
		if t := a.Published; !t.IsZero() && !t.After(x.in.Now) {
			out = append(out, news.Span{Text: " · " + ago(x.in.Settings.language(), x.local(), t.In(x.in.Settings.zone()))})
		}
		if !x.in.Network.Links && a.Link() != "" {
			out = append(out, news.Span{Text: "\n" + a.Link()})
		}
	}
	return out
}
