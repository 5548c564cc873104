package desk

// This file is a phrase file: what the desk says in English.
func englishPhrases() *Phrases {
	return &Phrases{
		Language:  English,
		Amended:   "Correction: {title}",
		Retracted: "We have taken back an item that our digest brought as “{title}”. We apologise.",
		Withdrawn: "We have withdrawn an item that we sent you because it was not accurate. We apologise.",
		Checked:   "Rumour check: {title}",
		Closed:    "This is a trial before the bot opens to the public: only editors get the message.",
		Refused:   englishRefused(),
		Warnings:  englishWarnings(),
		Notices:   englishNotices(),
		Stalls:    englishStalls(),
		Tips:      englishTips(),
		Numbers:   englishNumbers(),
		Times:     englishTimes(),
		States:    englishStates(),
		Roles:     RolePhrases{Owner: "owner", Editor: "editor", Reporter: "reporter"},
		Watches:   englishWatches(),
		Networks:  NetworkPhrases{Telegram: "Telegram", WhatsApp: "WhatsApp"},
	}
}

func englishRefused() RefusalPhrases {
	return RefusalPhrases{
		Faulty:       "Not done: something in it cannot be sent.",
		NotYours:     "Your role does not allow that.",
		NoEditor:     "That is for editors only.",
		OtherSection: "That is not one of your sections.",
		Frozen:       "All sending is frozen. Only an owner can lift that.",
		OldVersion:   "This is an older version. Look at the preview again.",
		NotSeen:      "Nobody has looked at this version. Look at the preview first.",
		NotShown:     "This goes to everybody: whoever confirms it has looked at this version first.",
		Already:      "It is done already, and is not done twice.",
		SamePerson:   "This goes to everybody, so another person has to confirm it too.",
		TooLate:      "Too late: it is past that point.",
		Overtaken:    "Another correction was published meanwhile. Look at it, then preview yours again.",
		Withdrawn:    "It has been withdrawn; nothing follows that.",
		NotSent:      "It has not been sent yet.",
		NoSuch:       "There is none with this number.",
		BadCode:      "The code is wrong, was used before, or is too old.",
		LastOwner:    "This is the only owner. Name another one first.",
		BadTime:      "I could not read the time. Write it like: tomorrow 07:30, or: Sunday 9 am",
		PastTime:     "That time is over.",
		Taken:        "It has been settled already.",
		BadFile:      "An alert carries a JPEG or PNG photo, an MP4 video or a PDF. This file is none of them.",
		BigFile:      "The file is too big: at most {name} MB.",
		EmptyFile:    "The file is empty.",
		LostFile:     "The file could not be had. Please send it again.",
		SameMedia:    "A correction is about the words; what came with them stays.",
		NothingLive:  "Nothing is being sent that could be stopped.",
		EditionOut:   "Too late: this digest has gone out, or its time is over.",
		OldLook:      "It has changed since it was shown to you. Ask to see it again, then decide.",
		NoLook:       "No digest has been shown to you yet. Send: next digest",
		NoItem:       "The digest has no item with this number.",
		NoSketch:     "No change of the calendar waits to be confirmed.",
		NoSlot:       "There is no digest at that time.",
		Holding:      "All automatic sending is held. To let it go on send: release all",
		Opened:       "The bot was opened to the public after this preview, and readers would get the message. Preview it again, then confirm.",
	}
}

func englishWarnings() WarningPhrases {
	return WarningPhrases{
		Frozen:   "Sending is frozen: nothing goes out until that is lifted.",
		Same:     "An alert like this one was sent at {time}.",
		Budget:   "There were {n} alerts today. Readers switch off what comes too often.",
		Reader:   "Some of these readers got {n} alerts today.",
		Night:    "It is night for readers ({time}).",
		NoLink:   "There is no link.",
		DeadLink: "The link does not answer.",
		Repeat:   "The word “{word}” stands twice.",
		Long:     "That is long for a locked screen ({letters}).",
		TooLong:  "That is {letters} too long for one message, of at most {most}. Shorten it, and it can be sent.",
		Hidden:   "Hidden characters that turn the text around were taken out.",
		Split:    "That is too long for a caption: it begins with the attachment, and the rest follows in a message of its own.",
		Picture:  "That is too long for a caption: the picture is shown as a preview with the text.",
		Nobody:   "Choose who gets it: sections, or everybody.",
		Slow:     "Not all readers on {network} get it as breaking news: within {within} it is sent to some {readers} there, and the others read it in the next digest.",
		Missed:   "Not all readers on {network} get it: within {within} it is sent to some {readers} there, and the others do not get it, since these are words without an article. An article on the site would be in the next digest.",

		SameSoon:   "An alert like this one is about to go out: number {draft}.",
		SameWaits:  "An alert like this one waits for a second person: number {draft}.",
		SameDue:    "An alert like this one has its time ({when}): number {draft}.",
		BudgetSoon: "With those about to go out there are {n} alerts today. Readers switch off what comes too often.",
		Readers:    Counted{"nobody", "1 reader", "%d readers", "%d readers", "%d readers", "%d readers"},
		Letters:    Counted{"no characters", "1 character", "%d characters", "%d characters", "%d characters", "%d characters"},
		ReaderSoon: "With those about to go out some of these readers get {n} alerts today.",
	}
}

func englishNotices() NoticePhrases {
	return NoticePhrases{
		Late:       "Draft {draft} was due while the program was down, so it was not sent. Look at it and confirm it again if it still holds.",
		Overtaken:  "Correction {draft} was not sent: another one was published first. Look at the newest text, then preview yours again.",
		Opened:     "The bot was opened to the public after draft {draft} was confirmed, so it was not sent. Preview and confirm it again to reach readers.",
		Frozen:     "Draft {draft} was due while sending is frozen, so it was not sent.",
		Final:      "Correction {draft} was not sent: what it is about cannot be changed any more. You can send a new alert.",
		Restored:   "A backup was restored after draft {draft} was confirmed. It may have gone out already, so it was not sent now. Look, and confirm it again if needed.",
		Digest:     "The next digest, at {time}, as readers will get it. You can drop an item, pin one, or hold it; otherwise it goes out on time.",
		Posted:     "“{name}” sends this alert in {span}. To stop it send: cancel",
		Offered:    "“{name}” suggests as breaking news:",
		Breaking:   "Suggested as breaking news:",
		Correction: "The headline of something that was sent has changed. Suggested correction:",
		Withdrawal: "Something that was sent is gone from the site. Suggested to be withdrawn:",
		Look:       "To look at it send: proposal {n}",
		Ranked:     "An owner has changed what you may do at the desk. Your role: {name}",

		Asked:      "“{name}” has confirmed number {draft}, which needs a second person:",
		Ready:      "“{name}” has number {draft} ready, for an editor to confirm:",
		Preview:    "To look at it send: preview {draft}",
		Confirmed:  "“{name}” has confirmed number {draft}. Sending begins in {span}. To stop it send: cancel {draft}",
		Booked:     "“{name}” has confirmed number {draft}. It goes out: {when}. To stop it send: cancel {draft}",
		Returned:   "“{name}” has made number {draft} a draft again, before anything of it was sent. To come back to it send: preview {draft}",
		Dropped:    "“{name}” has dropped draft {draft}, and nothing of it was sent.",
		Halted:     "“{name}” has stopped number {draft}. Whoever has not got it will not get it.",
		Froze:      "“{name}” has frozen all sending. Only an owner lifts that, with the word: unfreeze",
		GaveBack:   "Drafts again, before anything of them was sent: {list}",
		StandStill: "Paused: {list}",
		Thawed:     "“{name}” has lifted the freeze. What was paused stays paused until it is resumed.",
		Held:       "“{name}” has held all automatic sending. To let it go on send: release all",
		Why:        "Why: {why}",
		Released:   "“{name}” has let automatic sending go on.",
		Server:     "The server",

		AllSections: "Sections: all", SomeSections: "Sections: {list}, and those below", Comma: "{first}, {last}",

		Trouble:  "For those on duty:",
		Well:     "This trouble is over:",
		Tips:     "{tips}. To read what came send: tips",
		TipsWait: Counted{"no tips wait", "1 tip from a reader waits", "%d tips from readers wait", "%d tips from readers wait", "%d tips from readers wait", "%d tips from readers wait"},

		Edition:        "“{slot}” of {date}",
		EditionChanged: "The headline of something that a digest has brought is another now. Digest: {digests}",
		EditionGone:    "Something that a digest has brought is gone from the site. Digest: {digests}",
		EditionWas:     "It was: {title}",
		EditionNow:     "It is: {title}",
		EditionHow:     "A digest is not changed once it is out. To tell its readers by an alert send: proposal {n}",
		EditionToo:     "A digest has brought it, too: {digests}. What you confirm here does not reach those who read it there alone; an alert does.",

		Flood: "{proposals} from the source “{name}”. To list them send: proposals\n" +
			"Until {time} no letter comes for each of its proposals; that list has them. Look at the site: so many may be a mistake, or the work of an intruder.",
		MoreWaits: Counted{"no more proposals wait", "1 more proposal waits", "%d more proposals wait", "%d more proposals wait", "%d more proposals wait", "%d more proposals wait"},
	}
}

func englishStalls() StallPhrases {
	return StallPhrases{
		Auto:     "What goes out by itself and the freeze has paused:",
		Digest:   "The digest that began at {time}",
		Single:   "Article at {time}: {words}",
		Breaking: "Breaking news at {time}: {words}",
		Other:    "A correction of the server at {time}",
		More:     "And more: {n}",
		HowAuto:  "To let it go on send: resume automatic",
		Hand:     "What editors sent and it has paused:",
		ByHand:   "Number {draft}: {words}",
		HowHand:  "To let one go on send its number: resume {draft}",
	}
}

func englishTips() TipPhrases {
	return TipPhrases{
		Answer: "The newsroom's answer to what you sent us:\n{words}",
		Link:   "We have checked what you sent us. Here is what we found:",
		Closed: "Thank you. The newsroom has read what you sent us.",
	}
}

func englishNumbers() NumberPhrases {
	return NumberPhrases{
		Title:       "Numbers from {from} to {to}",
		Subscribers: "Subscribers: {count}",
		Sections:    "Sections",
		Days:        "Joined and left",
		Day:         "{day}: {joined} joined, {left} left",
		Alerts:      "Alerts",
		Alert:       "{time}: reached {copies}",
		Seen:        "on WhatsApp: delivered to {delivered}, read by at least {read}",
		Left:        "left within an hour: {count}",
		NoAlerts:    "No alerts in that time.",
		Spans:       "From publication to arrival",
		First:       "to the first reader: usually {span}, at worst {max}",
		Last:        "to the last reader: usually {span}, at worst {max}",
		Readers:     Counted{"nobody", "1 subscriber", "%d subscribers", "%d subscribers", "%d subscribers", "%d subscribers"},
		Copies:      Counted{"nobody", "1 reader", "%d readers", "%d readers", "%d readers", "%d readers"},
	}
}

func englishTimes() TimePhrases {
	return TimePhrases{
		Today:    "today, {date}, at {time}",
		Tomorrow: "tomorrow, {date}, at {time}",
		On:       "{date}, at {time}",
		Now:      "now",
	}
}

func englishStates() StatePhrases {
	return StatePhrases{
		Draft: "draft", Preview: "waits to be confirmed", Second: "waits for a second person", Scheduled: "scheduled", Countdown: "counting down",
		Publishing: "being published", Sending: "being sent", Paused: "paused", Stopped: "stopped", Done: "sent", Dropped: "cancelled",
	}
}

func englishWatches() WatchPhrases {
	return WatchPhrases{
		Watch: "{days}, {hours}", Daily: "every day", Days: "{from} to {to}", And: "{first} and {last}", Comma: "{first}, {last}",
		Hours: "{from} to {to}", OverNight: "{from} to {to} of the next day", AllDay: "all day",
		OnDays: "every {days}", EachWeek: "every week, {days}",
	}
}
