package wire_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// reporter is one whom an owner has invited.
func (w *world) reporter(by *reader, name string) *reader {
	w.t.Helper()
	_, code, ok := strings.Cut(by.asks("محررون إضافة مراسل "+name), ": ")
	if !ok {
		w.t.Fatal("there is no code")
	}
	r := w.reader(name)
	r.asks(code[:14])
	return r
}

// menu is the first command that a phone shows, and how many there are.
func (r *reader) menu() (first string, n int) {
	all := r.chat.View().Menu
	if len(all) == 0 {
		return "", 0
	}
	return all[0].Command, len(all)
}

// menus fails unless the editors have the desk's menu, and the others readers'.
func (w *world) menus(editors, others []*reader) {
	w.t.Helper()
	for _, r := range editors {
		if first, _ := r.menu(); first != "alert" {
			w.t.Errorf("the menu of %s begins with %q", r.name, first)
		}
	}
	for _, r := range others {
		if first, _ := r.menu(); first != "start" {
			w.t.Errorf("the menu of %s begins with %q", r.name, first)
		}
	}
	if menu := w.bot.Menu("default", "ar"); len(menu) == 0 || menu[0].Command != "start" {
		w.t.Errorf("everybody's menu is %v", menu)
	}
}

// The desk's commands stand in the menus of editors' chats and nowhere else,
// from the moment they are seated to the moment they are removed.
func TestMenusOfEditors(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim := w.joined("سالم")
		w.menus(nil, []*reader{salim})
		owner := w.editor("ليلى")
		nur, huda := w.hired(owner, "نور"), w.reporter(owner, "هدى")
		w.menus([]*reader{owner, nur, huda}, []*reader{salim})
		_, hers := owner.menu()
		if _, n := huda.menu(); n >= hers {
			t.Errorf("a reporter's menu has %d commands, an owner's %d", n, hers)
		}
		set := w.network.Count("setMyCommands")
		w.restart()
		if n := w.network.Count("setMyCommands") - set; n != 4 {
			t.Errorf("a start sets %d menus, want everybody's four", n)
		}
		owner.asks("محررون حذف 2")
		w.menus([]*reader{owner, huda}, []*reader{salim, nur})
	})
}

// A menu that cannot be set is said, stops nothing, and is tried again; so is one
// that cannot be taken away.
func TestMenuRefused(t *testing.T) {
	bubble(t, func(t *testing.T) {
		const said = "the command menus of editors are not as they should be"
		w := newWorld(t)
		w.start()
		w.network.Break(telegramtest.Fault{Method: "setMyCommands", Error: telegramtest.ServerError()})
		owner := w.editor("ليلى")
		if n := w.logged("level=WARN", said); n != 1 {
			t.Errorf("it was said %d times", n)
		}
		w.pass(11 * time.Minute)
		nur := w.hired(owner, "نور")
		w.menus([]*reader{owner, nur}, nil)
		w.network.Break(telegramtest.Fault{Method: "deleteMyCommands", Error: telegramtest.TooManyRequests(30)})
		owner.asks("محررون حذف 2")
		w.menus([]*reader{owner, nur}, nil)
		w.pass(31 * time.Second)
		w.menus([]*reader{owner}, []*reader{nur})
	})
}

// Who is removed while nothing runs loses the menu with the next start.
func TestMenuOfTheRemovedBetweenRuns(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		owner := w.editor("ليلى")
		nur := w.hired(owner, "نور")
		w.menus([]*reader{owner, nur}, nil)
		w.dismissed(nur)
		w.menus([]*reader{owner, nur}, nil)
		w.restart()
		w.menus([]*reader{owner}, []*reader{nur})
		drops := w.network.Count("deleteMyCommands")
		w.restart()
		if n := w.network.Count("deleteMyCommands"); n != drops {
			t.Errorf("it is taken away again and again: %d, %d", drops, n)
		}
	})
}

// dying is a store whose program dies before it can write which menus were set.
type dying struct{ store.Store }

func (d dying) Noted(ctx context.Context, account news.AccountID, key string, value []byte) error {
	if key == "desk/menus" && !strings.HasSuffix(string(value), `:""}`) {
		return errors.New("the program has died")
	}
	return d.Store.Noted(ctx, account, key, value)
}

// What a program set before it died is known to the next one.
func TestMenuIsKnownAfterADeath(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		w.wrap = func(s store.Store) store.Store { return dying{s} }
		w.start()
		owner := w.editor("ليلى")
		w.menus([]*reader{owner}, nil)
		w.wrap = nil
		w.dismissed(owner)
		w.restart()
		w.menus(nil, []*reader{owner})
	})
}

// dismissed takes an editor away behind the program's back.
func (w *world) dismissed(r *reader) {
	w.t.Helper()
	who, err := w.store.Seated(w.t.Context(), desk.Seat{Account: "telegram:1000000001", Chat: news.ChatID(fmt.Sprint(r.chat.ID()))})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.store.Removed(w.t.Context(), who.ID, desk.Entry{At: w.clock.Now(), Act: desk.ActRemove}); err != nil {
		w.t.Fatal(err)
	}
}
