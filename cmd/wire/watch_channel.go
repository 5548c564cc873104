package wire

import (
	"context"
	"slices"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// lookAtChannels reports the channels that refuse what is sent to them, and
// that they take it again, or are not named any more.
func (w *watcher) lookAtChannels(ctx context.Context, a *account) {
	plan, words := w.program.Plan(), w.words()
	named := func(chat news.ChatID) bool { return a.names(plan, chat) }
	a.refusals.Keep(named)
	now := a.refusals.List()
	open := slices.DeleteFunc(slices.Clone(a.mourned), func(r outbox.Refusal) bool { return hasChat(now, r.Chat) })
	if !a.mourn(ctx, slices.Concat(now, open)) {
		return // what is told has to be known after a restart
	}
	platform := a.id.Platform()
	for _, r := range now {
		w.report(ctx, a.channelThing(r.Chat), words.channel(platform, r))
	}
	left := slices.DeleteFunc(open, func(r outbox.Refusal) bool {
		return w.report(ctx, a.channelThing(r.Chat), words.channelWell(platform, r.Chat, named(r.Chat)))
	})
	a.mourn(ctx, slices.Concat(now, left))
}

// channelThing names a channel to the desk.
func (a *account) channelThing(chat news.ChatID) string {
	return "channel " + string(a.id) + " " + string(chat)
}

func hasChat(list []outbox.Refusal, chat news.ChatID) bool {
	return slices.ContainsFunc(list, func(r outbox.Refusal) bool { return r.Chat == chat })
}

// names reports whether the configuration has a channel of the account.
func (a *account) names(plan *Plan, chat news.ChatID) bool {
	return slices.ContainsFunc(a.channels(plan), func(c store.ChannelReader) bool { return c.Chat == chat })
}

// mourn keeps the refusals whose end is to be told, over restarts.
func (a *account) mourn(ctx context.Context, list []outbox.Refusal) (ok bool) {
	if slices.EqualFunc(list, a.mourned, sameRefusal) {
		return true
	}
	if err := noteRefusals(ctx, a.program.parts.Store, a.id, list); err != nil {
		if ctx.Err() == nil {
			a.log().Warn("which channels refuse is not kept", "err", err)
		}
		return false
	}
	a.mourned = list
	return true
}

func sameRefusal(a, b outbox.Refusal) bool {
	return a.Chat == b.Chat && a.Why == b.Why && a.Since.Equal(b.Since)
}

// recallChannels reads what mourn has kept, before anything is sent.
func (p *Program) recallChannels(ctx context.Context) {
	for _, a := range p.accounts {
		list, err := Refusals(ctx, p.parts.Store, a.id)
		if err != nil {
			a.log().Warn("which channels refused is not known", "err", err)
			continue
		}
		a.mourned = list
		a.refusals.Recall(list)
	}
}
