package desk_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// arrivals is the part of the game that no editor begins: what comes by itself,
// what the server orders, and what becomes of the copies.
type arrivals struct {
	itselfs map[news.BroadcastID]bool // alerts that came by themselves
	others  []news.BroadcastID        // single articles: they have no draft
	orders  map[string]bool           // words that the server has ordered
	asked   []desk.Amendment
	got     map[desk.Amendment]news.BroadcastID
	may     map[string]bool // headlines that went out by themselves
	over    map[news.BroadcastID]bool
	epoch   outbox.Epoch
	copies  map[string]int // reader and alert → how often it arrived
	tried   int            // copies that had failed and were tried again
}

func (g *game) begin() {
	g.itselfs, g.orders, g.may, g.over = map[news.BroadcastID]bool{}, map[string]bool{}, map[string]bool{}, map[news.BroadcastID]bool{}
	g.got, g.copies = map[desk.Amendment]news.BroadcastID{}, map[string]int{}
	g.readers(4)
	var err error
	g.epoch, err = g.store.Own(g.ctx, "telegram:1")
	g.must(err)
}

// readers are people who want alerts about everything that the tests write of.
func (w *world) readers(n int) {
	w.Helper()
	for i := range n {
		r := news.Reader{Kind: news.Private, Pace: news.PaceBreaking, Follows: []news.Slug{"weather", "jobs"}, Breaking: true}
		c := talk.Commit{Account: "telegram:1", At: w.now, Chat: news.ChatID(fmt.Sprint("r", i)), Kind: r.Kind, Reader: &r, Join: &talk.Consent{How: "chat", Words: "w"}}
		_, err := w.store.Commit(w.ctx, c)
		w.must(err)
	}
}

// comes has an article go out by itself, as the publisher does: an urgent one
// while the desk lets it, or a single one. Sometimes somebody is faster than
// the desk to ask what it is.
func (g *game) comes() {
	a := g.arrive(g.words().Words)
	auto, err := g.desk.Automatic(g.ctx, a, true)
	g.must(err)
	if !auto {
		return
	}
	g.between()
	g.may[a.Title] = true
	if g.rng.IntN(3) == 0 {
		g.others = append(g.others, g.itself(news.Single, a))
		return
	}
	id := g.itself(news.Breaking, a)
	g.itselfs[id] = true
	for range g.rng.IntN(3) {
		d, err := g.desk.OfBroadcast(g.ctx, id)
		g.must(err)
		g.drafts = append(g.drafts, d.ID)
	}
}

// order is a command of the server: an alert, or a correction or a withdrawal of
// anything that is out, or to pause, resume or stop it. A correction is
// sometimes ordered again.
func (g *game) order() {
	if id, any := g.outside(); any && g.rng.IntN(4) == 0 {
		state := []news.State{news.Running, news.Running, news.Paused, news.Stopped}[g.rng.IntN(4)]
		err := g.desk.Command(g.ctx, id, state)
		if !errors.Is(err, store.ErrOver) && g.fine(err) && state == news.Stopped {
			g.over[id] = true
		}
		return
	}
	if n := len(g.asked); n > 0 && g.rng.IntN(4) == 0 {
		g.amend(g.asked[g.rng.IntN(n)])
		return
	}
	c := g.words()
	of, any := g.outside()
	if !any || g.rng.IntN(4) == 0 {
		g.orders[c.Words] = true
		g.fine(first(g.desk.Send(g.ctx, desk.Alert{Words: c.Words, Sections: c.Sections, Everyone: c.Everyone})))
		return
	}
	a := desk.Amendment{Broadcast: of, Words: c.Words, Form: []desk.Form{desk.FormTypo, desk.FormCorrection, desk.FormCorrection, desk.FormWithdrawal}[g.rng.IntN(4)]}
	a.Key = fmt.Sprint("order", g.keys)
	g.orders[a.Words], g.asked = true, append(g.asked, a)
	g.amend(a)
}

func (g *game) amend(a desk.Amendment) {
	id, err := g.desk.Amend(g.ctx, a)
	if !g.fine(err) {
		return
	}
	if old, again := g.got[a]; again && old != id {
		g.Errorf("the command %s was carried out as %d and as %d", a.Key, old, id)
	}
	g.got[a] = id
}

// outside is the number of anything that is out.
func (g *game) outside() (news.BroadcastID, bool) {
	if n := len(g.others); n > 0 && g.rng.IntN(4) == 0 {
		return g.others[g.rng.IntN(n)], true
	}
	if len(g.drafts) == 0 {
		return 0, false
	}
	d, err := g.store.Draft(g.ctx, g.among(desk.State.Out))
	g.must(err)
	return d.Broadcast, d.Broadcast != 0
}

// ordered reports whether something was printed because the server said so.
func (g *game) ordered(one print) bool {
	if !g.orders[one.words] {
		return false
	}
	if strings.HasPrefix(one.key, "server/") {
		return true
	}
	var id desk.DraftID
	var version int
	_, err := fmt.Sscanf(one.key, "draft/%d/%d", &id, &version)
	g.must(err)
	d, err := g.store.Draft(g.ctx, id)
	g.must(err)
	return d.By == 0 && version == 1
}

func (g *game) stop(by desk.EditorID, id desk.DraftID) {
	d, err := g.desk.Stop(g.ctx, by, id)
	if g.fine(err) && d.State == desk.Stopped {
		g.over[d.Broadcast] = true
	}
}

func (g *game) retry(by desk.EditorID, id desk.DraftID) {
	n, err := g.desk.Retry(g.ctx, by, id)
	if g.fine(err) {
		g.tried += n
	}
}

// deliver is what the outbox does: it takes some copies of something that runs,
// and what was to be tried again, and some of them fail.
func (g *game) deliver() {
	running := g.running()
	if len(running) == 0 {
		return
	}
	l := running[g.rng.IntN(len(running))]
	c, err := g.store.Take(g.ctx, g.epoch, l.Key, 2+g.rng.IntN(3))
	g.must(err)
	r := outbox.Results{At: g.now}
	var receipts []outbox.Receipt
	for i, to := range c.Recipients {
		one := g.copy(l, to.ID)
		receipts = append(receipts, one)
		if one.Outcome == news.Sent && len(c.Prior) > 0 {
			c.Prior[i].Version = l.Broadcast.Version
			r.Late = append(r.Late, outbox.LateReceipt{Lane: outbox.LaneKey{Broadcast: l.Broadcast.Original, Account: l.Key.Account}, Receipt: c.Prior[i]})
		}
	}
	if len(receipts) == 0 {
		r.Ended = append(r.Ended, l.Key)
	} else {
		r.Chunks = append(r.Chunks, done(c, receipts))
	}
	due, err := g.store.Due(g.ctx, l.Key.Account, g.now, 10)
	g.must(err)
	for _, again := range due {
		if i := slices.IndexFunc(running, func(l outbox.Lane) bool { return l.Key == again.Lane }); i >= 0 {
			r.Late = append(r.Late, outbox.LateReceipt{Lane: again.Lane, Receipt: g.copy(running[i], again.Subscriber)})
			r.Settled = append(r.Settled, outbox.RetryKey{Lane: again.Lane, Subscriber: again.Subscriber})
		}
	}
	g.must(g.store.Record(g.ctx, g.epoch, r))
}

func (g *game) running() []outbox.Lane {
	lanes, err := g.store.Lanes(g.ctx, "telegram:1")
	g.must(err)
	return slices.DeleteFunc(lanes, func(l outbox.Lane) bool { return l.State != news.Running })
}

// copy is one copy that is sent, or fails.
func (g *game) copy(l outbox.Lane, to news.SubscriberID) outbox.Receipt {
	g.Helper()
	if g.rng.IntN(3) == 0 {
		return outbox.Receipt{Subscriber: to, Outcome: news.Failed, Version: l.Broadcast.Version}
	}
	words := l.Broadcast.Words
	if words == "" {
		articles, err := g.store.Articles(g.ctx, []news.ArticleID{l.Broadcast.Items[0].Article})
		g.must(err)
		words = articles[0].Title
	}
	switch {
	case !g.may[words] && !slices.ContainsFunc(g.press.printed, func(p print) bool { return p.words == words }):
		g.Errorf("a reader gets %q, which nobody has let out", words)
	case l.Broadcast.Kind != news.Withdrawal && (g.press.gone[l.Broadcast.ID] || g.press.gone[l.Broadcast.Original]):
		g.Errorf("a reader gets %q, which was withdrawn", words)
	case g.over[l.Broadcast.ID]:
		g.Errorf("a reader gets %q, which was stopped", words)
	}
	key := fmt.Sprint(to, " ", l.Broadcast.ID)
	if g.copies[key]++; g.copies[key] > 1 {
		g.Errorf("a reader gets %q twice", words)
	}
	return outbox.Receipt{Subscriber: to, Outcome: news.Sent, Version: l.Broadcast.Version, IDs: []news.MessageID{"7"}}
}

func done(c outbox.Chunk, receipts []outbox.Receipt) outbox.ChunkResult {
	r := outbox.ChunkResult{ID: c.ID, Receipts: outbox.EncodeReceipts(receipts), Counts: map[news.Outcome]int{}, Closed: true}
	for _, one := range receipts {
		r.Counts[one.Outcome]++
	}
	return r
}

// still fails when something runs that must not.
func (g *game) still() {
	g.Helper()
	standing, err := g.store.Standing(g.ctx)
	g.must(err)
	for _, l := range g.running() {
		switch {
		case standing.Frozen:
			g.Errorf("%q is sent while all is frozen", l.Broadcast.Words)
		case g.over[l.Key.Broadcast]:
			g.Errorf("%q is sent although it was stopped", l.Broadcast.Words)
		}
	}
}

// adopted holds that every alert that came by itself has one draft, which
// editors stand before like any other, and was printed by nobody.
func (g *game) adopted() {
	g.Helper()
	drafts := map[news.BroadcastID]int{}
	for _, e := range g.logged(desk.ActAdopt) {
		drafts[e.Broadcast]++
	}
	for id := range g.itselfs {
		d, err := g.store.OfBroadcast(g.ctx, id)
		if err != nil || drafts[id] != 1 || d.Form != desk.FormAlert || d.By != 0 || !d.State.Out() {
			g.Errorf("the alert %d has %d drafts: %+v (%v)", id, drafts[id], d, err)
		}
		for _, one := range g.press.printed {
			if one.id == id {
				g.Errorf("the alert %d came by itself and was printed as %s", id, one.key)
			}
		}
	}
	if len(g.itselfs) == 0 || len(g.copies) == 0 {
		g.Errorf("%d alerts came by themselves, %d copies were sent: the game proves nothing", len(g.itselfs), len(g.copies))
	}
}
