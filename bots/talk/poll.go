package talk

import (
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// What phones let a poll have. A level of the tree with more sections, or with
// one alone, is shown as a list.
const (
	fewestOptions = 2
	mostOptions   = 12
)

// poll shows one level of the tree as a poll, where the network has polls.
func (x *exchange) poll(w intent) {
	level := w.section()
	if len(x.in.Settings.Tree.Children(level)) == 0 {
		level = x.parent(level)
	}
	children := x.in.Settings.Tree.Children(level)
	if !x.in.Network.Polls || len(children) < fewestOptions || len(children) > mostOptions {
		x.level(level, x.say)
		return
	}
	p := &x.p.Sections
	question := p.Question
	if level != "" {
		question = fill(p.QuestionInside, "section", x.in.Settings.Tree.Name(level))
	}
	var m menu
	for _, c := range children {
		m = append(m, []choice{{label: c.Name, data: encodeSection(doVote, c.Slug)}})
	}
	x.put(m, news.T(question), news.T(p.Ticking+" "+x.following()))
}

// put answers with a poll. Its options can be chosen by number, too, for a
// phone that shows it as a list.
func (x *exchange) put(m menu, blocks ...news.Text) {
	if x.greeting != "" {
		blocks = append([]news.Text{news.T(x.greeting)}, blocks...)
		x.greeting = ""
	}
	m = m.sound()
	x.memo.Menu, x.memo.Shown = m.data(), x.in.Now.Unix()
	msg := news.Say(blocks...)
	msg.Buttons, msg.Poll = m.buttons(), true
	x.reply(msg, "")
}

// following says how much is followed now.
func (x *exchange) following() string {
	if x.everything(x.r) {
		return fill(x.p.Sections.Now, "count", x.p.Sections.All)
	}
	return fill(x.p.Sections.Now, "count", x.p.Sections.Counted.Of(len(x.in.Settings.known(x.r.Follows))))
}

// ballot reads a vote: see bots.Event.Data. Options that are no sections any
// more are passed over.
func (x *exchange) ballot(data string) (w intent, ok bool) {
	w.do = doVote
	lines := strings.Split(data, "\n")
	for _, line := range lines[:min(len(lines), mostOptions)] {
		if line == "" {
			return intent{}, false
		}
		one, ok := x.t.decode(line[1:], x.in.Settings)
		if !ok || one.do != doVote || len(one.sections) != 1 {
			continue
		}
		switch line[0] {
		case '+':
			w.ticked = append(w.ticked, one.section())
		case '-':
			w.unticked = append(w.unticked, one.section())
		case '=':
			w.sections = append(w.sections, one.section())
		}
	}
	return w, len(w.ticked)+len(w.unticked) > 0
}

// isVote reports whether the data of an event is that of a vote.
func isVote(data string) bool { return data != "" && strings.IndexByte("+-=", data[0]) >= 0 }

// vote follows what was ticked and leaves what no longer is, and says what is
// followed then. The number of an option does what a tick of the list does.
func (x *exchange) vote(w intent) {
	if len(w.ticked)+len(w.unticked) == 0 {
		x.tick(w)
		return
	}
	tree, before := x.in.Settings.Tree, x.r.Follows
	after, useful := slices.Clone(before), false
	for _, slug := range w.ticked {
		useful = useful || !tree.Follows(before, slug)
		after = tree.Follow(after, slug)
	}
	last := false
	for _, slug := range w.unticked {
		less := tree.Unfollow(after, slug)
		if len(x.in.Settings.known(less)) == 0 {
			last = true
			continue
		}
		after = less
	}
	if !slices.Equal(before, after) {
		x.r.Follows = after
		x.change()
	}
	blocks := []news.Text{news.T(x.counting())}
	if last {
		blocks = append(blocks, news.T(x.p.Sections.LastOne))
	}
	x.say(x.voteMenu(w, useful), append(blocks, x.pausedNote())...)
}

// counting reads a vote back.
func (x *exchange) counting() string {
	sections := x.p.Sections.All
	if !x.everything(x.r) {
		sections = x.list(x.in.Settings.known(x.r.Follows))
	}
	return fill(x.p.Sections.Voted, "sections", sections)
}

// voteMenu offers what a poll cannot show: the sections below those that were
// ticked, and, to somebody who ticked what they followed anyway, to follow
// nothing else.
func (x *exchange) voteMenu(w intent, useful bool) menu {
	tree := x.in.Settings.Tree
	var m menu
	chosen := append(slices.Clone(w.sections), w.ticked...)
	covered := func(s news.Slug) bool { return tree.Follows(chosen, s) }
	if len(w.ticked) > 0 && !useful && slices.ContainsFunc(x.in.Settings.known(x.r.Follows), func(s news.Slug) bool { return !covered(s) }) {
		label := fill(x.p.Sections.Only, "sections", x.list(chosen))
		m = append(m, []choice{{label: label, data: encodeSection(doOnly, chosen...)}})
	}
	for _, slug := range w.ticked {
		if len(tree.Children(slug)) > 0 {
			label := fill(x.p.Sections.Open, "section", tree.Name(slug))
			m = append(m, []choice{{label: label, data: encodeSection(doPoll, slug)}})
		}
	}
	return m
}

// only follows the named sections and nothing else.
func (x *exchange) only(w intent) {
	x.r.Follows = nil
	for _, slug := range w.sections {
		x.r.Follows = x.in.Settings.Tree.Follow(x.r.Follows, slug)
	}
	x.change()
	x.say(x.startMenu(), news.T(x.counting()), x.pausedNote())
}

// voted reports whether the event is a vote: a press that shows nothing and
// whose message cannot change.
func (x *exchange) voted() bool {
	return x.in.Event.Kind == bots.Pressed && isVote(x.in.Event.Data)
}
