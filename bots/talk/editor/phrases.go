package editor

import (
	"strings"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// phrases are the words of this door. Names in braces stand for what is filled
// in.
type phrases struct {
	Comma, Semicolon                                                                                   string // between the things of a list
	Title, Version, To, Everyone, NoOne, Audience, Takes, Price, Silent, At, Second, Way               string
	Important, Ordinary, MakeImportant, MakeOrdinary                                                   string
	HowConfirm, HowTo, HowStop, HowPause, HowResume, HowRetry                                          string
	Confirm, All, Quiet, Loud, Drop, Halt, Pause, Resume, Stop, Retry                                  string
	Asked, Counting, Bar, Sent, Rate, Blocked, Failed, Deferred                                        string
	Reached, Changed, Followed, Missed, Left, Forwarded                                                string
	Delivered, Read                                                                                    string
	Stopped, Returned, Dropped, Paused, Resumed, AlreadyPaused, Retried                                string
	Claimed, Invited, Editors, Editor, Removed, Seat, Opened, Frozen, Thawed, Held, Released, Also     string
	NoText, NoSection, NoDraft, NoSent, Which, AskLeave, Empty, Listed, Proposal, Declined, HowEditors string
	Ranked, TakenBack, InvitedWho, InvitedHow, EverySection, SomeSections                              string
	Only, NoNetwork                                                                                    string
	Trial, NoReader                                                                                    string
	Look, Ignore, Open, Closed, Help, HeldWhy                                                          string
	WayTypo, WayBack, Taken, Lined, Stayed                                                             string
	Attached, FirstOnly, HowAttach, NotAttached, Latest, Article, HowChoose, NoArticles                string
	Forms                                                                                              map[desk.Form]string
	Menu                                                                                               map[verb]string
	tipPhrases
	dutyPhrases
	Media, Strip map[news.MediaKind]string
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
