package talk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// carried reports whether a kind of message can come with a tip.
func carried(media string) bool {
	return slices.Contains([]string{"photo", "video", "document", "voice"}, media)
}

// captioned reads a file that is meant for the newsroom: the word for tips
// begins its caption, or the claim was asked for. Any other says nothing.
func (x *exchange) captioned(words []string) (intent, bool) {
	e := x.in.Event
	if !carried(e.Media) {
		return intent{}, false
	}
	if w, ok := x.slashed(strings.TrimSpace(clip(e.Text)), words); ok && w.do == doTip {
		return w, true
	}
	reply, n := x.t.lexicon.greeting(x.in.Settings.language(), words)
	if w, ok := x.commanded(words[n:]); ok && w.do == doTip {
		w.greeting = reply
		return w, true
	}
	return intent{do: doTip, arg: whole}, x.telling()
}

// file is the file of this event as a tip carries it, or why it does not, for
// its sender.
func (x *exchange) file() (f desk.TipFile, why string) {
	e := x.in.Event
	if e.Kind != bots.Sent || e.File.Ref == "" {
		return desk.TipFile{}, ""
	}
	f = desk.TipFile{Account: e.Account, Ref: e.File.Ref, Kind: e.File.Kind, MIME: e.File.MIME, Size: e.File.Size}
	switch f.Unfit() {
	case "":
		return f, ""
	case desk.BigFile:
		return desk.TipFile{}, fill(x.p.Tips.BigFile, "max", fmt.Sprint(f.Most()>>20))
	}
	return desk.TipFile{}, x.p.Tips.BadFile
}

// fileless answers a file that cannot come along, and has no words with it.
func (x *exchange) fileless(why string) { x.say(nil, news.T(why+" "+x.p.Tips.WriteIt)) }

// besides says what of a message does not come along.
func (x *exchange) besides(f desk.TipFile, why string) news.Text {
	switch {
	case why != "":
		return news.T(why + " " + x.p.Tips.WordsAlone)
	case !f.None() && x.in.Event.Album != "":
		return news.T(x.p.Tips.FirstOnly)
	}
	return nil
}

// another reports whether the event is one more of what was sent together with
// a tip's file. It has been said that it does not come along. Words alone are
// never one of them.
func (x *exchange) another() bool {
	return x.in.Event.Kind == bots.Sent && x.in.Event.Album != "" && x.in.Facts.Tellings.There
}

// needsAlbum looks whether a file was sent together with a tip's.
func (x *exchange) needsAlbum(w intent) Need {
	if x.in.Event.Album == "" {
		return Need{}
	}
	return x.needsTips(w)
}
