package talk

import (
	"slices"

	"github.com/nashra-bot/nashra/news"
)

// time shows the paces and the digest hours as lists to choose from.
func (x *exchange) time(intent) { x.times(x.say) }

func (x *exchange) times(tell teller) {
	p := &x.p.Pace
	hint := p.Number
	if x.in.Network.Buttons {
		hint = p.Press
	}
	tell(x.timeMenu(), news.B(p.Title), news.T(hint+"\n"+p.Words), x.pausedNote())
}

func (x *exchange) timeMenu() menu {
	p := &x.p.Pace
	m := menu{{x.paceOf(p.Digest, news.PaceDigest), x.paceOf(p.Breaking, news.PaceBreaking)}}
	if x.in.Network.Each {
		m = append(m, []choice{x.paceOf(p.Each, news.PaceEach)})
	}
	if x.r.Pace != news.PaceBreaking {
		var slots []choice
		for _, s := range x.in.Settings.Slots {
			label := s.Label
			if s.Hour != "" {
				label += " " + s.Hour
			}
			slots = append(slots, choice{label: label, data: encode(doSlot, string(s.Name)), tick: true, on: slices.Contains(x.r.Slots, s.Name)})
		}
		m = append(m, rowed(slots)...)
	}
	return append(m, []choice{{label: x.p.Sections.Done, data: encode(doDone)}})
}

func (x *exchange) paceOf(label string, pace news.Pace) choice {
	return choice{label: label, data: encode(doSet, string(pace)), tick: true, on: x.r.Pace == pace}
}

// pace sets the pace from a text or from the welcome, and says so.
func (x *exchange) pace(w intent) {
	if !x.setPace(news.Pace(w.arg)) {
		x.say(x.startMenu(), x.described(x.p.Pace.NoEach))
		return
	}
	var note news.Text
	if x.r.Pace == news.PaceBreaking {
		note = x.channelNote()
	}
	x.say(x.startMenu(), x.described(x.p.Pace.Set), note, x.pausedNote())
}

// set sets the pace from the list, and shows the list anew.
func (x *exchange) set(w intent) {
	if !x.setPace(news.Pace(w.arg)) {
		x.say(x.startMenu(), x.described(x.p.Pace.NoEach))
		return
	}
	if x.pressed() {
		x.tell(x.p.Pace.Saved, nil)
	}
	x.times(x.show)
}

// setPace reports false for a pace that the network does not have.
func (x *exchange) setPace(pace news.Pace) bool {
	if pace == news.PaceEach && !x.in.Network.Each {
		return false
	}
	x.r.Pace = pace
	x.r = x.in.Settings.sound(x.r)
	x.change()
	return true
}

// slot chooses a digest hour or leaves it out. One stays.
func (x *exchange) slot(w intent) {
	name := news.Slot(w.arg)
	at := slices.Index(x.r.Slots, name)
	if at < 0 {
		x.r.Slots = x.inOrder(append(x.r.Slots, name))
	} else {
		after := slices.Delete(slices.Clone(x.r.Slots), at, at+1)
		if !slices.ContainsFunc(after, func(s news.Slot) bool { _, ok := x.in.Settings.slot(s); return ok }) {
			x.tell(x.p.Pace.LastHour, x.startMenu())
			return
		}
		x.r.Slots = after
	}
	x.change()
	if x.pressed() {
		x.tell(x.p.Pace.Saved, nil)
	}
	x.times(x.show)
}

// inOrder sorts slots as the day goes.
func (x *exchange) inOrder(slots []news.Slot) []news.Slot {
	place := func(name news.Slot) int {
		return slices.IndexFunc(x.in.Settings.Slots, func(s Slot) bool { return s.Name == name })
	}
	slices.SortStableFunc(slots, func(a, b news.Slot) int { return place(a) - place(b) })
	return slots
}
