package editor

import (
	"strings"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// phrases are the words of this door. Names in braces stand for what is filled
// in.
type phrases struct {
	cardPhrases
	buttonPhrases
	progressPhrases
	actPhrases
	seatPhrases
	hintPhrases
	helpPhrases
	attachPhrases
	tipPhrases
	dutyPhrases
}

// cardPhrases are those of the message that shows a draft.
type cardPhrases struct {
	Comma, Semicolon, Title, Version, To, Everyone, NoOne, Audience, Takes, Free, OnNetwork, OnAnother, BySection, InSeveral, Silent,
	Important, Ordinary, At, Second, Way, WayTypo, WayBack, Asked, HowConfirm, HowTo, HowToOwn, HowDrop, HowStop,
	HowPause, HowResume, HowRetry, Listed, NoneListed, NoTips, NoProposals, NoFile string
	Forms, Named map[desk.Form]string // on its own, and in a sentence
}

// buttonPhrases are those of buttons.
type buttonPhrases struct {
	MakeImportant, MakeOrdinary, Confirm, All, Quiet, Loud, Drop, Halt, Pause, Resume, Stop, Retry,
	Look, Ignore, Unstall string
	Strip map[news.MediaKind]string
}

// progressPhrases are those of what is being sent, and its report.
type progressPhrases struct {
	Counting, Bar, Sent, Rate, Blocked, Failed, Deferred, Astray, Reached, Delivered, Read, Changed, Taken,
	Lined, Stayed, Followed, Missed, Left, Forwarded string
}

// actPhrases are those of an act that is done.
type actPhrases struct {
	Stopped, Returned, Dropped, Paused, Resumed, AlreadyPaused, Retried, Opened, Frozen, Thawed,
	HeldWhy, Held, Released, Also, Declined, TakenBack, Unstalled, NoneStalled string
}

// seatPhrases are those of editors and their seats.
type seatPhrases struct {
	Claimed, Invited, Editors, Editor, Removed, Seat, HowEditors, Ranked, InvitedWho, InvitedHow,
	EverySection, SomeSections string
}

// hintPhrases are those of what is missing in what an editor wrote.
type hintPhrases struct {
	NoText, Only, NoNetwork, NoSection, NoDraft, NoSent, Which, AskLeave, Proposal string

	ProposalsMore string
}

// helpPhrases are those of the desk itself.
type helpPhrases struct {
	Open, Closed, Trial, NoReader, Help string
	Menu                                map[verb]string
}

// attachPhrases are those of articles and files that become an alert.
type attachPhrases struct {
	Attached, FirstOnly, HowAttach, NotAttached, Latest, Article, HowChoose, NoArticles string
	Media                                                                               map[news.MediaKind]string
}

// tipPhrases are those of readers' tips.
type tipPhrases struct {
	TipsWait, TipLine, TipMore, TipNo, TipForward, TipFrom, TipClosed, HowTip, ShutTip, TipAnswered, TipUnheard, TipShut string
	TipNoWords, TipGone, TipLater, TipBig, TipBad                                                                        string
	TipMedia                                                                                                             map[news.MediaKind]string
}

// dutyPhrases are those of hours of duty.
type dutyPhrases struct {
	DutyMine, DutyNone, DutyNow, DutyNobody, DutyOf, DutySet, DutyCleared, HowDuty, HowDutyOwner string
}

// put fills in what stands in braces, all at once.
func put(phrase string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(phrase)
}
