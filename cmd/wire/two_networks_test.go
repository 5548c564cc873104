package wire_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
)

// both is one reader with a chat on Telegram and one on WhatsApp.
type both struct {
	telegram *reader
	whatsapp *friend
}

var linkCode = regexp.MustCompile(`\b\d{6}\b`)

// links is a reader who subscribes on Telegram, asks there for a code and gives
// it on WhatsApp, where the news comes from then on.
func (w *world) links(name string, commands ...string) both {
	w.t.Helper()
	b := both{w.joined(name, commands...), w.friend(name + " الثاني")}
	code := linkCode.FindString(b.telegram.asks("ربط"))
	if answer := b.whatsapp.asks("ربط " + code); code == "" || !strings.Contains(answer, "صار اشتراكك في تلغرام وواتساب اشتراكًا واحدًا") {
		w.t.Fatalf("to the code %q the answer was\n%s", code, answer)
	}
	b.telegram.gets("رُبطت هذه المحادثة بمحادثة على واتساب")
	return b
}

// onTelegram has everything come there.
func (b both) onTelegram() both {
	b.telegram.w.t.Helper()
	if answer := b.telegram.asks("أرسلوا لي على تلغرام"); !strings.Contains(answer, "من الآن تصلك أخبارنا على تلغرام") {
		b.telegram.w.t.Fatalf("the answer was\n%s", answer)
	}
	return b
}

// has counts the messages with words on both phones.
func (b both) has(words string) (onTelegram, onWhatsApp int) {
	for _, m := range b.telegram.chat.FromBots() {
		if strings.Contains(m.Text, words) {
			onTelegram++
		}
	}
	return onTelegram, b.whatsapp.has(words)
}

// addresses are what names them on either network.
func (b both) addresses() []string {
	return []string{fmt.Sprint(b.telegram.phone.ID()), b.whatsapp.phone.LID().User, b.whatsapp.phone.Number()}
}

// gets fails unless what both phones got since the last look is this.
func (b both) gets(onTelegram, onWhatsApp []string) {
	b.telegram.w.t.Helper()
	b.telegram.gets(onTelegram...)
	b.whatsapp.gets(onWhatsApp...)
}

var nothing []string

func only(words string) []string { return []string{words} }

// One reader: what either chat chooses holds for both, and everything comes
// once, where they want it.
func TestOneReaderOnTwoNetworks(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		salim := w.links("سالم", "اشتراك وظائف")
		salim.whatsapp.asks("اشتراك شعر")
		salim.whatsapp.asks("اترك أخبار")
		if answer := salim.telegram.asks("اختياراتي"); !strings.Contains(answer, "الأقسام: وظائف، شعر") || !strings.Contains(answer, "تصلك الأخبار على واتساب") {
			t.Errorf("the choices on Telegram are\n%s", answer)
		}
		w.publish("وظيفة في صحار", "jobs")
		w.publish("قصيدة في الوطن", "poetry")
		w.alert(closure)
		w.pass(10 * time.Minute)
		salim.gets(nothing, only(closure))
		w.restart()
		w.until("20:00")
		w.pass(time.Minute)
		salim.telegram.gets()
		if got := salim.whatsapp.got(); len(got) != 1 || !strings.Contains(got[0], "وظيفة في صحار") || !strings.Contains(got[0], "قصيدة في الوطن") {
			t.Errorf("at eight came %q", got)
		}

		salim.onTelegram()
		w.publish("وظيفة في نزوى", "jobs")
		w.alert("فتح طريق الوادي")
		w.pass(time.Minute)
		salim.gets(only("فتح طريق الوادي"), nothing)
		w.until("20:00")
		w.pass(time.Minute)
		salim.gets(only("وظيفة في نزوى"), nothing)
	})
}

// crowdOfBoth are n readers with two chats each.
func (w *world) crowdOfBoth(n int, onTelegram bool) (all []both) {
	w.t.Helper()
	for i := range n {
		b := w.links(fmt.Sprint("قارئ رقم ", i+1))
		if onTelegram {
			b = b.onTelegram()
		}
		all = append(all, b)
	}
	return all
}

// eachOnce fails unless each reader has one message with words, on whichever
// phone, and returns how many have it where.
func (w *world) eachOnce(all []both, words string) (onTelegram, onWhatsApp int) {
	w.t.Helper()
	for _, b := range all {
		there, here := b.has(words)
		if there+here != 1 {
			w.t.Errorf("%s: %s has %q %d times on Telegram and %d times on WhatsApp", w.hour(), b.telegram.name, words, there, here)
		}
		onTelegram, onWhatsApp = onTelegram+there, onWhatsApp+here
	}
	return onTelegram, onWhatsApp
}

// reached counts the readers with words on a phone.
func reached(all []both, words string) (n int) {
	for _, b := range all {
		if there, here := b.has(words); there+here > 0 {
			n++
		}
	}
	return n
}

// losing is a world in which the number has just been logged out, in the middle
// of an alert to n readers of both networks.
func losing(t *testing.T, n int) (w *world, owner *reader, all []both) {
	t.Helper()
	w = newWhatsApp(t, "per_minute: 300")
	owner = w.owner()
	w.start()
	owner.asks("/start")
	all = w.crowdOfBoth(n, false)
	w.alert(closure)
	w.pass(1200 * time.Millisecond)
	if n := reached(all, closure); n == 0 || n == len(all) {
		t.Fatalf("%d of %d have the alert: this test means to be in the middle", n, len(all))
	}
	w.whatsapp.RemoveDevice()
	return w, owner, all
}

// found links the number again, as its owner does.
func (w *world) found(owner *reader) {
	w.t.Helper()
	owner.got()
	w.whatsapp.AllowLogins()
	w.pairByCode(owner)
}

// The number is logged out in the middle of an alert: who had not been reached
// is, on Telegram, and nobody twice. When the number is back, so are they.
func TestLostNumberIsReplacedByTelegram(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w, owner, all := losing(t, 10)
		w.pass(10 * time.Minute)
		if onTelegram, onWhatsApp := w.eachOnce(all, closure); onTelegram == 0 || onWhatsApp == 0 {
			t.Errorf("%d have it on Telegram, %d on WhatsApp", onTelegram, onWhatsApp)
		}
		w.publish("افتتاح مكتبة", "news")
		w.until("20:00")
		w.pass(2 * time.Minute)
		if onTelegram, _ := w.eachOnce(all, "افتتاح مكتبة"); onTelegram != len(all) {
			t.Errorf("%d have the digest on Telegram, where they are reached now", onTelegram)
		}

		w.found(owner)
		w.pass(time.Minute)
		w.alert("فتح طريق الوادي")
		w.pass(10 * time.Minute)
		if _, onWhatsApp := w.eachOnce(all, "فتح طريق الوادي"); onWhatsApp != len(all) {
			t.Errorf("%d have the alert on WhatsApp, where they want it", onWhatsApp)
		}
		w.eachOnce(all, closure)
		w.eachOnce(all, "افتتاح مكتبة")
	})
}

// The session is another's, or the client too old: that is mended by a new
// start, and the readers are back with it.
func TestReadersAreBackAfterANewStart(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		salim := w.links("سالم")
		w.whatsapp.FailLogins(whatsapptest.Failure{Reason: 405})
		w.pass(time.Minute)
		w.alert(closure)
		w.pass(10 * time.Minute)
		salim.gets(only(closure), nothing)
		w.restart() // too old as ever
		w.alert("فتح طريق الوادي")
		w.pass(10 * time.Minute)
		salim.gets(only("فتح طريق الوادي"), nothing)
		w.whatsapp.AllowLogins()
		w.restart()
		w.alert("أمطار على الجبال")
		w.pass(10 * time.Minute)
		salim.gets(nothing, only("أمطار على الجبال"))
	})
}

// The token is revoked in the middle of an alert: the rest goes over WhatsApp,
// over a restart too, and with a good token everything is as it was.
func TestRevokedTokenIsReplacedByWhatsApp(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.config = strings.Replace(w.config, "telegram: {}", "telegram: {rate: 2}", 1)
		w.start()
		all := w.crowdOfBoth(8, true)
		w.alert(closure)
		w.pass(1800 * time.Millisecond)
		if n := reached(all, closure); n == 0 || n == len(all) {
			t.Fatalf("%d of %d have the alert: this test means to be in the middle", n, len(all))
		}
		w.bot.Revoke()
		w.pass(10 * time.Minute)
		if onTelegram, onWhatsApp := w.eachOnce(all, closure); onTelegram == 0 || onWhatsApp == 0 {
			t.Errorf("%d have it on Telegram, %d on WhatsApp", onTelegram, onWhatsApp)
		}
		w.restart() // revoked as ever
		w.publish("افتتاح مكتبة", "news")
		w.until("20:00")
		w.pass(2 * time.Minute)
		if _, onWhatsApp := w.eachOnce(all, "افتتاح مكتبة"); onWhatsApp != len(all) {
			t.Errorf("%d have the digest on WhatsApp, where they are reached now", onWhatsApp)
		}
		w.bot.Restore()
		w.restart()
		w.alert("فتح طريق الوادي")
		w.pass(10 * time.Minute)
		if onTelegram, _ := w.eachOnce(all, "فتح طريق الوادي"); onTelegram != len(all) {
			t.Errorf("%d have the alert on Telegram, where they want it", onTelegram)
		}
		w.eachOnce(all, closure)
	})
}

// Who blocks the bot where the news comes is not followed to the other chat,
// whether the network says so at once or when the next message is refused.
func TestWhoBlocksIsNotFollowed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		salim, nur := w.links("سالم").onTelegram(), w.links("نور").onTelegram()
		salim.telegram.phone.Block(w.bot)
		w.pass(time.Minute)
		w.halt()
		nur.telegram.phone.Block(w.bot) // and nobody hears of it
		w.start()
		w.alert(closure)
		w.publish("افتتاح مكتبة", "news")
		w.until("20:00")
		w.pass(10 * time.Minute)
		for _, b := range []both{salim, nur} {
			b.gets(nothing, nothing)
		}
		w.bot.Revoke() // our failure, later, changes nothing of their choice
		w.pass(time.Minute)
		w.alert("فتح طريق الوادي")
		w.pass(10 * time.Minute)
		for _, b := range []both{salim, nur} {
			b.gets(nothing, nothing)
		}
	})
}

// Stopping in one chat stops both, and offers to keep one of them.
func TestStoppingStopsBoth(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		salim, nur := w.links("سالم"), w.links("نور")
		for _, answer := range []string{salim.whatsapp.asks("إلغاء"), nur.telegram.asks("إلغاء")} {
			if !strings.Contains(answer, "توقفت الرسائل كلها في تلغرام وواتساب") {
				t.Errorf("the answer was\n%s", answer)
			}
		}
		w.alert(closure)
		w.pass(10 * time.Minute)
		salim.gets(nothing, nothing)
		nur.gets(nothing, nothing)
		if answer := salim.whatsapp.asks("1"); !strings.Contains(answer, "تصلك أخبارنا على تلغرام وحده") && !strings.Contains(answer, "تصلك أخبارنا هنا وحدها") {
			t.Errorf("the answer to the offer was\n%s", answer)
		}
		salim.telegram.got()
		w.alert("فتح طريق الوادي")
		w.pass(10 * time.Minute)
		if there, here := salim.has("فتح طريق الوادي"); there+here != 1 {
			t.Errorf("who kept one chat has the alert %d times on Telegram, %d times on WhatsApp", there, here)
		}
		nur.gets(nothing, nothing)
	})
}

// Being forgotten in one chat is being forgotten in both, in the network's own
// tables too.
func TestForgettingForgetsBoth(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		salim := w.links("سالم")
		for _, words := range salim.addresses() {
			if w.rowsAbout(words) == 0 {
				t.Fatal("this test does not find what is kept")
			}
		}
		if answer := salim.telegram.asks("احذف بياناتي"); !strings.Contains(answer, "محادثتيك معًا: تلغرام وواتساب") {
			t.Errorf("the question was\n%s", answer)
		}
		if answer := salim.telegram.asks("نعم"); !strings.Contains(answer, "حذفنا كل ما كنا نحفظه عنك") {
			t.Errorf("the answer was\n%s", answer)
		}
		salim.whatsapp.got()
		w.alert(closure)
		w.pass(10 * time.Minute)
		salim.gets(nothing, nothing)
		for _, words := range salim.addresses() {
			if n := w.rowsAbout(words); n != 0 {
				t.Errorf("%d rows are left about somebody who was forgotten", n)
			}
		}
		for _, answer := range []string{salim.telegram.asks("بياناتي"), salim.whatsapp.asks("بياناتي")} {
			if strings.Contains(answer, "موافقتك") {
				t.Errorf("something is still kept:\n%s", answer)
			}
		}
	})
}

// rowsAbout counts the values in the whole database that hold words.
func (w *world) rowsAbout(words string) (n int) {
	w.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(w.folder, "nashra.db")+"?mode=ro")
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	columns, err := db.QueryContext(w.t.Context(), `SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'`)
	if err != nil {
		w.t.Fatal(err)
	}
	defer columns.Close()
	for columns.Next() {
		var table, column string
		if err := columns.Scan(&table, &column); err != nil {
			w.t.Fatal(err)
		}
		var rows int
		query := fmt.Sprintf("SELECT count(*) FROM %q WHERE instr(CAST(%q AS TEXT), ?) > 0", table, column)
		if err := db.QueryRowContext(w.t.Context(), query, words).Scan(&rows); err != nil {
			w.t.Fatal(err)
		}
		if n += rows; rows > 0 {
			w.t.Logf("%d in %s.%s", rows, table, column)
		}
	}
	if err := columns.Err(); err != nil {
		w.t.Fatal(err)
	}
	return n
}
