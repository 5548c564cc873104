package wire

import (
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// troubleWords are the words in which those on duty are told of trouble. Names
// in braces stand for what is filled in.
type troubleWords struct {
	Telegram, WhatsApp, Until                                      string
	AccountWell, Account                                           string
	Revoked, RevokedDo, Replaced, ReplacedDo, Outdated, OutdatedDo string
	Unpaired, UnpairedDo, Locked, LockedDo, Closed, ClosedDo       string
	Banned, BannedDo, Restricted, WaitDo, Full, FullDo             string
	Unreached, UnreachedDo, ReachedAgain                           string
	Shared, SharedDo, SharedWell                                   string
	ChannelMute, ChannelMuteDo, ChannelPlain, ChannelPlainDo       string
	ChannelNone, ChannelNoneDo, ChannelOut, ChannelOutDo           string
	ChannelWell, ChannelUnnamed                                    string
	SourceWell, Blocked, BlockedDo, Broken, BrokenDo               string
	Silent, SilentDo                                               string
	DiskData, DiskBackups, DiskWell, DiskLow, DiskFull, DiskDo     string
	DatabaseWell, DatabaseFull                                     string
	ClockWell, ClockAhead, ClockBehind, ClockJumped, ClockDo       string
	when                                                           func(time.Time) string
	span                                                           func(time.Duration) string
}

func troubleWordsOf(l digest.Language) *troubleWords {
	if l == digest.English {
		return englishTrouble()
	}
	return arabicTrouble()
}

func (w *troubleWords) network(p news.Platform) string {
	if p == news.WhatsApp {
		return w.WhatsApp
	}
	return w.Telegram
}

// account says why an account can send nothing, and what to do.
func (w *troubleWords) account(p news.Platform, s whatsapp.State, zone *time.Location) trouble {
	until := ""
	if !s.StopUntil.IsZero() {
		until = put(w.Until, "time", w.when(s.StopUntil.In(zone)))
	}
	t := map[whatsapp.Reason]trouble{
		reasonRevoked:            {what: w.Revoked, do: w.RevokedDo},
		reasonReplaced:           {what: w.Replaced, do: w.ReplacedDo},
		reasonOutdated:           {what: w.Outdated, do: w.OutdatedDo},
		whatsapp.ReasonUnpaired:  {what: w.Unpaired, do: w.UnpairedDo},
		whatsapp.ReasonLocked:    {what: w.Locked, do: w.LockedDo},
		whatsapp.ReasonClosed:    {what: w.Closed, do: w.ClosedDo},
		whatsapp.ReasonBanned:    {what: w.Banned, do: w.BannedDo},
		whatsapp.ReasonTimeLock:  {what: w.Restricted, do: w.WaitDo},
		whatsapp.ReasonStrangers: {what: w.Restricted, do: w.WaitDo},
		whatsapp.ReasonTooMany:   {what: w.Restricted, do: w.WaitDo},
	}[s.Reason]
	if t.what == "" {
		t.what = w.Account
	}
	t.what = put(t.what, "until", until)
	return t
}

// channel says why a channel takes nothing, and what to do.
func (w *troubleWords) channel(p news.Platform, r outbox.Refusal) trouble {
	t := trouble{what: w.ChannelMute, do: w.ChannelMuteDo}
	switch {
	case r.Why == outbox.NotFound:
		t.what, t.do = w.ChannelNone, w.ChannelNoneDo
	case r.Why == outbox.NotInside:
		t.what, t.do = w.ChannelOut, w.ChannelOutDo
	case p == news.WhatsApp: // who publishes there is an admin, with no rights to choose
		t.what, t.do = w.ChannelPlain, w.ChannelPlainDo
	}
	fill := func(s string) string { return put(s, "channel", string(r.Chat), "network", w.network(p)) }
	return trouble{state: string(r.Why), what: fill(t.what), do: fill(t.do)}
}

// channelWell says that it is over, since the channel takes messages or is not
// named any more.
func (w *troubleWords) channelWell(p news.Platform, chat news.ChatID, named bool) trouble {
	what := w.ChannelWell
	if !named {
		what = w.ChannelUnnamed
	}
	return trouble{what: put(what, "channel", string(chat), "network", w.network(p))}
}

// put fills in what stands in braces, all at once.
func put(phrase string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(phrase)
}
