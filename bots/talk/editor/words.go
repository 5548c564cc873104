package editor

import (
	"strings"
	"unicode"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news/arabic"
)

// verb is something that an editor can ask for.
type verb string

const (
	doAlert    verb = "alert"
	doEdit     verb = "edit"
	doTo       verb = "to"
	doAll      verb = "all"
	doTelegram verb = "telegram"
	doWhatsApp verb = "whatsapp"
	doNetworks verb = "networks"
	doSilent   verb = "silent"
	doLoud     verb = "loud"
	doWeigh    verb = "important"
	doEase     verb = "ordinary"
	doAt       verb = "at"
	doNow      verb = "now"
	doPreview  verb = "preview"
	doConfirm  verb = "confirm"
	doPause    verb = "pause"
	doHalt     verb = "halt" // pauses what is on its way, and stops anything else
	doResume   verb = "resume"
	doUnstall  verb = "resume-automatic"
	doCorrect  verb = "correct"
	doTypo     verb = "typo"
	doWithdraw verb = "withdraw"
	doFreeze   verb = "freeze"
	doThaw     verb = "thaw"
	doHold     verb = "hold"
	doRelease  verb = "release"
	doStats    verb = "stats"
	doEditors  verb = "editors"
	doSeat     verb = "seat"
	doOpen     verb = "open"
	doList     verb = "scheduled"
	doRetry    verb = "retry"
	doReport   verb = "report"
	doTake     verb = "take"
	doDecline  verb = "decline"
	doHelp     verb = "desk"
	doLeave    verb = "leave"
	doAttach   verb = "attach"
	doBare     verb = "bare" // takes off what is attached
	doLatest   verb = "articles"
	doTips     verb = "tips"
	doAnswer   verb = "answer"
	doShut     verb = "close"
	doDuty     verb = "duty"

	doDigest      verb = "digest-next"
	doDrop        verb = "drop"
	doKeep        verb = "keep"
	doPin         verb = "pin"
	doUnpin       verb = "unpin"
	doIntro       verb = "intro"
	doNoIntro     verb = "no-intro"
	doHoldNext    verb = "hold-digest"
	doReleaseNext verb = "release-digest"
	doCalendar    verb = "calendar"
)

// vocabulary finds the verb that a message begins with. Latin names are the
// verbs themselves, behind a slash.
type vocabulary struct {
	phrases map[string]verb // folded
	longest int

	// What stands behind a verb, folded.
	roles    map[string]desk.Role
	own      map[string]bool
	urgent   map[string]bool // with a colon and a text behind it: an alert
	send     map[string]bool // alone: how to confirm is asked for
	yes      map[string]bool // the same, where nothing else was asked
	list     listWords
	calendar calendarWords
}

func newVocabulary(tables ...map[verb][]string) *vocabulary {
	v := &vocabulary{phrases: map[string]verb{}}
	for _, words := range tables {
		for do, list := range words {
			for _, w := range list {
				key := arabic.FoldCommand(w)
				v.phrases[key] = do
				v.longest = max(v.longest, strings.Count(key, " ")+1)
			}
		}
	}
	return v
}

// find returns the verb of a text, and what stands behind it as it was written.
func (v *vocabulary) find(text string) (do verb, rest string, ok bool) {
	text = strings.TrimSpace(text)
	if name, slash := strings.CutPrefix(text, "/"); slash {
		name, rest = head(name)
		name, _, _ = strings.Cut(strings.ToLower(name), "@")
		do = verb(name)
		for _, known := range v.phrases {
			if known == do && do != doLeave && do != doHalt {
				return do, rest, true
			}
		}
		return "", "", false
	}
	var words []string
	left := text
	for len(words) < v.longest && left != "" {
		var word string
		word, left = head(left)
		words = append(words, arabic.FoldCommand(word))
		if d, found := v.phrases[strings.TrimSpace(strings.Join(words, " "))]; found {
			do, rest, ok = d, left, true
		}
	}
	return do, strings.TrimSpace(strings.TrimLeft(rest, ":：-–— \n")), ok
}

func first(text string) string {
	word, _ := head(text)
	return word
}

// head cuts the first word off a text.
func head(text string) (word, rest string) {
	text = strings.TrimLeftFunc(text, unicode.IsSpace)
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		return text[:i], strings.TrimSpace(text[i:])
	}
	return text, ""
}
