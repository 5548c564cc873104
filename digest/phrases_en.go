package digest

func englishPhrases() phrases {
	return phrases{
		Bulletin: "%s: the bulletin",
		Now:      "now",
		Count: counted{
			"nothing new", "1 item", "%d items", "%d items", "%d items", "%d items",
		},
		More: counted{
			"nothing more", "and 1 more", "and %d more", "and %d more", "and %d more", "and %d more",
		},
		MorePoems: counted{
			"no more poems", "and 1 more poem", "and %d more poems", "and %d more poems", "and %d more poems", "and %d more poems",
		},
		Pinned:      "Top stories",
		MoreBy:      " (send: more from %s)",
		Check:       "Rumour check",
		Breaking:    "Breaking",
		Trial:       "A trial before the bot opens to the public: this message reaches editors alone.",
		Correction:  "Correction",
		Wrong:       "We wrongly reported: “%s”",
		Withdrawn:   "This item has been withdrawn. Please do not share it.",
		Read:        "Read on",
		ReadPoem:    "Read the poem",
		ReadCheck:   "Read the check",
		By:          "Poem by %s",
		Leave:       "To stop these messages send: stop. To change your sections send: sections",
		LeaveAlerts: "To stop these messages send: stop",
		LessAlerts:  "For fewer alerts send: less. To stop these messages send: stop",
	}
}
