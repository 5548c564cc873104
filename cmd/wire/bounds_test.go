package wire_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/cmd/wire"
)

// What is written must make sense: zero and less are no way to say "default".
func TestConfigBounds(t *testing.T) {
	for part, keys := range map[string]map[string]string{
		"digest": {
			"per_section: 0": "a number from 1 to 100, not 0", "per_section: -1": "a number from 1 to 100, not -1", "per_section: 101": "a number from 1 to 100, not 101",
			"catch_up: 0s": "a time from 1m0s to 24h0m0s, not 0s", "catch_up: -3h": "a time from 1m0s to 24h0m0s, not -3h0m0s",
			"catch_up: 25h": "a time from 1m0s to 24h0m0s, not 25h0m0s",
		},
		"breaking": {
			"wait: -1s": "a time from 0s to 1h0m0s, not -1s", "wait: 2h": "a time from 0s to 1h0m0s, not 2h0m0s",
			"per_hour: -1": "a number from 0 to 60, not -1", "per_hour: 61": "a number from 0 to 60, not 61",
		},
		"telegram": {"rate: 0": "a number from 1 to 1000, not 0", "rate: -30": "a number from 1 to 1000, not -30", "rate: 1001": "a number from 1 to 1000, not 1001"},
		"backup":   {"keep: 0": "a number from 1 to 10000, not 0", "keep: -14": "a number from 1 to 10000, not -14"},
		"whatsapp": {
			"per_minute: 0": "a number from 1, or -1 for no limit, not 0", "per_day: -2": "a number from 1, or -1 for no limit, not -2",
			"new_per_day: 0": "a number from 1, or -1 for no limit, not 0", "readers: 0": "a number from 1, not 0",
			"breaking_within: 0s": "a time from 1m0s to 12h0m0s, not 0s", "edit_for: -1m": "a time from 1m0s to 1h0m0s, not -1m0s",
			"client_version: newest": `a version like "` + whatsapp.ClientVersion() + `", not "newest"`,
			"delete_for: 73h":        "a time from 1m0s to 72h0m0s, not 73h0m0s", "channel_edit_for: 721h": "a time from 1m0s to 720h0m0s, not 721h0m0s",
		},
		"desk": {
			"countdown: 0s": "a time from 1s to 5m0s, not 0s", "digest_ahead: 0s": "a time from 1m0s to 6h0m0s, not 0s",
			"alerts_per_day: 0": "a number from 1, not 0", "alerts_per_reader: -1": "a number from 1, not -1",
		},
	} {
		for key, want := range keys {
			text := part + ":\n"
			if part == "whatsapp" {
				text += "  number: \"+96800000000\"\n"
			}
			text += "  " + key + "\n"
			line := strings.Count(text, "\n")
			_, err := wire.ParseConfig("n.yaml", []byte(text+good))
			var wrong *wire.ConfigError
			if want := fmt.Sprintf("n.yaml:%d: expected %s", line, want); !errors.As(err, &wrong) || err.Error() != want {
				t.Errorf("%s.%s: said %v, want %s", part, key, err, want)
			}
		}
	}
}

// What is at a bound is taken, and what is not written, or written without a
// value, has its default.
func TestConfigWithinBounds(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"": 3 * time.Minute, "breaking:\n": 3 * time.Minute, "breaking:\n  wait:\n": 3 * time.Minute,
		"breaking: {wait: 0s, per_hour: 0}\n": 0, "breaking: {wait: 1h, per_hour: 60}\n": time.Hour,
	} {
		p, err := wire.ParseConfig("n.yaml", []byte(text+good+"digest: {per_section: 1, catch_up: 1m}\ntelegram: {rate: 1}\nbackup:\n  keep:\n"))
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if p.Wait() != want || p.Config.Backup.Keep != 14 || p.Newsroom.Limits.CatchUp() != time.Minute {
			t.Errorf("%q: waits %v, keeps %d, catches up %v", text, p.Wait(), p.Config.Backup.Keep, p.Newsroom.Limits.CatchUp())
		}
	}
}

// A rule that names a source or a number that cannot be is a mistake.
func TestConfigMatch(t *testing.T) {
	for match, want := range map[string]string{
		"{sources: [site, stie]}":                `n.yaml:13: expected the name of a source, not "stie"`,
		"{ids: [0]}":                             "n.yaml:13: expected the number of a WordPress category, not 0",
		"{sources: [site],\n      ids: [3, -7]}": "n.yaml:14: expected the number of a WordPress category, not -7",
	} {
		text := strings.Replace(good, "        name: الطقس\n        synonyms: [طقس, المطر]\n        match: {ids: [7]}\n", "        name: الطقس\n        match: "+match+"\n", 1)
		text = strings.Replace(text, "    match: {categories: [أخبار]}\n", "", 1)
		if _, err := wire.ParseConfig("n.yaml", []byte("log: {level: info}\n"+text)); err == nil || err.Error() != want {
			t.Errorf("%s: said %v, want %s", match, err, want)
		}
	}
}

// With per_hour: 0 nothing goes out by itself: it goes before the editors. With
// a wait of 0s the rest goes out as soon as it was read again.
func TestBreakingWithoutAnyAnHour(t *testing.T) {
	for hourly, goes := range map[int]bool{0: false, 1: true} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			w.config = sample + fmt.Sprintf("breaking: {per_hour: %d, wait: 0s}\n", hourly)
			w.start()
			nur := w.joined("نور")
			salim := w.editor("سالم")
			w.publish("إغلاق طريق الوادي", "news", "urgent")
			w.pass(w.turn() + 10*time.Second)
			if goes {
				nur.gets("عاجل | إغلاق طريق الوادي")
				return
			}
			nur.gets()
			if got := salim.shows("إغلاق طريق الوادي"); !strings.Contains(got, "مقترح") {
				t.Errorf("it is not proposed: %q", got)
			}
		})
	}
}
