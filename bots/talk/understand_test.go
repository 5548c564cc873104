package talk

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

func understood(t *Talk, text string, l Language) intent {
	return understoodIn(t, text, l, memo{}, news.NewTree([]news.Section{
		{Slug: "news", Name: "أخبار"}, {Slug: "weather", Parent: "news", Name: "الطقس"},
		{Slug: "jobs", Name: "وظائف وتدريب"}, {Slug: "rumours", Name: "لا للشائعات"},
	}))
}

// understoodIn understands a text in the middle of a conversation.
func understoodIn(t *Talk, text string, l Language, m memo, tree news.Tree) intent {
	s := Settings{
		Newsroom: "x", Language: l, Tree: tree,
		Slots: []Slot{{Name: "evening", Label: "المساء", Hour: "20:00"}},
		Night: Night{From: "22:00", To: "07:00"},
	}
	r := s.newcomer()
	r.ID = 1
	x := t.exchange(Input{
		Chat: Chat{Reader: r, Memo: m.write()}, Now: time.Unix(1e9, 0), Settings: s, Network: Network{Buttons: true, Each: true},
		Event: bots.Event{Kind: bots.Wrote, Account: "telegram:1", Chat: "1", ChatKind: news.Private, Text: text},
	})
	w, _ := x.what()
	return w
}

// TestEveryWordIsUnderstood writes every word of the phrase books, in both
// languages whichever is spoken, and with a slash, polite words and noise.
func TestEveryWordIsUnderstood(t *testing.T) {
	talk := New(Talk{})
	// A section of the same name wins over the plain word for news.
	section := map[string]bool{"أخبار": true, "الأخبار": true, "news": true}
	for _, l := range []Language{Arabic, English} {
		words := &phrasesOf(l).Words
		for i := range talk.commands {
			c := &talk.commands[i]
			if c.wording == nil {
				continue
			}
			w := c.wording(words)
			for _, word := range spelt(append([]string{w.Word}, w.Words...)) {
				if strings.HasSuffix(word, onward) {
					continue // says nothing alone
				}
				for _, text := range []string{word, "  " + word + "  ", strings.ToUpper(word)} {
					got := understood(talk, text, Arabic)
					if got.do != c.verb || got.arg != c.arg {
						t.Errorf("%q is understood as %s %s, want %s %s", text, got.do, got.arg, c.verb, c.arg)
					}
					if len(got.sections) > 0 && !section[word] {
						t.Errorf("%q names %v", text, got.sections)
					}
				}
			}
		}
		for _, g := range phrasesOf(l).Greetings {
			for _, word := range spelt(g.Words) {
				if got := understood(talk, word, l); got.do != doGreet || got.greeting != g.Reply {
					t.Errorf("%q is %s and returned with %q", word, got.do, got.greeting)
				}
			}
		}
		for _, word := range spelt(words.Thanks) {
			if got := understood(talk, word, l); got.do != doThanks {
				t.Errorf("%q is %s", word, got.do)
			}
		}
	}
	for _, c := range talk.commands {
		for _, name := range c.names {
			if name == "" {
				continue
			}
			if got := understood(talk, "/"+name, Arabic); got.do != c.verb {
				t.Errorf("/%s is %s", name, got.do)
			}
		}
	}
}

func TestUnderstand(t *testing.T) {
	talk := New(Talk{})
	for _, c := range []struct {
		text     string
		do       verb
		arg      string
		sections string
	}{
		{"إلغاء الطقس", doDrop, "", "weather"},
		{"أوقفوا أخبار الطقس من فضلكم", doDrop, "", "weather"},
		{"إلغاء الطقس والوظائف", doDrop, "", "weather jobs"},
		{"إلغاء لا للشائعات", doDrop, "", "rumours"},
		{"stop weather", doDrop, "", "weather"},
		{"/stop weather", doDrop, "", "weather"},
		{"إلغاء العاجل", doBreaking, off, ""},
		{"أوقف العاجل ليلا", doQuiet, on, ""},
		{"إلغاء كل الأقسام", doStop, "", ""},
		{"إلغاء الرياضة", doStop, "", ""},
		{"لا أريد هذه الرسائل", doStop, "", ""},
		{"أريد إلغاء الاشتراك", doStop, "", ""},
		{"الغغغغاء", doStop, "", ""},
		{"إلعاء", doStop, "", ""},
		{"unsubscribee", doStop, "", ""},
		{"الغناء", doStop, "", ""},
		{"stop for a while", doPause, "", ""},
		{"إيقاف مؤقت يوم", doPause, day, ""},
		{"استراحة أسبوع من فضلكم", doPause, week, ""},
		{"احذف بياناتي الآن", doForget, "", ""},
		{"وقت", doTime, "", ""},
		{"وقف", doStop, "", ""},
		{"وقت الصلاة", doUnknown, "", ""},
		{"العاجل لا", doBreaking, off, ""},
		{"الليل لا", doQuiet, on, ""},
		{"night yes", doQuiet, off, ""},
		{"السلام عليكم أريد الاشتراك في الطقس", doSubscribe, "", "weather"},
		{"ابدأ الطقس", doSubscribe, "", "weather"},
		{"سجلني في الوظائف", doSubscribe, "", "jobs"},
		{"اشتراك بالطقس", doSubscribe, "", "weather"},
		{"اشتراك للوظائف", doSubscribe, "", "jobs"},
		{"التدريب", doLatest, "", "jobs"},
		{"آخر أخبار الطقس", doLatest, "", "weather"},
		{"قسم الطقس", doLatest, "", "weather"},
		{"أقسام أخبار", doSections, "", "news"},
		{"اشتراك الفضاء", doNoName, "", ""},
		{"اشتراط", doGuess, "", ""},
		{"٧", doNumber, "", ""},
		{"🤔", doUnknown, "", ""},
		{"", doUnknown, "", ""},
		{strings.Repeat("إلغاء ", 500), doUnknown, "", ""},
		{"توقف المطر في مسقط منذ الصباح", doUnknown, "", ""},
	} {
		got := understood(talk, c.text, Arabic)
		var slugs []string
		for _, s := range got.sections {
			slugs = append(slugs, string(s))
		}
		if got.do != c.do || got.do != doGuess && got.arg != c.arg || strings.Join(slugs, " ") != c.sections {
			t.Errorf("%q: %s %s %v, want %s %s %s", c.text, got.do, got.arg, slugs, c.do, c.arg, c.sections)
		}
	}
}

// TestDataFits holds every button's data within what a network carries.
func TestDataFits(t *testing.T) {
	talk := New(Talk{})
	slug := news.Slug(strings.Repeat("s", 32))
	slot := strings.Repeat("n", 32)
	for _, c := range talk.commands {
		for _, data := range []string{encode(c.verb), encodeSection(c.verb, slug), encode(c.verb, slot)} {
			if len(data) > maxData {
				t.Errorf("%s is %d bytes", data, len(data))
			}
		}
	}
}

// TestStopInEveryState says every word for stopping while a menu is open, a
// question asked, messages paused, and with nothing of the kind: it stops.
func TestStopInEveryState(t *testing.T) {
	talk := New(Talk{})
	s := Settings{
		Tree:  news.NewTree([]news.Section{{Slug: "weather", Name: "الطقس"}}),
		Slots: []Slot{{Name: "evening", Label: "المساء", Hour: "20:00"}},
	}
	now := time.Unix(1e9, 0)
	for _, m := range []memo{
		{},
		{Menu: []string{encodeSection(doTick, "weather"), encode(doDone)}, Shown: now.Unix()},
		{Ask: encode(doErase), Asked: now.Unix()},
		{Ask: encodeSection(doSubscribe, "weather"), Asked: now.Unix(), Menu: []string{encode(doKeep)}, Shown: now.Unix()},
	} {
		for _, paused := range []bool{false, true} {
			for _, l := range []Language{Arabic, English} {
				stop := phrasesOf(l).Words.Stop
				for _, word := range spelt(append([]string{stop.Word, "/stop"}, stop.Words...)) {
					r := s.newcomer()
					r.ID, r.Paused = 1, paused
					turn := talk.Turn(Input{
						Chat: Chat{Reader: r, Memo: m.write()}, Now: now, Settings: s,
						Event: bots.Event{Kind: bots.Wrote, Account: "telegram:1", Key: "1", Chat: "1", ChatKind: news.Private, Text: word},
					})
					if turn.Commit.Leave != leftStop || len(turn.Commit.Replies) != 1 {
						t.Errorf("%q with %+v: leave %q, %d replies", word, m, turn.Commit.Leave, len(turn.Commit.Replies))
					}
				}
			}
		}
	}
}

func BenchmarkTurn(b *testing.B) {
	talk := New(Talk{})
	for b.Loop() {
		understood(talk, "السلام عليكم، أريد الاشتراك في الطقس والوظائف", Arabic)
	}
}
