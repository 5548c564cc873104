package editor_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
)

// TestMenu: every command of an editor's menu is one that the desk, or the
// conversation, answers; a reporter's has none that are refused; and nothing is
// in it that a slip of the finger must not do.
func TestMenu(t *testing.T) {
	for _, one := range []room{arabicRoom(), englishRoom()} {
		t.Run(string(one.language), func(t *testing.T) { testMenu(t, one) })
	}
}

func testMenu(t *testing.T, one room) {
	w := newWorld(t)
	w.room = one
	w.start()
	readers := talk.Commands(talk.Language(one.language))
	refused := desk.PhrasesOf(one.language).Refused.NotYours
	name := regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	menus := map[desk.Role][]bots.Command{}
	for _, role := range []desk.Role{desk.Owner, desk.Chief, desk.Reporter} {
		w.direct("seat " + string(role) + " " + string(role))
		w.name = string(role)
		menus[role] = w.door.Commands(desk.Editor{Role: role}, readers)
		seen := map[string]bool{}
		for i, c := range menus[role] {
			if seen[c.Name] || !name.MatchString(c.Name) || c.Text == "" {
				t.Errorf("the command %+v", c)
			}
			seen[c.Name] = true
			if i >= len(menus[role])-len(readers) {
				continue
			}
			from, passed := len(w.out), w.passed
			w.event(bots.Event{Kind: bots.Wrote, Text: "/" + c.Name})
			answer := strings.Join(w.out[from:], "\n")
			if w.passed > passed || strings.Contains(answer, refused) || !strings.HasPrefix(answer, "<") {
				t.Errorf("a %s sends /%s and is told\n%s", role, c.Name, answer)
			}
		}
		for _, no := range []string{"freeze", "hold", "open", "withdraw"} {
			if seen[no] {
				t.Errorf("/%s is in the menu", no)
			}
		}
	}
	if len(menus[desk.Reporter]) >= len(menus[desk.Owner]) || slices.Contains(menus[desk.Reporter], menus[desk.Owner][4]) {
		t.Errorf("a reporter's menu is %v", menus[desk.Reporter])
	}
}
