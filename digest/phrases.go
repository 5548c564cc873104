package digest

import (
	"strings"

	"github.com/nashra-bot/nashra/news/arabic"
)

// Language is the language of our own words. Articles stay as they are.
type Language string

// The languages.
const (
	Arabic  Language = "ar"
	English Language = "en"
)

// counted is a phrase in the six forms that go with a number; %d stands for
// the number.
type counted [6]string

func (c counted) of(n int) string {
	return strings.ReplaceAll(c[arabic.FormOf(n)], "%d", arabic.Number(n))
}

// phrases are all words that digests and alerts say themselves. %s stands for
// a name.
type phrases struct {
	Bulletin    string // heads a digest: of the newsroom
	Now         string // names the digest that was asked for
	Count       counted
	More        counted // closes a section whose list was cut
	MorePoems   counted
	MoreBy      string // what to send for the rest of a section, where there are no buttons
	Pinned      string // heads what editors have put first
	Check       string // marks the check of a rumour
	Breaking    string // heads an alert
	Trial       string // stands over what is sent before the bot is open
	Correction  string // heads a correction
	Wrong       string // what was wrong: quotes it
	Withdrawn   string // stands where a text was taken back
	Read        string // the link to the whole article
	ReadPoem    string
	ReadCheck   string
	By          string // the author of a poem
	Leave       string // the words that stop everything
	LeaveAlerts string // the same under an alert
	LessAlerts  string // and those that bring fewer, where there are no buttons
}

// words returns the phrases of a language; unknown ones get Arabic.
func words(l Language) phrases {
	if l == English {
		return englishPhrases()
	}
	return arabicPhrases()
}
