package talk

import (
	"strings"
	"unicode"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// needsTips looks what the chat has told already, unless only the claim is
// asked for.
func (x *exchange) needsTips(w intent) Need {
	if x.group() || w.do == doTip && w.arg == "" && x.in.Event.File.Ref == "" {
		return Need{}
	}
	need := Need{Tips: true}
	switch {
	case x.in.Event.Album != "":
		need.Tip = tipKey(x.in.Event)
	case w.do != doTip:
		need.Tip = w.arg
	}
	return need
}

// tip takes a claim for the newsroom, or asks for it.
func (x *exchange) tip(w intent) {
	p := &x.p.Tips
	if x.group() {
		x.say(nil, news.T(p.Private))
		return
	}
	words := ""
	if w.arg != "" {
		words = desk.TipWords(x.claim(w.arg == whole))
	}
	f, why := x.file()
	switch said := strings.ContainsFunc(words, unicode.IsLetter); {
	case x.another():
	case said || !f.None():
		x.told(words, f, false)
	case why != "":
		x.fileless(why)
	default:
		x.question(encode(doTip))
		x.show(menu{{{label: p.Cancel, data: encode(doKeep)}}}, news.T(p.Ask))
	}
}

// The claim of an intent: behind the word for tips (on), or all that was
// written.
const whole = "whole"

// claim is what was written, and of a message that begins with the word for
// tips what stands behind it.
func (x *exchange) claim(all bool) string {
	text := x.in.Event.Text
	if all {
		return text
	}
	if strings.HasPrefix(text, "/") {
		if space := strings.IndexFunc(text, unicode.IsSpace); space > 0 {
			return text[space:]
		}
		return ""
	}
	words, ends := foldedWords(text)
	_, from := x.t.lexicon.greeting(x.in.Settings.language(), words)
	for ; from < len(words); from++ {
		if m, n := x.t.lexicon.find(words[from:]); n > 0 && m.do == doTip {
			return strings.TrimLeft(text[ends[from+n-1]:], " \t\n:،,-–—")
		}
	}
	return text
}

// foldedWords are the words of a text, folded, and where each of them ends in
// it.
func foldedWords(text string) (words []string, ends []int) {
	end := 0
	for field := range strings.FieldsSeq(text) {
		end += strings.Index(text[end:], field) + len(field)
		for _, word := range strings.Fields(arabic.FoldCommand(field)) {
			words, ends = append(words, word), append(ends, end)
		}
	}
	return words, ends
}

// telling reports whether the claim was asked for and is waited for.
func (x *exchange) telling() bool {
	data, ok := x.memo.asked(x.in.Now)
	return ok && data == encode(doTip) && !x.group()
}

// claimed reads the claim that was asked for: everything that is no command or
// section by itself.
func (x *exchange) claimed(words []string) (intent, bool) {
	if !x.telling() || len(words) == 0 {
		return intent{}, false
	}
	_, command := x.t.lexicon.find(words)
	_, section := x.names().at(words)
	if command == len(words) || section == len(words) {
		return intent{}, false
	}
	return intent{do: doTip, arg: whole}, true
}

// forward asks whether a message that was passed on is meant for the newsroom,
// or takes it as the claim that was asked for.
func (x *exchange) forward(intent) {
	p := &x.p.Tips
	words := desk.TipWords(x.in.Event.Text)
	f, why := x.file()
	switch {
	case x.group():
		x.say(nil, news.T(p.Private))
	case x.another():
	case words == "" && f.None() && why != "":
		x.fileless(why)
	case words == "" && f.None():
		x.say(nil, news.T(p.NoWords))
	case x.telling():
		x.told(words, f, true)
	case x.tooMany():
		x.say(nil, news.T(x.p.Other.Forward))
	default:
		key := tipKey(x.in.Event)
		x.commit.Tip = &Tip{Do: TipHeld, Key: key, Words: words, File: f, Forward: true}
		x.question(encode(doTipMean, key))
		x.say(menu{
			{{label: p.Mean, data: encode(doTipMean, key)}},
			{{label: p.Drop, data: encode(doTipDrop, key)}},
		}, news.T(p.AskForward), x.besides(f, why))
	}
}

func (x *exchange) tooMany() bool { return x.in.Facts.Tellings.Told >= mostTips }

// told puts a claim into the newsroom's queue.
func (x *exchange) told(words string, f desk.TipFile, forward bool) {
	if x.tooMany() {
		x.say(nil, news.T(x.p.Tips.TooMany))
		return
	}
	key := tipKey(x.in.Event)
	x.commit.Tip = &Tip{Do: TipTold, Key: key, Words: words, File: f, Forward: forward}
	x.memo.Ask, x.memo.Asked = "", 0
	_, why := x.file()
	x.thank(key, x.besides(f, why))
}

// thank says how it goes on, and asks whether the newsroom may see the name.
// Without an answer it does not.
func (x *exchange) thank(key string, besides news.Text) {
	p := &x.p.Tips
	name := desk.TellerName(x.in.Event.Name)
	if name == "" {
		x.show(nil, news.T(p.Thanks), besides)
		return
	}
	x.question(encode(doTipName, key))
	x.show(menu{
		{{label: p.NameYes, data: encode(doTipName, key)}},
		{{label: p.NameNo, data: encode(doKeep)}},
	}, news.T(p.Thanks), besides, news.T(fill(p.AskName, "name", name)))
}

// tipMeant puts the held message into the queue.
func (x *exchange) tipMeant(w intent) {
	switch {
	case !x.in.Facts.Tellings.Held:
		x.show(nil, news.T(x.p.Tips.Gone))
	case x.tooMany():
		x.show(nil, news.T(x.p.Tips.TooMany))
	default:
		x.commit.Tip = &Tip{Do: TipMeant, Key: w.arg}
		x.thank(w.arg, nil)
	}
}

// tipDropped deletes the held message.
func (x *exchange) tipDropped(w intent) {
	x.commit.Tip = &Tip{Do: TipDropped, Key: w.arg}
	x.memo.Ask, x.memo.Asked = "", 0
	x.show(nil, news.T(x.p.Tips.Dropped))
}

// tipNamed lets the editors see the name, which comes from this very event.
func (x *exchange) tipNamed(w intent) {
	name := desk.TellerName(x.in.Event.Name)
	if !x.in.Facts.Tellings.Waits || name == "" {
		x.show(nil, news.T(x.p.Tips.Gone))
		return
	}
	x.commit.Tip = &Tip{Do: TipNamed, Key: w.arg, Name: name}
	x.memo.Ask, x.memo.Asked = "", 0
	x.show(nil, news.T(fill(x.p.Tips.Named, "name", name)))
}

// declined does what a no to a question about a tip asks for; false: it was
// about something else.
func (x *exchange) declined(data string) bool {
	p := &x.p.Tips
	w, ok := x.t.decode(data, x.in.Settings)
	switch {
	case !ok:
	case w.do == doTip:
		x.show(nil, news.T(p.Cancelled))
		return true
	case w.do == doTipName:
		x.show(nil, news.T(p.Unnamed))
		return true
	case w.do == doTipMean:
		x.tipDropped(w)
		return true
	}
	return false
}

// passedOn reports whether an event is a message that was passed on.
func passedOn(e bots.Event) bool { return e.Kind == bots.Sent && e.Media == "forward" }
