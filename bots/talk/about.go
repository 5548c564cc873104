package talk

import (
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// settings shows everything the reader has chosen.
func (x *exchange) settings(intent) {
	p := &x.p.About
	pace := map[news.Pace]string{news.PaceBreaking: x.p.Pace.Breaking, news.PaceEach: x.p.Pace.Each}[x.r.Pace]
	if pace == "" {
		pace = x.p.Pace.Digest
	}
	sections := x.p.Sections.All
	if !x.everything(x.r) {
		sections = x.list(x.in.Settings.known(x.r.Follows))
	}
	lines := []string{fill(p.Sections, "sections", sections), fill(p.Pace, "pace", pace)}
	if x.r.Pace != news.PaceBreaking {
		lines = append(lines, fill(p.Hours, "hours", x.hours(x.r)))
	}
	lines = append(lines, fill(p.Alerts, "value", x.alertsValue(x.r)))
	if night := x.in.Settings.Night; x.r.Breaking && night != (Night{}) {
		value := p.NightFree
		if x.r.Quiet {
			value = p.NightHeld
		}
		lines = append(lines, fill(p.Night, "value", fill(value, "from", night.From, "to", night.To)))
	}
	if x.linked() {
		lines = append(lines, fill(p.Chats, "networks", x.networks(), "network", x.networkName(x.chats()[0].Account.Platform())))
	}
	if note := x.pausedNote(); !note.Empty() {
		lines = append(lines, fill(p.Paused, "value", note.String()))
	}
	m := menu{
		{{label: x.p.Sections.Button, data: encode(doSections)}, {label: x.p.Pace.Title, data: encode(doTime)}},
		{{label: x.p.Words.Breaking.Word, data: encode(doBreaking)}, {label: x.p.Words.Pause.Word, data: encode(doPause)}},
		{{label: x.p.Words.Data.Word, data: encode(doData)}},
	}
	x.say(m, news.B(p.Settings), news.T(strings.Join(lines, "\n")), news.T(p.Change))
}

// alertsValue names what breaking news a reader gets.
func (x *exchange) alertsValue(r news.Reader) string {
	switch {
	case !r.Breaking:
		return x.p.About.No
	case r.Important:
		return x.p.About.Important
	}
	return x.p.About.Yes
}

// data shows what is kept about the reader, for how long, and how to delete it.
func (x *exchange) data(intent) {
	p := &x.p.About
	if !x.known() {
		x.say(nil, news.T(x.p.Leave.Nothing))
		return
	}
	last := p.NoText + "\n" + p.Trace
	blocks := []news.Text{news.B(p.Data), news.T(strings.Join(x.kept(), "\n"))}
	if x.in.Chat.Left {
		blocks = append(blocks, news.T(p.OldChoices))
	}
	foot := p.Delete
	if x.in.Settings.Contact != "" {
		foot += "\n" + fill(p.Contact, "contact", x.in.Settings.Contact)
	}
	blocks = append(blocks, news.T(last), news.T(foot))
	x.say(menu{{{label: x.p.Words.Forget.Word, data: encode(doForget)}}}, blocks...)
}

// kept lists what is kept, a line each.
func (x *exchange) kept() []string {
	p, k := &x.p.About, x.in.Facts.Kept
	address := fill(p.Address, "network", x.networkName(x.in.Event.Account.Platform()), "chat", arabic.Ltr(string(x.in.Event.Chat)))
	if x.linked() {
		address = fill(p.Addresses, "networks", x.networks())
	}
	lines := []string{address, fill(p.Choices, "alerts", x.alertsValue(k.Reader))}
	if joined := k.Reader.Joined; !joined.IsZero() {
		lines = append(lines, fill(p.Joined, "date", x.day(joined)))
	}
	for _, c := range k.Consent {
		lines = append(lines, fill(p.Consent, "how", x.how(c.How), "date", x.day(c.At)))
	}
	days := int((x.in.Settings.receipts() + 24*time.Hour - 1) / (24 * time.Hour))
	lines = append(lines, fill(p.Receipts, "count", p.Messages.Of(k.Receipts), "days", p.Days.Of(days)))
	if x.seen() {
		lines = append(lines, p.Seen)
	}
	if k.Replies > 0 {
		lines = append(lines, fill(p.Replies, "count", p.Answers.Of(k.Replies)))
	}
	switch {
	case k.Files > 0:
		lines = append(lines, fill(p.TipFiles, "count", p.Told.Of(k.Tips), "files", p.Files.Of(k.Files)))
	case k.Tips > 0:
		lines = append(lines, fill(p.Tips, "count", p.Told.Of(k.Tips)))
	}
	return append(lines, p.Memo)
}

// seen reports whether the network tells of somebody what reached them, and what
// they have read. Of groups it is not kept.
func (x *exchange) seen() bool {
	_, there := x.at(news.WhatsApp)
	return !x.group() && (there || x.in.Event.Account.Platform() == news.WhatsApp)
}

func (x *exchange) day(t time.Time) string {
	return date(x.in.Settings.language(), t.In(x.in.Settings.zone()))
}

// how says in words how somebody came to be a reader.
func (x *exchange) how(how string) string {
	p := &x.p.About
	switch how {
	case howLink:
		return p.Link
	case howLinked:
		return p.Linked
	case howGroup:
		return p.GroupAdmin
	case "import":
		return p.Import
	case "configuration":
		return p.Configuration
	}
	return p.Chat
}

// help lists what can be sent.
func (x *exchange) help(intent) {
	example := ""
	if all := x.in.Settings.Tree.All(); len(all) > 0 {
		example = all[0].Name
	}
	var lines []string
	for i := range x.t.commands {
		c := &x.t.commands[i]
		if c.wording == nil || !x.helps(c) {
			continue
		}
		w := c.wording(&x.p.Words)
		word := w.Word
		if x.group() {
			// Without a slash nobody in a group speaks to the bot.
			if !c.listed() {
				continue
			}
			word = arabic.Ltr("/" + c.names[0])
		}
		lines = append(lines, "• "+word+": "+fill(w.About, "section", example))
	}
	blocks := []news.Text{news.B(x.p.About.Help), news.T(strings.Join(lines, "\n"))}
	switch home := x.home(); {
	case x.group() && !x.in.Network.Buttons:
		blocks = append(blocks, news.T(x.p.Group.Address))
	case home != "" && !x.group():
		blocks = append(blocks, news.T(fill(x.p.About.Friend, "link", home)))
	}
	x.say(nil, blocks...)
}

// helps reports whether help lists a command here.
func (x *exchange) helps(c *command) bool {
	switch {
	case c.verb == doHelp, c.arg == string(news.PaceEach) && !x.in.Network.Each:
		return false
	case c.verb == doTip:
		return !x.group()
	case c.verb == doPoll:
		return x.in.Network.Polls
	case c.verb == doLink:
		return x.linkable() && !x.linked()
	case c.verb == doUnlink, c.verb == doPrefer:
		return x.linked()
	}
	return true
}

// home is where a chat with the bot opens on this network; empty: not known.
func (x *exchange) home() string {
	if home := x.in.Settings.Chats[x.in.Event.Account.Platform()]; home != "" {
		return home
	}
	return strings.TrimSuffix(x.in.Settings.Link, "?start=")
}

// privacy says in short what is kept.
func (x *exchange) privacy(intent) {
	text := x.p.About.Privacy
	if x.seen() {
		text += "\n" + x.p.About.AlsoSeen
	}
	if x.in.Settings.Contact != "" {
		text += "\n" + fill(x.p.About.Contact, "contact", x.in.Settings.Contact)
	}
	x.say(nil, news.T(text))
}
