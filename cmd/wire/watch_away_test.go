package wire_test

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

// onBoth is a world on both networks, with an editor who sits at the desk on
// each of them.
func onBoth(t *testing.T) (*world, *reader, *friend) {
	w := newWhatsApp(t)
	w.start()
	salim := w.editor("سالم")
	_, code, _ := strings.Cut(salim.asks("مقعد"), ": ")
	friend := w.company(1)[0]
	if got := friend.asks(code[:14]); !strings.Contains(got, "مكتب التحرير") {
		t.Fatalf("the answer to the code is\n%s", got)
	}
	salim.got()
	return w, salim, friend
}

// Telegram cannot be reached: those on duty hear of it on WhatsApp after a
// quarter of an hour, once, over a restart, too; and on both that it is over,
// with how long it lasted.
func TestTelegramAwayIsTold(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w, salim, friend := onBoth(t)
		w.away.Store(true)
		w.pass(14 * time.Minute)
		friend.gets()
		w.pass(4 * time.Minute)
		friend.gets("تعذر الوصول إلى تلغرام منذ الاثنين 23 نوفمبر 2026 08:0")
		w.restart()
		w.pass(20 * time.Minute)
		friend.gets()
		salim.gets()
		w.away.Store(false)
		w.pass(7 * time.Minute)
		for _, got := range [][]string{salim.got(), friend.got()} {
			if len(got) != 1 || !strings.Contains(got[0], "عاد الوصول إلى تلغرام بعد انقطاع دام ") || !lasted.MatchString(got[0]) {
				t.Errorf("when it is over, they hear\n%s", strings.Join(got, "\n---\n"))
			}
		}
		w.pass(20 * time.Minute)
		salim.gets()
		friend.gets()
	})
}

// lasted are the lengths of time that the tests' networks are away, give or
// take the pauses between two tries.
var lasted = regexp.MustCompile(`دام (3[89]|4\d) دقيقة،`)

// WhatsApp cannot be reached: those on duty hear of it on Telegram. An outage
// that is over soon is none.
func TestWhatsAppAwayIsTold(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w, salim, friend := onBoth(t)
		w.whatsapp.NetworkDown(true)
		w.pass(10 * time.Minute)
		w.whatsapp.NetworkDown(false)
		w.pass(5 * time.Minute)
		w.whatsapp.NetworkDown(true)
		w.pass(14 * time.Minute)
		salim.gets()
		w.pass(26 * time.Minute)
		salim.gets("تعذر الوصول إلى واتساب منذ الاثنين 23 نوفمبر 2026 08:1")
		w.whatsapp.NetworkDown(false)
		w.pass(3 * time.Minute)
		salim.gets("عاد الوصول إلى واتساب بعد انقطاع دام 4")
		friend.gets("عاد الوصول إلى واتساب بعد انقطاع دام 4")
	})
}

// Where there is no other network they hear of it when it is over, and of
// nothing before.
func TestOnlyNetworkAwayIsTold(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim := w.editor("سالم")
		w.away.Store(true)
		w.pass(40 * time.Minute)
		w.away.Store(false)
		w.pass(2 * time.Minute)
		got := salim.got()
		if len(got) != 1 || !strings.Contains(got[0], "عاد الوصول إلى تلغرام بعد انقطاع دام ") || !lasted.MatchString(got[0]) {
			t.Errorf("when it is over, the editor hears\n%s", strings.Join(got, "\n---\n"))
		}
	})
}

// Both networks are away: the first that is back tells of the other.
func TestBothAwayIsTold(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w, salim, friend := onBoth(t)
		w.away.Store(true)
		w.whatsapp.NetworkDown(true)
		w.pass(30 * time.Minute)
		w.whatsapp.NetworkDown(false)
		w.pass(4 * time.Minute)
		got := friend.got()
		if len(got) != 2 || !strings.Contains(got[0]+got[1], "عاد الوصول إلى واتساب") || !strings.Contains(got[0]+got[1], "تعذر الوصول إلى تلغرام") {
			t.Errorf("when one is back, the editor hears there\n%s", strings.Join(got, "\n---\n"))
		}
		w.away.Store(false)
		w.pass(2 * time.Minute)
		salim.gets("عاد الوصول إلى واتساب", "عاد الوصول إلى تلغرام")
		friend.gets("عاد الوصول إلى تلغرام")
	})
}
