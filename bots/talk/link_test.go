package talk_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// wroteOn is a text of the same person on WhatsApp.
func wroteOn(key, text string) bots.Event {
	e := wrote(key, text)
	e.Account, e.Chat = whatsapp, "9@lid"
	return e
}

func handle(t *testing.T, b *talk.Talk, events ...bots.Event) {
	t.Helper()
	for _, e := range events {
		if _, err := b.Handle(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLinkedAreTold: whoever sends has to look again on both networks, and
// whoever keeps something about a chat elsewhere forgets it on both.
func TestLinkedAreTold(t *testing.T) {
	var said []string
	b, _ := start(t, func(p *talk.Talk) {
		p.Code = func() string { return "204060" }
		p.Wake = func(a news.AccountID) { said = append(said, "wake "+string(a)) }
		p.Changed = func(a news.AccountID, r news.SubscriberID) { said = append(said, fmt.Sprint("changed ", a, r)) }
		p.Forgot = func(a news.AccountID, c news.ChatID) { said = append(said, "forgot "+string(a)+" "+string(c)) }
	})
	handle(t, b, wrote("1", "اشتراك الطقس"), wrote("2", "ربط"))
	for _, step := range []struct {
		e    bots.Event
		want []string
	}{
		{wroteOn("3", "ربط 204060"), []string{"changed telegram:71", "wake telegram:7", "wake whatsapp:7"}},
		{wroteOn("4", "أرسلوا لي على تلغرام"), []string{"changed whatsapp:71", "wake telegram:7", "wake whatsapp:7"}},
		{wroteOn("5", "استراحة يوم"), []string{"changed telegram:71", "changed whatsapp:71", "wake whatsapp:7"}},
		{wroteOn("6", "انسني"), []string{"wake whatsapp:7"}},
		{wroteOn("7", "نعم"), []string{"changed telegram:71", "changed whatsapp:71", "forgot telegram:7 42", "forgot whatsapp:7 9@lid", "wake whatsapp:7"}},
	} {
		said = nil
		handle(t, b, step.e)
		slices.Sort(said)
		if !slices.Equal(said, step.want) {
			t.Errorf("after %q: %q, want %q", step.e.Text, said, step.want)
		}
	}
}

// late is a store where a code is gone between being looked up and taken.
type late struct {
	shelf
}

func (l *late) Commit(ctx context.Context, c talk.Commit) (talk.Committed, error) {
	if c.Take != "" {
		return talk.Committed{}, talk.ErrCode
	}
	return l.shelf.Commit(ctx, c)
}

// TestCodeTakenMeanwhile: two chats take a code at the same time, and the
// later one is told that it is not good any more.
func TestCodeTakenMeanwhile(t *testing.T) {
	b, store := start(t, func(p *talk.Talk) {
		p.Code = func() string { return "204060" }
	})
	store.shelf = &late{shelf: store.shelf}
	handle(t, b, wrote("1", "اشتراك الطقس"), wrote("2", "ربط"), wroteOn("3", "ربط 204060"))
	last := store.replies[len(store.replies)-1].Message.Blocks[0].String()
	if !strings.Contains(last, "لم نعرف هذا الرمز") {
		t.Errorf("says %q", last)
	}
}

// TestCodesAreSixDigits, and differ.
func TestCodesAreSixDigits(t *testing.T) {
	b, store := start(t, nil)
	handle(t, b, wrote("1", "اشتراك الطقس"))
	seen := map[string]bool{}
	for i := range 5 {
		handle(t, b, wrote(fmt.Sprint("a", i), "ربط"))
		give := store.commits[len(store.commits)-1].Give
		if give == nil || len(give.Digits) != 6 || strings.Trim(give.Digits, "0123456789") != "" || time.Until(give.Expires) > 10*time.Minute {
			t.Fatalf("given: %+v", give)
		}
		seen[give.Digits] = true
	}
	if len(seen) < 4 {
		t.Errorf("codes: %v", seen)
	}
}

// TestPollFallsBack: a level with more sections than a poll may have is a list
// with numbers, and one with twelve is a poll.
func TestPollFallsBack(t *testing.T) {
	for n, poll := range map[int]bool{1: false, 12: true, 13: false} {
		set := settings(talk.Arabic)
		var sections []news.Section
		for i := range n {
			sections = append(sections, news.Section{Slug: news.Slug(fmt.Sprint("s", i)), Name: "قسم رقم " + fmt.Sprint(i)})
		}
		set.Tree = news.NewTree(sections)
		b, store := start(t, func(p *talk.Talk) { p.Settings = func() talk.Settings { return set } })
		handle(t, b, wroteOn("1", "استبيان"))
		last := store.replies[len(store.replies)-1].Message
		if last.Poll != poll || poll && len(last.Buttons) != n {
			t.Errorf("%d sections: poll %v with %d options", n, last.Poll, len(last.Buttons))
		}
		if text := news.Join(last.Blocks...).Units() + 2; poll && text > 255 {
			t.Errorf("a question of %d units", text)
		}
	}
}
