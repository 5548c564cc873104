package wire

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
)

// Finding is one line of a check.
type Finding struct {
	What string // what was looked at
	How  string // how it is
	Do   string // what to do about it; empty: nothing, it is right
}

// Checkup looks at everything that a run needs, and changes nothing.
type Checkup struct {
	Plan    *Plan
	Secret  func(name string) (string, error)
	Sources http.RoundTripper // nil: the network
	Network http.RoundTripper // nil: the network
	Now     func() time.Time
	Version string
	Running bool // a program runs with this configuration

	Accounts []AccountStatus // of the running program
	Places   []ChannelPlace  // what that was told of its WhatsApp Channels

	Say func(Finding)
}

// Run says what it finds, a line at a time, until ctx ends.
func (c Checkup) Run(ctx context.Context) {
	fetcher := NewFetcher(c.Sources, c.Now, c.Version)
	for _, s := range c.Plan.Sources {
		c.source(ctx, fetcher, s)
	}
	c.clock(ctx, fetcher)
	c.telegram(ctx)
	c.whatsapp()
	c.secrets()
	c.database(ctx)
}

func (c Checkup) right(what, format string, args ...any) {
	c.Say(Finding{What: what, How: fmt.Sprintf(format, args...)})
}

func (c Checkup) wrong(what, how, do string) { c.Say(Finding{What: what, How: how, Do: do}) }

// source reads a source as a pull would.
func (c Checkup) source(ctx context.Context, f *feed.Fetcher, s SourcePlan) {
	what := "source " + string(s.Name)
	in, err := feed.Inspect(ctx, f, s.Source())
	if err != nil {
		c.wrong(what, err.Error(), c.advise(err))
		return
	}
	usable, matched := 0, 0
	var newest time.Time
	for _, r := range in.Records {
		if !r.Usable {
			continue
		}
		usable++
		if c.Plan.Rules.Judge(r.Article).Matched {
			matched++
		}
		if r.Article.Published.After(newest) {
			newest = r.Article.Published
		}
	}
	if usable == 0 {
		c.wrong(what, fmt.Sprintf("%s answers, but there is no article in it that can be used", Shown(in.URL)),
			"look at what it says with: nashra try "+s.URL)
		return
	}
	how := fmt.Sprintf("%s read as %s: articles %d, of which %d match a section", Shown(in.URL), in.Kind, usable, matched)
	if !newest.IsZero() {
		how += fmt.Sprintf("; the newest is from %s", newest.In(s.Zone).Format("2006-01-02 15:04"))
	}
	c.right(what, "%s", how)
}

// Shown is an address that was read without the parameters that the program has
// put there itself.
func Shown(address string) string {
	bare, query, _ := strings.Cut(address, "?")
	if strings.Contains(query, "rest_route=") {
		return bare + "?rest_route=…"
	}
	if strings.Contains(query, "_fields=") {
		return bare
	}
	return address
}

// advise says what to do about a source that cannot be read.
func (c Checkup) advise(err error) string {
	var p *feed.Problem
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns):
		return "look for a spelling mistake in url, and whether this machine is online"
	case !errors.As(err, &p):
		return "look at it with: nashra try, and the source's url"
	case p.Status == feed.Blocked:
		return fmt.Sprintf("ask the site's owner to let the User-Agent %q or this machine's address through, or name a feed that is open as the source's url", feed.UserAgent(c.Version))
	case p.Code == http.StatusNotFound || p.Code == http.StatusGone:
		return "open the address in a browser; nashra init with the site's address finds the right one"
	case p.Code >= 500:
		return "the site is in trouble; the program tries again by itself"
	case p.Code == 0:
		return "look whether the site opens in a browser, and whether this machine may reach it"
	}
	return "what is there is no list of articles: nashra init with the site's address finds where they are"
}

// maxSkew is how far the clock may be off.
const maxSkew = 2 * time.Minute

// clock compares the machine's clock with what a site says in its Date header
// (RFC 9110, 6.6.1), or has kept for Age seconds (RFC 9111, 5.1).
func (c Checkup) clock(ctx context.Context, f *feed.Fetcher) {
	zone := c.Plan.Newsroom.Zone
	here := fmt.Sprintf("%s in %s", c.Now().In(zone).Format("2006-01-02 15:04"), zone)
	for _, s := range c.Plan.Sources {
		before := c.Now()
		a, err := f.Get(ctx, feed.Request{URL: s.URL, Accept: "*/*"})
		if err != nil {
			continue
		}
		said, err := http.ParseTime(a.Header.Get("Date"))
		if err != nil {
			continue
		}
		if age, err := time.ParseDuration(a.Header.Get("Age") + "s"); err == nil && age > 0 {
			said = said.Add(age)
		}
		off := c.Now().Sub(said).Round(time.Second)
		if took := c.Now().Sub(before); off > 0 {
			off = max(0, off-took.Round(time.Second))
		}
		if off.Abs() > maxSkew {
			ahead := "ahead of"
			if off < 0 {
				ahead = "behind"
			}
			c.wrong("clock", fmt.Sprintf("%s, %s %s %s's clock", here, off.Abs(), ahead, hostOf(s.URL)),
				"have this machine's clock set by the network: timedatectl set-ntp true")
			return
		}
		c.right("clock", "%s, as %s has it", here, hostOf(s.URL))
		return
	}
	c.right("clock", "%s; no source says what time it has", here)
}

// telegram asks who the bot is, and whether it may post in its channels.
func (c Checkup) telegram(ctx context.Context) {
	t := c.Plan.Config.Telegram
	if t == nil {
		c.right("telegram", "not configured")
		return
	}
	token, err := c.Secret(TokenName)
	if err != nil {
		c.wrong("telegram", err.Error(), "get a token from @BotFather, and keep it in a file that only this program's user can read")
		return
	}
	a, err := telegram.New(ctx, telegram.Config{
		Token: token, ServerURL: t.ServerURL, Transport: c.Network, Now: c.Now, Log: slog.New(slog.DiscardHandler),
	})
	switch {
	case errors.Is(err, telegram.ErrToken):
		c.wrong("telegram", "the token has not the form of one", "copy it again from @BotFather: digits, a colon, and some 35 letters")
	case errors.Is(err, bots.ErrRevoked):
		c.wrong("telegram", "Telegram does not know the token, or not any more", "ask @BotFather for a new one with /token")
	case err != nil:
		c.wrong("telegram", err.Error(), "look whether this machine reaches "+orDefault(t.ServerURL, telegram.DefaultServer)+", and at telegram.server_url")
	default:
		c.right("telegram", "@%s (%s) at %s", a.Username(), a.Account(), orDefault(t.ServerURL, telegram.DefaultServer))
		for _, channel := range t.Channels {
			c.channel(ctx, a, news.ChatID(channel.Chat))
		}
	}
	if t.Webhook != nil {
		c.webhook(ctx, *t.Webhook)
	}
}

func (c Checkup) webhook(ctx context.Context, w WebhookConfig) {
	if _, err := c.Secret(webhookSecretName); err != nil {
		c.wrong("webhook", err.Error(), "make one up: 32 letters and digits, known to nobody else")
		return
	}
	listen := orDefault(w.Listen, "127.0.0.1:8443")
	if c.Running {
		c.right("webhook", "%s, handed to %s", w.URL, listen)
		return
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	if err != nil {
		c.wrong("webhook", fmt.Sprintf("listen on %s: %v", listen, err), "give telegram.webhook.listen an address that is free on this machine")
		return
	}
	_ = l.Close()
	c.right("webhook", "%s, handed to %s", w.URL, listen)
}

// secrets looks whether what is wanted is there.
func (c Checkup) secrets() {
	beat := c.Plan.Config.Beat
	if beat == nil {
		return
	}
	var err error
	if beat.URLFile == "" {
		_, err = c.Secret("HEARTBEAT_URL")
	} else {
		_, err = os.Stat(beat.URLFile)
	}
	if err != nil {
		c.wrong("heartbeat", err.Error(), "the watcher's page shows the address to ask for")
		return
	}
	c.right("heartbeat", "%s", c.Plan.Beat)
}
