package editor

import (
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// This file is a phrase file: what this door says in English.
func englishPhrases() *phrases {
	return &phrases{
		cardPhrases:     englishCard(),
		buttonPhrases:   englishButton(),
		progressPhrases: englishProgress(),
		actPhrases:      englishAct(),
		seatPhrases:     englishSeat(),
		hintPhrases:     englishHint(),
		helpPhrases:     englishHelp(),
		attachPhrases:   englishAttach(),
		tipPhrases:      englishTip(),
		dutyPhrases:     englishDuty(),
	}
}

func englishCard() cardPhrases {
	return cardPhrases{
		Comma:      ", ",
		Semicolon:  "; ",
		Title:      "{form} {draft}: {state}",
		Version:    "Version {version}. This is how readers get it.",
		To:         "To: {to}",
		Everyone:   "everybody",
		NoOne:      "nobody is chosen yet",
		Audience:   "{network}: {readers}",
		Takes:      ", in {span}",
		Free:       ", free of charge",
		OnNetwork:  "{readers} on {network}",
		OnAnother:  " and {readers} on {network}",
		BySection:  "{section}: {readers}",
		InSeveral:  "Who follows several of them is counted in each, and gets one message.",
		Silent:     "It arrives without a sound.",
		Important:  "Important: it also reaches those who chose “important only”.",
		Ordinary:   "Ordinary: it does not reach those who chose “important only”.",
		At:         "Time: {when}",
		Second:     "This goes to everybody, so a second person has to confirm it.",
		Way:        "Copies that have arrived are edited where the network allows, and a message follows.",
		WayTypo:    "Copies that have arrived are edited where the network allows, and no message follows.",
		WayBack:    "Copies that have arrived are taken back with their corrections where the network allows, and this line alone stays; a message with it follows those that cannot be taken back.",
		Asked:      "Version {version} is confirmed and waits for a second person. A colleague looks at it with: preview {draft}",
		HowConfirm: "To send it, send: confirm {draft}.{version}",
		HowTo:      "To choose who gets it, send: to everybody, or: to {section}",
		HowToOwn:   "To choose who gets it, send: to {section}",
		HowDrop:    "To drop the draft, send: cancel",
		HowStop:    "To stop it, send: cancel",
		HowPause:   "To pause it, send: pause; to end the sending: cancel",
		HowResume:  "To go on, send: resume; to end the sending: cancel",
		HowRetry:   "To try again what failed, send: retry {draft}",
		Forms: map[desk.Form]string{
			desk.FormAlert: "Alert", desk.FormTypo: "Typo", desk.FormCorrection: "Correction", desk.FormWithdrawal: "Withdrawal",
		},
		Named: map[desk.Form]string{
			desk.FormAlert: "Alert", desk.FormTypo: "Typo", desk.FormCorrection: "Correction", desk.FormWithdrawal: "Withdrawal",
		},
		Listed:      "Number {draft}, {when}: {words}",
		NoneListed:  "No alerts are scheduled.",
		NoTips:      "No tips wait.",
		NoProposals: "Nothing is proposed.",
		NoFile:      "Nothing is attached.",
	}
}

func englishButton() buttonPhrases {
	return buttonPhrases{
		MakeImportant: "Make it important",
		MakeOrdinary:  "Make it ordinary",
		Confirm:       "✅ Send",
		All:           "Everybody",
		Quiet:         "No sound",
		Loud:          "With sound",
		Drop:          "🗑 Drop the draft",
		Halt:          "⏹ Stop the countdown",
		Pause:         "⏸ Pause",
		Resume:        "▶️ Resume",
		Stop:          "⏹ End the sending",
		Retry:         "🔁 Try again what failed",
		Look:          "👁 Preview",
		Ignore:        "Ignore",
		Unstall:       "▶️ Resume what is automatic",
		Strip:         map[news.MediaKind]string{news.MediaPhoto: "No photo", news.MediaVideo: "No video", news.MediaDocument: "No attachment"},
	}
}

func englishProgress() progressPhrases {
	return progressPhrases{
		Counting:  "Sending begins in {span}.",
		Bar:       "{bar} {percent}%",
		Sent:      "arrived: {sent}, left: {left}",
		Rate:      ", {rate} a second",
		Blocked:   "Have left or blocked the bot: {n}",
		Failed:    "Failed: {n}",
		Deferred:  "Being tried again: {n}",
		Astray:    "The account is lost; what is left waits until it is back.",
		Reached:   "Reached {readers}.",
		Delivered: "Delivered on WhatsApp to {readers}.",
		Read:      "Read by {readers} at least; some readers switch read receipts off.",
		Changed:   "Copies changed: {n}",
		Taken:     "Copies taken back: {n}",
		Lined:     "One line left in their place: {n}",
		Stayed:    "Copies that could not be taken back, followed by a message: {n}",
		Followed:  "Readers who got a message: {n}",
		Missed:    "Could not be reached: {n}",
		Left:      "Unsubscribed within an hour: {n}",
		Forwarded: "Copies that readers have forwarded cannot be taken back.",
	}
}

func englishAct() actPhrases {
	return actPhrases{
		Stopped:       "{form} {draft} is stopped. Whoever has not got it will not get it, and you are still subscribed.",
		Returned:      "Stopped before anything of it was sent. {form} {draft} is a draft again; to come back to it send: preview {draft}",
		Dropped:       "Draft {draft} is dropped, and nothing was sent.",
		Paused:        "{form} {draft} is paused.",
		Resumed:       "{form} {draft} goes on.",
		AlreadyPaused: "{form} {draft} is paused already. To go on, send: resume; to end the sending: cancel",
		Retried:       "{form} {draft} is tried again with {readers}.",
		Opened:        "The bot is open to the public now: what is published from here on reaches all subscribers.",
		Frozen:        "All sending is frozen. Only an owner lifts that, with the word: unfreeze",
		Thawed:        "Sending is no longer frozen. What was paused stays paused until it is resumed.",
		HeldWhy:       "Why: {why}",
		Held:          "All automatic sending is held until somebody sends: release all",
		Released:      "Automatic sending goes on.",
		Also:          "{form} {draft} was stopped, too.",
		Declined:      "Proposal {n} is left alone.",
		Unstalled:     "What is automatic and the freeze had paused goes on: {n}",
		NoneStalled:   "The freeze has paused nothing automatic, or it was resumed before, or its time is over.",
		TakenBack:     "What was confirmed and is not sent yet is a draft again: {list}",
	}
}

func englishSeat() seatPhrases {
	return seatPhrases{
		Claimed:      "Welcome to the desk. Your role: {role}. For what you can say here send: desk",
		Invited:      "Invitation code ({role}): {code}",
		Editors:      "Editors:",
		Editor:       "{id}. {name} · {role}",
		Removed:      "{name} is no longer an editor, and their drafts are dropped.",
		Seat:         "The code to link your other phone: {code}\nSend it to the bot from your other phone, or on the other network.",
		HowEditors:   "To invite somebody send: editors add editor Salim\nFor some sections: editors add editor Salim: {section}\nTo change a role or sections: editors change 2 editor: {section}\nTo remove somebody: editors remove 2",
		Ranked:       "{name} is now: {role}",
		InvitedWho:   "For: {name}",
		InvitedHow:   "Whoever it is for sends it to the bot in a private chat. It works once, and for a limited time.",
		EverySection: "Sections: all",
		SomeSections: "Sections: {list}, and those below",
	}
}

func englishHint() hintPhrases {
	return hintPhrases{
		NoText:    "Write the text behind the word, like: {word}: the valley road is closed",
		Only:      "By {networks} alone.",
		NoNetwork: "The bot is not on {network}.",
		NoSection: "There is no section of that name. Sections: {list}",
		NoDraft:   "You have no open draft. Begin with: alert, and then the text.",
		NoSent:    "No alert was sent in the last two days.",
		Which:     "Give number and version as the preview does, like: confirm {draft}.{version}",
		AskLeave:  "Nothing is being sent that could be stopped. If you want to end your own subscription, send: unsubscribe",
		Proposal:  "Proposal {n}: {words}",

		ProposalsMore: "and more from “{source}”: {n}",
	}
}

func englishHelp() helpPhrases {
	return helpPhrases{
		Menu: map[verb]string{
			doAlert:    "a breaking alert: of the latest articles, or in your own words",
			doHelp:     "the desk: how it stands, and what you can say",
			doTake:     "news that is proposed",
			doList:     "alerts that wait for their time",
			doTips:     "tips from readers",
			doDuty:     "duty: whose turn it is, and when yours is",
			doCalendar: "the digest hours of this week",
			doStats:    "numbers of subscribers and alerts",
			doEditors:  "the editors",
		},
		Open:     "The bot is open to the public.",
		Closed:   "The bot is not open to the public yet. To open it send: open",
		Trial:    "The bot is not open to the public yet: what is sent reaches only editors who are subscribed.",
		NoReader: "You are not subscribed yet. To see what readers see send: start",
		Help: "alert <text>, with the link on the last line · alert (to choose of the latest articles)\nphoto, video or PDF with: alert <text>, or: attach · no attachment\npreview 7 · confirm 7.2 · cancel\nto Weather, Jobs · to everybody · telegram only · whatsapp only · all networks · important · ordinary · silent · edit <text>\nschedule tomorrow 07:30 · scheduled · cancel 7\n" +
			"pause · resume · report 7 · retry 7\ncorrect <text> · correct 7: <text> · typo <text> · withdraw 7\nfreeze · unfreeze · resume automatic · hold all · release all\n" +
			"proposals · proposal 3 · ignore 3\nnext digest · drop 3 · pin 2 · intro <text> · hold digest · release digest · calendar\ntips · tip 4 · answer 4 <words> · close 4\nduty · duty Sunday to Thursday 08:00-16:00\nstats · editors · link another phone",
	}
}

func englishAttach() attachPhrases {
	return attachPhrases{
		Attached:    "Attached: {what}",
		FirstOnly:   "Only the first of them was attached: an alert carries one file.",
		HowAttach:   "Send a photo, an MP4 video or a PDF file with the word “attach”, or with “alert” and the text as its caption.",
		NotAttached: "Nothing was attached: an alert carries a photo, an MP4 video or a PDF file.",
		Latest:      "The latest articles. Choose one, or write: alert, and then the text.",
		Article:     "{n}. {title} ({section}, {time})",
		HowChoose:   "To choose one send: alert {n}",
		NoArticles:  "There are no articles to choose from yet. Write: alert, and then the text.",
		Media:       map[news.MediaKind]string{news.MediaPhoto: "a photo", news.MediaVideo: "a video", news.MediaDocument: "a PDF file"},
	}
}

func englishTip() tipPhrases {
	return tipPhrases{
		TipsWait:    "Tips from readers that wait:",
		TipLine:     "{n}. {time}: {words}",
		TipMore:     "{n} more are listed when these are closed.",
		TipNo:       "Tip {n}",
		TipForward:  "a forwarded message",
		TipFrom:     "from: {name}",
		TipClosed:   "This tip was answered or closed.",
		HowTip:      "To answer, write the answer as a reply to this message, or send: answer {n} and then the answer or the link to a check. To close it send: close {n}",
		ShutTip:     "Close tip {n}",
		TipAnswered: "The answer to tip {n} has gone to its sender.",
		TipUnheard:  "Tip {n} is done with. Its sender has stopped our messages and gets nothing.",
		TipShut:     "Tip {n} is closed, and its sender was thanked.",
		TipNoWords:  "no words",
		TipGone:     "The file that came with tip {n} is no longer kept by its network, and cannot be had.",
		TipLater:    "The file that came with tip {n} could not be had just now. Try again in a while: tip {n}",
		TipBig:      "The file that came with tip {n} is of more than {max} MB, and is not brought.",
		TipBad:      "The file that came with tip {n} is really no photo, MP4 video, PDF or voice message, and is not brought.",
		TipMedia: map[news.MediaKind]string{
			news.MediaPhoto: "a photo", news.MediaVideo: "a video", news.MediaDocument: "a document", news.MediaVoice: "a voice message",
		},
	}
}

func englishDuty() dutyPhrases {
	return dutyPhrases{
		DutyMine:     "Your duty: {hours}",
		DutyNone:     "You have set no hours of duty.",
		DutyNow:      "On duty now: {names}",
		DutyNobody:   "Nobody is on duty now: what goes to those on duty reaches all who may send.",
		DutyOf:       "{id}. {name}: {hours}",
		DutySet:      "Duty of {name}: {hours}",
		DutyCleared:  "{name} has no hours of duty any more.",
		HowDuty:      "To set your duty send something like: duty Sunday to Thursday 08:00-16:00; to delete it: duty remove",
		HowDutyOwner: "For somebody else begin with the number: duty 2 Friday 08:00-16:00",
	}
}
