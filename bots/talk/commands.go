package talk

import (
	"slices"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// verb names what can be done. It also stands in the data of buttons.
type verb string

const (
	doStart     verb = "start"
	doSubscribe verb = "add"
	doDrop      verb = "drop"
	doSections  verb = "sections"
	doLevel     verb = "level" // goes about in the list, which changes in place
	doTick      verb = "tick"
	doPoll      verb = "poll"
	doVote      verb = "vote"
	doOnly      verb = "only"
	doDone      verb = "done"
	doDigest    verb = "digest"
	doLatest    verb = "latest"
	doTime      verb = "time"
	doPace      verb = "pace" // from a text or the welcome: confirmed with a message
	doSet       verb = "set"  // from the list of paces, which changes in place
	doSlot      verb = "slot"
	doBreaking  verb = "alerts"
	doQuiet     verb = "quiet"
	doLess      verb = "less"
	doPause     verb = "pause"
	doResume    verb = "resume"
	doSettings  verb = "settings"
	doData      verb = "data"
	doForget    verb = "forget"
	doErase     verb = "erase"
	doKeep      verb = "keep"
	doHelp      verb = "help"
	doStop      verb = "stop"
	doPrivacy   verb = "privacy"
	doLink      verb = "link"
	doUnlink    verb = "unlink"
	doPrefer    verb = "prefer"
	doStay      verb = "stay"
	doTip       verb = "tip"
	doTipMean   verb = "tipmean"
	doTipDrop   verb = "tipdrop"
	doTipName   verb = "tipname"

	doGreet   verb = "greet"
	doThanks  verb = "thanks"
	doMedia   verb = "media"
	doForward verb = "forward"
	doGuess   verb = "guess"
	doHow     verb = "how"
	doUnknown verb = "unknown"
	doNumber  verb = "number" // one that chooses nothing
	doNoName  verb = "noname" // a section that does not exist
	doForged  verb = "forged"
	doAdded   verb = "added"
	doRemoved verb = "removed"
	doMoved   verb = "moved"
)

// buttonKind says which data a verb may come with.
type buttonKind uint8

const (
	noButton    buttonKind = 0
	plainButton buttonKind = 1 << iota
	sectionButton
	slotButton
	wordButton
	tipButton
)

// manner says how a verb is treated before its handler sees it.
type manner uint8

const (
	admins  manner = 1 << iota // in groups: for those who run them
	greets                     // a stranger who does this is welcomed, with the stated default
	answers                    // and the welcome is the whole answer
	members                    // only for readers
	loose                      // further words do no harm
)

// command is one thing that can be done.
type command struct {
	verb    verb
	names   []string // latin names; the first one stands in the menu, "" keeps it out
	wording func(*Words) *Wording
	arg     string // of the intent that the words make
	button  buttonKind
	args    []string // words that wordButton allows
	manner  manner
	do      func(*exchange, intent)
	needs   func(*exchange, intent) Need
}

// listed reports whether the command stands in the menu.
func (c *command) listed() bool { return len(c.names) > 0 && c.names[0] != "" }

// commands returns the table of everything that can be done.
func commands() []command {
	return slices.Concat(typed(), chosen(), pressed(), met())
}

// typed are the commands that have a word of their own, in the order of the menu.
func typed() []command {
	return []command{
		{verb: doStart, names: []string{"start"}, wording: func(w *Words) *Wording { return &w.Start },
			button: plainButton, manner: admins, do: (*exchange).start, needs: (*exchange).needsWelcome},
		{verb: doSections, names: []string{"sections", "menu"}, wording: func(w *Words) *Wording { return &w.Sections },
			button: plainButton | sectionButton, manner: admins | greets | members, do: (*exchange).sections, needs: needsCounts},
		{verb: doPoll, names: []string{"", "poll"}, wording: func(w *Words) *Wording { return &w.Poll },
			button: plainButton | sectionButton, manner: admins | greets | members, do: (*exchange).poll, needs: needsCounts},
		{verb: doSubscribe, names: []string{"", "subscribe"}, wording: func(w *Words) *Wording { return &w.Subscribe },
			button: sectionButton, manner: admins, do: (*exchange).subscribe, needs: (*exchange).needsSubscribe},
		{verb: doDrop, wording: func(w *Words) *Wording { return &w.Drop },
			button: sectionButton, manner: admins | members, do: (*exchange).drop, needs: needsCounts},
		{verb: doDigest, names: []string{"digest"}, wording: func(w *Words) *Wording { return &w.Digest },
			button: plainButton, manner: admins | greets, do: (*exchange).digest, needs: needsDigest},
		{verb: doLatest, names: []string{"latest", "news"}, wording: func(w *Words) *Wording { return &w.Latest },
			button: plainButton | sectionButton, manner: greets, do: (*exchange).latest, needs: (*exchange).needsLatest},
		{verb: doTime, names: []string{"time"}, wording: func(w *Words) *Wording { return &w.Time },
			button: plainButton, manner: admins | greets | members, do: (*exchange).time},
		{verb: doBreaking, names: []string{"breaking"}, wording: func(w *Words) *Wording { return &w.Breaking },
			button: plainButton | wordButton, args: levels(), manner: admins | greets | members, do: (*exchange).breaking},
		{verb: doPause, names: []string{"pause"}, wording: func(w *Words) *Wording { return &w.Pause },
			button: plainButton | wordButton, args: []string{day, week, open}, manner: admins | greets | members | loose, do: (*exchange).pause},
		{verb: doResume, names: []string{"resume"}, wording: func(w *Words) *Wording { return &w.Resume },
			button: plainButton, manner: admins | greets | members, do: (*exchange).resume},
		{verb: doSettings, names: []string{"settings"}, wording: func(w *Words) *Wording { return &w.Settings },
			button: plainButton, manner: admins | greets | members, do: (*exchange).settings},
		{verb: doData, names: []string{"mydata"}, wording: func(w *Words) *Wording { return &w.Data },
			button: plainButton, manner: admins, do: (*exchange).data, needs: needsKept},
		{verb: doForget, names: []string{"forget"}, wording: func(w *Words) *Wording { return &w.Forget },
			button: plainButton, manner: admins | loose, do: (*exchange).forget},
		{verb: doTip, names: []string{"tip"}, wording: func(w *Words) *Wording { return &w.Tip },
			button: plainButton, manner: greets, do: (*exchange).tip, needs: (*exchange).needsTips},
		{verb: doHelp, names: []string{"help"}, wording: func(w *Words) *Wording { return &w.Help },
			button: plainButton, manner: greets, do: (*exchange).help},
		{verb: doStop, names: []string{"stop", "unsubscribe", "cancel"}, wording: func(w *Words) *Wording { return &w.Stop },
			button: plainButton, manner: admins, do: (*exchange).stop},
		{verb: doPrivacy, names: []string{"privacy"}, wording: func(w *Words) *Wording { return &w.Privacy },
			button: plainButton, do: (*exchange).privacy},
		{verb: doLink, names: []string{"", "link"}, wording: func(w *Words) *Wording { return &w.Link },
			button: plainButton, do: (*exchange).link, needs: (*exchange).needsLink},
		{verb: doUnlink, names: []string{"", "unlink"}, wording: func(w *Words) *Wording { return &w.Unlink },
			button: plainButton, manner: members, do: (*exchange).unlink},
		{verb: doPrefer, wording: func(w *Words) *Wording { return &w.ToTelegram }, arg: string(news.Telegram),
			button: wordButton, args: platforms(), manner: members, do: (*exchange).prefer},
		{verb: doPrefer, wording: func(w *Words) *Wording { return &w.ToWhatsApp }, arg: string(news.WhatsApp),
			button: wordButton, args: platforms(), manner: members, do: (*exchange).prefer},
	}
}

// chosen are the settings that words choose: one verb may have many.
func chosen() []command {
	return []command{
		{verb: doBreaking, wording: func(w *Words) *Wording { return &w.AlertsAll }, arg: levelAll,
			button: plainButton | wordButton, args: levels(), manner: admins | greets | members, do: (*exchange).breaking},
		{verb: doBreaking, wording: func(w *Words) *Wording { return &w.AlertsImportant }, arg: levelImportant,
			button: plainButton | wordButton, args: levels(), manner: admins | greets | members, do: (*exchange).breaking},
		{verb: doBreaking, wording: func(w *Words) *Wording { return &w.AlertsNight }, arg: levelNight,
			button: plainButton | wordButton, args: levels(), manner: admins | greets | members, do: (*exchange).breaking},
		{verb: doLess, names: []string{"", "less"}, wording: func(w *Words) *Wording { return &w.Less },
			button: plainButton | sectionButton, manner: admins | greets | members, do: (*exchange).less},
		{verb: doQuiet, names: []string{"", "quiet"}, wording: func(w *Words) *Wording { return &w.Quiet },
			button: plainButton | wordButton, args: []string{on, off}, manner: admins | greets | members, do: (*exchange).quiet},
		{verb: doPace, wording: func(w *Words) *Wording { return &w.PaceBreaking }, arg: string(news.PaceBreaking),
			button: wordButton, args: paces(), manner: admins | greets | members, do: (*exchange).pace},
		{verb: doPace, wording: func(w *Words) *Wording { return &w.PaceDigest }, arg: string(news.PaceDigest),
			button: wordButton, args: paces(), manner: admins | greets | members, do: (*exchange).pace},
		{verb: doPace, wording: func(w *Words) *Wording { return &w.PaceEach }, arg: string(news.PaceEach),
			button: wordButton, args: paces(), manner: admins | greets | members, do: (*exchange).pace},
	}
}

// pressed are the acts of buttons alone.
func pressed() []command {
	return []command{
		{verb: doStay, button: wordButton, args: platforms(), do: (*exchange).stay},
		{verb: doLevel, button: plainButton | sectionButton, manner: admins | members, do: (*exchange).move, needs: needsCounts},
		{verb: doTick, button: sectionButton, manner: admins | members, do: (*exchange).tick, needs: needsCounts},
		{verb: doVote, button: sectionButton, manner: admins | members, do: (*exchange).vote, needs: needsCounts},
		{verb: doOnly, button: sectionButton, manner: admins | members, do: (*exchange).only},
		{verb: doDone, button: plainButton, manner: admins | members, do: (*exchange).done},
		{verb: doSet, button: wordButton, args: paces(), manner: admins | members, do: (*exchange).set},
		{verb: doSlot, button: slotButton, manner: admins | members, do: (*exchange).slot},
		{verb: doErase, button: plainButton, manner: admins, do: (*exchange).erase},
		{verb: doKeep, button: plainButton, manner: admins, do: (*exchange).keep},

		{verb: doTipMean, button: tipButton, do: (*exchange).tipMeant, needs: (*exchange).needsTips},
		{verb: doTipDrop, button: tipButton, do: (*exchange).tipDropped},
		{verb: doTipName, button: tipButton, do: (*exchange).tipNamed, needs: (*exchange).needsTips},
	}
}

// met are the answers to what is no command.
func met() []command {
	return []command{
		{verb: doForward, manner: greets, do: (*exchange).forward, needs: (*exchange).needsTips},
		{verb: doGreet, manner: greets | answers, do: (*exchange).greeted},
		{verb: doThanks, manner: greets | answers, do: (*exchange).thanks},
		{verb: doMedia, manner: greets | answers, do: (*exchange).media, needs: (*exchange).needsAlbum},
		{verb: doGuess, manner: greets | answers, do: (*exchange).guess},
		{verb: doHow, do: (*exchange).toldHow},
		{verb: doUnknown, manner: greets | answers, do: (*exchange).unknown},
		{verb: doNumber, manner: greets | answers, do: (*exchange).number},
		{verb: doNoName, manner: greets, do: (*exchange).noName},
		{verb: doForged, do: (*exchange).forged},
		{verb: doAdded, do: (*exchange).added},
		{verb: doRemoved, do: (*exchange).removed},
		{verb: doMoved, do: (*exchange).moved},
	}
}

// Words in the data of buttons.
const (
	on   = "on"
	off  = "off"
	day  = "day"
	week = "week"
	open = "open"
)

func paces() []string {
	return []string{string(news.PaceBreaking), string(news.PaceDigest), string(news.PaceEach)}
}

func needsCounts(*exchange, intent) Need { return Need{Counts: true} }

func needsDigest(*exchange, intent) Need { return Need{Digest: true} }

func needsKept(*exchange, intent) Need { return Need{Kept: true} }

// Commands returns the command menu in a language.
func Commands(l Language) []bots.Command {
	p := phrasesOf(l)
	var out []bots.Command
	for _, c := range commands() {
		if c.listed() {
			out = append(out, bots.Command{Name: c.names[0], Text: c.wording(&p.Words).About})
		}
	}
	return out
}
