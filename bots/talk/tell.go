package talk

import (
	"cmp"
	"slices"

	"github.com/nashra-bot/nashra/news"
)

// tell has the others do what follows from a commit.
func (t *Talk) tell(in Input, turn Turn, done Committed) {
	accounts := []news.AccountID{in.Event.Account}
	for _, a := range append(in.Chat.Others, Address{in.Chat.Reader.Account, in.Chat.Reader.Chat}) {
		if a.Account != "" && !slices.Contains(accounts, a.Account) {
			accounts = append(accounts, a.Account)
		}
		if turn.Commit.Forget && t.Forgot != nil && a.Account != "" && a != (Address{in.Event.Account, in.Event.Chat}) {
			t.Forgot(a.Account, a.Chat)
		}
	}
	if turn.Commit.Forget && t.Forgot != nil {
		t.Forgot(in.Event.Account, in.Event.Chat)
	}
	if tip := turn.Commit.Tip; tip != nil && t.Told != nil && (tip.Do == TipTold || tip.Do == TipMeant) {
		t.Told()
	}
	if t.Changed != nil {
		for _, account := range accounts {
			if done.Dropped != 0 {
				t.Changed(account, done.Dropped)
			}
			if turn.Paused && done.Reader != 0 {
				t.Changed(account, done.Reader)
			}
		}
		if done.Was != "" && done.Reader != 0 {
			t.Changed(done.Was, done.Reader)
		}
	}
	if t.Wake == nil {
		return
	}
	var wake []news.AccountID
	for _, r := range turn.Commit.Replies {
		wake = append(wake, cmp.Or(r.To.Account, in.Event.Account))
	}
	if done.Now != "" {
		wake = append(wake, done.Now)
	}
	slices.Sort(wake)
	for _, account := range slices.Compact(wake) {
		t.Wake(account)
	}
}
