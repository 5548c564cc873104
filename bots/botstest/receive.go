package botstest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

func receivesInOrder(t *testing.T, n Network) {
	ctx, a := deadline(t), n.Adapter()
	s := newScribe(nil)
	run := start(t, a, s)
	defer run.stop()
	const texts = 20
	var want []string
	for i := range texts {
		text := fmt.Sprintf("رسالة %d", i)
		want = append(want, text)
		n.Write(0, text)
		n.Write(1, text)
	}
	got, keys := map[news.ChatID][]string{}, map[string]bool{}
	for range 2 * texts {
		e := s.next(t, ctx)
		got[e.Chat] = append(got[e.Chat], e.Text)
		keys[e.Key] = true
		if e.Account != a.Account() || e.ChatKind != news.Private || e.From == "" || e.Key == "" || e.Time.IsZero() {
			t.Errorf("the event says too little: %+v", e)
		}
	}
	for reader := range 2 {
		if texts := got[n.Chat(reader)]; !slices.Equal(texts, want) {
			t.Errorf("reader %d wrote %q, heard was %q", reader, want, texts)
		}
	}
	if len(keys) != 2*texts {
		t.Errorf("%d events have %d keys", 2*texts, len(keys))
	}
}

func repeatsEvent(t *testing.T, n Network) {
	ctx, a := deadline(t), n.Adapter()
	keys := make(chan string, 10)
	s := newScribe(func(e bots.Event, times int) (bots.Answer, error) {
		if e.Text == "أول" {
			keys <- e.Key
			if times < 3 {
				return bots.Answer{}, errFull
			}
		}
		return bots.Answer{}, nil
	})
	run := start(t, a, s)
	defer run.stop()
	n.Write(0, "أول")
	n.Write(0, "ثان")
	if first, second := s.next(t, ctx), s.next(t, ctx); first.Text != "أول" || second.Text != "ثان" {
		t.Errorf("handled were %q, then %q", first.Text, second.Text)
	}
	if a, b, c := <-keys, <-keys, <-keys; a == "" || a != b || b != c {
		t.Errorf("the keys of one event are %q, %q and %q", a, b, c)
	}
}

func repeatsAfterRestart(t *testing.T, n Network) {
	ctx := deadline(t)
	tried := make(chan string, 100)
	run := start(t, n.Adapter(), newScribe(func(e bots.Event, _ int) (bots.Answer, error) {
		if e.Kind == bots.Wrote {
			tried <- e.Key
		}
		return bots.Answer{}, errFull
	}))
	n.Write(0, "اشتراك")
	var key string
	select {
	case key = <-tried:
	case <-ctx.Done():
		t.Fatal("no event came")
	}
	run.stop()
	s := newScribe(nil)
	run = start(t, n.Adapter(), s)
	defer run.stop()
	if e := s.next(t, ctx); e.Text != "اشتراك" || e.Key != key {
		t.Errorf("after a restart %q came with key %q, want key %q", e.Text, e.Key, key)
	}
}

func survivesPanic(t *testing.T, n Network) {
	ctx, a := deadline(t), n.Adapter()
	const secretive = "كلمة تفجر البرنامج"
	s := newScribe(func(e bots.Event, _ int) (bots.Answer, error) {
		if e.Text == secretive {
			panic("cannot handle " + e.Text)
		}
		return bots.Answer{}, nil
	})
	run := start(t, a, s)
	defer run.stop()
	n.Write(0, secretive)
	n.Write(0, "بعدها")
	n.Write(1, "غيره")
	texts := []string{s.next(t, ctx).Text, s.next(t, ctx).Text}
	slices.Sort(texts)
	if !slices.Equal(texts, []string{"بعدها", "غيره"}) {
		t.Errorf("after a panic %q were handled", texts)
	}
	if strings.Contains(n.Logged(), secretive) {
		t.Error("the log holds what the reader wrote")
	}
}

func answersButton(t *testing.T, n Network) {
	p, ok := n.(Presser)
	if !ok {
		t.Skip("the network's readers press no buttons")
	}
	ctx, a := deadline(t), n.Adapter()
	s := newScribe(func(bots.Event, int) (bots.Answer, error) { return bots.Answer{Toast: "تم"}, nil })
	run := start(t, a, s)
	defer run.stop()
	r := send(t, ctx, a, bots.Message{
		Chat: n.Chat(0), Text: news.T("اختر"), Key: "1",
		Buttons: [][]news.Button{{{Label: "الطقس", Data: "follow:weather"}}},
	})
	toast, err := p.Press(ctx, 0, "follow:weather")
	if err != nil || toast != "تم" {
		t.Errorf("pressing shows %q, %v", toast, err)
	}
	if e := s.next(t, ctx); e.Kind != bots.Pressed || e.Data != "follow:weather" || e.Message != r.ID || e.Chat != n.Chat(0) {
		t.Errorf("the event is %+v", e)
	}
}

func stops(t *testing.T, n Network) {
	ctx, a := deadline(t), n.Adapter()
	before := Running(t)
	s := newScribe(nil)
	run := start(t, a, s)
	n.Write(0, "سؤال")
	s.next(t, ctx)
	run.stop()
	before.Only()
	// The account can still send: answers that are under way go out.
	send(t, ctx, a, bots.Message{Chat: n.Chat(0), Text: news.T("جواب"), Key: "1"})
}
