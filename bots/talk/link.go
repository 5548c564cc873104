package talk

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// A code has so many digits, and so long to be taken in.
const (
	codeDigits = 6
	codeLife   = 10 * time.Minute
	codeStart  = "link-" // before a code, in the payload of an entry link
)

// isCode reports whether a word can be a code.
func isCode(word string) bool {
	return len(word) == codeDigits && strings.Trim(word, "0123456789") == ""
}

// acceptLink reads what stands behind the word for linking: a code, with or
// without a space in it, or the name of a network, or nothing.
func (x *exchange) acceptLink(w intent, rest []string) (intent, bool) {
	if code := strings.Join(rest, ""); isCode(code) {
		w.arg = code
		return w, true
	}
	for _, word := range rest {
		if isCode(word) {
			w.arg = word
			return w, len(rest) <= nameWords
		}
	}
	if w.do == doLink && len(rest) > 0 {
		m, n := x.t.lexicon.find(rest)
		return w, n == len(rest) && m.do == doPrefer
	}
	return w, len(rest) == 0
}

// coded reads a code that stands alone.
func (x *exchange) coded(words []string) (intent, bool) {
	if x.group() || len(words) != 1 || !isCode(words[0]) {
		return intent{}, false
	}
	return intent{do: doLink, arg: words[0]}, true
}

// needsLink looks a code up, or makes one.
func (x *exchange) needsLink(w intent) Need {
	switch {
	case x.group():
		return Need{}
	case w.arg != "":
		return Need{Code: w.arg}
	}
	return Need{Give: x.member && !x.linked()}
}

// link gives a code to a reader, or takes the one that was given on another
// network.
func (x *exchange) link(w intent) {
	p := &x.p.Link
	switch {
	case x.group():
		x.say(nil, news.T(p.Private))
	case x.linked():
		x.say(x.linkedMenu(), news.T(fill(p.Already, "networks", x.networks())))
	case w.arg != "":
		x.take(w.arg)
	case x.in.Chat.Left:
		x.outside()
	case !x.member:
		x.say(nil, news.T(p.How))
	default:
		x.give()
	}
}

// give shows a code that links this chat with one on another network.
func (x *exchange) give() {
	code := x.in.Facts.Code
	if code == "" {
		return
	}
	other := x.across()
	x.commit.Give = &Code{Digits: code, Expires: x.in.Now.Add(codeLife)}
	var m menu
	if address := x.opens(other, code); address != "" {
		m = menu{{{label: fill(x.p.Link.Open, "network", x.networkName(other)), url: address}}}
	}
	words := fill(x.p.Link.Given, "code", code, "network", x.networkName(other), "word", x.p.Words.Link.Word)
	x.say(m, news.T(words))
}

// opens is where the chat on another network opens with the code written
// already; empty: not known.
func (x *exchange) opens(other news.Platform, code string) string {
	home := x.in.Settings.Chats[other]
	switch {
	case home == "":
		return ""
	case other == news.Telegram:
		return home + "?start=" + codeStart + code
	}
	return home + "?text=" + url.PathEscape(x.p.Words.Link.Word+" "+code)
}

// take makes this chat and the one that was given the code one reader's.
func (x *exchange) take(code string) {
	p, f, e := &x.p.Link, x.in.Facts, x.in.Event
	from := f.Offer.Reader
	switch {
	case f.Tried:
		x.say(nil, news.T(p.TooMany))
		return
	case !f.Offered || f.Offer.Linked:
		x.say(nil, news.T(p.Wrong))
		return
	case from.Account == e.Account && from.Chat == e.Chat:
		x.say(nil, news.T(fill(p.Same, "network", x.networkName(x.across()))))
		return
	case from.Account.Platform() == e.Account.Platform():
		x.say(nil, news.T(p.SameNetwork))
		return
	}
	there := Address{from.Account, from.Chat}
	x.r = x.union(x.r, from)
	if !x.member {
		x.commit.Join = &Consent{How: howLinked, Words: wordsLinked}
	}
	x.commit.Take = code
	here, away := x.address(), there
	if x.full() {
		here, away = there, here
		x.commit.Prefer = there
	}
	x.member = true
	x.fit(here.Account)
	x.change()
	x.in.Chat.Others = []Address{away}
	x.in.Chat.Reader = x.r
	x.in.Chat.Reader.Account, x.in.Chat.Reader.Chat = here.Account, here.Chat
	words := fill(p.Done, "networks", x.networks(), "network", x.networkName(here.Account.Platform()))
	x.say(x.linkedMenu(), news.T(words), x.described(p.Now))
	told := fill(p.Told, "network", x.networkName(e.Account.Platform()), "prefer", x.networkName(here.Account.Platform()))
	x.reply(news.Say(news.T(told)), "")
	x.commit.Replies[len(x.commit.Replies)-1].To = there
}

// union joins the choices of two chats of one person: what either follows, and
// of the rest what was chosen later, as far as that is known: by who joined
// later. Who has exactly the stated default has chosen nothing and gives way.
func (x *exchange) union(here, there news.Reader) news.Reader {
	r := there
	r.Follows, r.Slots = slices.Clone(there.Follows), slices.Clone(there.Slots)
	switch {
	case !x.member || x.untouched(here):
		return r
	case x.untouched(there), here.Joined.After(there.Joined):
		r.Pace, r.Slots, r.Breaking, r.Quiet = here.Pace, slices.Clone(here.Slots), here.Breaking, here.Quiet
		r.Paused, r.PausedUntil = here.Paused, here.PausedUntil
	}
	if x.untouched(there) {
		r.Follows = nil
	}
	for _, slug := range here.Follows {
		r.Follows = x.in.Settings.Tree.Follow(r.Follows, slug)
	}
	return r
}

// untouched reports whether a reader has what a new one gets.
func (x *exchange) untouched(r news.Reader) bool {
	d := x.in.Settings.newcomer()
	same := func(a, b []news.Slug) bool {
		return !slices.ContainsFunc(a, func(s news.Slug) bool { return !slices.Contains(b, s) })
	}
	return r.Pace == d.Pace && r.Breaking == d.Breaking && r.Quiet == d.Quiet && !r.Paused &&
		len(r.Follows) == len(d.Follows) && same(r.Follows, d.Follows) &&
		slices.Equal(x.inOrder(slices.Clone(r.Slots)), x.inOrder(slices.Clone(d.Slots)))
}

// fit makes the choices such as the account's network can keep.
func (x *exchange) fit(account news.AccountID) {
	if x.r.Pace == news.PaceEach && !x.t.network(account).Each {
		x.r.Pace = news.PaceDigest
		x.change()
	}
	x.r = x.in.Settings.sound(x.r)
}
