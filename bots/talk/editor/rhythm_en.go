package editor

// This file is a phrase file: what this door says of digests and their
// calendar in English, and the words for it.

func englishRhythm() rhythmPhrases {
	return rhythmPhrases{
		Head:        "{label} digest: {when}",
		Whole:       "This is how it now reaches those who follow all sections. The numbers of its articles:",
		Bare:        "Nothing new is in it so far.",
		Item:        "{n}. {title}",
		PinnedItem:  "{n}. 📌 {title}",
		DroppedItem: "{n}. ✂️ left out: {title}",
		IsHeld:      "The digest is held: it goes out once it is released, and not at all if its time is over before.",
		AllHeld:     "All automatic sending is held: the digest goes out once that is released, and not at all if its time is over before.",
		Goes:        "It goes out at its hour unless it is held.",
		HowSheet:    "Send: drop 3, or: keep 3, or: pin 2, or: unpin 2, or: intro, and then the text, or: hold digest, or: release digest",
		NoDigest:    "No digest comes in the next days.",

		Drop: "✂️ Drop one", Pin: "📌 Pin one", Hold: "⏸ Hold the digest", Release: "▶️ Release the digest",
		Intro: "✏️ Introduction", NoIntro: "Remove the introduction", Back: "↩️ Back",

		Dropped:     "Left out; it comes in no later digest by itself. The digest now:",
		Kept:        "It is in the digest again. The digest now:",
		Pinned:      "It is first in the digest. The digest now:",
		Unpinned:    "It is back in its section. The digest now:",
		NowHeld:     "The digest is held, and does not go out until it is released.",
		NowReleased: "The digest is released, and goes out at its hour.",
		Introduced:  "The introduction is written. The digest now:",
		NoIntroNow:  "The introduction is removed. The digest now:",
		LiveFirst:   "{form} {draft} was stopped first.",
		HowIntro:    "For an introduction send: intro, and then the text. To remove it send: no intro",

		Calendar:    "The digest hours of the next days:",
		Day:         "{day}: {hours}",
		At:          "{label} {time}",
		NoDigestAt:  "no digest",
		Without:     "{label}: no digest",
		Exceptions:  "Exceptions in force:",
		Exception:   "“{name}”: {change}, {range}",
		Preset:      "Ready calendars: {list}",
		HowCalendar: "To change it send something like: calendar Ramadan: evening 22:00 from tomorrow until 19 March\nor: calendar Friday: morning 09:00 every Friday\nor: calendar Eid: no digest on Friday\nTo take it back: calendar remove Ramadan",

		Sketch:   "Calendar “{name}”:",
		Change:   "• {change}, {range}",
		From:     "from {from} until it is removed",
		FromTo:   "from {from} until {to}",
		On:       "on {from} alone",
		Back2:    "The exceptions of “{name}” are removed, and digests go back to their hours:",
		Sure:     "✅ Confirm the calendar",
		HowSure:  "Nothing has changed yet. To confirm send: confirm calendar",
		Switched: "The calendar has changed.",
		NoName:   "The calendar has no exception of that name.",
		NoSlots:  "Which digest is meant? The digests: {list}",
		NoRange:  "The date “{words}” could not be read. Write it like: tomorrow, or: Friday, or: 1 March, or: 2027-03-01; and for every week: every Friday",

		NoDay:    "None of these days is in that time: {days}, {range}.",
		Over:     "“{name}” covers some of these days, too, the first of them {day}: there this change decides, being the newer one ({list}).",
		OverOne:  "“{name}” covers this day, too: this change decides, being the newer one ({list}).",
		AtOnce:   "That hour is over today: today's {label} digest goes out as soon as you confirm.",
		NotToday: "That hour is over today: today's {label} digest does not come.",
		Under:    "Other exceptions stay in force on their days: {list}",
		Named:    "“{name}”",
	}
}

func englishCalendar() calendarWords {
	return calendarWords{
		remove:   setOf("remove", "delete", "drop"),
		from:     setOf("from", "starting", "since", "beginning"),
		to:       setOf("until", "till", "to", "through"),
		on:       setOf("on"),
		off:      setOf("no", "without"),
		digest:   setOf("digest", "digests", "bulletin"),
		noise:    setOf("at", "the", "and", "digest", "digests", "bulletin", "date"),
		calendar: setOf("calendar", "the calendar"),
	}
}

func englishRhythmWords() map[verb][]string {
	return map[verb][]string{
		doDigest:      {"next digest", "the digest", "the next digest", "sheet", "digest sheet"},
		doDrop:        {"drop", "leave out"},
		doKeep:        {"keep", "take in", "put back"},
		doPin:         {"pin"},
		doUnpin:       {"unpin"},
		doIntro:       {"intro", "introduction"},
		doNoIntro:     {"no intro", "without intro", "no introduction", "remove intro", "remove the intro"},
		doHoldNext:    {"hold digest", "hold the digest", "hold next digest", "hold the next digest"},
		doReleaseNext: {"release digest", "release the digest", "release next digest", "release the next digest"},
		doCalendar:    {"calendar", "the calendar"},
	}
}
