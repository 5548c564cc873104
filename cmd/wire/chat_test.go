package wire_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
)

// A group is subscribed and stopped by its admins alone, gets its digest, and
// keeps it when Telegram gives the group a new address.
func TestGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const chatter = "متى نلتقي الليلة"
		w := newWorld(t)
		w.bot.ReadEverything()
		w.start()
		boss := w.network.AddUser(telegramtest.User{FirstName: "حمد", Language: "ar"})
		sara := w.network.AddUser(telegramtest.User{FirstName: "سارة", Language: "ar"})
		chat := w.network.AddGroup("الأهل", boss)
		chat.Add(sara, boss)
		chat.Add(w.bot, boss)
		w.pass(5 * time.Second)
		admin, member := w.in(boss, chat, "حمد"), w.in(sara, chat, "سارة")
		admin.gets("عاشق عُمان")
		member.got()
		if answer := member.asks("/start"); !strings.Contains(answer, "لمشرفي المجموعة") {
			t.Errorf("a member subscribed the group:\n%s", answer)
		}
		if answer := member.asks(chatter); answer != "" {
			t.Errorf("the bot joined a talk among people:\n%s", answer)
		}
		admin.got()
		if answer := admin.asks("/start"); !strings.Contains(answer, "هذه المجموعة مشتركة") {
			t.Fatalf("the answer to the admin is\n%s", answer)
		}
		w.publish("افتتاح مكتبة", "news")
		w.until("20:00")
		admin.gets("افتتاح مكتبة")

		super := w.in(boss, chat.Migrate(), "حمد")
		w.pass(5 * time.Second)
		super.got()
		w.publish("معرض كتاب", "news")
		w.until("20:00")
		super.gets("معرض كتاب")
		admin.gets()

		guest := w.in(sara, super.chat, "سارة")
		guest.seen = super.seen
		if answer := guest.asks("/stop"); !strings.Contains(answer, "لمشرفي المجموعة") {
			t.Errorf("a member stopped the group:\n%s", answer)
		}
		super.got()
		super.asks("/stop")
		w.publish("حفل في المساء", "news")
		w.until("20:00")
		super.gets()
		w.halt()
		if kept, err := os.ReadFile(filepath.Join(w.folder, "nashra.db")); err != nil || bytes.Contains(kept, []byte(chatter)) {
			t.Errorf("the database holds what was said in the group (%v)", err)
		}
	})
}

// A group that moved while nobody looked is found when it is written to.
func TestGroupMovesUnseen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		boss := w.network.AddUser(telegramtest.User{FirstName: "حمد", Language: "ar"})
		chat := w.network.AddGroup("الأهل", boss)
		chat.Add(w.bot, boss)
		old := w.in(boss, chat, "حمد")
		old.asks("/start")
		w.publish("افتتاح مكتبة", "news")
		w.until("19:59")
		w.network.Break(telegramtest.Fault{Method: "getUpdates", Times: -1, Status: 502, Body: telegramtest.BadGateway})
		moved := w.in(boss, chat.Migrate(), "حمد")
		w.pass(2 * time.Minute)
		moved.gets("افتتاح مكتبة")
		old.gets()
	})
}

// Being removed from a group is leaving.
func TestGroupRemovesTheBot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		boss := w.network.AddUser(telegramtest.User{FirstName: "حمد", Language: "ar"})
		chat := w.network.AddSupergroup("الأهل", boss)
		chat.Add(w.bot, boss)
		r := w.in(boss, chat, "حمد")
		r.asks("/start")
		chat.Remove(w.bot, boss)
		w.pass(5 * time.Second)
		w.publish("افتتاح مكتبة", "news")
		before := len(w.network.Calls())
		w.until("20:00")
		for _, c := range w.network.Calls()[before:] {
			if strings.HasPrefix(c.Method, "send") {
				t.Errorf("something was sent to a group that removed the bot: %s", c.Method)
			}
		}
	})
}

// A channel that the configuration names gets what it asks for, from its first
// day on, and no more after it left the configuration.
func TestChannel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		owner := w.network.AddUser(telegramtest.User{FirstName: "حمد", Language: "ar"})
		chat := w.network.AddChannel("عاشق عُمان", "oman_weather", owner)
		chat.Promote(w.bot, owner, telegramtest.AllRights())
		w.config = strings.Replace(sample, "telegram: {}", "telegram:\n  channels:\n    - {chat: \"@oman_weather\", sections: [weather], slots: [noon]}", 1)
		w.start()
		channel := w.in(owner, chat, "القناة")
		w.publish("أمطار على جبال الحجر", "weather")
		w.publish("وظيفة في صحار", "jobs")
		w.until("13:00")
		posts := channel.got()
		if len(posts) != 1 || !strings.Contains(posts[0], "أمطار على جبال الحجر") || strings.Contains(posts[0], "وظيفة") {
			t.Errorf("in the channel stands %q", posts)
		}
		w.alert("منخفض جوي قادم", "weather")
		w.alert("وظائف شاغرة", "jobs")
		w.pass(time.Minute)
		channel.gets("منخفض جوي قادم")
		w.until("20:00")
		w.restart()
		w.pass(time.Minute)
		channel.gets()

		w.config = sample
		w.restart()
		w.alert("منخفض آخر", "weather")
		w.publish("ضباب على الساحل", "weather")
		w.until("13:00")
		channel.gets()
	})
}

// Whoever blocks the bot has left, whether the network says so by itself or
// only when something is sent.
func TestBlocked(t *testing.T) {
	for name, told := range map[string]bool{"told": true, "found out": false} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.start()
				salim, nur := w.joined("سالم"), w.joined("نور")
				if told {
					salim.phone.Block(w.bot)
				} else {
					w.network.Break(telegramtest.Fault{Chat: salim.chat.ID(), Times: -1, Error: telegramtest.Blocked()})
				}
				tried := 0
				for _, title := range []string{"افتتاح مكتبة", "معرض كتاب"} {
					w.publish(title, "news")
					w.until("20:00")
					nur.gets(title)
				}
				salim.gets()
				for _, c := range w.network.Calls() {
					if c.Method == "sendMessage" && c.Error != nil {
						tried++
					}
				}
				if want := map[bool]int{true: 0, false: 1}[told]; tried != want {
					t.Errorf("%d messages went to a reader who has left, want %d", tried, want)
				}
			})
		})
	}
}
