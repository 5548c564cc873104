package wire_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

// A preview warns of a link that nobody can open: not of one behind a guard,
// nor of one to something large. From a public newsroom nothing private is
// asked.
func TestLinksOfAlerts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		page := func(status int, header http.Header, size int) http.Handler {
			return http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
				for k, v := range header {
					rw.Header()[k] = v
				}
				rw.WriteHeader(status)
				_, _ = rw.Write([]byte(strings.Repeat("x", size)))
			})
		}
		w.sites["guarded.example"] = page(http.StatusForbidden, http.Header{"Cf-Mitigated": {"challenge"}}, 10)
		w.sites["large.example"] = page(http.StatusOK, nil, 4<<20)
		w.sites["gone.example"] = page(http.StatusNotFound, nil, 10)
		slow := &feedtest.Site{Base: "https://slow.example"}
		slow.Misbehave(feedtest.All, feedtest.Timeout())
		w.sites["slow.example"] = slow
		asked := 0
		w.sites["10.0.0.7"] = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ })
		w.start()
		salim := w.editor("سالم")
		for link, dead := range map[string]bool{
			"https://news.example/": false, "https://guarded.example/a": false, "https://large.example/a.pdf": false,
			"https://gone.example/a": true, "https://slow.example/a": true, "https://nowhere.example/": true, "http://10.0.0.7/admin": true,
		} {
			salim.asks("خبر عاجل: إغلاق طريق الوادي " + link)
			if got := strings.Contains(salim.shows("النسخة 1"), "الرابط لا يستجيب"); got != dead {
				t.Errorf("%s: the preview says that the link is dead: %v", link, got)
			}
			salim.asks("إلغاء")
		}
		if asked > 0 {
			t.Error("a private address was asked for an editor's link")
		}
	})
}

// What the configuration decides about the desk holds at once after a reload.
func TestDeskObeysTheConfiguration(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim := w.editor("سالم")
		salim.asks("خبر عاجل: إغلاق طريق الوادي")
		salim.presses("الجميع")
		if got := salim.shows("النسخة 2"); strings.Contains(got, "شخص ثان") {
			t.Errorf("a second person is asked for:\n%s", got)
		}
		w.config += "desk: {second_person: true, countdown: 1m}\n"
		if err := w.program.Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
		salim.asks("معاينة")
		salim.presses("أرسل")
		synctest.Wait()
		if got := salim.shows("بانتظار"); !strings.Contains(got, "شخص ثان") {
			t.Errorf("no second person is asked for:\n%s", got)
		}
	})
}
