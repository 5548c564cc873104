package talk_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// digester is a function that makes digests.
type digester func(news.Reader) (news.Message, news.ArticleID, error)

func (d digester) DigestNow(_ context.Context, r news.Reader) (news.Message, news.ArticleID, error) {
	return d(r)
}

func wrote(key, text string) bots.Event {
	return bots.Event{
		Account: telegram, Key: key, Kind: bots.Wrote, Chat: "42", ChatKind: news.Private, From: "sara", Text: text, Addressed: true,
	}
}

func start(t *testing.T, change func(*talk.Talk)) (*talk.Talk, *recorder) {
	t.Helper()
	store := &recorder{shelf: newMemory()}
	parts := talk.Talk{
		Store: store, Settings: func() talk.Settings { return settings(talk.Arabic) },
		Digest: digester(func(news.Reader) (news.Message, news.ArticleID, error) { return news.Message{}, 0, nil }),
		Now:    time.Now, Log: quiet(),
	}
	if change != nil {
		change(&parts)
	}
	return talk.New(parts), store
}

// TestPanic: a mistake of ours costs an apology, is logged without the
// reader's words, and is not repeated when the event comes again.
func TestPanic(t *testing.T) {
	var log bytes.Buffer
	const secret = "كلام خاص جدا"
	b, store := start(t, func(p *talk.Talk) {
		p.Log = slog.New(slog.NewTextHandler(&log, nil))
		p.Digest = digester(func(news.Reader) (news.Message, news.ArticleID, error) { panic("while reading " + secret) })
	})
	for range 2 {
		if _, err := b.Handle(t.Context(), wrote("1", "/digest")); err != nil {
			t.Fatal(err)
		}
	}
	if len(store.replies) != 1 || !strings.Contains(store.replies[0].Message.Blocks[0].String(), "نعتذر") {
		t.Errorf("replies: %+v", store.replies)
	}
	if s := log.String(); !strings.Contains(s, "an answer could not be made") || strings.Contains(s, secret) {
		t.Errorf("logged: %s", s)
	}
	if _, err := b.Handle(t.Context(), wrote("2", "السلام عليكم")); err != nil || len(store.replies) != 2 {
		t.Errorf("after the panic: %v, %d replies", err, len(store.replies))
	}
}

// TestNotCommitted: what could not be written comes back to the network.
func TestNotCommitted(t *testing.T) {
	woken := 0
	b, store := start(t, func(p *talk.Talk) { p.Wake = func(news.AccountID) { woken++ } })
	full := errors.New("write: the disk is full")
	store.fail = full
	if _, err := b.Handle(t.Context(), wrote("1", "/start")); !errors.Is(err, full) || woken != 0 {
		t.Fatalf("error %v, woken %d times", err, woken)
	}
	if _, err := b.Handle(t.Context(), wrote("1", "/start")); err != nil || woken != 1 || len(store.replies) != 1 {
		t.Fatalf("again: %v, woken %d times, %d replies", err, woken, len(store.replies))
	}
	if answer, err := b.Handle(t.Context(), wrote("1", "/start")); err != nil || answer != (bots.Answer{}) || woken != 1 || len(store.replies) != 1 {
		t.Fatalf("a third time: %v %v, woken %d times, %d replies", answer, err, woken, len(store.replies))
	}
}

// TestChannelsAreLeftAlone, whatever happens in them.
func TestChannelsAreLeftAlone(t *testing.T) {
	b, store := start(t, nil)
	for _, kind := range []bots.EventKind{bots.Wrote, bots.Pressed, bots.Sent, bots.Added, bots.Removed, bots.Moved} {
		e := wrote("1", "إلغاء")
		e.Kind, e.ChatKind, e.Data, e.To = kind, news.Channel, "1:stop", "43"
		if _, err := b.Handle(t.Context(), e); err != nil {
			t.Error(err)
		}
	}
	if len(store.commits) != 0 {
		t.Errorf("written: %+v", store.commits)
	}
}

// TestGroupTalkIsNotRead: what is said in a group and not to the bot does not
// reach the store, and neither do the words of what is.
func TestGroupTalkIsNotRead(t *testing.T) {
	b, store := start(t, nil)
	e := wrote("1", "سر المجموعة")
	e.ChatKind, e.Addressed = news.Group, false
	if _, err := b.Handle(t.Context(), e); err != nil || len(store.commits) != 0 {
		t.Fatalf("%v, %d commits", err, len(store.commits))
	}
	e.Addressed = true
	if _, err := b.Handle(t.Context(), e); err != nil || len(store.commits) != 1 {
		t.Fatalf("%v, %d commits", err, len(store.commits))
	}
	if c := store.commits[0]; strings.Contains(string(c.Memo), "سر") || c.Reader != nil {
		t.Errorf("written: %+v", c)
	}
}

// TestFloodOfOneIsNoOneElses: a reader who floods is slowed down, and others
// do not notice, nor does their stopping wait.
func TestFloodOfOneIsNoOneElses(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, muscat())
	b, store := start(t, func(p *talk.Talk) { p.Now = func() time.Time { return now } })
	for i := range 1000 {
		e := wrote("a"+string(rune(i)), "مرحبا")
		if _, err := b.Handle(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(store.replies); got != 21 {
		t.Errorf("%d replies to a flood, want 20 and the notice", got)
	}
	other := wrote("b", "مرحبا")
	other.Chat = "43"
	if _, err := b.Handle(t.Context(), other); err != nil || len(store.replies) != 22 {
		t.Errorf("another reader: %v, %d replies", err, len(store.replies))
	}
	if _, err := b.Handle(t.Context(), wrote("c", "إلغاء")); err != nil || len(store.replies) != 23 {
		t.Errorf("stopping: %v, %d replies", err, len(store.replies))
	}
	for i := range 1000 {
		if _, err := b.Handle(t.Context(), wrote("d"+string(rune(i)), "إلغاء")); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(store.replies); got != 23 {
		t.Errorf("%d replies after stopping, want 23", got)
	}
}

// TestManyAtOnce hands events of one chat over at the same time, which no
// adapter should: nothing is lost.
func TestManyAtOnce(t *testing.T) {
	b, store := start(t, nil)
	if _, err := b.Handle(t.Context(), wrote("0", "اشترك في الطقس")); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i, section := range []string{"مقالات", "شعر", "خواطر", "الوظائف", "الشائعات"} {
		wg.Go(func() {
			if _, err := b.Handle(context.Background(), wrote(string(rune('a'+i)), "اشترك في "+section)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	chat, err := store.Chat(t.Context(), telegram, "42")
	if err != nil || len(chat.Reader.Follows) != 6 {
		t.Errorf("follows %v, %v", chat.Reader.Follows, err)
	}
}

// TestMore: the button under a digest leads to the rest of a section.
func TestMore(t *testing.T) {
	b, store := start(t, nil)
	section, _ := tree().Find("weather")
	button, ok := b.More(section)
	if !ok || !strings.Contains(button.Label, section.Name) {
		t.Fatalf("button %+v, %v", button, ok)
	}
	store.put(sample(time.Now())[4])
	e := wrote("1", "")
	e.Kind, e.Data, e.Message = bots.Pressed, button.Data, "7"
	if _, err := b.Handle(t.Context(), e); err != nil || len(store.replies) != 1 || store.replies[0].Edit != "" {
		t.Fatalf("%v, %+v", err, store.replies)
	}
	if text := store.replies[0].Message.Blocks[0].String(); !strings.Contains(text, "أمطار متوقعة") {
		t.Errorf("says %q", text)
	}
}

// TestSettingsAreReadAfresh: a reloaded configuration takes effect at once, and
// a section that has left it keeps its readers.
func TestSettingsAreReadAfresh(t *testing.T) {
	set := settings(talk.Arabic)
	b, store := start(t, func(p *talk.Talk) { p.Settings = func() talk.Settings { return set } })
	handle := func(key, text string) string {
		t.Helper()
		if _, err := b.Handle(t.Context(), wrote(key, text)); err != nil {
			t.Fatal(err)
		}
		m := store.replies[len(store.replies)-1].Message
		return news.Join(m.Blocks...).String()
	}
	handle("1", "اشترك في الشعر والطقس")
	set.Tree = news.NewTree([]news.Section{{Slug: "weather", Name: "الطقس"}, {Slug: "sport", Name: "الرياضة"}})
	set.Slots = []talk.Slot{{Name: "dawn", Label: "الفجر", Hour: "05:00"}}
	if said := handle("2", "اختياراتي"); strings.Contains(said, "شعر") || strings.Contains(said, "poetry") {
		t.Errorf("says %q", said)
	}
	if said := handle("3", "إلغاء الطقس"); !strings.Contains(said, "آخر ما تتابعه") {
		t.Errorf("says %q", said)
	}
	handle("4", "اشترك في الرياضة")
	handle("5", "الموجز اليومي")
	chat, _ := store.Chat(t.Context(), telegram, "42")
	if got := join(chat.Reader.Follows); !strings.Contains(got, "poetry") || !strings.Contains(got, "sport") {
		t.Errorf("follows %s", got)
	}
	if got := join(chat.Reader.Slots); !strings.Contains(got, "dawn") {
		t.Errorf("digest hours %s", got)
	}
}
