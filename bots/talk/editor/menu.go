package editor

import (
	"slices"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/desk"
)

// listed is a verb of the command menu, and the act that has to be allowed.
// What a slip of the finger would do to everybody is said in words instead.
type listed struct {
	do  verb
	act desk.Act
}

func menu() []listed {
	return []listed{
		{doAlert, desk.ActWrite}, {doHelp, desk.ActWrite}, {doTake, desk.ActTake}, {doList, desk.ActWrite}, {doTips, desk.ActAnswer},
		{doDuty, desk.ActWrite}, {doCalendar, desk.ActWrite}, {doStats, desk.ActWrite}, {doEditors, desk.ActWrite},
	}
}

// Commands is the command menu of an editor's chat: what the desk takes, before
// what readers have.
func (d *Door) Commands(e desk.Editor, readers []bots.Command) []bots.Command {
	var out []bots.Command
	for _, l := range menu() {
		taken := slices.ContainsFunc(readers, func(c bots.Command) bool { return c.Name == string(l.do) })
		if e.May(l.act) && !taken {
			out = append(out, bots.Command{Name: string(l.do), Text: d.phrases.Menu[l.do]})
		}
	}
	return append(out, readers...)
}
