package wire_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/digest/feed"
)

// What an English newsroom's editor reads from the first code to the withdrawal
// is English, and so is what readers see of it, and the menu of the chat.
func TestDeskInEnglish(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		w.config = strings.NewReplacer(
			"name: عاشق عُمان", "name: The Wadi Post\n  language: en", "name: أخبار", "name: News", "name: الطقس, synonyms: [طقس]", "name: Weather",
			"name: وظائف", "name: Jobs", "name: شعر", "name: Poems", "name: لا للشائعات", "name: Rumours",
		).Replace(sample)
		w.config += "desk: {countdown: 20s}\n"
		w.start()
		reader := w.joined("Sarah")
		salim := w.reader("Salim")
		said := []string{}
		says := func(words, want string) {
			t.Helper()
			got := salim.asks(words)
			if said = append(said, got); !strings.Contains(got, want) {
				t.Errorf("the answer to %q is\n%s\nwant something with %q", words, got, want)
			}
		}
		says(w.claim, "Welcome to the desk. Your role: owner.")
		says("editors commands", "The bot is open to the public.")
		says("alert: Valley road closed for a month", "🔴 Breaking | Valley road closed for a month")
		says("to everybody", "Telegram: 1 reader, free of charge.")
		says("confirm 1.2", "Sending begins in")
		says("cancel", "Alert 1 is a draft again")
		says("preview", "Version 3.")
		says("confirm 1.3", "Alert 1: counting down")
		w.pass(time.Minute)
		reader.gets("🔴 Breaking | Valley road closed for a month\n\nThe Wadi Post · 08:")
		salim.got()
		says("correct 1: Valley road closed for a day", "We wrongly reported: “Valley road closed for a month”")
		says("confirm 2.1", "Correction 2: counting down")
		w.pass(time.Minute)
		reader.gets("✏️ Correction | Valley road closed for a day")
		salim.got()
		says("withdraw 1", "Copies that readers have forwarded cannot be taken back.")
		says("confirm 3.1", "Withdrawal 3: counting down")
		w.pass(time.Minute)
		salim.got()
		says("report 3", "Copies taken back: 1")
		says("calendar Eid: no digest on Friday", "on Friday, 27 November 2026 alone")
		says("confirm calendar", "The calendar has changed.")
		says("next digest", "digest: today, Monday, 23 November 2026, at ")
		says("duty Sunday to Thursday 08:00-16:00", "Duty of owner: Sunday to Thursday, 08:00 to 16:00")
		says("stats", "Joined and left")
		says("stop", "send: unsubscribe")
		for _, c := range salim.chat.View().Menu {
			said = append(said, c.Description)
		}
		for _, text := range said {
			if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
				t.Errorf("this is not English:\n%s", text)
			}
		}
		if first, _ := salim.menu(); first != "alert" {
			t.Errorf("the menu begins with %q", first)
		}
	})
}

// The configuration that is written for an English site calls the digest hours
// in English, as a newsroom that names none has them.
func TestScaffoldInEnglish(t *testing.T) {
	for language, want := range map[string]string{"en-US": "Morning Noon Evening", "ar": "الصباح الظهيرة المساء"} {
		text := wire.Scaffold(feed.Site{URL: "https://n.example/", Address: "https://n.example/", Name: "x", Zone: "Asia/Muscat", Kind: feed.WordPress, Language: language})
		bare := text[:bytes.Index(text, []byte("\nslots:"))]
		for _, config := range [][]byte{text, bare} {
			p, err := wire.ParseConfig("x.yaml", config)
			if err != nil {
				t.Fatal(err)
			}
			var labels []string
			for _, s := range p.Newsroom.Calendar {
				labels = append(labels, s.Label)
			}
			if got := strings.Join(labels, " "); got != want {
				t.Errorf("%s: the digests are called %s, want %s", language, got, want)
			}
		}
	}
}
