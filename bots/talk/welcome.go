package talk

import (
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// welcomeItems is how many articles a welcome shows, and latestItems how many
// an answer does.
const (
	welcomeItems = 3
	latestItems  = 5
)

// Versions of the words that a reader agreed to; a new meaning of the words
// needs a new version.
const (
	wordsWelcome   = "welcome/1"
	wordsSubscribe = "subscribe/1"
	wordsGroup     = "group/1"
	wordsBack      = "back/1"
	wordsLinked    = "linked/1"
)

// How somebody came to be a reader.
const (
	howChat   = "chat"
	howLink   = "link"
	howGroup  = "group"
	howLinked = "linked"
)

func (x *exchange) local() time.Time { return x.in.Now.In(x.in.Settings.zone()) }

// needsWelcome asks for news where a stranger may be welcomed.
func (x *exchange) needsWelcome(intent) Need { return Need{News: x.stranger()} }

// start is the first word of most readers, and the way back of those who left.
func (x *exchange) start(w intent) {
	switch {
	case x.group() && x.member:
		x.say(x.startMenu(), x.described(x.p.Group.Already))
	case x.group():
		x.join(x.former(), howGroup, wordsGroup)
		x.say(x.startMenu(), x.described(x.p.Group.Joined))
	case x.stranger():
		x.welcome()
	case !x.member:
		x.join(x.former(), howChat, wordsBack)
		x.show(x.startMenu(), x.described(x.p.First.Back))
	case x.r.Paused:
		x.resume(w)
	default:
		x.say(x.startMenu(), x.described(x.p.First.Already))
	}
}

func (x *exchange) startMenu() menu {
	return menu{{
		{label: x.p.Sections.Button, data: encode(doSections)},
		{label: x.p.Pace.Title, data: encode(doTime)},
	}}
}

// join makes the chat a reader's.
func (x *exchange) join(r news.Reader, how, words string) {
	r.ID, r.Paused, r.PausedUntil = 0, false, time.Time{}
	x.r, x.member = x.in.Settings.sound(r), true
	x.r.Joined = x.in.Now
	x.commit.Join = &Consent{How: how, Words: words}
	x.change()
}

// former returns the choices that somebody who left had, or the default.
func (x *exchange) former() news.Reader {
	s := x.in.Settings
	if !x.in.Chat.Left || len(s.known(x.r.Follows)) == 0 {
		return s.newcomer()
	}
	r := x.r
	if r.Pace == "" {
		r.Pace = s.newcomer().Pace
	}
	return r
}

// welcome is the first minute: a greeting in kind, three lines that say what
// this is, the latest items, and three choices. The stated default holds from
// here on, so that nobody is left with nothing.
func (x *exchange) welcome() {
	x.join(x.in.Settings.newcomer(), howChat, wordsWelcome)
	hello := x.p.First.Hello
	if x.greeting != "" {
		hello, x.greeting = x.greeting, ""
	}
	here := x.here()
	about := fill(x.p.First.Default, "arrives", x.arrives(x.r), "from", x.from(x.r))
	blocks := []news.Text{
		news.B(hello),
		news.Join(here, news.T("\n"+about+"\n"+x.p.First.Free)),
	}
	if len(x.in.Facts.News) > 0 {
		blocks = append(blocks, news.Join(news.B(x.p.First.Latest), news.T("\n"), x.articles(x.in.Facts.News)))
	}
	blocks = append(blocks, x.channelNote(), news.T(x.p.First.Choose))
	x.say(x.firstMenu(), blocks...)
}

// here says in one line what this is.
func (x *exchange) here() news.Text {
	s := x.in.Settings
	if s.About == "" {
		return news.T(fill(x.p.First.Here, "newsroom", s.Newsroom))
	}
	return news.T(fill(x.p.First.HereAbout, "newsroom", s.Newsroom, "about", s.About))
}

// firstMenu is the choices; the default is ticked.
func (x *exchange) firstMenu() menu {
	return menu{
		{{label: x.p.First.Breaking, data: encode(doPace, string(news.PaceBreaking)), tick: true, on: x.r.Pace == news.PaceBreaking}},
		{{label: x.p.First.Digest, data: encode(doPace, string(news.PaceDigest)), tick: true, on: x.r.Pace == news.PaceDigest}},
		{{label: x.p.First.Sections, data: encode(doSections)}},
		{{label: x.p.First.Alerts, data: encode(doBreaking)}},
	}
}

// newsSections are the sections whose news a welcome shows; nil: all.
func (x *exchange) newsSections() []news.Slug {
	r := x.in.Settings.newcomer()
	if x.everything(r) {
		return nil
	}
	return x.below(r.Follows)
}

// below returns sections and all that lies below them.
func (x *exchange) below(slugs []news.Slug) []news.Slug {
	var out []news.Slug
	for _, slug := range slugs {
		for _, s := range x.in.Settings.Tree.Below(slug) {
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}
