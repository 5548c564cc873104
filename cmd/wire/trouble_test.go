package wire_test

import (
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

// Whatever happens to the site, it is said once, nothing is lost, and nothing
// comes twice.
func TestSiteInTrouble(t *testing.T) {
	for name, c := range map[string]struct {
		fault feedtest.Fault
		said  int
	}{
		"unreachable":  {feedtest.Cut(), 1},
		"silent":       {feedtest.Timeout(), 1},
		"a web page":   {feedtest.HTML(), 1},
		"garbage":      {feedtest.Garbage(), 1},
		"cut short":    {feedtest.Truncated(0.5), 0}, // half a feed is better than none
		"a challenge":  {feedtest.Challenge(), 1},
		"closed":       {feedtest.Closed(), 1},
		"in circles":   {feedtest.RedirectLoop(), 1},
		"down":         {feedtest.Unavailable(0), 1},
		"later please": {feedtest.Unavailable(10 * time.Minute), 1},
		"without end":  {feedtest.Huge(50 << 20), 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.start()
				salim := w.joined("سالم")
				w.site.Misbehave(feedtest.All, c.fault)
				w.publish("افتتاح مكتبة", "news")
				w.pass(13 * time.Minute)
				if n := w.logged("level=WARN", "the source cannot be read"); n != c.said {
					t.Errorf("the trouble was said %d times\n%s", n, w.log.String())
				}
				if s, err := w.store.Overview(t.Context()); err != nil || len(s.Sources) == 0 || (s.Sources[0].Problem != "") != (c.said > 0) {
					t.Errorf("the status says nothing of the trouble: %+v, %v", s.Sources, err)
				}
				w.site.Behave()
				w.publish("معرض كتاب", "news")
				w.restart()
				w.until("20:00")
				digest := strings.Join(salim.got(), "\n")
				for _, title := range []string{"افتتاح مكتبة", "معرض كتاب"} {
					if n := strings.Count(digest, ". "+title+"\n"); n != 1 {
						t.Errorf("%q stands %d times in\n%s", title, n, digest)
					}
				}
				if n := w.logged("the source can be read again"); n != c.said {
					t.Errorf("the end of the trouble was said %d times", n)
				}
			})
		})
	}
}

// A site that is in trouble when it is met for the first time has its archive
// sent to nobody when it recovers.
func TestSiteInTroubleAtFirst(t *testing.T) {
	for name, f := range map[string]feedtest.Fault{
		"unreachable": feedtest.Cut(),
		"a web page":  feedtest.HTML(),
		"cut short":   feedtest.Truncated(0.5),
		"a challenge": feedtest.Challenge(),
		"garbage":     feedtest.Garbage(),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.site.Misbehave(feedtest.All, f)
				w.start()
				salim := w.joined("سالم", "كل خبر")
				w.pass(7 * time.Minute)
				w.site.Behave()
				w.until("09:30")
				salim.gets()
				w.publish("افتتاح مكتبة", "news")
				w.pass(w.turn() + 10*time.Second)
				salim.gets("افتتاح مكتبة")
			})
		})
	}
}

// Articles that lack something are sent as well as can be, and come once.
func TestArticlesThatLackSomething(t *testing.T) {
	for name, f := range map[string]feedtest.Fault{
		"no date":  feedtest.Undated(),
		"no title": feedtest.Untitled(),
		"nothing":  feedtest.Empty(),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.start()
				salim := w.joined("سالم")
				w.site.Misbehave(feedtest.All, f)
				w.publish("افتتاح مكتبة", "news")
				w.publish("معرض كتاب", "news")
				w.pass(w.turn() + 3*time.Minute)
				w.site.Behave()
				w.until("20:00")
				digest := strings.Join(salim.got(), "\n")
				for _, title := range []string{"افتتاح مكتبة", "معرض كتاب"} {
					if n := strings.Count(digest, ". "+title); n != 1 {
						t.Errorf("%q stands %d times in\n%s", title, n, digest)
					}
				}
				if strings.Contains(digest, "الأرشيف") {
					t.Errorf("the archive is in\n%s", digest)
				}
				w.until("20:00")
				salim.gets()
			})
		})
	}
}

// Of two articles with one id the later is taken, and the oddity is noted; the
// other comes as soon as it has an id of its own.
func TestTwoArticlesWithOneID(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		salim := w.joined("سالم")
		w.site.Misbehave(feedtest.All, feedtest.SameID())
		w.publish("افتتاح مكتبة", "news")
		w.publish("معرض كتاب", "news")
		w.pass(10 * time.Minute)
		if w.logged("two articles are called wp:") == 0 {
			t.Error("nothing is said of two articles with one id")
		}
		w.until("20:00")
		if digest := strings.Join(salim.got(), "\n"); strings.Count(digest, "خبر واحد") != 1 {
			t.Errorf("the digest is\n%s", digest)
		}
		w.site.Behave()
		w.until("20:00")
		digest := strings.Join(salim.got(), "\n")
		for _, title := range []string{"افتتاح مكتبة", "معرض كتاب"} {
			if !strings.Contains(digest, title) {
				t.Errorf("%q is lost:\n%s", title, digest)
			}
		}
	})
}

// An empty feed is odd, which is said once; the archive that it hid at the
// first visit is sent to nobody.
func TestEmptyFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.site.Misbehave(feedtest.API, feedtest.Closed())
		w.site.Misbehave(feedtest.Feeds, feedtest.Empty())
		w.start()
		salim := w.joined("سالم", "كل خبر")
		w.pass(10 * time.Minute)
		if n := w.logged("level=WARN", "the feed has no articles"); n != 1 {
			t.Errorf("that the feed is empty was said %d times", n)
		}
		w.site.Behave()
		w.site.Misbehave(feedtest.API, feedtest.Closed())
		w.until("09:30")
		salim.gets()
		w.publish("افتتاح مكتبة", "news")
		w.pass(w.turn() + 10*time.Second)
		salim.gets("افتتاح مكتبة")
		w.until("20:00")
		salim.gets()
	})
}

// A feed that goes on for 50 MB is not read to its end, and does not fill the
// memory.
func TestFeedWithoutEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		gauge := &gauge{to: w}
		w.sites["news.example"] = gauge
		w.start()
		w.site.Misbehave(feedtest.All, feedtest.Huge(50<<20))
		runtime.GC()
		gauge.begin()
		w.pass(10 * time.Minute)
		gauge.mu.Lock()
		defer gauge.mu.Unlock()
		if gauge.longest == 0 || gauge.longest > 20<<20 {
			t.Errorf("%d MB of one answer were read", gauge.longest>>20)
		}
		if gauge.most > 100<<20 {
			t.Errorf("reading it took %d MB of memory", gauge.most>>20)
		}
	})
}

// gauge is a site whose visitors are watched.
type gauge struct {
	to      *world
	mu      sync.Mutex
	began   uint64 // bytes on the heap
	most    uint64 // above that
	longest int    // bytes of one answer that were taken
}

func (g *gauge) begin() {
	g.mu.Lock()
	defer g.mu.Unlock()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	g.began, g.most, g.longest = m.HeapAlloc, 0, 0
}

func (g *gauge) watch() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.HeapAlloc > g.began {
		g.most = max(g.most, m.HeapAlloc-g.began)
	}
}

func (g *gauge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	counted := &countedWriter{ResponseWriter: w, gauge: g}
	g.to.site.ServeHTTP(counted, r)
}

type countedWriter struct {
	http.ResponseWriter
	gauge *gauge
	n     int
}

func (c *countedWriter) Write(p []byte) (int, error) {
	n, err := c.ResponseWriter.Write(p)
	c.gauge.mu.Lock()
	defer c.gauge.mu.Unlock()
	if c.n>>20 != (c.n+n)>>20 {
		c.gauge.watch()
	}
	c.n += n
	c.gauge.longest = max(c.gauge.longest, c.n)
	return n, err
}
