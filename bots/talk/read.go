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
	if slug := w.section(); len(w.sections) == 1 && !x.group() && !x.in.Settings.Tree.Follows(x.follows(), slug) {
		label := fill(x.p.Read.Follow, "section", x.in.Settings.Tree.Name(slug))
		rows = append(rows, []choice{{label: label, data: encodeSection(doSubscribe, slug)}})
	}
	if !x.group() {
		rows = append(rows, []choice{{label: x.p.Sections.Button, data: encode(doSections)}})
	}
	return rows
}

// follows returns what is followed; nothing by those who are no readers.
func (x *exchange) follows() []news.Slug {
	if !x.member {
		return nil
	}
	return x.r.Follows
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
		if x.greeting != "" {
			f.Digest.Blocks = append([]news.Text{news.T(x.greeting)}, f.Digest.Blocks...)
			x.greeting = ""
		}
		x.reply(f.Digest, "")
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
	p := phrasesOf(t.Settings().language())
	m := menu{{{label: fill(p.Read.More, "section", s.Name), data: encodeSection(doLatest, s.Slug)}}}.sound()
	if len(m) == 0 {
		return news.Button{}, false
	}
	return m.buttons()[0][0], true
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
