package talk

import "github.com/nashra-bot/nashra/news"

// breaking shows whether breaking news comes, or switches it.
func (x *exchange) breaking(w intent) {
	p := &x.p.Pace
	switch {
	case w.arg == on:
		x.r.Breaking = true
		x.change()
	case w.arg == off && x.r.Pace == news.PaceBreaking:
		// Nothing would be left: the digest takes its place.
		x.r.Pace, x.r.Breaking = news.PaceDigest, false
		x.r = x.in.Settings.sound(x.r)
		x.change()
		x.show(x.startMenu(), news.T(fill(p.AlertsSwitch, "hours", x.hours(x.r))))
		return
	case w.arg == off:
		x.r.Breaking = false
		x.change()
	}
	words, turn := p.AlertsOff, choice{label: p.TurnOn, data: encode(doBreaking, on)}
	if x.r.Breaking {
		words, turn = p.AlertsOn, choice{label: p.TurnOff, data: encode(doBreaking, off)}
	}
	m := menu{{turn}}
	if x.r.Breaking && x.in.Settings.Night != (Night{}) {
		m = append(m, []choice{{label: x.p.Words.Quiet.Word, data: encode(doQuiet)}})
	}
	x.switched(w)(m, news.T(words), x.channelNote(), x.pausedNote())
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
	}, news.T(fill(words, "from", night.From, "to", night.To)))
}

// switched tells in place what a button has switched.
func (x *exchange) switched(w intent) teller {
	if w.arg == "" {
		return x.say
	}
	return x.show
}
