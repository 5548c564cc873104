package main

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

// city is a scene whose site and Bot API are servers of their own, reached
// over loopback, and whose clock can be moved.
type city struct {
	*scene
	ahead atomic.Int64
}

const cityConfig = `newsroom:
  name: عاشق عُمان
sources:
  - {name: site, url: "%s/", schedule: "@every 1s"}
telegram:
  server_url: %s
  rate: 100
sections:
  - slug: news
    name: أخبار
    match: {categories: [news]}
  - slug: weather
    name: الطقس
    match: {categories: [weather]}
`

func newCity(t *testing.T) *city {
	c := &city{scene: loopback(t)}
	c.site.Now = c.Now
	site, network := httptest.NewServer(c.site), httptest.NewServer(c.network)
	t.Cleanup(site.Close)
	t.Cleanup(func() {
		c.network.Close()
		network.Close()
	})
	c.site.Base = site.URL
	c.env.Sources, c.env.Network, c.env.Now = nil, nil, c.Now
	c.write("nashra.yaml", fmt.Sprintf(cityConfig, site.URL, network.URL))
	return c
}

// Now is the clock of the site and of the program.
func (c *city) Now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// skip moves the clock to the next time that it says hour in Muscat.
func (c *city) skip(hour string) {
	zone := time.FixedZone("", 4*60*60)
	now := c.Now().In(zone)
	at, err := time.ParseInLocation("2006-01-02 15:04", now.Format("2006-01-02 ")+hour, zone)
	if err != nil {
		c.t.Fatal(err)
	}
	if !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	c.ahead.Add(int64(at.Sub(now)))
}

// citizen is a reader's phone.
type citizen struct {
	t     *testing.T
	phone *telegramtest.Phone
	chat  *telegramtest.Chat
	seen  int
}

func (c *city) citizen(name string) *citizen {
	phone := c.network.AddUser(telegramtest.User{FirstName: name, Language: "ar"})
	return &citizen{t: c.t, phone: phone, chat: phone.Private(c.bot)}
}

// next returns the next message of the bot, which has to hold words.
func (r *citizen) next(words string) string {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), longWait)
	defer cancel()
	all, err := r.chat.Wait(ctx, r.seen+1)
	if err != nil {
		r.t.Fatalf("nothing came; want something with %q: %v", words, err)
	}
	text := all[r.seen].Text
	r.seen++
	if !strings.Contains(text, words) {
		r.t.Fatalf("there came\n%s\nwant something with %q", text, words)
	}
	return text
}

// says sends a text and returns the answer, which has to hold words.
func (r *citizen) says(text, words string) string {
	r.t.Helper()
	r.phone.SendText(r.chat, text)
	return r.next(words)
}

// stops asks the program to stop, as SIGTERM does, and sees how long it takes.
func (c *city) stops(p *program) {
	c.t.Helper()
	began := time.Now()
	if code := p.stop(); code != exitOK {
		c.t.Fatalf("the program ended with %d:\n%s", code, p.log)
	}
	if took := time.Since(began); took > 10*time.Second {
		c.t.Errorf("the program took %v to stop", took)
	}
}

// TestEndToEnd plays a newsroom's days over real sockets: a reader subscribes
// by command, an article is published, the slot comes, the digest arrives once;
// an alert from the command line arrives at once; nothing repeats after a
// restart; and nothing comes after the reader has left. A second reader shows
// when something has gone out.
func TestEndToEnd(t *testing.T) {
	c := newCity(t)
	c.skip("18:00")
	c.site.Publish(feedtest.Post{Title: "خبر من الأرشيف", Content: "<p>نص.</p>", Categories: []int{3}})
	p := c.start()
	c.answers(p)
	p.log.wait(t, "archive=1")
	salim, nur := c.citizen("سالم"), c.citizen("نور")
	salim.says("اشتراك الطقس", "تتابع الآن: الطقس")
	nur.says("/start", "عاشق عُمان")

	c.site.Publish(feedtest.Post{Title: "أمطار على جبال الحجر", Content: "<p>تفاصيل الأمطار.</p>", Categories: []int{3}})
	c.site.Publish(feedtest.Post{Title: "افتتاح مكتبة", Content: "<p>تفاصيل المكتبة.</p>", Categories: []int{2}})
	p.log.wait(t, "new=2")
	c.skip("20:00")
	digest := salim.next("أمطار على جبال الحجر")
	if strings.Contains(digest, "مكتبة") || strings.Contains(digest, "الأرشيف") {
		t.Errorf("the digest holds what was not asked for:\n%s", digest)
	}
	nur.next("افتتاح مكتبة")
	c.must("alert", "--sections", "weather", "منخفض جوي قادم")
	salim.next("عاجل | منخفض جوي قادم")
	nur.next("عاجل | منخفض جوي قادم")
	c.stops(p)

	p = c.start()
	c.answers(p)
	c.must("alert", "--everyone", "عدنا إليكم") // whatever is repeated goes out before, or with it
	salim.next("عدنا إليكم")
	nur.next("عدنا إليكم")

	salim.says("إلغاء", "توقفت الرسائل")
	c.site.Publish(feedtest.Post{Title: "ضباب على الساحل", Content: "<p>تفاصيل الضباب.</p>", Categories: []int{3}})
	p.log.wait(t, "new=1")
	c.skip("20:00")
	if digest := nur.next("ضباب على الساحل"); strings.Contains(digest, "أمطار") || strings.Contains(digest, "منخفض") {
		t.Errorf("the second digest repeats what came before:\n%s", digest)
	}
	c.must("alert", "--everyone", "خبر أخير")
	nur.next("خبر أخير")
	c.stops(p)
	for name, r := range map[string]*citizen{"سالم": salim, "نور": nur} {
		if all := r.chat.FromBots(); len(all) != r.seen {
			t.Errorf("%s got %d messages more than expected, the last one:\n%s", name, len(all)-r.seen, all[len(all)-1].Text)
		}
	}
	log := p.log.String()
	for _, m := range append(salim.chat.History(), nur.chat.History()...) {
		if strings.Contains(log, m.Text) {
			t.Errorf("the log holds a message:\n%s", m.Text)
		}
	}
	if strings.Contains(log, sampleToken) {
		t.Error("the log holds the token")
	}
}
