package wire

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// menuNote is where an account remembers the chats that show the desk's menu,
// and a sum of each: whoever is removed while the network is away, or by
// a restored backup, is still known afterwards.
const menuNote = "desk/menus"

// menuAgain is when a menu that was not set is tried again.
const menuAgain = 10 * time.Minute

// seated has the menus of an editor's chats looked at.
func (p *Program) seated(e desk.Editor) {
	for _, s := range e.Seats {
		if a := p.account(s.Account); a != nil {
			select {
			case a.seats <- struct{}{}:
			default:
			}
		}
	}
}

// keepMenus shows the desk's commands in the chats of editors, and in no others,
// until ctx ends. What cannot be set is said, and stops nothing: a menu is no
// access control.
func (a *account) keepMenus(ctx context.Context, l *live) {
	usher, ok := l.adapter.(bots.Usher)
	if !ok {
		return
	}
	for {
		again, err := a.showMenus(ctx, usher)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			a.log().Warn("the command menus of editors are not as they should be", "err", err)
		}
		var later <-chan time.Time
		if again > 0 {
			later = time.After(again)
		}
		select {
		case <-ctx.Done():
			return
		case <-a.seats:
		case <-later:
		}
	}
}

// showMenus sets and takes away what has changed. Again is when to come back for
// what was not done; 0: not before something changes.
func (a *account) showMenus(ctx context.Context, usher bots.Usher) (again time.Duration, err error) {
	wanted, err := a.menus(ctx)
	if err != nil {
		return menuAgain, err
	}
	shown, err := a.shownMenus(ctx)
	if err != nil {
		return menuAgain, err
	}
	before := maps.Clone(shown)
	for chat := range wanted {
		shown[chat] = before[chat] // remembered first: it may be shown from now on
	}
	if err := a.rememberMenus(ctx, before, shown); err != nil {
		return menuAgain, err
	}
	before = maps.Clone(shown)
	var problems []error
	for _, chat := range slices.Sorted(maps.Keys(before)) {
		err := showMenu(ctx, usher, chat, wanted[chat], shown)
		if err == nil {
			continue
		}
		problems, again = append(problems, err), max(again, patience(err))
		if retry := new(bots.RetryError); errors.As(err, &retry) {
			break
		}
	}
	return again, errors.Join(append(problems, a.rememberMenus(ctx, before, shown))...)
}

// showMenu sets the menu of a chat, or takes it away, and writes down what the
// chat shows. One that is gone shows nothing.
func showMenu(ctx context.Context, usher bots.Usher, chat news.ChatID, menu []bots.Command, shown map[news.ChatID]string) error {
	sum := sumOf(menu)
	if len(menu) > 0 && shown[chat] == sum {
		return nil
	}
	err := usher.AnnounceTo(ctx, chat, menu)
	gone := errors.Is(err, bots.ErrGone) || errors.Is(err, bots.ErrMissing)
	switch {
	case err != nil && !gone:
		return err
	case len(menu) == 0:
		delete(shown, chat)
	case !gone:
		shown[chat] = sum
	}
	return nil
}

// patience is how long to wait after an error.
func patience(err error) time.Duration {
	var retry *bots.RetryError
	if errors.As(err, &retry) {
		return max(retry.After, time.Second)
	}
	if lost(err) {
		return 0 // it is said elsewhere, and mended by a start
	}
	return menuAgain
}

// menus are the menus that the account's chats should show.
func (a *account) menus(ctx context.Context) (map[news.ChatID][]bots.Command, error) {
	all, err := a.program.parts.Store.Roster(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the editors: %w", err)
	}
	readers := talk.Commands(a.program.settings().Language)
	wanted := map[news.ChatID][]bots.Command{}
	for _, e := range all {
		for _, s := range e.Seats {
			if s.Account == a.id {
				wanted[s.Chat] = a.program.door.Commands(e, readers)
			}
		}
	}
	return wanted, nil
}

// shownMenus are the sums of what the chats show; empty: perhaps nothing.
func (a *account) shownMenus(ctx context.Context) (map[news.ChatID]string, error) {
	shown := map[news.ChatID]string{}
	note, err := a.program.parts.Store.Note(ctx, a.id, menuNote)
	if err != nil {
		return nil, fmt.Errorf("read which chats show a menu: %w", err)
	}
	if len(note) > 0 {
		if err := json.Unmarshal(note, &shown); err != nil {
			return nil, fmt.Errorf("read which chats show a menu: %w", err)
		}
	}
	return shown, nil
}

func (a *account) rememberMenus(ctx context.Context, before, now map[news.ChatID]string) error {
	if maps.Equal(before, now) {
		return nil
	}
	note, err := json.Marshal(now)
	if err == nil {
		err = a.program.parts.Store.Noted(ctx, a.id, menuNote, note)
	}
	if err != nil {
		return fmt.Errorf("remember which chats show a menu: %w", err)
	}
	return nil
}

func sumOf(menu []bots.Command) string {
	h := sha256.New()
	for _, c := range menu {
		fmt.Fprintf(h, "%s\x00%s\x00", c.Name, c.Text)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
