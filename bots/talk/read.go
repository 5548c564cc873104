package talk

import (
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// needsLatest asks for the newest articles of the named sections, else of
// those the reader follows, else of all.
func (x *exchange) needsLatest(w intent) Need {
	need := Need{Latest: latestItems, Sections: x.below(w.sections)}
	if len(w.sections) == 0 && x.member && !x.everything(x.r) {
		need.Sections = x.below(x.in.Settings.known(x.r.Follows))
	}
	return need
}

// latest shows the newest articles.
func (x *exchange) latest(w intent) {
	p := &x.p.Read
	head := p.Latest
	if len(w.sections) > 0 {
		head = fill(p.LatestIn, "sections", x.list(w.sections))
	}
	body := x.articles(x.in.Facts.Latest)
	if body.Empty() {
		body = news.T(p.Empty)
	}
	blocks := []news.Text{news.Join(news.B(head), news.T("\n"), body)}
	x.say(x.latestMenu(w), blocks...)
}

// latestMenu offers to follow the section that was asked for.
func (x *exchange) latestMenu(w intent) menu {
	var rows menu
	if slug := w.section(); len(w.sections) == 1 && x.member && !x.in.Settings.Tree.Follows(x.r.Follows, slug) {
		label := fill(x.p.Read.Follow, "section", x.in.Settings.Tree.Name(slug))
		rows = append(rows, []choice{{label: label, data: encodeSection(doSubscribe, slug)}})
	}
	switch {
	case x.group():
		return nil
	case !x.member:
		return x.backMenu()
	}
	return append(rows, []choice{{label: x.p.Sections.Button, data: encode(doSections)}})
}

// digest sends what is new in the reader's sections, now.
func (x *exchange) digest(intent) {
	f := x.in.Facts
	switch {
	case x.group() && !x.member:
		x.outside()
	case f.NoDigest:
		x.say(nil, news.T(x.p.Read.DigestFailed))
	case len(f.Digest.Blocks) > 0:
		x.send(f.Digest)
		if x.member {
			x.r.Floor = max(x.r.Floor, f.Floor)
			x.change()
		}
	case !x.member:
		x.say(nil, news.T(x.p.Read.NoDigestYet))
	default:
		x.say(menu{{{label: x.p.Read.Latest, data: encode(doLatest)}}}, news.T(x.p.Read.NoDigest))
	}
}

// More is the button that leads from a digest to the rest of a section.
func (t *Talk) More(s news.Section) (news.Button, bool) {
	p := t.phrases[t.Settings().language()]
	m := menu{{{label: fill(p.Read.More, "section", s.Name), data: encodeSection(doLatest, s.Slug)}}}.sound()
	if len(m) == 0 {
		return news.Button{}, false
	}
	return m.buttons()[0][0], true
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// send answers with a message that was made elsewhere, its buttons as ours.
func (x *exchange) send(made news.Message) {
	var m menu
	for _, row := range made.Buttons {
		var set []choice
		for _, b := range row {
			set = append(set, choice{label: b.Label, data: b.Data, url: b.URL, on: b.On})
		}
		m = append(m, set)
	}
	blocks := made.Blocks
	if x.greeting != "" {
		blocks = append([]news.Text{news.T(x.greeting)}, blocks...)
		x.greeting = ""
	}
	msg := x.message(m, blocks)
	msg.Media, msg.Preview, msg.Silent = made.Media, made.Preview, made.Silent
	x.reply(msg, "")
}
