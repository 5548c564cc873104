package wire

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/bots/talk/editor"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// joinDesk makes the rule for what is said by hand, and its door in the chats.
func (p *Program) joinDesk() {
	p.desk = &desk.Desk{
		Publisher: p.publisher, Tree: p.tree, Now: p.parts.Now, Log: p.parts.Log,
		Store: p.parts.Store, Press: &press{p}, Setup: p.deskSetup, Wake: p.wakeThese, Works: p.works, Reaches: p.reaches, Checker: p.newLinks(),
		Compose: func(ctx context.Context, b news.Broadcast, n news.Platform) (news.Message, error) {
			return p.composer.Compose(ctx, b, articlesOf(b.Items), n)
		},
	}
	p.door = editor.New(&editor.Door{
		Desk: p.desk, Store: p.parts.Store, Next: p.talk, Stops: p.talk.Stops, Tree: p.tree,
		Zone:   func() *time.Location { return p.newsroom().Zone },
		Coming: p.coming, Slots: p.slots, Presets: func() []editor.Preset { return p.Plan().Presets },
		Reach: p.parts.Store.Reach, Fetch: p.fetch, Wake: p.wakeThese, Now: p.parts.Now, Log: p.parts.Log,
	}, desk.Language(p.newsroom().Language))
	p.desk.Changed, p.desk.Offer, p.desk.Turn = p.door.Changed, p.door.Offer, p.turn
	p.desk.Lay, p.desk.Under, p.desk.Shows = p.door.Lay, p.door.Under, p.door.Shows
	p.desk.Seated = p.seated
	p.desk.Slot = func(s news.Slot) string { return p.newsroom().Calendar.Label(s) }
	p.desk.Opened = func() { p.opened.Store(true) }
	p.desk.Turned = func(ctx context.Context) {
		if err := p.turned(ctx); err != nil {
			p.parts.Log.Error("a switch of the calendar is not in force yet", "err", err)
		}
	}
}

// deskSetup is what the newsroom has decided about its desk.
func (p *Program) deskSetup() desk.Setup {
	n, c := p.newsroom(), p.Plan().Config
	s := desk.Setup{
		Zone: n.Zone, Language: desk.Language(n.Language), Speed: map[news.Platform]desk.Speed{},
		Countdown: c.Desk.Countdown, Careful: c.Desk.Careful, Second: c.Desk.Second,
		PerDay: c.Desk.PerDay, PerReader: c.Desk.PerReader, PerHour: p.Plan().hourly(),
		ProposalLife: c.Desk.Proposals, ProposalLetters: c.Desk.Letters, Invitation: c.Desk.Codes, Ahead: c.Desk.Ahead,
		Night: func(now time.Time) bool { _, night := p.night(now); return night },
	}
	for _, a := range p.accounts {
		network := a.id.Platform()
		if !slices.Contains(s.Networks, network) {
			s.Networks = append(s.Networks, network)
		}
		if l := a.live.Load(); l != nil {
			s.Speed[network] = desk.Speed{PerSecond: s.Speed[network].PerSecond + l.adapter.Limits().Rate, Within: p.within(network)}
		}
	}
	return s
}

// wakeThese wakes the outboxes of accounts.
func (p *Program) wakeThese(accounts ...news.AccountID) {
	for _, id := range accounts {
		if a := p.account(id); a != nil {
			a.wake()
		}
	}
}

// held reports whether nothing may go out by itself.
func (p *Program) held(ctx context.Context) (bool, error) {
	s, err := p.desk.Standing(ctx)
	return s.Held || s.Frozen, err
}

// beginDesk says whether the bot is open to the public, and hands out the code
// of the first owner while there is none.
func (p *Program) beginDesk(ctx context.Context) error {
	s, err := p.desk.Standing(ctx)
	if err != nil {
		return err
	}
	p.opened.Store(s.Open)
	if !s.Open && p.parts.Closed != nil {
		p.parts.Closed()
	}
	if p.parts.FirstOwner == nil {
		return nil
	}
	code, needed, err := p.desk.FirstCode(ctx)
	if err != nil {
		return fmt.Errorf("make the code of the first owner: %w", err)
	}
	if needed {
		p.parts.FirstOwner(code)
	}
	return nil
}

// press makes the desk's broadcasts.
type press struct{ program *Program }

// Publish prints a broadcast for the networks that were chosen. The article that
// it is about is its item, so that whoever gets it has the article, too.
func (p *press) Publish(ctx context.Context, key desk.Key, o desk.Order) (id news.BroadcastID, err error) {
	if o.Broadcast.Items, err = p.about(ctx, o); err != nil {
		return 0, err
	}
	chosen := func(all []news.AccountID) []news.AccountID {
		return slices.DeleteFunc(all, func(id news.AccountID) bool {
			return len(o.Networks) > 0 && !slices.Contains(o.Networks, id.Platform())
		})
	}
	id, fresh, err := p.program.parts.Store.Print(ctx, key, digest.Publication{
		Broadcast: o.Broadcast, Accounts: chosen(p.program.ids()), Channels: chosen(p.program.withChannels()),
	})
	return p.out(id, fresh, "the alert", err)
}

// Correct gives what went out another text.
func (p *press) Correct(ctx context.Context, a news.Amendment) (news.BroadcastID, error) {
	id, err := p.program.parts.Store.Correct(ctx, a)
	return p.out(id, true, "the correction", err)
}

// Withdraw takes back what went out.
func (p *press) Withdraw(ctx context.Context, a news.Amendment) (news.BroadcastID, error) {
	id, err := p.program.parts.Store.Withdraw(ctx, a)
	return p.out(id, true, "the withdrawal", err)
}

// out says that something is out, and wakes who sends it.
func (p *press) out(id news.BroadcastID, fresh bool, what string, err error) (news.BroadcastID, error) {
	if err != nil {
		return 0, fmt.Errorf("publish %s: %w", what, err)
	}
	if fresh {
		p.program.parts.Log.Info("published by the desk", "broadcast", id)
	}
	p.program.wakeAll()
	return id, nil
}

// Control moves a broadcast; that it is over is no error.
func (p *press) Control(ctx context.Context, id news.BroadcastID, state news.State) error {
	if err := p.program.control(ctx, id, state); err != nil && !errors.Is(err, store.ErrOver) {
		return err
	}
	return nil
}

// TryAgain has failed copies tried again.
func (p *press) TryAgain(ctx context.Context, id news.BroadcastID) (int, error) {
	n, err := p.program.parts.Store.TryAgain(ctx, id)
	p.program.wakeAll()
	return n, err
}

// State returns how far a broadcast is.
func (p *press) State(ctx context.Context, id news.BroadcastID) (news.State, error) {
	b, err := p.program.parts.Store.Broadcast(ctx, id)
	return b.State, err
}

// Pulse returns how far its lanes are.
func (p *press) Pulse(ctx context.Context, id news.BroadcastID) ([]news.Pulse, error) {
	return p.program.parts.Store.Pulse(ctx, id)
}
