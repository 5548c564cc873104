package wire

import (
	"context"
	"fmt"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// joinTalk makes the conversation.
func (p *Program) joinTalk() {
	p.talk = talk.New(talk.Talk{
		Store: p.parts.Store, Digest: p.composer, Settings: p.settings, Now: p.parts.Now, Log: p.parts.Log,
		Admin: func(ctx context.Context, id news.AccountID, chat news.ChatID, user news.UserID) (bool, error) {
			if a := p.account(id); a != nil {
				return a.admin(ctx, chat, user)
			}
			return false, nil
		},
		Changed: func(id news.AccountID, reader news.SubscriberID) {
			if a := p.account(id); a != nil {
				a.dropped(reader)
			}
		},
		Wake: func(id news.AccountID) {
			if a := p.account(id); a != nil {
				a.wake()
			}
		},
	})
}

// settings are what the conversation knows of the newsroom.
func (p *Program) settings() talk.Settings {
	plan := p.Plan()
	c, n := plan.Config, plan.Newsroom
	s := talk.Settings{
		Newsroom: n.Name, About: c.Newsroom.Description, Language: talk.Language(n.Language), Zone: n.Zone,
		Tree: n.Tree, Contact: c.Newsroom.Contact, Link: p.entryLink(), Receipts: plan.Keep(),
	}
	if n.Night.From != n.Night.To {
		s.Night = talk.Night{From: clock(n.Night.From), To: clock(n.Night.To)}
	}
	today := news.DateOf(p.parts.Now().In(n.Zone))
	for _, slot := range n.Calendar {
		s.Slots = append(s.Slots, talk.Slot{Name: slot.Name, Label: slot.Label, Hour: hour(slot, today, n)})
	}
	d := plan.NewReader()
	s.Default = talk.Default{Pace: d.Pace, Slots: d.Slots, Sections: d.Follows}
	return s
}

// hour is the slot's hour today, or on the ordinary days when it is left out
// today.
func hour(slot digest.Slot, today news.Date, n digest.Newsroom) string {
	if at, ok := slot.At(today, n.Zone); ok {
		return at.Format("15:04")
	}
	if at, ok := slot.Ordinary(today, n.Zone); ok {
		return at.Format("15:04")
	}
	return ""
}

func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// entryLink is the beginning of the links that the newsroom's site may show;
// it is known once the account is connected.
func (p *Program) entryLink() string {
	for _, a := range p.accounts {
		if l := a.live.Load(); l != nil {
			if named, ok := l.adapter.(interface{ Username() string }); ok {
				return "https://t.me/" + named.Username() + "?start="
			}
		}
	}
	return ""
}

// more is the button that leads from a digest to the rest of a section.
func (p *Program) more(s news.Section) (news.Button, bool) { return p.talk.More(s) }
