package desk

import (
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// WarningKind is what a preview warns of.
type WarningKind string

// The warnings.
const (
	WarnFrozen   WarningKind = "frozen"
	WarnSame     WarningKind = "same"      // as an alert already sent, or about to be
	WarnBudget   WarningKind = "budget"    // the newsroom's for today
	WarnReader   WarningKind = "reader"    // some readers got enough today
	WarnNight    WarningKind = "night"     // readers sleep
	WarnNoLink   WarningKind = "no-link"   //
	WarnDeadLink WarningKind = "dead-link" // does not answer
	WarnRepeat   WarningKind = "repeat"    // a word stands twice
	WarnLong     WarningKind = "long"      // readers see a part of it; or it cannot be sent
	WarnTooLong  WarningKind = "too-long"  // it cannot be sent
	WarnHidden   WarningKind = "hidden"    // characters that turn a line were taken out
	WarnNobody   WarningKind = "nobody"    // no sections chosen
	WarnSplit    WarningKind = "split"     // too long for a caption: the rest follows in a message of its own
	WarnPicture  WarningKind = "picture"   // too long for a caption: the picture is shown as a preview
	WarnSlow     WarningKind = "slow"      // not everybody on a network gets it in time: the others read it in a digest
	WarnMissed   WarningKind = "missed"    // not everybody on a network gets it in time: no digest carries words alone
)

// Warning is one line of a preview's warnings.
type Warning struct {
	Kind WarningKind
	Word string    // of WarnRepeat
	N    int       // alerts today, units over the limit, readers who get it in time
	At   time.Time // when the same one was sent, or is to be

	Draft DraftID // of WarnSame: the one that has not gone out yet; 0: it has
	State State   // of that one; of a budget: Counting when some of it has not gone out yet

	Network news.Platform // that is slow
	Within  time.Duration // that it has
}

// comfortable is the length that a lock screen and a glance can take.
const comfortable = 280

// facts are what warnings are judged by.
type facts struct {
	now   time.Time // in the newsroom's zone
	setup Setup
	sent  []Alerted // what is about to be, then that of the last 48 hours, newest first
	tree  news.Tree
}

// warn looks at a draft with a stranger's eyes.
func warn(d Draft, f facts) (out []Warning) {
	at := f.now
	if !d.At.IsZero() {
		at = d.At.In(f.now.Location())
	}
	if d.Form == FormAlert {
		out = append(out, sameAs(d, f.sent)...)
		out = append(out, budget(d, f, at)...)
		if !d.Everyone && len(d.Sections) == 0 {
			out = append(out, Warning{Kind: WarnNobody})
		}
		if d.Link == "" {
			out = append(out, Warning{Kind: WarnNoLink})
		}
	}
	if f.setup.Night != nil && f.setup.Night(at) && d.Form != FormTypo && !d.Silent {
		out = append(out, Warning{Kind: WarnNight, At: at})
	}
	if word := repeated(d.Words); word != "" {
		out = append(out, Warning{Kind: WarnRepeat, Word: word})
	}
	switch n := arabic.Units(said(d.Words)); {
	case n > MaxWords:
		out = append(out, Warning{Kind: WarnTooLong, N: n - MaxWords})
	case n > comfortable:
		out = append(out, Warning{Kind: WarnLong, N: n})
	}
	if turns(d.Words) {
		out = append(out, Warning{Kind: WarnHidden})
	}
	return out
}

// sameAs finds an alert that says the same and was sent, or is about to be.
func sameAs(d Draft, sent []Alerted) []Warning {
	mine := arabic.Fold(d.Words)
	for _, a := range sent {
		link := d.Link != "" && a.Link == d.Link
		if link || mine == arabic.Fold(a.Words) || arabic.SameStory(d.Words, "", a.Words, "") {
			w := Warning{Kind: WarnSame, At: a.Published}
			if a.Coming != "" {
				w.Draft, w.State = a.Draft, a.Coming
			}
			return []Warning{w}
		}
	}
	return nil
}

// budget counts the alerts of the day that the draft goes out on.
func budget(d Draft, f facts, at time.Time) (out []Warning) {
	day := news.DateOf(at)
	all, reader := 0, 0
	var some, theirs State // of them have not gone out
	mine := f.tree.Reach(d.Sections...)
	for _, a := range f.sent {
		if news.DateOf(a.Published.In(at.Location())) != day {
			continue
		}
		all++
		if a.Coming != "" {
			some = Counting
		}
		shared := slices.ContainsFunc(a.Audience.Sections, func(s news.Slug) bool { return slices.Contains(mine, s) })
		if d.Everyone || a.Audience.Everyone || shared {
			reader++
			if a.Coming != "" {
				theirs = Counting
			}
		}
	}
	if all >= f.setup.PerDay {
		out = append(out, Warning{Kind: WarnBudget, N: all, State: some})
	}
	if reader >= f.setup.PerReader {
		out = append(out, Warning{Kind: WarnReader, N: reader, State: theirs})
	}
	return out
}

// repeated returns a word that stands twice in a row.
func repeated(words string) string {
	last := ""
	for _, w := range strings.Fields(said(words)) {
		folded := arabic.Fold(w)
		if folded != "" && folded == last {
			return strings.Trim(w, ".,:;!?،؛؟«»()\"'")
		}
		last = folded
	}
	return ""
}

// turns reports whether a text holds characters that turn a line, other than
// the two marks that keyboards set.
func turns(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
	})
}
