package wire

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

var braces = regexp.MustCompile(`\{\w+\}`)

func sameWords(t *testing.T, ar, en reflect.Value) {
	t.Helper()
	for i := range ar.NumField() {
		name := ar.Type().Field(i).Name
		if ar.Field(i).Kind() != reflect.String {
			if ar.Field(i).IsNil() || en.Field(i).IsNil() {
				t.Errorf("%s is missing", name)
			}
			continue
		}
		a, e := ar.Field(i).String(), en.Field(i).String()
		if strings.TrimSpace(a) == "" || strings.TrimSpace(e) == "" {
			t.Errorf("%s is missing", name)
		}
		in, out := braces.FindAllString(a, -1), braces.FindAllString(e, -1)
		slices.Sort(in)
		slices.Sort(out)
		if fmt.Sprint(in) != fmt.Sprint(out) {
			t.Errorf("%s is filled with %v in Arabic and %v in English", name, in, out)
		}
	}
}

// TestTroubleWords goes through the words of both languages: none is missing,
// and both are filled with the same.
func TestTroubleWords(t *testing.T) {
	sameWords(t, reflect.ValueOf(*arabicTrouble()), reflect.ValueOf(*englishTrouble()))
	sameWords(t, reflect.ValueOf(arabicOwner()), reflect.ValueOf(englishOwner()))
	for _, reason := range []whatsapp.Reason{
		reasonRevoked, reasonReplaced, reasonOutdated, whatsapp.ReasonUnpaired, whatsapp.ReasonLocked, whatsapp.ReasonClosed, whatsapp.ReasonBanned,
		whatsapp.ReasonTimeLock, whatsapp.ReasonStrangers, whatsapp.ReasonTooMany,
	} {
		s := whatsapp.State{Reason: reason, StopUntil: time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)}
		got := arabicTrouble().account(news.WhatsApp, s, time.FixedZone("", 4*3600))
		if got.what == "" || got.do == "" || strings.Contains(got.what, "{until}") {
			t.Errorf("%s is %+v", reason, got)
		}
		for l, word := range map[digest.Language]string{digest.Arabic: "واتساب", digest.English: "WhatsApp"} {
			told := ownerWordsOf(l).notice(s, time.FixedZone("", 4*3600))
			ours := reason == reasonRevoked || strings.Contains(told, word)
			if !ours || strings.Contains(told, "{") || strings.Contains(told, "04:00") {
				t.Errorf("%s: the owner is told %q of %s", l, told, reason)
			}
		}
		if reason == whatsapp.ReasonBanned && !strings.Contains(got.what, "الاثنين 23 نوفمبر 2026 08:00") {
			t.Errorf("a ban is %q", got.what)
		}
	}
}

// TestSilence: a source that goes on as it did is never silent; one that stops
// is, in the end, and stays so.
func TestSilence(t *testing.T) {
	asleep := func(t time.Time) bool { return t.Hour() >= 22 || t.Hour() < 7 }
	for seed := range uint64(12) {
		random := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // for a test
		longest := time.Duration(1+random.IntN(600)) * time.Minute
		at := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
		arrivals := []time.Time{at}
		for range 5 + random.IntN(60) {
			at = at.Add(longest/2 + time.Duration(random.Int64N(int64(longest/2))))
			arrivals = append(arrivals, at)
		}
		if silent(arrivals, at.Add(longest), asleep) {
			t.Errorf("seed %d: silent after what is usual", seed)
		}
		was := false
		for passed := time.Duration(0); passed < 60*24*time.Hour; passed += 12 * time.Hour {
			is := silent(arrivals, at.Add(passed), asleep)
			if was && !is {
				t.Fatalf("seed %d: not silent any more after %v", seed, passed)
			}
			was = is
		}
		if !was {
			t.Errorf("seed %d: two months are no silence", seed)
		}
	}
	night := time.Date(2026, 11, 1, 22, 0, 0, 0, time.UTC)
	if d := awake(night, night.Add(9*time.Hour), asleep); d != 0 {
		t.Errorf("%v of the night were awake", d)
	}
	if d := awake(night.Add(-time.Hour), night.Add(10*time.Hour), asleep); d != 2*time.Hour {
		t.Errorf("%v were awake", d)
	}
}

// TestDrift: who is believed about the time.
func TestDrift(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	var passed time.Duration
	d := newDrift(func() time.Time { return now }, func() time.Duration { return passed })
	says := func(host string, off time.Duration, age string, alone bool) {
		h := http.Header{"Date": {now.Add(-off).Format(http.TimeFormat)}}
		if age != "" {
			h.Set("Age", age)
		}
		d.hear(host, h, alone)
	}
	check := func(what string, want time.Duration, known bool) {
		t.Helper()
		if off, ok := d.off(); ok != known || known && off != want {
			t.Errorf("%s: %v %v, want %v %v", what, off, ok, want, known)
		}
	}
	check("nobody", 0, false)
	d.hear("x", http.Header{"Date": {"nonsense"}}, true)
	check("nonsense", 0, false)
	says("a", 5*time.Minute, "", false)
	check("one site", 0, false)
	says("b", time.Hour, "", false)
	check("two that differ", 0, false)
	says("b", 5*time.Minute+time.Hour, "3600", false)
	check("two that agree, one of them from a cache", 5*time.Minute, true)
	says("telegram", 0, "", true)
	check("Telegram", 0, true)
	passed += driftLife + time.Second
	check("long ago", 0, false)
	d.jump()
	passed, now = passed+time.Minute, now.Add(time.Minute)
	if at, _ := d.jump(); at != "" {
		t.Errorf("a minute is a jump: %s", at)
	}
	passed, now = passed+time.Minute, now.Add(-time.Hour)
	if at, leap := d.jump(); at == "" || leap != -time.Hour-time.Minute {
		t.Errorf("an hour back is %q, %v", at, leap)
	}
	var none *drift
	none.hear("x", http.Header{}, true)
}

// An account that is asked for a passkey is not linked by trying again.
func TestPasskeyIsSaid(t *testing.T) {
	w := englishOwner()
	if got := w.unpaired(fmt.Errorf("pair: %w", whatsapp.ErrPasskey)); !strings.Contains(got, "nashra pair whatsapp") {
		t.Errorf("the owner is told %q", got)
	}
	if got := w.unpaired(whatsapp.ErrPairing); got != w.Failed {
		t.Errorf("of another failure the owner is told %q", got)
	}
}
