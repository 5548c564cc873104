package wire

import (
	"context"
	"fmt"
	"slices"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// Handle answers an event of any network. The owner's own words come first;
// then the editors'; everything else is the conversation's.
func (p *Program) Handle(ctx context.Context, e bots.Event) (bots.Answer, error) {
	if p.fromOwner(e) {
		if asked, picture := pairs(e.Text); asked {
			p.pairForOwner(picture)
			return bots.Answer{}, nil
		}
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
	text    string
	picture []byte // PNG, above the text
	state   bool
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
			if t.text == last && t.picture == nil || t.state && p.ownerOnDuty(ctx) {
				continue
			}
			last = t.text
			if err := p.tellOwner(ctx, t); err != nil {
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
func (p *Program) tellOwner(ctx context.Context, t tiding) error {
	message := news.Say(news.T(p.ownerWords().mark(t.text)))
	if t.picture != nil {
		f := desk.PictureFile(t.picture)
		if err := p.parts.Store.Attached(ctx, f, t.picture, p.parts.Now()); err != nil {
			return fmt.Errorf("keep a picture: %w", err)
		}
		message.Media = f.Media("")
	}
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
			Replies: []talk.Reply{{Message: message}},
		})
		if err != nil {
			return fmt.Errorf("leave word for the owner: %w", err)
		}
		a.wake()
	}
	return nil
}
