package wire

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// pairingTime is how long a pairing that the owner asked for in a chat may
// take.
const pairingTime = 10 * time.Minute

// Handle answers an event of any network. The owner's own words come first;
// then the editors'; everything else is the conversation's.
func (p *Program) Handle(ctx context.Context, e bots.Event) (bots.Answer, error) {
	if p.fromOwner(e) && pairs(e.Text) {
		p.pairForOwner()
		return bots.Answer{}, nil
	}
	return p.door.Handle(ctx, e)
}

func (p *Program) fromOwner(e bots.Event) bool {
	owner := p.Plan().Config.Owner.Telegram
	return owner != "" && e.Account.Platform() == news.Telegram && e.Kind == bots.Wrote && string(e.Chat) == owner
}

// tiding is something for the owner to know. Of a state those on duty hear, too,
// in words that are theirs: an owner among them is not told twice.
type tiding struct {
	text  string
	state bool
}

// changed tells the owner of a state that is worth it, once for as long as it
// lasts.
func (a *account) changed(s whatsapp.State) {
	if s.Connected {
		select {
		case a.online <- struct{}{}:
		default:
		}
	}
	a.noticing.Lock()
	defer a.noticing.Unlock()
	a.program.watcher.now()
	if text := a.program.ownerWords().notice(s, a.program.newsroom().Zone); text != a.noticed {
		a.noticed = text
		a.notify(tiding{text: text, state: true})
	}
}

// told answers the owner.
func (a *account) told(text string) { a.notify(tiding{text: text}) }

// notify hands a tiding on, without keeping who has it waiting.
func (a *account) notify(t tiding) {
	if t.text == "" {
		return
	}
	select {
	case a.program.notices <- t:
	default:
		a.log().Warn("a notice for the owner was left out: too many wait")
	}
}

// notify sends what is to be said to the owner's chat, until ctx ends.
func (p *Program) notify(ctx context.Context) error {
	last := ""
	for {
		select {
		case <-ctx.Done():
			return nil
		case t := <-p.notices:
			if t.text == last || t.state && p.ownerOnDuty(ctx) {
				continue
			}
			last = t.text
			if err := p.tellOwner(ctx, t.text); err != nil {
				p.parts.Log.Warn("the owner was not told", "err", err)
			}
		}
	}
}

// ownerOnDuty reports whether the owner's chat hears of trouble with those on
// duty.
func (p *Program) ownerOnDuty(ctx context.Context) bool {
	owner := news.ChatID(p.Plan().Config.Owner.Telegram)
	on, err := p.desk.OnDuty(ctx)
	return err == nil && slices.ContainsFunc(on, func(e desk.Editor) bool {
		return slices.ContainsFunc(e.Seats, func(s desk.Seat) bool { return s.Chat == owner && s.Account.Platform() == news.Telegram })
	})
}

// tellOwner leaves a reply for the owner's chat on Telegram.
func (p *Program) tellOwner(ctx context.Context, text string) error {
	owner := news.ChatID(p.Plan().Config.Owner.Telegram)
	for _, a := range p.accounts {
		if owner == "" || a.id.Platform() != news.Telegram {
			continue
		}
		chat, err := p.parts.Store.Chat(ctx, a.id, owner)
		if err != nil {
			return fmt.Errorf("read the owner's chat: %w", err)
		}
		_, err = p.parts.Store.Commit(ctx, talk.Commit{
			Account: a.id, At: p.parts.Now(), Chat: owner, Kind: news.Private, Memo: chat.Memo,
			Replies: []talk.Reply{{Message: news.Say(news.T(p.ownerWords().mark(text)))}},
		})
		if err != nil {
			return fmt.Errorf("leave word for the owner: %w", err)
		}
		a.wake()
	}
	return nil
}

// pairForOwner links a lost WhatsApp number again with a code that goes to the
// owner's chat, so that nobody needs a shell at night. One pairing runs at a
// time.
func (p *Program) pairForOwner() {
	for _, a := range p.accounts {
		adapter, ok := a.pairer()
		switch {
		case !ok:
			continue
		case adapter.State().Paired:
			a.told(p.ownerWords().Already)
			continue
		}
		select {
		case p.pairing <- a:
		default:
			a.told(p.ownerWords().Busy)
		}
	}
}

// pair does the pairings that the owner asks for.
func (p *Program) pair(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case a := <-p.pairing:
			p.pairOne(ctx, a)
		}
	}
}

func (p *Program) pairOne(ctx context.Context, a *account) {
	adapter, ok := a.pairer()
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, pairingTime)
	defer cancel()
	words := p.ownerWords()
	err := adapter.Pair(ctx, whatsapp.PairOptions{
		Phone: p.Plan().Config.WhatsApp.Number,
		OnCode: func(code string, _ time.Duration) {
			// The code alone opens nothing: it has to be typed on the bot's own phone.
			a.told(strings.ReplaceAll(words.Code, "{code}", code))
		},
	})
	if err != nil {
		a.log().Warn("the pairing did not succeed", "err", err)
		a.told(words.unpaired(err))
		return
	}
	a.told(words.Paired)
	select {
	case a.paired <- struct{}{}:
	default:
	}
}
