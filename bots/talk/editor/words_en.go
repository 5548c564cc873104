package editor

import "github.com/nashra-bot/nashra/desk"

// This file is a phrase file: the words of editors in English.
func englishWords() map[verb][]string {
	return map[verb][]string{
		doAlert:    {"alert", "news alert", "breaking", "breaking news", "breaking alert", "breaking news alert"},
		doEdit:     {"edit", "edit text", "edit the text", "change text", "change the text"},
		doTo:       {"to", "to section", "to sections", "to the section", "to the sections"},
		doAll:      {"to everybody", "to everyone", "to all", "for everybody", "for everyone", "everybody", "everyone"},
		doTelegram: {"telegram only", "only telegram", "on telegram only", "telegram alone"},
		doWhatsApp: {"whatsapp only", "only whatsapp", "on whatsapp only", "whatsapp alone"},
		doNetworks: {"all networks", "both networks", "on all networks", "on both networks"},
		doSilent:   {"silent", "silently", "no sound", "without sound"},
		doWeigh:    {"important", "make it important"},
		doEase:     {"ordinary", "make it ordinary", "not important"},
		doLoud:     {"with sound", "not silent"},
		doAt:       {"schedule", "schedule for", "schedule it for", "send it at", "at"},
		doNow:      {"no schedule", "unschedule", "without schedule"},
		doPreview:  {"preview"},
		doConfirm:  {"confirm", "i confirm"},
		doPause:    {"pause", "pause it", "pause sending"},
		doHalt:     {"halt"},
		doResume:   {"resume", "continue", "go on"},
		doUnstall:  {"resume automatic", "resume automatic sending", "resume what is automatic"},
		doCorrect:  {"correct", "correction"},
		doTypo:     {"typo", "misprint"},
		doWithdraw: {"withdraw", "withdrawal", "retract", "take back"},
		doFreeze:   {"freeze", "freeze all", "freeze everything"},
		doThaw:     {"unfreeze", "lift freeze", "lift the freeze"},
		doHold:     {"hold all", "hold everything"},
		doRelease:  {"release all", "release everything", "resume all"},
		doStats:    {"stats", "statistics", "numbers"},
		doEditors:  {"editors", "the editors"},
		doSeat:     {"seat", "new seat", "link another phone", "another phone"},
		doOpen:     {"open", "open the bot", "open to the public"},
		doList:     {"scheduled", "what is scheduled"},
		doRetry:    {"retry", "try again"},
		doReport:   {"report"},
		doTake:     {"proposal", "proposals", "the proposals"},
		doDecline:  {"ignore", "ignore proposal", "ignore the proposal"},
		doHelp:     {"desk", "the desk", "editors commands"},
		doAttach:   {"attach", "attach it", "attach this", "attachment"},
		doBare:     {"no photo", "without photo", "no picture", "without picture", "no attachment", "without attachment", "no video", "without video"},
		doLatest:   {"latest for editors", "articles"},
		doTips:     {"tips", "the tips", "tip", "tip number"},
		doAnswer:   {"answer", "answer tip", "answer to tip", "reply", "reply to", "reply to tip"},
		doShut:     {"close", "close tip", "close the tip"},
		doDuty:     {"duty", "my duty", "on duty", "duty hours", "who is on duty"},
		doLeave:    {"unsubscribe", "unsubscribe me", "cancel subscription", "cancel my subscription", "cancel the subscription", "end my subscription"},
	}
}

// englishOwn is what readers say of their own breaking news behind its name:
// no alert begins with it.
func englishOwn() map[string]bool {
	return setOf("on", "off", "only", "yes", "no", "enable", "disable", "at night", "none at night")
}

// englishSend is what stands on the button that confirms.
func englishSend() map[string]bool {
	return setOf("send", "send it", "send now", "send it now", "yes send", "yes send it")
}

func englishYes() map[string]bool { return setOf("yes") }

func englishRoles() map[string]desk.Role {
	return map[string]desk.Role{"owner": desk.Owner, "editor": desk.Chief, "reporter": desk.Reporter}
}

func englishLists() listWords {
	return listWords{
		add: setOf("add", "invite"), remove: setOf("remove", "delete"), change: setOf("change", "edit", "set"), in: setOf("in", "for"),
		every: setOf("all", "all sections", "every section", "everything"),
	}
}
