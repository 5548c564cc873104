package main

import (
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
)

// deskRate is slow enough for a correction to be confirmed while its original
// is still going out.
const deskRate = 200

const (
	wrongWords = "إغلاق طريق الوادي شهرًا"
	rightWords = "إغلاق طريق الوادي يومًا"
)

// TestDeskKill kills the real program with SIGKILL at the worst moments of an
// alert that an editor sends from the chat: confirmed a moment ago, in the
// countdown, at the first copy, in the middle, when its correction was
// confirmed, and in the middle of that. Everybody gets it, nobody more often
// than what was on its way, everybody ends with the right text, and nobody gets
// the wrong one after it.
func TestDeskKill(t *testing.T) {
	k := newDeskKilling(t)
	k.start()
	k.sits()
	k.tell("import", "subscribers", "import", k.readers())
	k.asks("خبر عاجل: "+wrongWords, "النسخة 1")
	k.asks("للجميع", "النسخة 2")

	k.dies("confirmed a moment ago", k.toEditor("عدّ تنازلي"), func() { k.phone.SendText(k.chat, "تأكيد 1.2") })
	k.dies("in the countdown", nil, func() {
		k.tell("status", "status")
		k.slain()
	})
	k.locked.Store(true)
	k.dies("at the first copy", func(c telegramtest.Call) bool { return c.Error != nil && c.Method == "sendMessage" }, func() {})
	if n := k.have(wrongWords); n > 0 {
		t.Fatalf("%d readers have it: this was not before the first copy", n)
	}
	k.locked.Store(false)
	k.dies("in the middle", k.count(250, "sendMessage", wrongWords), func() {})
	k.dies("the correction confirmed a moment ago", k.toEditor("تصحيح رقم 2: عدّ تنازلي"), func() {
		k.asks("تصحيح "+rightWords, "تصحيح رقم 2: بانتظار التأكيد")
		k.phone.SendText(k.chat, "تأكيد 2.1")
	})
	k.dies("in the middle of the correction", k.count(60, "editMessageText", rightWords), func() {})
	k.until("the report of the correction", func() (bool, string) {
		return said(k.chat, "تصحيح رقم 2: اكتمل") > 0 && said(k.chat, "خبر عاجل رقم 1: اكتمل") > 0, k.said()
	})
	if err := k.end(syscall.SIGTERM); err != nil {
		t.Errorf("SIGTERM: %v\n%s", err, k.said())
	}
	k.judgeDesk()
}

// deskKilling is a killing with an editor in a chat.
type deskKilling struct {
	*killing
	phone  *telegramtest.Phone
	chat   *telegramtest.Chat
	locked atomic.Bool // the network takes no message to readers

	when  func(telegramtest.Call) bool // the program is killed at; under mu
	texts map[string][]string          // what each chat was given, in order
}

func newDeskKilling(t *testing.T) *deskKilling {
	k := &deskKilling{killing: newKilling(t), texts: map[string][]string{}}
	config, err := os.ReadFile(k.path("nashra.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	k.write("nashra.yaml", strings.Replace(string(config), fmt.Sprint("rate: ", killRate), fmt.Sprint("rate: ", deskRate), 1))
	k.network.OnCall = k.noted
	k.network.Refuse = func(_ *telegramtest.Bot, chat int64) *telegramtest.Error {
		if k.locked.Load() && chat >= firstChat && chat < firstChat+audience {
			return telegramtest.ServerError()
		}
		return nil
	}
	k.phone = k.network.AddUser(telegramtest.User{FirstName: "سالم", Language: "ar"})
	return k
}

// noted writes down what readers are given, and kills the program when it is
// time: it never learns how this call ended.
func (k *deskKilling) noted(c telegramtest.Call) {
	k.mu.Lock()
	defer k.mu.Unlock()
	chat := c.Params["chat_id"]
	if reads := k.reads(chat); reads && c.Error == nil {
		switch text := c.Params["text"]; {
		case c.Method == "sendMessage" && strings.Contains(text, "عاجل | "+wrongWords):
			k.texts[chat] = append(k.texts[chat], wrongWords)
		case c.Method == "sendMessage" && strings.Contains(text, "عاجل | "+rightWords):
			k.texts[chat] = append(k.texts[chat], rightWords)
		case strings.Contains(text, rightWords):
			k.texts[chat] = append(k.texts[chat], c.Method)
		}
	}
	if k.when != nil && k.when(c) {
		k.when = nil
		k.kill()
	}
}

func (k *deskKilling) reads(chat string) bool {
	return len(chat) == len(fmt.Sprint(firstChat)) && chat >= fmt.Sprint(firstChat) && chat < fmt.Sprint(firstChat+audience)
}

// toEditor is the moment at which something is said in the editor's chat.
func (k *deskKilling) toEditor(words string) func(telegramtest.Call) bool {
	return func(c telegramtest.Call) bool {
		return c.Params["chat_id"] == fmt.Sprint(k.phone.ID()) && strings.Contains(c.Params["text"], words)
	}
}

// count is the moment at which readers were given something n times.
func (k *deskKilling) count(n int, method, words string) func(telegramtest.Call) bool {
	return func(c telegramtest.Call) bool {
		if c.Error == nil && c.Method == method && k.reads(c.Params["chat_id"]) && strings.Contains(c.Params["text"], words) {
			n--
		}
		return n == 0
	}
}

// sits makes the editor the owner, with the code that the program prints, and
// opens the bot.
func (k *deskKilling) sits() {
	k.t.Helper()
	var code string
	k.until("the code of the first owner", func() (bool, string) {
		code = ownerCode.FindString(k.said())
		return code != "", k.said()
	})
	k.chat = k.phone.Start(k.bot, "")
	k.asks(code, "مكتب التحرير")
	k.asks("افتح", "مفتوح للجمهور")
}

// asks says something in the editor's chat and waits for an answer with words.
func (k *deskKilling) asks(text, words string) {
	k.t.Helper()
	k.phone.SendText(k.chat, text)
	k.until("the answer "+words, func() (bool, string) { return said(k.chat, words) > 0, k.said() })
}

// dies lets the program die at a moment of what is done, and starts it again.
// Nil: what is done kills it.
func (k *deskKilling) dies(moment string, when func(telegramtest.Call) bool, do func()) {
	k.t.Helper()
	k.mu.Lock()
	k.when = when
	k.mu.Unlock()
	do()
	k.until("the death "+moment, func() (bool, string) {
		k.mu.Lock()
		defer k.mu.Unlock()
		return k.when == nil, k.said()
	})
	k.died()
	k.t.Logf("killed %s: %d have the wrong text, %d the right one", moment, k.have(wrongWords), k.have(rightWords))
	k.start()
}

// slain kills the program now.
func (k *deskKilling) slain() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kill()
}

// have counts the readers who were sent an alert with words.
func (k *deskKilling) have(words string) (n int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, texts := range k.texts {
		for _, one := range texts {
			if one == words {
				n++
				break
			}
		}
	}
	return n
}

// judgeDesk looks at what each reader was given, and in which order.
func (k *deskKilling) judgeDesk() {
	k.t.Helper()
	var repeated, retold, wrong int
	for id := range int64(audience) {
		chat := fmt.Sprint(firstChat + id)
		alerts, follows, right := 0, 0, false
		for _, one := range k.texts[chat] {
			switch one {
			case wrongWords:
				alerts++
				wrong++
				if right {
					k.t.Errorf("chat %s was sent the wrong text after the right one: %q", chat, k.texts[chat])
				}
			case rightWords:
				alerts++
				right = true
			case "sendMessage":
				follows++
				right = true
			default:
				right = true
			}
		}
		if alerts == 0 || !right {
			k.t.Errorf("chat %s was given %q", chat, k.texts[chat])
		}
		repeated += max(0, alerts-1)
		retold += max(0, follows-1)
	}
	if wrong == 0 || wrong >= audience {
		k.t.Errorf("%d got the wrong text: it was not corrected in the middle", wrong)
	}
	most := inFlight(k.t, deskRate)
	if repeated > 3*most || retold > most { // by the kills while alerts, and while follow-ups, were on their way
		k.t.Errorf("%d alerts and %d follow-ups were repeated; at most %d are on their way at once", repeated, retold, most)
	}
	k.t.Logf("repeated: %d alerts, %d follow-ups; at most %d are on their way at once", repeated, retold, most)
	k.sound()
}
