package talk

import (
	"github.com/nashra-bot/nashra/news"
)

// teller sends a message: a new one, or one that takes another's place.
type teller func(m menu, blocks ...news.Text)

// sections shows one level of the tree as a list to tick.
func (x *exchange) sections(w intent) {
	level := w.section()
	if len(x.in.Settings.Tree.Children(level)) == 0 {
		level = x.parent(level)
	}
	x.level(level, x.say)
}

// move goes about in the list.
func (x *exchange) move(w intent) { x.level(w.section(), x.show) }

func (x *exchange) parent(slug news.Slug) news.Slug {
	s, _ := x.in.Settings.Tree.Find(slug)
	return s.Parent
}

// level shows the sections below slug.
func (x *exchange) level(slug news.Slug, tell teller) {
	p := &x.p.Sections
	tree := x.in.Settings.Tree
	children := tree.Children(slug)
	title := p.Title
	if slug != "" {
		title = fill(p.Inside, "section", tree.Name(slug))
	}
	hint := p.Number
	if x.in.Network.Buttons {
		hint = p.Press
	}
	lines := hint
	for _, c := range children {
		if x.counted(c.Slug) > 0 {
			lines += " " + p.Count
			break
		}
	}
	lines += "\n" + x.following()
	if len(children) > 0 {
		lines += "\n" + fill(p.Words, "section", children[0].Name)
	}
	if x.in.Network.Polls && !x.group() {
		lines += "\n" + p.Poll
	}
	blocks := []news.Text{news.B(title), news.T(lines)}
	if note := x.pausedNote(); !note.Empty() {
		blocks = append(blocks, note)
	}
	tell(x.ticks(slug, children), blocks...)
}

// ticks is the list itself: leaves two to a row, and a section that has others
// below it beside the way to them.
func (x *exchange) ticks(level news.Slug, children []news.Section) menu {
	tree := x.in.Settings.Tree
	var m menu
	var leaves []choice
	flush := func() {
		m = append(m, rowed(leaves)...)
		leaves = nil
	}
	for _, c := range children {
		if len(tree.Children(c.Slug)) == 0 {
			leaves = append(leaves, x.tickOf(c))
			continue
		}
		flush()
		inside := choice{label: fill(x.p.Sections.Open, "section", c.Name), data: encodeSection(doLevel, c.Slug)}
		m = append(m, []choice{x.tickOf(c), inside})
	}
	flush()
	last := []choice{{label: x.p.Sections.Done, data: encode(doDone)}}
	if level != "" {
		back := choice{label: x.p.Sections.Back, data: encode(doLevel)}
		if up := x.parent(level); up != "" {
			back.data = encodeSection(doLevel, up)
		}
		last = append([]choice{back}, last...)
	}
	return append(m, last)
}

// tickOf is one section of the list: its name, how much of it is followed
// where that is a part, and how much was published within a day.
func (x *exchange) tickOf(s news.Section) choice {
	tree := x.in.Settings.Tree
	c := choice{label: s.Name, data: encodeSection(doTick, s.Slug), tick: true, on: tree.Follows(x.r.Follows, s.Slug)}
	if !c.on {
		below := tree.Below(s.Slug)
		some := 0
		for _, b := range below {
			if b != s.Slug && tree.Follows(x.r.Follows, b) {
				some++
			}
		}
		if some > 0 {
			c.label = fill(x.p.Sections.Partly, "section", s.Name, "some", number(some), "all", number(len(below)-1))
		}
	}
	if n := x.counted(s.Slug); n > 0 {
		c.label += " (" + number(n) + ")"
	}
	return c
}

// counted returns how many articles of a section, and of all below it, were
// published within a day.
func (x *exchange) counted(slug news.Slug) int {
	n := 0
	for _, s := range x.in.Settings.Tree.Below(slug) {
		n += x.in.Facts.Counts[s]
	}
	return n
}

// tick follows a section or stops following it, and shows the list anew.
func (x *exchange) tick(w intent) {
	tree, slug := x.in.Settings.Tree, w.section()
	words := x.p.Sections.Follow
	if tree.Follows(x.r.Follows, slug) {
		after := tree.Unfollow(x.r.Follows, slug)
		if len(x.in.Settings.known(after)) == 0 {
			x.lastOne()
			return
		}
		x.r.Follows = after
		words = x.p.Sections.Unfollow
	} else {
		x.r.Follows = tree.Follow(x.r.Follows, slug)
	}
	x.change()
	if words = fill(words, "section", tree.Name(slug)); x.pressed() {
		x.tell(words, nil)
	}
	x.level(x.parent(slug), x.show)
}

// done closes a list.
func (x *exchange) done(intent) {
	x.memo.Menu, x.memo.Shown = nil, 0
	x.show(nil, x.described(x.p.Pace.Set), x.pausedNote())
}
