package wire

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
)

// bells wake the jobs of sources. A bell outlives the reading of a new
// configuration. The zero bells is usable.
type bells struct {
	mu  sync.Mutex
	all map[news.SourceID]chan struct{}
}

func (b *bells) of(s news.SourceID) chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.all == nil {
		b.all = map[news.SourceID]chan struct{}{}
	}
	if b.all[s] == nil {
		b.all[s] = make(chan struct{}, 1)
	}
	return b.all[s]
}

// joinAPI makes the door of the newsroom's own programs.
func (p *Program) joinAPI() {
	p.api = &web.API{Desk: p.desk, Answers: p.parts.Store, Pull: p.pullNow, Health: p.health, Now: p.parts.Now, Log: p.parts.Log}
}

// API is that door, which Run opens at the configured address.
func (p *Program) API() http.Handler { return p.api.Handler() }

func closed(l net.Listener) error {
	if l == nil {
		return nil
	}
	return l.Close()
}

// listen opens the API's address, where there is one.
func (p *Program) listen(ctx context.Context) (net.Listener, error) {
	if p.Plan().Listen == "" {
		return nil, nil
	}
	l, err := web.Listen(ctx, p.Plan().Listen)
	if err == nil {
		p.parts.Log.Info("the API listens", "address", l.Addr().String())
	}
	return l, err
}

// pullNow has the sources at a link's host read now, or all for no link. Their
// turns in the schedule stay, and so does the rest that a failing site is given.
func (p *Program) pullNow(link string) (woken []news.SourceID) {
	host, ok := siteOf(link)
	for _, s := range p.Plan().Sources {
		at, _ := siteOf(s.URL)
		if link != "" && (!ok || at != host) {
			continue
		}
		select {
		case p.bells.of(s.Name) <- struct{}{}:
		default: // it rings already
		}
		woken = append(woken, s.Name)
	}
	return woken
}

// siteOf returns the host of an address, by which a site and its articles are
// told from others.
func siteOf(link string) (string, bool) {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return "", false
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), true
}

func (p *Program) enroll(ctx context.Context, n desk.NewClient) (web.Enrolled, error) {
	token, c, err := p.desk.Enroll(ctx, n)
	return web.Enrolled{Token: token, Client: c}, err
}

// health is the status as a client may know it.
func (p *Program) health(ctx context.Context) (web.Health, error) {
	h := web.Health{Version: p.parts.Version, Accounts: []web.AccountHealth{}, Sources: []web.SourceHealth{}}
	standing, err := p.desk.Standing(ctx)
	if err != nil {
		return h, err
	}
	h.Open, h.Frozen, h.Held = standing.Open, standing.Frozen, standing.Held
	if h.Running, err = p.parts.Store.Running(ctx); err != nil {
		return h, err
	}
	if h.Readers, err = p.parts.Store.Readers(ctx); err != nil {
		return h, err
	}
	for _, a := range p.accountStatus() {
		h.Accounts = append(h.Accounts, web.AccountHealth{
			Network: a.Account.Platform(), Connected: a.Connected, Sends: a.Halted == "" && a.Trouble == "",
			Refusing: len(a.Refusals),
		})
	}
	for _, s := range p.Plan().Sources {
		one := web.SourceHealth{Name: s.Name}
		if m, err := p.parts.Store.Memory(ctx, s.Name, s.URL); err == nil {
			one.OK, one.Read = m.Status == feed.OK, m.OKAt
		}
		h.Sources = append(h.Sources, one)
	}
	return h, nil
}
