package talk

// englishGroupPhrases are the phrases of a group: with commands that are heard
// there.
func englishGroupPhrases() *Phrases {
	p := englishPhrases()
	englishGroupSections(&p.Sections)
	englishGroupPace(&p.Pace)
	englishGroupRead(&p.Read)
	englishGroupPause(&p.Pause)
	englishGroupLeave(&p.Leave)
	englishGroupAbout(&p.About)
	englishGroupOther(&p.Other)
	return p
}

func englishGroupSections(p *SectionPhrases) {
	p.Number = "Answer this message with the number of a section to follow it, and with it again to leave it."
	p.Words = "Or send: /subscribe {section}\nor: /stop {section}"
	p.Dropped = "Done. Nothing more from: {sections}.\nTo get it back an admin sends: /subscribe {sections}\nTo stop all messages: /stop"
	p.NotYours = "You did not follow: {sections}. To stop all messages an admin sends: /stop"
	p.LastOne = "This is the last one you follow, so we kept it until you decide.\nTo stop all messages an admin sends: /stop\nTo stop for a while: /pause\nFor another section: /sections"
	p.LastToast = "This is the last one you follow. To stop all messages: /stop"
	p.Unknown = "We have no section of that name. To see the sections send: /sections"
	p.Poll = "To choose them in a poll send: /poll"
	p.OldPoll = "This poll is old. For a new one send: /poll"
}

func englishGroupPace(p *PacePhrases) {
	p.Number = "Answer this message with the number of your choice: how the news comes, then the hours of the digest."
	p.Words = "To choose what comes of breaking news send: /breaking"
	p.LastHour = "The digest needs one hour at least. For breaking news alone choose: Breaking only"
	p.Set = "Good. From now on {arrives}, {from}.\nTo change that an admin sends: /time or /sections"
	p.AlertsWords = "An admin chooses what comes of it."
	p.AlertsSwitch = "No more breaking news. So that you are not left with nothing you get the digest {hours}.\nTo stop all messages an admin sends: /stop"
	p.NightNever = "for what is published at night send /latest"
	p.QuietOn = "No breaking news from {from} to {to}; {after}. To change that an admin sends: /quiet"
	p.QuietOff = "You get breaking news day and night. To change that an admin sends: /quiet"
	p.QuietAsk = "Breaking news at night too, from {from} to {to}? An admin chooses."
	p.NoNight = "We have no night hours: you get breaking news as it happens. To stop it an admin sends: /breaking off"
}

func englishGroupRead(p *ReadPhrases) {
	p.Empty = "Nothing has been published here yet. To see the sections send: /sections"
	p.NoDigest = "Nothing new in your sections just now. For the latest send: /latest"
	p.NoDigestYet = "You have not subscribed yet. To subscribe an admin sends: /start and for the latest: /latest"
	p.DigestFailed = "The digest could not be made just now, sorry. Try again in a while: /digest"
}

func englishGroupPause(p *PausePhrases) {
	p.Ask = "For how long shall we stop? An admin chooses."
	p.Open = "Until we are back"
	p.Until = "All messages are stopped, breaking news too, until {date}, {hour}. To come back earlier an admin sends: /resume"
	p.Forever = "All messages are stopped, breaking news too, until you come back. To come back an admin sends: /resume"
	p.Note = "Our messages to you are stopped until you come back. To come back an admin sends: /resume"
	p.NoteEnd = "Our messages to you are stopped until {date}, {hour}. To come back earlier an admin sends: /resume"
}

func englishGroupLeave(p *LeavePhrases) {
	p.Again = "Our messages to you are stopped, and nothing will come. To come back an admin sends: /start"
	p.NotSubscribed = "You are not subscribed, and nothing will come. To subscribe an admin sends: /start"
	p.Out = "Our messages to you are stopped. To come back an admin sends: /start"
	p.Stopped = "All messages are stopped, and nothing more will come after this one. To come back an admin sends: /start"
	p.How = "To stop all messages an admin sends: /stop\nTo leave one section: /stop {section}\nTo stop for a while: /pause"
	p.HowForget = "To stop the messages and delete everything we keep about this group an admin sends: /forget"
	p.Ask = "We will now delete everything we keep about this group and stop all messages. This can't be undone.\nTo confirm, an admin answers this message with: yes. To keep it, with: no"
	p.Erased = "Everything we kept about this group is deleted, and nothing more will come after this message. To come back an admin sends: /start"
	p.Nothing = "We keep nothing about this group. To subscribe an admin sends: /start"
}

func englishGroupAbout(p *AboutPhrases) {
	p.Settings = "The group's choices"
	p.Change = "To change them an admin sends: /sections or /time or /breaking or /quiet or /pause"
	p.Data = "What we keep about this group"
	p.Address = "• The address of this group on {network}, to write to you: {chat}"
	p.NoText = "We don't keep the words of your messages, and give your data to nobody. We keep the rest while you are subscribed; after you stop, your choices stay until you come back or delete them."
	p.Delete = "To delete all of this an admin sends: /forget"
	p.OldChoices = "You have stopped our messages. We keep your old choices and the address of this group until you come back or delete them."
	p.Privacy = "We keep the address of this group, your choices and a record of what we sent, but not the words of your messages, and we give your data to nobody.\nFor the details an admin sends: /mydata and to delete it: /forget"
}

func englishGroupOther(p *OtherPhrases) {
	p.Unknown = "Sorry, we did not understand. For the latest send: /latest and for all commands: /help"
	p.Guess = "Do you mean “{guess}”? Answer this message with: yes, or send /help"
	p.GuessSection = "Do you mean the latest in “{guess}”? Answer this message with: yes, or send /sections"
	p.GuessFollow = "Do you mean subscribing to “{guess}”? Answer this message with: yes, or send /sections"
	p.GuessDrop = "Do you mean leaving “{guess}”? Answer this message with: yes. To stop all messages: /stop"
	p.GuessOnly = "Do you mean “{guess}” and nothing else? Answer this message with: yes, or send /sections"
	p.NothingAsked = "We have not asked anything yet. For all commands send: /help"
	p.NoMenu = "This number stands for no choice just now. To choose what you get send: /sections"
	p.OutOfRange = "Choose a number from 1 to {max}, or send: /help"
	p.Thanks = "You are welcome. For all commands send: /help"
	p.Forged = "This button no longer works. Send: /sections or /help"
	p.Outside = "You are not subscribed now. To subscribe an admin sends: /start"
	p.Flood = "That is faster than we can answer. Send it again in a moment. To stop everything an admin sends: /stop"
	p.Sorry = "Something went wrong on our side, sorry. Try again in a while, or send: /help"
	p.Hint = "Send: /latest or /sections or /help"
	p.Next = "For the latest send: /latest and for all commands: /help"
}
