package talk

import (
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// Breaking news comes all of it, the important only, or none at night; the two
// last may be chosen together. Or it does not come.
const (
	levelAll       = "all"
	levelImportant = "important"
	levelNight     = "night"
)

func levels() []string { return []string{on, off, levelAll, levelImportant, levelNight} }

// breaking shows what breaking news comes, or chooses it.
func (x *exchange) breaking(w intent) {
	if w.arg == levelNight && x.in.Settings.Night == (Night{}) {
		x.say(nil, news.T(x.p.Pace.NoNight))
		return
	}
	if w.arg == off && x.r.Pace == news.PaceBreaking {
		// Nothing would be left: the digest takes its place.
		x.r.Pace, x.r.Breaking, x.paused = news.PaceDigest, false, true
		x.r = x.in.Settings.sound(x.r)
		x.change()
		x.show(x.startMenu(), news.T(fill(x.p.Pace.AlertsSwitch, "hours", x.hours(x.r))))
		return
	}
	if w.arg != "" {
		x.chosen(w.arg)
	}
	x.switched(w)(x.alertsMenu(), news.T(x.alertsNow()+"\n"+x.alertsWords()), x.channelNote(), x.pausedNote())
}

// chosen sets what breaking news comes. Who asks for less never gets more of
// it: what was left out stays so until they ask for all. Copies on their way
// are looked at again.
func (x *exchange) chosen(level string) {
	x.r.Breaking = level != off
	switch level {
	case levelAll:
		x.r.Important, x.r.Quiet = false, false
	case levelImportant:
		x.r.Important = true
	case levelNight:
		x.r.Quiet = true
	}
	x.paused = level != levelAll && level != on
	x.change()
}

// alertsNow says what breaking news comes.
func (x *exchange) alertsNow() string {
	p := &x.p.Pace
	night := x.in.Settings.Night
	words := p.AlertsOn
	switch {
	case !x.r.Breaking:
		return p.AlertsOff
	case x.r.Important && x.held():
		words = p.AlertsBoth
	case x.r.Important:
		words = p.AlertsImportant
	case x.held():
		words = p.AlertsNight
	}
	return fill(words, "from", night.From, "to", night.To, "after", x.afterNight())
}

// held reports whether breaking news waits at night.
func (x *exchange) held() bool { return x.r.Quiet && x.in.Settings.Night != (Night{}) }

// afterNight says what becomes of breaking news that the night held, where the
// reader's broadcasts go.
func (x *exchange) afterNight() string {
	p := &x.p.Pace
	network := x.in.Network
	if x.linked() && x.chats()[0] != x.address() {
		network = x.t.network(x.chats()[0].Account)
	}
	switch {
	case network.Later:
		return p.NightLater
	case x.r.Pace == news.PaceBreaking:
		return p.NightNever
	}
	return p.NightDigest
}

// alertsWords are the words that do what the menu does.
func (x *exchange) alertsWords() string {
	w := &x.p.Words
	words := []string{w.AlertsAll.Word, w.AlertsImportant.Word}
	if x.in.Settings.Night != (Night{}) {
		words = append(words, w.AlertsNight.Word)
	}
	return fill(x.p.Pace.AlertsWords, "words", strings.Join(words, x.p.Pace.Or), "off", x.p.Pace.AlertsStop)
}

// alertsMenu is the list of what breaking news there is to choose from.
func (x *exchange) alertsMenu() menu {
	w := &x.p.Words
	all := x.alertsChoice(w.AlertsAll.Word, levelAll, x.r.Breaking && !x.r.Important && !x.held())
	return append(menu{{all}}, x.fewer()...)
}

// fewer are the choices that bring less than all.
func (x *exchange) fewer() menu {
	w := &x.p.Words
	m := menu{{x.alertsChoice(w.AlertsImportant.Word, levelImportant, x.r.Breaking && x.r.Important)}}
	if x.in.Settings.Night != (Night{}) {
		m = append(m, []choice{x.alertsChoice(w.AlertsNight.Word, levelNight, x.r.Breaking && x.held())})
	}
	return append(m, []choice{x.alertsChoice(x.p.Pace.AlertsStop, off, !x.r.Breaking)})
}

func (x *exchange) alertsChoice(label, level string, on bool) choice {
	return choice{label: label, data: encode(doBreaking, level), tick: true, on: on}
}

// less offers what brings less of what was just sent: the button under an alert,
// or the word.
func (x *exchange) less(w intent) {
	m := x.fewer()
	if slug := w.section(); len(w.sections) == 1 && x.in.Settings.Tree.Follows(x.r.Follows, slug) {
		label := fill(x.p.Pace.LessOf, "section", x.in.Settings.Tree.Name(slug))
		m = append(m, []choice{{label: label, data: encodeSection(doDrop, slug)}})
	}
	x.say(m, news.B(x.p.Pace.LessAsk), news.T(x.alertsNow()+"\n"+x.alertsWords()), x.pausedNote())
}

// Less is the button under an alert that asks for less of its kind, for one
// person. The section may be empty.
func (t *Talk) Less(section news.Slug) (news.Button, bool) {
	p := t.phrases[t.Settings().language()]
	data := encode(doLess)
	if section != "" {
		data = encodeSection(doLess, section)
	}
	m := menu{{{label: p.Pace.Less, data: data}}}.sound()
	if len(m) == 0 { // a slug that no button can carry
		m = menu{{{label: p.Pace.Less, data: encode(doLess)}}}
	}
	b := m.buttons()[0][0]
	b.Private = true
	return b, true
}

// quiet shows whether breaking news comes at night, or switches it.
func (x *exchange) quiet(w intent) {
	p := &x.p.Pace
	night := x.in.Settings.Night
	if night == (Night{}) {
		x.say(nil, news.T(p.NoNight))
		return
	}
	words := p.QuietAsk
	switch w.arg {
	case on, off:
		x.r.Quiet = w.arg == on
		x.change()
		words = p.QuietOff
		if x.r.Quiet {
			words = p.QuietOn
		}
	}
	x.switched(w)(menu{
		{{label: p.QuietYes, data: encode(doQuiet, off), tick: true, on: !x.r.Quiet}},
		{{label: p.QuietNo, data: encode(doQuiet, on), tick: true, on: x.r.Quiet}},
	}, news.T(fill(words, "from", night.From, "to", night.To, "after", x.afterNight())))
}

// switched tells in place what a button has switched.
func (x *exchange) switched(w intent) teller {
	if w.arg == "" {
		return x.say
	}
	return x.show
}
