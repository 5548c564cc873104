package botstest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

func hasAccount(t *testing.T, n Network) {
	a := n.Adapter()
	if id := a.Account(); id.Platform() == "" || string(id) == string(id.Platform()) {
		t.Errorf("the account is %q, want platform:id", id)
	}
	if again := n.Adapter().Account(); again != a.Account() {
		t.Errorf("the account is %q, and %q after a restart", a.Account(), again)
	}
	clean(t, n, "the account", string(a.Account()))
}

func sendsText(t *testing.T, n Network) {
	ctx, a := deadline(t), n.Adapter()
	first := send(t, ctx, a, bots.Message{Chat: n.Chat(0), Text: news.T("الطقس اليوم صحو"), Key: "1"})
	second := send(t, ctx, a, bots.Message{Chat: n.Chat(0), Text: news.Join(news.B("عمان"), news.T(" تفوز")), Key: "2"})
	if first.ID == "" || first.ID == second.ID {
		t.Errorf("message ids are %q and %q, want two", first.ID, second.ID)
	}
	want(t, ctx, n, 0, "الطقس اليوم صحو", "عمان تفوز")
}

func sendsLongest(t *testing.T, n Network) {
	ctx, a := deadline(t), n.Adapter()
	size := a.Limits().Text
	if size == 0 {
		t.Skip("the network has no limit of length")
	}
	text := strings.Repeat("خبر ", size/4)
	text = strings.TrimSpace(text) + strings.Repeat("ر", size-news.Units(strings.TrimSpace(text)))
	send(t, ctx, a, bots.Message{Chat: n.Chat(0), Text: news.T(text), Key: "1"})
	want(t, ctx, n, 0, text)
}

func sendsParts(t *testing.T, n Network) {
	ctx, a := deadline(t), n.Adapter()
	size := a.Limits().Text
	if size == 0 {
		t.Skip("the network has no limit of length")
	}
	var m news.Message
	var words []string
	for i := range 5 {
		block := fmt.Sprintf("%d %s", i, strings.Repeat("كلمة ", size/12))
		m.Blocks = append(m.Blocks, news.T(strings.TrimSpace(block)))
		words = append(words, strings.Fields(block)...)
	}
	parts := bots.Split(m, a.Limits())
	for i, p := range parts {
		p.Chat, p.Key = n.Chat(0), fmt.Sprint(i)
		send(t, ctx, a, p)
	}
	seen, err := n.Await(ctx, 0, len(parts))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Fields(strings.Join(seen, "\n")); !slices.Equal(got, words) {
		t.Errorf("%d parts hold %d words, want %d", len(parts), len(got), len(words))
	}
}

func saysErrors(t *testing.T, n Network) {
	ctx, a := deadline(t), n.Adapter()
	kinds := []struct {
		fault Fault
		is    func(error) bool
	}{
		{Gone, is(bots.ErrGone)},
		{Missing, is(bots.ErrMissing)},
		{Suspended, is(bots.ErrSuspended)},
		{Rejected, is(bots.ErrRejected)},
		{Limited, func(err error) bool {
			var e *bots.RetryError
			return errors.As(err, &e) && e.After > 0
		}},
		{Moved, func(err error) bool {
			var e *bots.MovedError
			return errors.As(err, &e) && e.To != "" && e.To != n.Chat(0)
		}},
		{Cut, is(bots.ErrUnknown)},
		{Refused, is(bots.ErrNotSent)},
		{Revoked, is(bots.ErrRevoked)},
	}
	for _, k := range kinds {
		if !n.Break(0, k.fault) {
			t.Logf("the network cannot fail by %q", k.fault)
			continue
		}
		const text = "نص لا يظهر في الأخطاء"
		_, err := a.Send(ctx, bots.Message{Chat: n.Chat(0), Text: news.T(text), Key: string(k.fault)})
		if !k.is(err) {
			t.Errorf("%s: the error is %v", k.fault, err)
		}
		if err != nil {
			clean(t, n, "the error", fmt.Sprintf("%+v", err))
			if strings.Contains(err.Error(), text) || strings.Contains(err.Error(), string(n.Chat(0))) {
				t.Errorf("%s: the error holds the text or the chat: %v", k.fault, err)
			}
		}
	}
	r := send(t, ctx, a, bots.Message{Chat: n.Chat(1), Text: news.T("للآخر"), Key: "last"})
	if r.ID == "" {
		t.Error("another reader's message has no id")
	}
}

func is(target error) func(error) bool {
	return func(err error) bool { return errors.Is(err, target) }
}

func givesUp(t *testing.T, n Network) {
	ctx, cancel := context.WithCancel(deadline(t))
	cancel()
	_, err := n.Adapter().Send(ctx, bots.Message{Chat: n.Chat(0), Text: news.T("متأخر"), Key: "1"})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("sending under an ended context gives %v", err)
	}
	if !errors.Is(err, bots.ErrNotSent) && !errors.Is(err, bots.ErrUnknown) {
		t.Errorf("it does not say whether the message went: %v", err)
	}
}

func edits(t *testing.T, n Network) {
	ctx := deadline(t)
	a, ok := n.Adapter().(bots.Editor)
	if !ok {
		t.Skip("the adapter does not edit")
	}
	r := send(t, ctx, a, bots.Message{Chat: n.Chat(0), Text: news.T("قبل"), Key: "1"})
	m := bots.Message{Chat: n.Chat(0), Text: news.T("بعد"), Key: "2"}
	for range 2 { // the second changes nothing, and is no error
		after, err := a.Edit(ctx, r.ID, m)
		if err != nil || after.ID == "" {
			t.Fatalf("Edit gives %+v, %v", after, err)
		}
	}
	want(t, ctx, n, 0, "بعد")
	d, ok := a.(bots.Deleter)
	if !ok {
		return
	}
	if err := d.Delete(ctx, n.Chat(0), r.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Edit(ctx, r.ID, bots.Message{Chat: n.Chat(0), Text: news.T("ثالثة"), Key: "3"}); !errors.Is(err, bots.ErrGone) {
		t.Errorf("editing what is gone gives %v", err)
	}
}

func deletes(t *testing.T, n Network) {
	ctx := deadline(t)
	a, ok := n.Adapter().(bots.Deleter)
	if !ok {
		t.Skip("the adapter does not delete")
	}
	r := send(t, ctx, a, bots.Message{Chat: n.Chat(0), Text: news.T("خطأ"), Key: "1"})
	send(t, ctx, a, bots.Message{Chat: n.Chat(0), Text: news.T("صواب"), Key: "2"})
	for range 2 { // what is gone already counts as taken back
		if err := a.Delete(ctx, n.Chat(0), r.ID); err != nil {
			t.Fatal(err)
		}
	}
	want(t, ctx, n, 0, "صواب")
}

func send(t *testing.T, ctx context.Context, a bots.Adapter, m bots.Message) bots.Receipt {
	t.Helper()
	r, err := a.Send(ctx, m)
	if err != nil {
		t.Fatalf("send: %v", err)
	}
	return r
}

func want(t *testing.T, ctx context.Context, n Network, reader int, texts ...string) {
	t.Helper()
	seen, err := n.Await(ctx, reader, len(texts))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(seen, texts) {
		t.Errorf("the reader sees %q, want %q", seen, texts)
	}
}
