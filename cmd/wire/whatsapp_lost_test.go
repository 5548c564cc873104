package wire_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	libstore "go.mau.fi/whatsmeow/store"

	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/news"
)

const closure = "إغلاق طريق الوادي"

// inTheMiddle is a world whose program sends an alert to n readers on WhatsApp
// and to the owner on Telegram, and has sent it to some.
func inTheMiddle(t *testing.T, n int, lines ...string) (*world, *reader, []*friend, news.BroadcastID) {
	t.Helper()
	w := newWhatsApp(t, lines...)
	owner := w.owner()
	w.start()
	owner.asks("/start")
	friends := w.company(n)
	id := w.alert(closure)
	w.pass(2 * time.Second)
	if some := have(friends, closure); some == 0 || some == n {
		t.Fatalf("%d of %d have the alert: this test means to be in the middle", some, n)
	}
	owner.gets(closure)
	return w, owner, friends, id
}

// A number that is logged out, in each of the ways: readers and queue are kept,
// the owner is told on Telegram and pairs it again from there, by a code that
// is typed on the phone, and everything that waited arrives once.
func TestWhatsAppLoggedOut(t *testing.T) {
	for name, c := range map[string]struct {
		lose func(*whatsapptest.Server)
		told string
	}{
		"unlinked on the phone": {func(s *whatsapptest.Server) { s.RemoveDevice() }, "انقطع ربط رقم واتساب"},
		"logged out (401)":      {func(s *whatsapptest.Server) { s.FailLogins(whatsapptest.Failure{Reason: 401}) }, "انقطع ربط رقم واتساب"},
		"locked (403)":          {func(s *whatsapptest.Server) { s.FailLogins(whatsapptest.Failure{Reason: 403}) }, "افتح واتساب في هاتف البوت"},
		"banned (406)":          {func(s *whatsapptest.Server) { s.FailLogins(whatsapptest.Failure{Reason: 406}) }, "اطلب مراجعة الحظر"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) { loggedOut(t, c.lose, c.told) })
		})
	}
}

func loggedOut(t *testing.T, lose func(*whatsapptest.Server), told string) {
	w, owner, friends, id := inTheMiddle(t, 16, "per_minute: 300")
	lose(w.whatsapp)
	w.pass(time.Minute)
	owner.gets(told)
	w.publish("افتتاح مكتبة", "news")
	w.pass(5 * time.Minute)
	owner.gets() // once is enough
	before := have(friends, closure)
	if n := w.logged("level=ERROR", "must be paired"); n == 0 {
		t.Error("the log does not say that the number must be paired")
	}

	w.whatsapp.AllowLogins()
	nur := w.joined("نور") // the other network goes on
	if answer := nur.asks("اربط واتساب"); pairingCode.MatchString(answer) {
		t.Errorf("a stranger was given the code:\n%s", answer)
	}
	w.pairByCode(owner)
	w.pass(2 * time.Minute)
	owner.gets("ارتبط رقم واتساب من جديد")
	if have(friends, closure) == before {
		t.Error("nothing was sent after the pairing")
	}
	w.eachHas(friends, closure)
	w.delivered(id, len(friends)+1)
	owner.phone.SendText(owner.chat, "اربط واتساب")
	w.pass(10 * time.Second)
	owner.gets("لا حاجة إلى ربط جديد")

	w.until("20:00")
	w.pass(time.Minute)
	w.eachHas(friends, "افتتاح مكتبة")
	if answer := friends[0].asks("مساعدة"); answer == "" {
		t.Error("a reader has no answer")
	}
}

var pairingCode = regexp.MustCompile(`\b[0-9A-Z]{4}-[0-9A-Z]{4}\b`)

// pairByCode has the owner ask for a code on Telegram, and type it on the
// phone.
func (w *world) pairByCode(owner *reader) {
	w.t.Helper()
	owner.phone.SendText(owner.chat, "اربط واتساب")
	w.pass(10 * time.Second)
	told := owner.got()
	code := pairingCode.FindString(strings.Join(told, "\n"))
	if len(told) != 1 || code == "" {
		w.t.Fatalf("the owner was told %q", told)
	}
	if err := w.whatsapp.EnterCode(code); err != nil {
		w.t.Fatal(err)
	}
	if strings.Contains(w.log.String(), code) {
		w.t.Error("the log holds the code")
	}
}

// A number that was logged out while the program was down, or never paired:
// that is said, the rest lives, and the number can be paired from the chat.
func TestWhatsAppStartsUnpaired(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newUnpaired(t)
		owner := w.owner()
		w.start()
		owner.asks("/start")
		friends := w.company(3)
		w.publish("افتتاح مكتبة", "news")
		w.pass(10 * time.Minute)
		w.restart()
		owner.gets("انقطع ربط رقم واتساب") // at each start
		w.pairByCode(owner)
		w.pass(time.Minute)
		owner.gets("ارتبط رقم واتساب من جديد")
		w.until("20:00")
		w.pass(time.Minute)
		owner.gets("افتتاح مكتبة")
		w.eachHas(friends, "افتتاح مكتبة")
		w.restart()
		if n := w.logged("must be paired"); n == 0 {
			t.Error("the log does not say that the number must be paired")
		}
		w.alert(closure)
		w.pass(time.Minute)
		w.eachHas(friends, closure)
	})
}

// The owner of a newsroom in English is told in English, and answers so.
func TestOwnerInEnglish(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.config = strings.Replace(w.config, "newsroom:\n", "newsroom:\n  language: en\n", 1)
		owner := w.owner()
		w.start()
		owner.asks("/start")
		w.whatsapp.RemoveDevice()
		w.pass(time.Minute)
		owner.gets("To link it again send: link WhatsApp")
		code := pairingCode.FindString(owner.asks("Link Whatsapp"))
		if err := w.whatsapp.EnterCode(code); err != nil {
			t.Fatalf("the code %q: %v", code, err)
		}
		w.pass(time.Minute)
		owner.gets("The WhatsApp number is linked again")
	})
}

// Another program has taken the session: this one lets it be, and says so.
func TestWhatsAppReplaced(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w, owner, friends, id := inTheMiddle(t, 16, "per_minute: 300")
		w.whatsapp.Replace()
		w.pass(time.Minute)
		owner.gets("مستعمل في برنامج آخر")
		sent := len(w.whatsapp.Sent())
		w.pass(10 * time.Minute)
		if n := len(w.whatsapp.Sent()) - sent; n > 0 || w.whatsapp.Connected() {
			t.Errorf("%d messages were sent from a session that is another's", n)
		}
		w.restart()
		w.pass(time.Minute)
		w.eachHas(friends, closure)
		w.delivered(id, len(friends)+1)
	})
}

// The network refuses this version of the client: it is said with the version,
// and with the one that the network has; the other network goes on, and once the
// configuration says that one, everything arrives.
func TestWhatsAppOutdated(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w, owner, friends, id := inTheMiddle(t, 16, "per_minute: 300")
		newest := libstore.GetWAVersion()
		newest[2]++
		w.whatsapp.RequireVersion(newest)
		w.pass(time.Minute)
		told := strings.Join(owner.got(), "\n---\n")
		if !strings.Contains(told, whatsapp.ClientVersion()) || !strings.Contains(told, `client_version: "`+newest.String()+`"`) || strings.Contains(told, "---") {
			t.Errorf("the owner was told\n%s", told)
		}
		if w.logged("level=ERROR", whatsapp.ClientVersion(), newest.String()) == 0 {
			t.Error("the log does not name the versions")
		}
		w.publish("افتتاح مكتبة", "news")
		if answer := owner.asks("مساعدة"); answer == "" {
			t.Error("no answer on the other network")
		}
		w.pass(10 * time.Minute)
		w.config = strings.Replace(w.config, "whatsapp:\n", "whatsapp:\n  client_version: \""+newest.String()+"\"\n", 1)
		w.restart()
		w.pass(time.Minute)
		w.eachHas(friends, closure)
		w.delivered(id, len(friends)+1)
		owner.got()
		w.until("20:00")
		w.pass(time.Minute)
		owner.gets("افتتاح مكتبة")
		w.eachHas(friends, "افتتاح مكتبة")
	})
}

// Banned in mid-broadcast, for a time: nothing goes in or out before it is
// over, over restarts too, and nothing is lost.
func TestWhatsAppBannedForATime(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w, owner, friends, id := inTheMiddle(t, 16, "per_minute: 300")
		w.whatsapp.FailLogins(whatsapptest.Failure{Reason: 402, Code: 104, Expire: 30 * time.Minute})
		w.pass(time.Minute)
		owner.gets("أوقف واتساب الرقم مؤقتًا حتى الاثنين 23 نوفمبر 2026 08:3")
		w.whatsapp.AllowLogins()
		w.restart()
		w.pass(20 * time.Minute)
		if have(friends, closure) == len(friends) || w.whatsapp.Connected() {
			t.Error("it went on before the ban was over")
		}
		w.pass(12 * time.Minute)
		w.eachHas(friends, closure)
		w.delivered(id, len(friends)+1)
	})
}

// Messages to people are refused (463), or the network announces a time-lock:
// people wait, the channel goes on, the owner is told, and breaking news that
// was held up for too long is in the digest instead, where it has an article.
// Words alone reach nobody any more, as the owner was told.
func TestWhatsAppPeopleAreClosed(t *testing.T) {
	for name, lock := range map[string]func(*world){
		"refused with 463": func(w *world) { w.whatsapp.RefuseNext(463, 463) },
		"time-lock": func(w *world) {
			if err := w.whatsapp.TimeLock(true, w.clock.Now().Add(time.Hour)); err != nil {
				w.t.Error(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) { peopleClosed(t, lock) })
		})
	}
}

func peopleClosed(t *testing.T, lock func(*world)) {
	const later = "فتح طريق الوادي"
	w := newUnpaired(t)
	channel := w.whatsapp.NewNewsletter("عاشق عُمان", "", whatsapptest.RoleAdmin)
	w.config += fmt.Sprintf("  channels:\n    - {chat: %q}\n", channel.JID())
	w.pairByQR()
	owner := w.owner()
	w.start()
	owner.asks("/start")
	friends := w.company(20)
	article := w.publish(closure, "news", "urgent")
	w.pass(w.turn() + 3*time.Minute)
	for i := 0; have(friends, closure) < 5; i++ {
		if i > 600 {
			t.Fatalf("article %d does not go out", article)
		}
		w.pass(100 * time.Millisecond)
	}
	lock(w)
	w.pass(30 * time.Second)
	some, people := have(friends, closure), w.toPeople()
	if some == len(friends) {
		t.Fatal("all have the news: this test means to be in the middle")
	}
	told := strings.Join(owner.got(), "\n")
	for _, want := range []string{"قيّد واتساب رسائل الرقم إلى الأفراد حتى", "وما كان نصًا وحده لا يصل", closure} {
		if !strings.Contains(told, want) {
			t.Errorf("the owner was not told %q, but\n%s", want, told)
		}
	}
	w.restart()
	w.alert(later)
	w.pass(10 * time.Minute)
	if n := w.toPeople() - people; n > 0 {
		t.Errorf("%d messages were sent to people meanwhile", n)
	}
	if got := posted(channel); len(got) != 2 || !strings.Contains(got[0], closure) || !strings.Contains(got[1], later) {
		t.Errorf("in the channel stands %q", got)
	}
	w.pass(time.Hour) // longer than the lock, and than breaking news waits
	if n := have(friends, later); n > 0 {
		t.Errorf("%d got breaking news an hour late", n)
	}
	if n := have(friends, closure); n != some {
		t.Errorf("%d got breaking news an hour late", n-some)
	}
	w.until("20:00")
	w.pass(time.Minute)
	w.eachHas(friends, closure) // as an alert before, or in the digest
	if n := have(friends, later); n > 0 {
		t.Errorf("%d have words alone in the digest: the owner, the docs and readers are told that they are in none", n)
	}
}

// A reader of both networks is forgotten in both while the number is not
// linked, over a restart too.
func TestForgettingWhileUnlinked(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		salim := w.links("سالم")
		w.whatsapp.RemoveDevice()
		w.pass(time.Minute)
		w.restart()
		w.pass(time.Minute)
		salim.telegram.asks("احذف بياناتي")
		if answer := salim.telegram.asks("نعم"); !strings.Contains(answer, "حذفنا كل ما كنا نحفظه عنك") {
			t.Errorf("the answer was\n%s", answer)
		}
		for _, words := range salim.addresses() {
			if n := w.rowsAbout(words); n != 0 {
				t.Errorf("%d rows are left about somebody who was forgotten", n)
			}
		}
	})
}

// With the default caps, on the first day: linked again, the number writes to
// everybody who has written before. Only an import is still a stranger.
func TestWhatsAppLinkedAgainKnowsItsReaders(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t, defaultCaps...)
		owner := w.owner()
		w.start()
		owner.asks("/start")
		strangers := w.company(4)
		strangers[3].asks("مرحبا")
		var friends []*friend
		for i := range 6 {
			friends = append(friends, w.joins(fmt.Sprint("صديق ", i+1)))
		}
		salim := w.links("سالم")
		friends = append(friends, strangers[3], salim.whatsapp)
		w.pass(15 * time.Minute)
		w.whatsapp.RemoveDevice()
		w.pass(time.Minute)
		owner.got()
		w.pairByCode(owner)
		w.pass(2 * time.Minute)
		w.alert(closure)
		w.pass(5 * time.Minute)
		w.eachHas(friends, closure)
		if n := have(strangers[:3], closure); n != 2 {
			t.Errorf("%d of 3 strangers have the alert on the first day, want 2", n)
		}
	})
}
