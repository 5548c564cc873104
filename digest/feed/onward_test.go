package feed_test

import (
	"net"
	"net/http"
	"slices"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
	"github.com/nashra-bot/nashra/news"
)

// eachClosing plays a test with each way in which a site's API is taken away.
func eachClosing(t *testing.T, play func(t *testing.T, fault feedtest.Fault)) {
	for name, fault := range map[string]feedtest.Fault{
		"closed":    feedtest.Closed(),
		"forbidden": feedtest.Respond(http.StatusForbidden, "text/html", "<html>Forbidden"),
		"challenge": feedtest.Challenge(),
		"cut":       feedtest.Cut(),
		"tarpit":    feedtest.Timeout(),
	} {
		t.Run(name, func(t *testing.T) { synctest.Test(t, func(t *testing.T) { play(t, fault) }) })
	}
}

// TestPullOnwardFromClosedAPI has a site that is known as WordPress close its
// API: its feed is read until the API is open again, and nothing comes twice.
func TestPullOnwardFromClosedAPI(t *testing.T) {
	for _, kind := range []feed.Kind{feed.WordPress, feed.Auto} {
		t.Run(string(kind), func(t *testing.T) {
			eachClosing(t, func(t *testing.T, fault feedtest.Fault) {
				s := newStand(t)
				s.source.Kind = kind
				s.publish("الأول")
				s.wait(time.Minute)
				s.pull()
				s.site.Misbehave(feedtest.API, fault)
				s.publish("الثاني")
				s.wait(time.Hour)
				if r := s.pull(); r.Kind != feed.Feed || len(r.Taken.New) != 1 || r.Taken.Changed != 0 {
					t.Errorf("by the feed: %+v", r)
				}
				if m := s.shelf.memory["example https://news.example/"]; m.Status != feed.OK {
					t.Errorf("the source's own memory: %+v", m)
				}
				s.site.Behave()
				s.publish("الثالث")
				s.wait(time.Hour)
				if r := s.pull(); r.Kind != feed.WordPress || len(r.Taken.New) != 1 {
					t.Errorf("by the API again: %+v", r)
				}
				if got := s.shelf.titles(); !slices.Equal(got, []string{"الأول", "الثاني", "الثالث"}) {
					t.Errorf("articles %q", got)
				}
			})
		})
	}
}

// An urgent article is read again in the feed, too, where the API gives no word.
func TestRereadOnwardFromClosedAPI(t *testing.T) {
	eachClosing(t, func(t *testing.T, fault feedtest.Fault) {
		s := newStand(t)
		s.source.Kind = feed.WordPress
		s.publish("عنوان", func(p *feedtest.Post) { p.Categories = []int{4} })
		s.wait(time.Minute)
		s.pull()
		s.site.Misbehave(feedtest.API, fault)
		s.site.Update(1, func(p *feedtest.Post) { p.Title = "عنوان صحيح" })
		again, found, err := s.puller.Reread(t.Context(), s.source, s.shelf.articles[0])
		if err != nil || !found || again.Title != "عنوان صحيح" {
			t.Errorf("found %v, error %v, %+v", found, err, again)
		}
		if _, err := feed.Inspect(t.Context(), s.puller.Fetcher, s.source); err != nil {
			t.Errorf("inspect: %v", err)
		}
	})
}

// A host that gives no word at any address is not asked at all of them, and one
// that cannot be connected to is asked once.
func TestPullLeavesDeadHost(t *testing.T) {
	s := newStand(t)
	s.site.Misbehave(feedtest.All, feedtest.Cut())
	if p := s.pullFails(); p.Status != feed.Broken {
		t.Errorf("problem %v", p)
	}
	if asked := s.site.Asked(); len(asked) != 3 || asked[2] != "/feed/" {
		t.Errorf("asked %q", asked)
	}
	for name, err := range map[string]error{
		"refused": &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED},
		"no host": &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Name: "news.example", IsNotFound: true}},
		"proxy":   &net.OpError{Op: "proxyconnect", Net: "tcp", Err: syscall.ECONNREFUSED},
	} {
		dead := &dead{err: err}
		puller := &feed.Puller{Fetcher: &feed.Fetcher{Transport: dead, Gap: -1}, Store: newShelf()}
		if _, err := puller.Pull(t.Context(), feed.Source{Name: news.SourceID("x"), URL: "https://news.example/"}); err == nil || dead.asked != 1 {
			t.Errorf("%s: asked %d times, error %v", name, dead.asked, err)
		}
	}
}

// dead is a network over which nobody is reached.
type dead struct {
	err   error
	asked int
}

func (d *dead) RoundTrip(*http.Request) (*http.Response, error) {
	d.asked++
	return nil, d.err
}
