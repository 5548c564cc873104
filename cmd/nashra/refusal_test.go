package main

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
)

// The status names the channels that take nothing, while the program runs and
// after it has stopped; a check says how the same channel looks.
func TestStatusNamesRefusingChannels(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.channel("@omannews", &telegramtest.Rights{Edit: true})
		s.founded()
		s.must("alert", "إغلاق الطريق", "--everyone")
		p := s.start()
		time.Sleep(2 * time.Minute) // of the bubble
		synctest.Wait()
		p.stop()
		out := s.must("status")
		if !strings.Contains(out, "channel @omannews on telegram: REFUSES POSTS since 20") || !strings.Contains(out, ": the bot may not post there\n") {
			t.Errorf("the status: %s", out)
		}
		s.refused(exitProblem, []string{"check"}, "✗ channel @omannews", "may not post")
	})
}
