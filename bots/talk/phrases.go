package talk

import (
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// Phrases are all words that the conversation says and understands, in one
// language. Names in braces stand for what is filled in.
type Phrases struct {
	Words     Words
	Greetings []Greeting

	First    FirstPhrases
	Sections SectionPhrases
	Pace     PacePhrases
	Read     ReadPhrases
	Pause    PausePhrases
	Leave    LeavePhrases
	Link     LinkPhrases
	Tips     TipPhrases
	About    AboutPhrases
	Group    GroupPhrases
	Other    OtherPhrases

	You   string // who is spoken to, as {you} says
	Comma string // between the things of a list
	And   string // between hours
}

// Greeting is returned in kind.
type Greeting struct {
	Words []string
	Reply string
}

// Wording is how a command is written and described.
type Wording struct {
	Word  string   // the word to type, as texts and help name it
	Words []string // other words for the same
	About string   // what it does: for the menu and for help
}

// Words are the commands and the small words around them.
type Words struct {
	Start, Subscribe, Drop, Sections, Poll, Digest, Latest, Time, Breaking, Quiet, Pause, Resume, Settings, Data,
	Forget, Tip, Help, Stop, Privacy, Link, Unlink, ToTelegram, ToWhatsApp, PaceBreaking, PaceDigest, PaceEach,
	AlertsAll, AlertsImportant, AlertsNight, Less Wording

	Yes, No, On, Off, Day, Week, All, Night, Thanks []string

	Except  []string // before what is left out of a stop
	Only    []string // beside what is wanted alone
	Sent    []string // what is sent, as readers call it, and for how long not: ever
	Span    []string // of a length of time
	Several []string // numbers above one, and what else no single day or week is
	How     []string // before what somebody wants to know how to do
	Enough  []string // may end everything, or only what is talked about

	Filler []string // polite words around a command
	Joiner []string // words between the names of sections
}

// FirstPhrases are those of the first minute.
type FirstPhrases struct {
	Hello, Here, HereAbout, Default, Free, Latest, Choose string
	Breaking, Digest, Sections, Alerts                    string // the choices
	Back, Already, Closed                                 string
	Channel, Full, FullChannel, FullOther, FullLater      string
}

// SectionPhrases are those of choosing sections.
type SectionPhrases struct {
	Title, Inside, Press, Number, Count, Words, Now         string
	Open, Back, Done, Partly                                string
	Follow, Unfollow, Followed, Already, Dropped, NotYours  string
	LastOne, LastToast, Unknown, All, Share                 string
	Button                                                  string
	Poll, Question, QuestionInside, Ticking, Voted, OldPoll string  // of polls
	Only                                                    string  // a choice
	Counted                                                 Counted // accusative
}

// PacePhrases are those of paces, hours, breaking news and the night.
type PacePhrases struct {
	Title, Press, Number, Words, LastHour                        string
	Digest, Breaking, Each                                       string // the paces, as choices
	ArrivesDigest, ArrivesDigestAlerts, ArrivesBreaking          string
	ArrivesEach, ArrivesEachAlerts, AlertsHeld, Hours, All, From string
	AlertsChosen, AlertsChosenHeld                               string
	Set, Saved, NoEach                                           string
	AlertsOn, AlertsOff, AlertsSwitch, AlertsWords, AlertsStop   string
	AlertsImportant, AlertsNight, AlertsBoth, Or                 string
	Less, LessAsk, LessOf                                        string
	QuietOn, QuietOff, QuietAsk, QuietYes, QuietNo, NoNight      string
	NightLater, NightDigest, NightNever                          string // what becomes of what the night held
}

// ReadPhrases are those of reading on demand.
type ReadPhrases struct {
	Latest, LatestIn, Empty, More, Follow, Check string
	NoDigest, NoDigestYet, DigestFailed          string
}

// PausePhrases are those of pausing and resuming.
type PausePhrases struct {
	Ask, Day, Week, Open          string
	Until, Forever, Note, NoteEnd string
	Resumed, NotPaused, Resume    string
}

// LeavePhrases are those of stopping and of being forgotten.
type LeavePhrases struct {
	Stopped, Again, NotSubscribed, Out, Return, Begin, StopAll string
	How, HowForget                                             string
	Ask, Erase, Keep, Erased, Kept, Nothing                    string
}

// LinkPhrases are those of a reader with chats on two networks.
type LinkPhrases struct {
	Given, Open, How, Private, Wrong, TooMany, Same, SameNetwork, Already string
	Done, Told, Now, NotLinked, Preferred, There, Unlinked                string
	Stopped, Stay, StayedHere, StayedThere, ForgetBoth                    string
}

// TipPhrases are those of telling the newsroom something.
type TipPhrases struct {
	Ask, Cancel, Cancelled, AskForward, Mean, Drop, Dropped, NoWords         string
	Thanks, AskName, NameYes, NameNo, Named, Unnamed, TooMany, Gone, Private string
	BigFile, BadFile, WriteIt, WordsAlone, FirstOnly, HowFile                string
}

// AboutPhrases are those of settings, data and help.
type AboutPhrases struct {
	Settings, Sections, Pace, Hours, Alerts, Night, Paused                   string
	Yes, No, Important, NightHeld, NightFree, Change                         string
	Addresses, Chats, Linked                                                 string
	Data, Address, Choices, Joined, Consent, Receipts, Replies, Memo, NoText string
	Trace, Delete, OldChoices, Contact                                       string
	Chat, Link, GroupAdmin, Import, Configuration                            string // how somebody came to be a reader
	Telegram, WhatsApp                                                       string
	Help, Friend, Privacy                                                    string
	Tips, Seen, AlsoSeen                                                     string
	TipFiles                                                                 string
	Messages, Answers, Days, Told, Files                                     Counted
}

// GroupPhrases are those of groups.
type GroupPhrases struct {
	Added, AdminsOnly, NoAdmin, NotYet, Joined, Already, Stopped, NotSubscribed, Unknown, Hello, Link string
	Address                                                                                           string // how a message reaches the bot there
	AdminsToast                                                                                       string
}

// OtherPhrases answer what is no command.
type OtherPhrases struct {
	Unknown, Guess, GuessSection, GuessFollow, GuessDrop, Yes, No, NothingAsked, Unchanged string
	GuessOnly                                                                              string
	NoMenu, OutOfRange, Thanks, Forged, Outside, Flood, Sorry, Hint, Edited, Forward       string
	Next                                                                                   string
	Photo, Video, Voice, Sticker, Document, Location, Contact, Poll, Media                 string
}

// Counted is a noun in the six forms that go with a number (see
// [arabic.Form]); %d stands for the number.
type Counted [6]string

// Of returns the noun with n.
func (c Counted) Of(n int) string {
	return strings.ReplaceAll(c[arabic.FormOf(n)], "%d", arabic.Number(n))
}

// phrasesOf returns the phrases of a language; unknown ones get Arabic.
func phrasesOf(l Language) *Phrases {
	if l == English {
		return englishPhrases()
	}
	return arabicPhrases()
}

// groupPhrasesOf returns the phrases of a language as they are said to many.
func groupPhrasesOf(l Language) *Phrases {
	if l == English {
		return englishGroupPhrases()
	}
	return arabicGroupPhrases()
}

// fill puts values in the place of their names in braces.
func fill(phrase string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		phrase = strings.ReplaceAll(phrase, "{"+pairs[i]+"}", pairs[i+1])
	}
	return phrase
}

// date writes a civil date.
func date(l Language, t time.Time) string {
	if l == English {
		return t.Format("Monday, 2 January 2006")
	}
	return arabic.Date(t)
}

// ago writes how long ago something was.
func ago(l Language, now, t time.Time) string {
	if l == English {
		return t.Format("2 January, 15:04")
	}
	return arabic.Ago(now, t)
}

// mark gives every line its direction. It is the one place that does.
func mark(l Language, t news.Text) news.Text {
	if l == English {
		return t
	}
	return t.Prefix("\u200f", arabic.NeedsMark)
}
