package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

// reader opens a chat with the bot while nothing answers, and returns its line
// for an import.
func (s *scene) reader(sections string) (chat *telegramtest.Chat, row string) {
	phone := s.network.AddUser(telegramtest.User{FirstName: "سالم", Language: "ar"})
	chat = phone.Start(s.bot, "")
	return chat, fmt.Sprintf("telegram:1000000001,%d,private,digest,evening,%s,true,false,false,,2026-01-01T07:00:00Z,asked by post", chat.ID(), sections)
}

const head = "account,chat,kind,pace,slots,sections,breaking,important,quiet,paused_until,joined,consent\n"

// said are the bot's messages in a chat that hold words.
func said(chat *telegramtest.Chat, words string) (n int) {
	for _, m := range chat.FromBots() {
		if strings.Contains(m.Text, words) {
			n++
		}
	}
	return n
}

// steady hides what depends on who was first: seconds, and the numbers of
// messages at the end of a line.
func steady(out string) string {
	out = regexp.MustCompile(`(\d\d:\d\d):\d\d`).ReplaceAllString(out, "$1:00")
	return regexp.MustCompile(`(?m) \d+s?$`).ReplaceAllString(out, " N")
}

// TestAlertWithoutProgram: written down, it goes out with the next run, once.
func TestAlertWithoutProgram(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.refused(exitProblem, []string{"alert", "خبر", "--everyone"}, "no database", "nashra run makes it")
		s.founded()
		weather, row := s.reader("weather")
		poetry, other := s.reader("poetry")
		s.write("readers.csv", head+row+"\n"+other+"\n")
		s.golden("import.txt", s.must("subscribers", "import", s.path("readers.csv")))
		s.golden("alert.txt", s.must("alert", "إغلاق الطريق بسبب جريان الوادي", "--sections", "weather", "--link", "https://news.example/a"))
		if n := said(weather, "الوادي"); n != 0 {
			t.Fatal("it went out while nothing ran")
		}
		p := s.start()
		time.Sleep(time.Minute) // of the bubble
		synctest.Wait()
		if a, b := said(weather, "الوادي"), said(poetry, "الوادي"); a != 1 || b != 0 {
			t.Errorf("readers of the section got it %d times, others %d", a, b)
		}
		p.stop()
		s.golden("deliveries.txt", steady(s.must("deliveries")))
		s.golden("delivery.txt", steady(s.must("deliveries", "1")))
		s.golden("status.txt", steady(s.must("status")))
		s.golden("stats.txt", s.must("stats", "--days", "2"))
		took := regexp.MustCompile(`"seconds":[0-9.]+`)
		s.golden("stats-json.txt", steady(took.ReplaceAllString(s.must("stats", "--days", "2", "--json"), `"seconds":N`)))
		s.refused(exitUsage, []string{"stats", "--days", "0"}, "1 to 92")
		s.refused(exitProblem, []string{"deliveries", "7"}, "there is no broadcast 7")
		s.refused(exitUsage, []string{"deliveries", "--limit", "0"}, "--limit")
	})
}

func TestAlertRefused(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.founded()
		s.refused(exitUsage, []string{"alert", "خبر"}, "--everyone")
		s.refused(exitUsage, []string{"alert", "خبر", "--everyone", "--sections", "news"}, "--everyone")
		s.refused(exitProblem, []string{"alert", "خبر", "--sections", "sport"}, `there is no section called "sport"`)
		s.refused(exitProblem, []string{"alert", " ", "--everyone"}, "no words")
		s.refused(exitProblem, []string{"alert", "خبر", "--everyone", "--link", "news.example"}, "no web address")
		s.refused(exitProblem, []string{"alert", strings.Repeat("خبر ", 1000), "--everyone"}, "at most 3500")
		s.start().log.wait(t, "connected")
		s.refused(exitProblem, []string{"alert", "خبر", "--everyone"}, "already", "does not answer", "try again")
	})
}

func TestAlertFromStandardInput(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.founded()
		chat, row := s.reader("news")
		s.write("readers.csv", head+row+"\n")
		s.must("subscribers", "import", s.path("readers.csv"))
		s.env.Stdin = strings.NewReader("جريان وادي عدي\nوإغلاق الطريق\n")
		s.must("alert", "-", "--everyone", "--silent")
		s.start()
		time.Sleep(time.Minute)
		synctest.Wait()
		for _, m := range chat.FromBots() {
			if strings.Contains(m.Text, "جريان وادي عدي\n") {
				if !m.Silent {
					t.Error("it made a sound")
				}
				return
			}
		}
		t.Errorf("it did not arrive: %v", chat.FromBots())
	})
}

func TestPauseResumeStop(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.founded()
		chat, row := s.reader("news")
		s.write("readers.csv", head+row+"\n")
		s.must("subscribers", "import", s.path("readers.csv"))
		s.must("alert", "الخبر الأول", "--everyone")
		s.must("alert", "الخبر الثاني", "--everyone")
		s.must("alert", "الخبر الثالث", "--everyone")
		if out := s.must("pause"); out != "All unfinished broadcasts are paused.\n" {
			t.Error(out)
		}
		if out := s.must("resume", "2"); out != "Broadcast 2 is running.\n" {
			t.Error(out)
		}
		s.must("stop", "3")
		p := s.start()
		time.Sleep(time.Minute)
		synctest.Wait()
		p.stop()
		for words, want := range map[string]int{"الأول": 0, "الثاني": 1, "الثالث": 0} {
			if n := said(chat, words); n != want {
				t.Errorf("%s arrived %d times, want %d", words, n, want)
			}
		}
		s.refused(exitProblem, []string{"resume", "3"}, "broadcast 3 is over")
		s.refused(exitProblem, []string{"pause", "9"}, "there is no broadcast 9")
		s.refused(exitUsage, []string{"stop"}, "<id>")
		s.refused(exitUsage, []string{"stop", "0"}, "broadcast's number")
	})
}

func TestPreview(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.refused(exitProblem, []string{"preview"}, "no database")
		s.founded()
		if out := s.must("preview"); strings.Count(out, "Nothing is new") != 3 {
			t.Errorf("without articles:\n%s", out)
		}
		s.site.Publish(feedtest.Post{Title: "أمطار على الحجر", Excerpt: "تهطل الليلة.", Content: "<p>نص.</p>", Categories: []int{3}})
		s.site.Publish(feedtest.Post{Title: "قصيدة البحر", Content: "<p>يا بحرُ<br>يا بحرُ</p>", Categories: []int{4}})
		p := s.start()
		p.log.wait(t, "msg=pulled")
		synctest.Wait()
		p.stop()
		s.golden("preview.txt", s.must("preview", "morning"))
		now := s.env.Now
		s.env.Now = func() time.Time { return now().Add(25 * time.Hour) }
		if out := s.must("preview"); strings.Count(out, "Nothing is new") != 3 {
			t.Errorf("a first digest looks back a day only:\n%s", out)
		}
		s.env.Now = now
		if out := s.must("preview"); strings.Count(out, "أمطار على الحجر") != 3 {
			t.Errorf("all three:\n%s", out)
		}
		s.refused(exitUsage, []string{"preview", "midnight"}, "midnight")
	})
}

func TestSubscribers(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.founded()
		_, a := s.reader("weather")
		_, b := s.reader("news poetry")
		b = strings.Replace(b, ",true,false,false,", ",true,true,false,", 1)
		// A file from before there were important alerts.
		s.write("old.csv", strings.Replace(head, "important,", "", 1)+strings.Replace(a, ",true,false,false,", ",true,false,", 1)+"\n")
		s.must("subscribers", "import", s.path("old.csv"))
		s.write("readers.csv", "\ufeff"+head+a+"\n"+b+"\n")
		s.must("subscribers", "import", s.path("readers.csv"))
		if out := s.must("subscribers", "import", s.path("readers.csv")); !strings.Contains(out, "2 left out: there already") {
			t.Errorf("the same again:\n%s", out)
		}
		exported := strings.Split(s.must("subscribers", "export"), "\n")
		for i, want := range []string{head, a, b} {
			// All but the last two, which say when and how they were imported.
			want, _, _ = strings.Cut(strings.TrimSpace(want), ",2026-")
			if !strings.HasPrefix(exported[i], want) {
				t.Errorf("line %d: %s, want %s…", i+1, exported[i], want)
			}
		}
		s.must("subscribers", "export", "--out", s.path("out.csv"))
		if info, err := os.Stat(s.path("out.csv")); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the export: %v %v", info.Mode(), err)
		}
		s.refused(exitProblem, []string{"subscribers", "export", "--out", s.path("out.csv")}, "there already")
	})
}

// TestImportRefused names every bad line, and imports none.
func TestImportRefused(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.founded()
		_, good := s.reader("weather")
		s.write("readers.csv", head+good+"\n"+
			"telegram:1000000001,77,private,daily,evening,sport,true,false,false,,2026-01-01T07:00:00Z,asked\n"+
			"somewhere,78,private,digest,evening,news,perhaps,false,false,,yesterday,\n"+
			"telegram:1000000001,+79,private,,,,,,,,,asked\n"+
			"telegram:1000000001,080,private,,,,,,,,,asked\n"+
			"telegram:1000000001,8.12345E+08,private,,,,,,,,,asked\n"+
			"telegram:1000000001,-1001234567890,private,,,,,,,,,asked\n"+
			"telegram:1000000001,@omannews,,,,,,,,,,asked\n"+
			"whatsapp:96890000000,hello,,,,,,,,,,asked\n"+
			"whatsapp:96890000000,1203@newsletter,,,,,,,,,,asked\n"+
			"sms:1,96890000000,private,,,,,,,,,asked\n")
		s.refused(exitProblem, []string{"subscribers", "import", s.path("readers.csv")})
		s.golden("import-refused.txt", s.errs.String())
		if out := s.must("subscribers", "export"); out != head {
			t.Errorf("some were imported all the same:\n%s", out)
		}
		s.write("another.csv", head+"telegram:1000000002,77,private,,,,,,,,,asked\nwhatsapp:96890000000,+968 90000001,,,,,,,,,,asked\n")
		s.refused(exitProblem, []string{"subscribers", "import", s.path("another.csv")},
			`line 2: expected the account telegram:1000000001, not "telegram:1000000002"`, `line 3: expected the account`)
		s.refused(exitProblem, []string{"subscribers", "import", s.path("none.csv")}, "none.csv")
	})
}
