package wire_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/news"
)

// channels has the configuration name channels of Telegram.
func (w *world) channels(names ...string) {
	var lines strings.Builder
	for _, name := range names {
		fmt.Fprintf(&lines, "    - {chat: %q}\n", name)
	}
	w.config = strings.Replace(sample, "telegram: {}", "telegram:\n  channels:\n"+strings.TrimRight(lines.String(), "\n"), 1)
}

// hours lets hours pass, two minutes of each in full.
func (w *world) hours(n int) {
	for range n {
		w.clock.move(58 * time.Minute)
		w.program.Woken()
		w.pass(2 * time.Minute)
	}
}

// troubles are the letters about trouble among what somebody has got.
func troubles(r *reader) []string {
	return slices.DeleteFunc(r.got(), func(text string) bool {
		return !strings.Contains(text, "خلل")
	})
}

// holds fails unless each of the texts holds all of its words, in any order of
// the texts.
func holds(t *testing.T, got []string, want ...[]string) {
	t.Helper()
	rest := slices.Clone(got)
	for _, words := range want {
		at := slices.IndexFunc(rest, func(text string) bool {
			return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
		})
		if at < 0 {
			t.Errorf("nothing has %q; there is\n%s", words, strings.Join(got, "\n---\n"))
			continue
		}
		rest = slices.Delete(rest, at, at+1)
	}
	if len(rest) > 0 {
		t.Errorf("there is more than was wanted:\n%s", strings.Join(rest, "\n---\n"))
	}
}

// shut is what the status says of channels that refuse.
func (w *world) shut() (list []string) {
	w.t.Helper()
	status, err := w.program.Acts().Status(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	for _, a := range status.(wire.Status).Accounts {
		for _, r := range a.Refusals {
			list = append(list, fmt.Sprintf("%s %s", r.Chat, r.Why))
		}
	}
	return list
}

// A channel without the right to post, one whose name is misspelt and one that
// put the bot out stand among good ones: in thirteen hours whoever is on duty
// hears of each once, over a restart too, and once of each when it is mended.
func TestChannelsThatRefuse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		owner := w.network.AddUser(telegramtest.User{FirstName: "حمد", Language: "ar"})
		good := w.network.AddChannel("الأخبار", "oman_good", owner)
		good.Promote(w.bot, owner, telegramtest.AllRights())
		mute := w.network.AddChannel("الطقس", "oman_mute", owner)
		mute.Promote(w.bot, owner, telegramtest.Rights{Edit: true, Delete: true})
		right := w.network.AddChannel("الوظائف", "oman_jobs", owner)
		right.Promote(w.bot, owner, telegramtest.AllRights())
		away := w.network.AddChannel("الشعر", "oman_poems", owner)
		away.Promote(w.bot, owner, telegramtest.AllRights())
		w.channels("@oman_good", "@oman_mute", "@oman_jbos", "@oman_poems")
		w.start()
		salim, nur := w.editor("سالم"), w.joined("نور")
		channel, blocker := w.in(owner, good, "القناة"), w.joined("ليلى")
		away.Remove(w.bot, owner)
		blocker.phone.Block(w.bot)
		salim.got()

		w.alert("إغلاق طريق الوادي")
		w.pass(2 * time.Minute)
		channel.gets("إغلاق طريق الوادي")
		holds(t, troubles(salim),
			[]string{"@oman_mute", "ليس للبوت حق النشر", "نشر الرسائل"},
			[]string{"@oman_jbos", "لا يعرف تلغرام", "nashra.yaml"},
			[]string{"@oman_poems", "أُخرج", "مشرفًا"})
		w.alert("فتح طريق الوادي")
		w.hours(6)
		w.publish("افتتاح مكتبة", "news")
		w.restart()
		w.hours(7)
		holds(t, troubles(salim))
		for name, n := range map[string]int{"@oman_mute": 1, "@oman_jbos": 1, "@oman_poems": 1, "@oman_good": 0} {
			if said := w.logged("level=WARN", "a channel refuses", "channel="+name); said != n {
				t.Errorf("the log has %d warnings of %s, want %d", said, name, n)
			}
		}
		if got, want := fmt.Sprint(w.shut()), "[@oman_jbos not-found @oman_mute no-rights @oman_poems not-inside]"; got != want {
			t.Errorf("the status says %s, want %s", got, want)
		}

		mute.Promote(w.bot, owner, telegramtest.AllRights())
		away.Promote(w.bot, owner, telegramtest.AllRights())
		w.channels("@oman_good", "@oman_mute", "@oman_jobs", "@oman_poems")
		if err := w.program.Acts().Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.pass(2 * time.Minute)
		holds(t, troubles(salim), []string{"انتهى خلل", "@oman_jbos", "الإعدادات"})
		w.alert("منخفض جوي قادم")
		w.pass(2 * time.Minute)
		holds(t, troubles(salim),
			[]string{"انتهى خلل", "@oman_mute", "تقبل النشر من جديد"},
			[]string{"انتهى خلل", "@oman_poems", "تقبل النشر من جديد"})
		w.alert("انحسار المنخفض")
		w.hours(7)
		holds(t, troubles(salim))
		holds(t, troubles(nur))
		if got := w.shut(); len(got) > 0 {
			t.Errorf("mended, the status says %v", got)
		}
		if n := w.logged("level=INFO", "a channel takes messages again"); n != 2 {
			t.Errorf("the end was said %d times", n)
		}
	})
}

// A refusal of another kind is told, as what it is now.
func TestChannelRefusesOtherwise(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		owner := w.network.AddUser(telegramtest.User{FirstName: "حمد", Language: "ar"})
		chat := w.network.AddChannel("الأخبار", "oman_news", owner)
		chat.Promote(w.bot, owner, telegramtest.Rights{})
		w.channels("@oman_news")
		w.start()
		salim := w.editor("سالم")
		w.alert("إغلاق طريق الوادي")
		w.pass(2 * time.Minute)
		holds(t, troubles(salim), []string{"@oman_news", "ليس للبوت حق النشر"})
		chat.Remove(w.bot, owner)
		w.alert("فتح طريق الوادي")
		w.pass(2 * time.Minute)
		holds(t, troubles(salim), []string{"@oman_news", "أُخرج"})
	})
}

// To change an old post is no proof that the channel takes new ones: the right to
// edit is another one.
func TestEditedPostEndsNoRefusal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		owner := w.network.AddUser(telegramtest.User{FirstName: "حمد", Language: "ar"})
		chat := w.network.AddChannel("الأخبار", "oman_news", owner)
		chat.Promote(w.bot, owner, telegramtest.AllRights())
		w.channels("@oman_news")
		w.start()
		salim, channel := w.editor("سالم"), w.in(owner, chat, "القناة")
		first := w.alert("إغلاق طريق الوادى")
		w.pass(time.Minute)
		chat.Promote(w.bot, owner, telegramtest.Rights{Edit: true})
		w.alert("فتح طريق صحار")
		w.pass(time.Minute)
		holds(t, troubles(salim), []string{"@oman_news", "ليس للبوت حق النشر"})
		if _, err := w.program.Acts().Amend(t.Context(), web.Amend{Broadcast: first, Words: "إغلاق طريق الوادي", Typo: true}); err != nil {
			t.Fatal(err)
		}
		w.pass(2 * time.Minute)
		if got := strings.Join(channel.got(), "\n"); !strings.Contains(got, "إغلاق طريق الوادي") {
			t.Errorf("the post was not changed: %s", got)
		}
		holds(t, troubles(salim))
		if got := fmt.Sprint(w.shut()); got != "[@oman_news no-rights]" {
			t.Errorf("the status says %s", got)
		}
	})
}

// The number is no admin of its Channel any more: those on duty hear it once,
// and the number goes on writing to people.
func TestWhatsAppChannelRefuses(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		channel := w.whatsapp.NewNewsletter("عاشق عُمان", "", whatsapptest.RoleSubscriber)
		id, none := channel.JID().String(), "120363999999999999@newsletter"
		w.config += fmt.Sprintf("  channels:\n    - {chat: %q}\n    - {chat: %q}\n", id, none)
		w.start()
		salim := w.editor("سالم")
		mariam := w.company(1)[0]
		want := []wire.ChannelPlace{{Chat: news.ChatID(id), Name: "عاشق عُمان"}, {Chat: news.ChatID(none), Missing: true}}
		if got, err := w.program.Acts().Places(t.Context()); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("the number's places are %+v, %v", got, err)
		}
		w.alert("إغلاق طريق الوادي")
		w.pass(2 * time.Minute)
		holds(t, troubles(salim),
			[]string{id, "واتساب", "رقم البوت ليس مشرفًا"},
			[]string{none, "لا يعرف واتساب", "nashra.yaml"})
		mariam.gets("إغلاق طريق الوادي")
		if s, err := w.program.Acts().Status(t.Context()); err != nil || s.(wire.Status).Accounts[1].Trouble != "" || !s.(wire.Status).Accounts[1].Connected {
			t.Errorf("the number is in trouble: %+v, %v", s, err)
		}
		w.alert("فتح طريق الوادي")
		w.hours(13)
		holds(t, troubles(salim))
		channel.SetRole(whatsapptest.RoleAdmin)
		want[0].Publishes = true
		if got, err := w.program.Acts().Places(t.Context()); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("an admin, its places are %+v, %v", got, err)
		}
		w.alert("منخفض جوي قادم")
		w.pass(2 * time.Minute)
		holds(t, troubles(salim), []string{"انتهى خلل", id, "تقبل النشر من جديد"})
		if got := posted(channel); len(got) == 0 {
			t.Error("nothing stands in the channel")
		}
	})
}
