package talk_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// tipped is a tip that a memory keeps.
type tipped struct {
	at   talk.Address
	key  string
	held bool
	when time.Time
	desk.Tip
}

func (m *memory) Tellings(_ context.Context, account news.AccountID, chat news.ChatID, since time.Time, key string) (out talk.Tellings, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, one := range m.told {
		if one.at != (talk.Address{Account: account, Chat: chat}) {
			continue
		}
		if !one.held && !one.when.Before(since) {
			out.Told++
		}
		if one.key == key {
			out.There, out.Held, out.Waits = true, one.held, !one.held
		}
	}
	return out, nil
}

// tell does what a commit says of tips.
func (m *memory) tell(c talk.Commit) {
	here := talk.Address{Account: c.Account, Chat: c.Chat}
	if c.Forget {
		m.told = slices.DeleteFunc(m.told, func(one tipped) bool { return one.at == here })
	}
	if c.Tip == nil {
		return
	}
	mine := func(one tipped) bool { return one.at == here && one.key == c.Tip.Key }
	at := slices.IndexFunc(m.told, mine)
	switch c.Tip.Do {
	case talk.TipTold, talk.TipHeld:
		if c.Tip.Do == talk.TipHeld {
			m.told = slices.DeleteFunc(m.told, func(one tipped) bool { return one.at == here && one.held })
		}
		m.told = append(m.told, tipped{here, c.Tip.Key, c.Tip.Do == talk.TipHeld, c.At, desk.Tip{Words: c.Tip.Words, File: c.Tip.File, Forward: c.Tip.Forward}})
	case talk.TipMeant:
		if at >= 0 {
			m.told[at].held = false
		}
	case talk.TipDropped:
		m.told = slices.DeleteFunc(m.told, func(one tipped) bool { return mine(one) && one.held })
	case talk.TipNamed:
		if at >= 0 {
			m.told[at].From = c.Tip.Name
		}
	}
}

// soundTip checks a commit's tip: it says or brings something, and nothing that
// no tip carries; in groups there is none.
func soundTip(c talk.Commit) error {
	switch tip := c.Tip; {
	case tip == nil:
	case c.Kind != news.Private:
		return errors.New("tip: of a group")
	case tip.Do != talk.TipTold && tip.Do != talk.TipHeld:
		if !tip.File.None() {
			return errors.New("tip: a file that nothing is done with")
		}
	case tip.Words == "" && tip.File.None():
		return errors.New("tip: nothing is told")
	case !tip.File.None() && (tip.File.Unfit() != "" || tip.File.Account != c.Account):
		return fmt.Errorf("tip: nobody can have the file %+v", tip.File)
	}
	return nil
}

func (m *memory) tips() (out []desk.Tip) {
	for _, one := range m.told {
		if !one.held {
			out = append(out, one.Tip)
		}
	}
	return out
}

func (r real) tips() []desk.Tip {
	out, err := r.Tipped(context.Background())
	if err != nil {
		r.t.Fatal(err)
	}
	return out
}

// told writes down the newsroom's queue.
func told(tips []desk.Tip) string {
	var all []string
	for _, one := range tips {
		line := one.Words
		if f := one.File; !f.None() {
			line = strings.TrimSpace(fmt.Sprintf("{%s of %s: %s} %s", f.Kind, f.Account.Platform(), f.Ref, line))
		}
		if one.Forward {
			line = "» " + line
		}
		if one.From != "" {
			line += " (" + one.From + ")"
		}
		all = append(all, line)
	}
	return strings.Join(all, " | ")
}

// TestTipWords tells claims in many ways; what reaches the newsroom is what
// was written, without the word for it.
func TestTipWords(t *testing.T) {
	for text, want := range map[string]string{
		"بلّغ أُغلق طريق الوادي":                    "أُغلق طريق الوادي",
		"بلغ: أُغلق طريق الوادي!":                   "أُغلق طريق الوادي!",
		"السلام عليكم، أبلغ عن حريق في السوق":       "حريق في السوق",
		"أريد أن أبلغ عن\nحريق\nفي السوق":           "حريق\nفي السوق",
		"/tip@nashra_bot  the road is closed":       "the road is closed",
		"/tip حريق":                                 "حريق",
		"Report: the road is closed":                "the road is closed",
		"بلّغ إلغاء الامتحانات في كل المدارس":       "إلغاء الامتحانات في كل المدارس",
		"بلّغ \u202eمقلوب":                          "مقلوب",
		"أبلغ " + strings.Repeat("كلام طويل ", 500): strings.TrimSpace(desk.TipWords(strings.Repeat("كلام طويل ", 500))),
		"إلغاء":      "",
		"بلّغ":       "",
		"  بلاغ:  ":  "",
		"/tip":       "",
		"أخبار بلّغ": "",
	} {
		p := newPlayer(t, newMemory())
		p.open()
		p.handle(p.wrote("/start"))
		p.handle(bots.Event{Kind: bots.Wrote, Text: text, Addressed: true})
		if got := told(p.store.tips()); got != want {
			t.Errorf("%q tells %q, want %q", text, got, want)
		}
	}
}

// TestTipNames takes hostile names: they turn nothing and are short.
func TestTipNames(t *testing.T) {
	p := newPlayer(t, newMemory())
	p.open()
	p.name = "\u202eسالم\u2066\n\n" + strings.Repeat(" محمد", 500)
	p.handle(p.wrote("/start"))
	p.handle(p.wrote("بلّغ حريق"))
	if got := fmt.Sprint(p.store.replies[len(p.store.replies)-1].Message); strings.ContainsAny(got, "\u202e\u2066") || strings.Contains(got, strings.Repeat(" محمد", 20)) {
		t.Errorf("the question says the name as it came: %q", got)
	}
	p.handle(p.wrote("نعم"))
	name := p.store.tips()[0].From
	if !strings.HasPrefix(name, "سالم ") || strings.ContainsAny(name, "\u202e\u2066\n") || len([]rune(name)) > 60 {
		t.Errorf("the newsroom sees %q", name)
	}
}

// TestTipTwice delivers the event of a tip twice.
func TestTipTwice(t *testing.T) {
	p := newPlayer(t, newMemory())
	p.open()
	p.handle(p.wrote("/start"))
	for range 2 {
		p.keys = 5
		p.handle(p.wrote("بلّغ حريق"))
	}
	if got := told(p.store.tips()); got != "حريق" {
		t.Errorf("the newsroom has %q", got)
	}
}

// TestTipIsTold calls whoever waits for tips once for each that is meant.
func TestTipIsTold(t *testing.T) {
	p := newPlayer(t, newMemory())
	p.open()
	n := 0
	p.talk.Told = func() { n++ }
	p.handle(p.wrote("/start"))
	p.handle(p.event("forward منقول"))
	if n != 0 {
		t.Error("a message that is held was told")
	}
	p.handle(p.wrote("نعم"))
	p.handle(p.wrote("بلّغ حريق"))
	if n != 2 {
		t.Errorf("told %d times", n)
	}
}
