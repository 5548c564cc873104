package wire

import (
	"context"
	"strconv"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/news"
)

func (w *watcher) lookAtAccounts(ctx context.Context) {
	for _, a := range w.program.accounts {
		a.look()
	}
	for _, a := range w.program.accounts {
		if t, known := a.trouble(w.words()); known {
			w.report(ctx, "account "+string(a.id), t)
		}
		w.lookAtDay(ctx, a)
		w.lookAtNetwork(ctx, a)
		w.lookAtRivals(ctx, a)
		w.lookAtChannels(ctx, a)
	}
}

// lookAtDay reports that an account's messages of the day are used up, once a
// day. That the next day has begun is no news.
func (w *watcher) lookAtDay(ctx context.Context, a *account) {
	until := a.state().FullUntil
	if until.IsZero() {
		return
	}
	words := w.words()
	when := put(words.Until, "time", words.when(until.In(w.program.newsroom().Zone)))
	name := words.network(a.id.Platform())
	w.report(ctx, "day "+string(a.id), trouble{
		state: "full until " + until.UTC().Format("2006-01-02T15:04"),
		what:  put(words.Full, "network", name, "until", when), do: words.FullDo,
	})
}

// lookAtNetwork reports a network that is not there for long. Its end is told
// with how long that was, also to those who could not be told before, since
// there was no other way.
func (w *watcher) lookAtNetwork(ctx context.Context, a *account) {
	now, words, name := w.program.parts.Now(), w.words(), w.words().network(a.id.Platform())
	thing := "network " + string(a.id)
	silence, there := a.reach.silence()
	switch since := a.reach.since; {
	case silence >= longUnreached:
		if since.IsZero() {
			since = now.Add(-silence)
			a.keep(ctx, since)
		}
		what := put(words.Unreached, "network", name, "time", words.when(since.In(w.program.newsroom().Zone)))
		w.report(ctx, thing, trouble{state: "unreachable", what: what, do: put(words.UnreachedDo, "network", name), passing: true})
	case there && !since.IsZero():
		what := put(words.ReachedAgain, "network", name, "span", words.span(max(now.Sub(since), 0)))
		if w.report(ctx, thing, trouble{what: what}) {
			a.keep(ctx, time.Time{})
		}
	}
}

// unreachedNote is where it is kept since when a network is not there.
const unreachedNote = "watch/unreached"

// keep remembers since when the account's network is not there, over restarts;
// the zero time: it is.
func (a *account) keep(ctx context.Context, since time.Time) {
	var value []byte
	if a.reach.since = since; !since.IsZero() {
		value = strconv.AppendInt(nil, since.Unix(), 10)
	}
	if err := a.program.parts.Store.Noted(ctx, a.id, unreachedNote, value); err != nil && ctx.Err() == nil {
		a.log().Warn("how long the network is away is not kept", "err", err)
	}
}

// recall is what keep has kept.
func (a *account) recall(ctx context.Context) {
	value, err := a.program.parts.Store.Note(ctx, a.id, unreachedNote)
	if err != nil || len(value) == 0 {
		return
	}
	if since, err := strconv.ParseInt(string(value), 10, 64); err == nil {
		a.reach.since = time.Unix(since, 0)
	}
}

// look asks the adapter whether it is connected, where it can say so.
func (a *account) look() {
	p, ok := a.pairer()
	if !ok {
		return
	}
	switch s := p.State(); {
	case s.Connected:
		a.reach.heard(true)
	case !s.Lost():
		a.reach.heard(false)
	}
}

// works reports whether an account can send, as far as is known.
func (p *Program) works(id news.AccountID) bool {
	a := p.account(id)
	return a != nil && a.state().Reason == whatsapp.ReasonNone
}

// reaches reports whether a message by an account would arrive now.
func (p *Program) reaches(id news.AccountID) bool {
	a := p.account(id)
	return a != nil && a.reach.near()
}

// The reasons of accounts on networks that tell no state.
const (
	reasonRevoked  whatsapp.Reason = "revoked"
	reasonReplaced                 = whatsapp.ReasonReplaced
	reasonOutdated                 = whatsapp.ReasonOutdated
)

// state is why an account can send nothing. An adapter that can say it knows
// best: it may be linked again already when the end of Run is still on record.
func (a *account) state() whatsapp.State {
	if p, ok := a.pairer(); ok {
		return p.State()
	}
	if lost := a.ended.Load(); lost != nil {
		return whatsapp.State{Reason: *lost}
	}
	return whatsapp.State{}
}

// trouble is what is wrong with an account; known is false before it was
// connected: only the network can say that all is well.
func (a *account) trouble(w *troubleWords) (t trouble, known bool) {
	s := a.state()
	name := w.network(a.id.Platform())
	if s.Reason == whatsapp.ReasonNone {
		p, paired := a.pairer()
		return trouble{what: put(w.AccountWell, "network", name)}, a.live.Load() != nil && (!paired || p.State().Connected)
	}
	t = w.account(a.id.Platform(), s, a.program.newsroom().Zone)
	state := string(s.Reason)
	if !s.StopUntil.IsZero() { // another end is another state
		state += " until " + s.StopUntil.UTC().Format("2006-01-02T15:04")
	}
	return trouble{state: state, what: put(t.what, "network", name), do: put(t.do, "network", name)}, true
}
