package wire

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news/arabic"
)

// ownerWords is what the owner is told, and tells, in one language. Names in
// braces stand for what is filled in.
type ownerWords struct {
	Pair                                                           string   // the command
	Pairs                                                          []string // other words for it
	ByPicture                                                      []string // what is said behind it for a picture to scan; the first is told
	Scan, Rescan                                                   string   // under the first picture, and under those that follow
	Code, Paired, Failed, Passkey, Busy, Already                   string
	Until                                                          string // behind what is for a time
	Newest                                                         string // behind Outdated, when the network says which version it has
	Unpaired, Replaced, Outdated, Banned, Locked, Closed, Confined string
	Full                                                           string // the messages of the day are used up

	mark func(string) string // gives lines their direction
	when func(time.Time) string
}

func ownerWordsOf(l digest.Language) ownerWords {
	if l == digest.English {
		return englishOwner()
	}
	return arabicOwner()
}

func (p *Program) ownerWords() ownerWords { return ownerWordsOf(p.newsroom().Language) }

// pairs reports whether a text is the command, in any language, and whether a
// picture is asked for.
func pairs(text string) (asked, picture bool) {
	key := arabic.FoldCommand(text)
	for _, w := range []ownerWords{arabicOwner(), englishOwner()} {
		for _, command := range append([]string{w.Pair}, w.Pairs...) {
			rest, begins := strings.CutPrefix(key, arabic.FoldCommand(command))
			switch {
			case begins && rest == "":
				return true, false
			case begins && slices.ContainsFunc(w.ByPicture, func(how string) bool { return rest == " "+arabic.FoldCommand(how) }):
				return true, true
			}
		}
	}
	return false, false
}

// notice is what the owner is told of a state; empty: nothing.
func (w ownerWords) notice(s whatsapp.State, zone *time.Location) string {
	words := map[whatsapp.Reason]string{
		whatsapp.ReasonUnpaired: w.Unpaired, whatsapp.ReasonReplaced: w.Replaced, whatsapp.ReasonOutdated: w.Outdated, whatsapp.ReasonBanned: w.Banned,
		whatsapp.ReasonLocked: w.Locked, whatsapp.ReasonClosed: w.Closed,
		whatsapp.ReasonTimeLock: w.Confined, whatsapp.ReasonStrangers: w.Confined, whatsapp.ReasonTooMany: w.Confined,
	}[s.Reason]
	end := s.StopUntil
	if s.Reason == whatsapp.ReasonNone && !s.FullUntil.IsZero() {
		words, end = w.Full, s.FullUntil
	}
	until := ""
	if !end.IsZero() {
		until = strings.ReplaceAll(w.Until, "{time}", w.when(end.In(zone)))
	}
	if s.Reason == whatsapp.ReasonOutdated && s.Newest != "" {
		words += w.Newest
	}
	return strings.NewReplacer("{until}", until, "{client}", s.Client, "{newest}", s.Newest).Replace(words)
}

// unpaired is what the owner is told of a pairing that did not succeed.
func (w ownerWords) unpaired(err error) string {
	if errors.Is(err, whatsapp.ErrPasskey) {
		return w.Passkey
	}
	return w.Failed
}
