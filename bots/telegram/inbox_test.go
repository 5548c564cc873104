package telegram_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/news"
)

// A handler that goes on failing for one update holds up its own chat only,
// and is given up for the rest of it once others have gone through.
func TestOneUpdateDoesNotBlockOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegram.Config{})
		l := &listener{}
		l.handle = func(e bots.Event) (bots.Answer, error) {
			if e.Text == "سم" {
				return bots.Answer{}, context.DeadlineExceeded
			}
			return bots.Answer{}, nil
		}
		stop := run(t, w.adapter(), l)
		start := time.Now()
		w.Write(0, "سم")
		w.Write(0, "بعده")
		var after time.Duration
		for i := range 200 { // more than one poll gives
			w.Write(1, fmt.Sprint(i))
			time.Sleep(time.Second)
			for _, e := range l.heard() {
				if e.Text == "بعده" && after == 0 {
					after = time.Since(start)
				}
			}
		}
		others := 0
		for _, e := range l.heard() {
			if e.Chat == w.Chat(1) {
				others++
			}
		}
		if others != 200 {
			t.Errorf("%d of 200 updates of the other reader were handled", others)
		}
		if after < 30*time.Second || after > 3*time.Minute {
			t.Errorf("the reader's next update was handled after %v", after)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		if !strings.Contains(w.Logged(), "given up") {
			t.Error("nothing was logged")
		}
	})
}

// A slow handler holds up its own chat, and keeps the updates in order.
func TestChatsAreHandledSideBySide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegram.Config{})
		var mu sync.Mutex
		done := map[string]time.Duration{}
		start := time.Now()
		l := &listener{}
		l.handle = func(e bots.Event) (bots.Answer, error) {
			if e.Text == "بطيء" {
				time.Sleep(time.Minute)
			}
			mu.Lock()
			defer mu.Unlock()
			done[e.Text] = time.Since(start)
			return bots.Answer{}, nil
		}
		stop := run(t, w.adapter(), l)
		w.Write(0, "بطيء")
		w.Write(0, "بعده")
		w.Write(1, "سريع")
		time.Sleep(10 * time.Second)
		w.Write(1, "وسريع")
		time.Sleep(2 * time.Minute)
		if err := stop(); err != nil {
			t.Error(err)
		}
		if done["سريع"] > time.Second || done["وسريع"] > 12*time.Second {
			t.Errorf("the other reader waited: %v", done)
		}
		if done["بعده"] < done["بطيء"] || done["بطيء"] != time.Minute {
			t.Errorf("the reader's own updates were not handled in order: %v", done)
		}
	})
}

// While nothing can be handled, nothing is given up.
func TestNothingIsLostWhileEverythingFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegram.Config{})
		var mu sync.Mutex
		full := true
		l := &listener{}
		l.handle = func(bots.Event) (bots.Answer, error) {
			mu.Lock()
			defer mu.Unlock()
			if full {
				return bots.Answer{}, context.DeadlineExceeded
			}
			return bots.Answer{}, nil
		}
		stop := run(t, w.adapter(), l)
		w.Write(0, "أول")
		w.Write(1, "ثان")
		time.Sleep(time.Hour)
		if n := w.bot.Pending(); n != 2 {
			t.Errorf("%d updates wait at Telegram, want 2", n)
		}
		mu.Lock()
		full = false
		mu.Unlock()
		time.Sleep(2 * time.Minute)
		if n := w.bot.Pending(); n != 0 {
			t.Errorf("%d updates still wait at Telegram", n)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestApology(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const sorry = "عذرًا، حدث خطأ"
		w := newWorld(t, telegram.Config{Apology: sorry})
		a := w.adapter()
		l := &listener{handle: func(e bots.Event) (bots.Answer, error) { panic(e) }}
		stop := run(t, a, l)
		id := w.readers[0].SendText(w.chats[0], "قنبلة")
		synctest.Wait()
		if m := w.newest(); m.Text != sorry || m.ReplyTo != id {
			t.Errorf("the reader sees %+v", m)
		}
		if _, err := a.Send(t.Context(), bots.Message{
			Chat: w.Chat(0), Text: news.T("هل؟"), Buttons: [][]news.Button{{{Label: "نعم", Data: "yes"}}},
		}); err != nil {
			t.Fatal(err)
		}
		if toast, err := w.Press(t.Context(), 0, "yes"); err != nil || toast != sorry {
			t.Errorf("the button shows %q, %v", toast, err)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		if n := w.bot.Pending(); n != 0 {
			t.Errorf("%d updates are not acknowledged", n)
		}
		if log := w.Logged(); strings.Contains(log, "قنبلة") || !strings.Contains(log, "receive_test.go") {
			t.Errorf("the log says too much, or not where it was: %s", log)
		}
	})
}

// Stopping waits for the handler at work, acknowledges what it has done, and
// leaves the rest to the next start.
func TestStopWaitsForHandlers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegram.Config{})
		began, finished := make(chan struct{}), false
		l := &listener{handle: func(bots.Event) (bots.Answer, error) {
			close(began)
			time.Sleep(2 * time.Second) // of the bubble
			finished = true
			return bots.Answer{}, nil
		}}
		stop := run(t, w.adapter(), l)
		w.Write(0, "أول")
		<-began
		w.Write(0, "ثان")
		if err := stop(); err != nil {
			t.Error(err)
		}
		if !finished || len(l.heard()) != 1 {
			t.Errorf("finished %v, handled %d", finished, len(l.heard()))
		}
		if n := w.bot.Pending(); n != 1 {
			t.Errorf("%d updates are left to the next start, want 1", n)
		}
	})
}
