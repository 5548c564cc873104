package talk

import (
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// pause asks for how long, or pauses.
func (x *exchange) pause(w intent) {
	p := &x.p.Pause
	until := time.Time{}
	switch w.arg {
	case day:
		until = x.local().AddDate(0, 0, 1)
	case week:
		until = x.local().AddDate(0, 0, 7)
	case open:
	default:
		x.say(menu{
			{{label: p.Day, data: encode(doPause, day)}, {label: p.Week, data: encode(doPause, week)}},
			{{label: p.Open, data: encode(doPause, open)}},
		}, news.T(p.Ask))
		return
	}
	x.r.Paused, x.r.PausedUntil, x.paused = true, until, true
	x.change()
	words := p.Forever
	if !until.IsZero() {
		words = x.dated(p.Until, until)
	}
	x.show(menu{{{label: p.Resume, data: encode(doResume)}}}, news.T(words))
}

// resume ends a pause.
func (x *exchange) resume(intent) {
	if !x.r.Paused {
		x.show(x.startMenu(), x.described(x.p.Pause.NotPaused))
		return
	}
	x.r.Paused, x.r.PausedUntil = false, time.Time{}
	x.change()
	x.show(x.startMenu(), x.described(x.p.Pause.Resumed))
}

// pausedNote reminds who changes something of their pause; empty without one.
func (x *exchange) pausedNote() news.Text {
	switch {
	case !x.r.Paused:
		return nil
	case x.r.PausedUntil.IsZero():
		return news.T(x.p.Pause.Note)
	}
	return news.T(x.dated(x.p.Pause.NoteEnd, x.r.PausedUntil))
}

func (x *exchange) dated(phrase string, t time.Time) string {
	t = t.In(x.in.Settings.zone())
	return fill(phrase, "date", date(x.in.Settings.language(), t), "hour", arabic.Clock(t))
}
