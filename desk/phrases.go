package desk

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// Language is the language that the desk speaks to editors and about tips.
type Language string

// The languages.
const (
	Arabic  Language = "ar"
	English Language = "en"
)

// Phrases are all words that the desk says, in one language. Names in braces
// stand for what is filled in.
type Phrases struct {
	Language  Language
	Amended   string // an alert about a headline that digests had wrong
	Retracted string // an alert about an article that digests have brought and its site has taken back
	Withdrawn string // the line that stays of a withdrawn alert, when the editor writes none
	Checked   string // marks the check of a rumour that goes out as an alert
	Closed    string // of a preview while the bot is not open

	Refused  RefusalPhrases
	Warnings WarningPhrases
	Notices  NoticePhrases
	Stalls   StallPhrases
	Tips     TipPhrases
	Numbers  NumberPhrases
	Times    TimePhrases
	States   StatePhrases
	Roles    RolePhrases
	Networks NetworkPhrases
	Watches  WatchPhrases
}

// RefusalPhrases say why something is not done.
type RefusalPhrases struct {
	Faulty, NotYours, NoEditor, OtherSection, Frozen, OldVersion, NotSeen, Already, SamePerson, TooLate, Overtaken,
	Withdrawn, NotSent, NoSuch, BadCode, LastOwner, BadTime, PastTime, Taken, NothingLive, Opened, EditionOut, OldLook, NoLook, NoItem, NoSlot, NoSketch string
	BadFile, BigFile, EmptyFile, LostFile, SameMedia, NotShown, Holding string
}

// WarningPhrases are the lines of a preview's warnings.
type WarningPhrases struct {
	Frozen, Same, Budget, Reader, Night, NoLink, DeadLink, Repeat, Long, TooLong, Hidden, Nobody, Split, Picture string
	Slow, Missed                                                                                                 string
	SameSoon, SameWaits, SameDue, BudgetSoon, ReaderSoon                                                         string
	Letters                                                                                                      Counted
	Readers                                                                                                      Counted // whom something reaches
}

// NoticePhrases tell editors what has happened.
type NoticePhrases struct {
	Late, Overtaken, Opened, Frozen, Final, Restored, Digest, Breaking, Correction, Withdrawal, Look, Trouble, Well, Tips                 string
	Ranked, AllSections, SomeSections, Comma                                                                                              string
	Posted, Offered                                                                                                                       string
	Asked, Ready, Preview, Confirmed, Booked, Returned, Dropped, Halted, Froze, GaveBack, StandStill, Thawed, Held, Why, Released, Server string
	TipsWait                                                                                                                              Counted

	Edition, EditionChanged, EditionGone, EditionWas, EditionNow, EditionHow, EditionToo string

	Flood     string
	MoreWaits Counted
}

// StallPhrases name what a freeze has paused.
type StallPhrases struct{ Auto, Digest, Single, Breaking, Other, More, HowAuto, Hand, ByHand, HowHand string }

// TipPhrases are what a reader hears who has told something.
type TipPhrases struct{ Answer, Link, Closed string }

// NumberPhrases are the words of reports.
type NumberPhrases struct {
	Title, Subscribers, Sections, Days, Day, Alerts, Alert, Seen, Left, NoAlerts, Spans, First, Last string
	Readers, Copies                                                                                  Counted
}

// TimePhrases say a time back.
type TimePhrases struct{ Today, Tomorrow, On, Now string }

// WatchPhrases say hours of duty, and days of the week.
type WatchPhrases struct {
	Watch, Daily, Days, And, Comma, Hours, OverNight, AllDay string
	OnDays, EachWeek                                         string // of every week: days one by one, and days in a row
}

// StatePhrases name the states of a draft.
type StatePhrases struct {
	Draft, Preview, Second, Scheduled, Countdown, Publishing, Sending, Paused, Stopped, Done, Dropped string
}

// RolePhrases name the roles.
type RolePhrases struct{ Owner, Editor, Reporter string }

// NetworkPhrases name the networks.
type NetworkPhrases struct{ Telegram, WhatsApp string }

// Counted is a noun in the six forms that go with a number (see
// [arabic.Form]); %d stands for the number.
type Counted [6]string

// Of returns the noun with n.
func (c Counted) Of(n int) string {
	return strings.ReplaceAll(c[arabic.FormOf(n)], "%d", arabic.Number(n))
}

// PhrasesOf returns the phrases of a language; unknown ones get Arabic.
func PhrasesOf(l Language) *Phrases {
	if l == English {
		return englishPhrases()
	}
	return arabicPhrases()
}

// put puts values in the place of their names in braces, all at once: a value
// that holds braces is not filled in again.
func put(phrase string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(phrase)
}

// Refusal says in the newsroom's words why something is not done; ok is false
// when err is no refusal.
func (p *Phrases) Refusal(err error) (words string, ok bool) {
	code, ok := CodeOf(err)
	if !ok {
		return "", false
	}
	r := p.Refused
	words = map[Code]string{
		NotYours: r.NotYours, NoEditor: r.NoEditor, OtherSection: r.OtherSection, Frozen: r.Frozen, OldVersion: r.OldVersion,
		NotSeen: r.NotSeen, Already: r.Already, SamePerson: r.SamePerson, TooLate: r.TooLate, Overtaken: r.Overtaken,
		Withdrawn: r.Withdrawn, NotSent: r.NotSent, NoSuch: r.NoSuch, BadCode: r.BadCode, LastOwner: r.LastOwner,
		BadTime: r.BadTime, PastTime: r.PastTime, Taken: r.Taken, NothingLive: r.NothingLive, Opened: r.Opened,
		EditionOut: r.EditionOut, OldLook: r.OldLook, NoLook: r.NoLook, NoItem: r.NoItem, NoSlot: r.NoSlot, NoSketch: r.NoSketch,
		BadFile: r.BadFile, BigFile: r.BigFile, EmptyFile: r.EmptyFile, LostFile: r.LostFile, SameMedia: r.SameMedia, NotShown: r.NotShown,
		Holding: r.Holding,
	}[code]
	if words == "" {
		words = r.Faulty
	}
	var refused *RefusedError
	errors.As(err, &refused)
	return put(words, "name", refused.Name), true
}

// Warning says a warning.
func (p *Phrases) Warning(w Warning, now time.Time) string {
	x := p.Warnings
	words := map[WarningKind]string{
		WarnFrozen: x.Frozen, WarnSame: x.Same, WarnBudget: x.Budget, WarnReader: x.Reader, WarnNight: x.Night, WarnNoLink: x.NoLink,
		WarnDeadLink: x.DeadLink, WarnRepeat: x.Repeat, WarnLong: x.Long, WarnTooLong: x.TooLong, WarnHidden: x.Hidden, WarnNobody: x.Nobody,
		WarnSplit: x.Split, WarnPicture: x.Picture, WarnSlow: x.Slow, WarnMissed: x.Missed,
	}[w.Kind]
	if w.State != "" {
		words = x.soon(w)
	}
	when := ""
	if w.State == Scheduled {
		when = p.When(w.At, now)
	}
	return put(words, "draft", fmt.Sprint(w.Draft), "when", when, "word", w.Word, "n", arabic.Number(w.N), "letters", x.Letters.Of(w.N), "most", x.Letters.Of(MaxWords), "time", p.clock(w.At, now),
		"network", p.Network(w.Network), "within", p.Span(w.Within), "readers", x.Readers.Of(w.N))
}

// soon is a warning of what has not gone out yet.
func (x WarningPhrases) soon(w Warning) string {
	switch {
	case w.Kind == WarnBudget:
		return x.BudgetSoon
	case w.Kind == WarnReader:
		return x.ReaderSoon
	case w.State == Scheduled:
		return x.SameDue
	case w.State == Second:
		return x.SameWaits
	}
	return x.SameSoon
}

func (p *Phrases) clock(at, now time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(now.Location()).Format("15:04")
}

// When says a time back, in now's zone.
func (p *Phrases) When(at, now time.Time) string {
	at = at.In(now.Location())
	day := p.date(at)
	phrase := p.Times.On
	switch at.Format(time.DateOnly) {
	case now.Format(time.DateOnly):
		phrase = p.Times.Today
	case now.AddDate(0, 0, 1).Format(time.DateOnly):
		phrase = p.Times.Tomorrow
	}
	return put(phrase, "date", day, "time", at.Format("15:04"))
}

func (p *Phrases) date(t time.Time) string {
	if p.Language == English {
		return t.Format("Monday, 2 January 2006")
	}
	return arabic.Date(t)
}

// State names a state.
func (p *Phrases) State(s State) string {
	x := p.States
	return map[State]string{
		Drafting: x.Draft, Looked: x.Preview, Second: x.Second, Scheduled: x.Scheduled, Counting: x.Countdown, Publishing: x.Publishing,
		Sending: x.Sending, Paused: x.Paused, Stopped: x.Stopped, Done: x.Done, Dropped: x.Dropped,
	}[s]
}

// Role names a role.
func (p *Phrases) Role(r Role) string {
	return map[Role]string{Owner: p.Roles.Owner, Chief: p.Roles.Editor, Reporter: p.Roles.Reporter}[r]
}

// Network names a network.
func (p *Phrases) Network(n news.Platform) string {
	if name := map[news.Platform]string{news.Telegram: p.Networks.Telegram, news.WhatsApp: p.Networks.WhatsApp}[n]; name != "" {
		return name
	}
	return string(n)
}

// mark gives every line its direction.
func (p *Phrases) mark(t news.Text) news.Text {
	if p.Language == English {
		return t
	}
	return t.Prefix("\u200f", arabic.NeedsMark)
}

// NoticeKind is what a notice to editors is about.
type NoticeKind string

// The kinds of notices.
const (
	NoticeLate      NoticeKind = "late"      // a draft's time had passed when the program came back
	NoticeOvertaken NoticeKind = "overtaken" // another correction was first
	NoticeOpened    NoticeKind = "opened"    // the bot was opened after it was confirmed
	NoticeFrozen    NoticeKind = "frozen"    // its time came during a freeze
	NoticeFinal     NoticeKind = "final"     // what it corrects cannot be changed any more
	NoticeRestored  NoticeKind = "restored"  // it comes from a backup, and may have gone out since
	NoticeDigest    NoticeKind = "digest"    // the next digest, as it will look
	NoticeProposal  NoticeKind = "proposal"  // Name is the proposal's kind
	NoticeTrouble   NoticeKind = "trouble"
	NoticeTips      NoticeKind = "tips"   // N of them wait
	NoticePosted    NoticeKind = "posted" // a client's alert goes out unless somebody stops it
	NoticeRanked    NoticeKind = "ranked" // an owner has changed the editor's role, Name, or sections, Words

	NoticeSecond    NoticeKind = "second"    // Name has confirmed a draft that needs a second person
	NoticeReady     NoticeKind = "ready"     // a reporter, Name, has a draft ready
	NoticeConfirmed NoticeKind = "confirmed" // Name has confirmed it: it goes out in In
	NoticeScheduled NoticeKind = "scheduled" // Name has confirmed it: it goes out at When
	NoticeReturned  NoticeKind = "returned"  // Name has made it a draft again
	NoticeDropped   NoticeKind = "dropped"   // Name has dropped it
	NoticeStopped   NoticeKind = "stopped"   // Name has stopped its sending
	NoticeFroze     NoticeKind = "froze"     // Name has frozen all; Words: what of the editor's own that has stopped
	NoticeThawed    NoticeKind = "thawed"    // Name has lifted the freeze; Words: what it has paused, N of that came by itself
	NoticeHeld      NoticeKind = "held"      // Name holds what goes out by itself
	NoticeReleased  NoticeKind = "released"  // Name has released it
	NoticeFlood     NoticeKind = "flood"     // N more proposals of a source, Name, wait, whose letters are gathered until At
)

// Notice is something to tell editors.
type Notice struct {
	Kind  NoticeKind
	Draft DraftID
	Name  string
	Words string
	Do    string
	At    time.Time
	In    time.Duration // of NoticePosted and NoticeConfirmed
	When  string        // of NoticeScheduled
	From  string        // of NoticeProposal: the client whose words they are; empty: an article's
	Well  bool          // of NoticeTrouble: it is over
	N     int

	Editions string   // of NoticeProposal: the digests that have brought the article
	Was      []string // of NoticeProposal: what it was called there
}

// Notice sets a notice.
func (p *Phrases) Notice(n Notice) news.Message {
	x := p.Notices
	phrase := map[NoticeKind]string{
		NoticeLate: x.Late, NoticeOvertaken: x.Overtaken, NoticeOpened: x.Opened, NoticeFrozen: x.Frozen, NoticeFinal: x.Final, NoticeRestored: x.Restored,
		NoticeDigest: x.Digest, NoticeTrouble: x.Trouble, NoticeTips: x.Tips, NoticePosted: x.Posted,
		NoticeRanked: x.Ranked,
		NoticeSecond: x.Asked, NoticeReady: x.Ready, NoticeConfirmed: x.Confirmed, NoticeScheduled: x.Booked, NoticeReturned: x.Returned,
		NoticeDropped: x.Dropped, NoticeStopped: x.Halted, NoticeFroze: x.Froze, NoticeThawed: x.Thawed, NoticeHeld: x.Held, NoticeReleased: x.Released,
		NoticeFlood: x.Flood,
		NoticeProposal: map[string]string{
			string(ProposeCorrection): x.Correction, string(ProposeWithdrawal): x.Withdrawal,
			string(ProposeEdition): x.EditionChanged, string(ProposeEditionGone): x.EditionGone,
		}[n.Name],
	}[n.Kind]
	switch {
	case n.Kind == NoticeTrouble && n.Well:
		phrase = x.Well
	case n.Kind == NoticeProposal && n.From != "":
		phrase = x.Offered
	case n.Kind == NoticeProposal && phrase == "":
		phrase = x.Breaking
	}
	lines := []string{put(phrase, "draft", fmt.Sprint(n.Draft), "slot", n.Name, "name", cmp.Or(n.From, n.Name), "span", p.Span(n.In), "when", n.When, "time", n.At.Format("15:04"), "tips", x.TipsWait.Of(n.N), "proposals", x.MoreWaits.Of(n.N), "digests", n.Editions)}
	more := []string{n.Words, n.Do}
	if n.Kind == NoticeProposal {
		more = p.proposed(n)
	}
	for _, more := range more {
		if more != "" {
			lines = append(lines, more)
		}
	}
	return news.Say(p.mark(news.T(strings.Join(lines, "\n"))))
}

// TipAnswer is what a reader hears who has told something.
func (p *Phrases) TipAnswer(words, link string) news.Message {
	switch {
	case words != "":
		return news.Say(p.mark(news.T(put(p.Tips.Answer, "words", words))))
	case link != "":
		m := news.Say(p.mark(news.T(p.Tips.Link + "\n" + link)))
		m.Preview = link
		return m
	}
	return news.Say(p.mark(news.T(p.Tips.Closed)))
}
