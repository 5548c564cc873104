package wire

import (
	"context"
	"fmt"
	"strings"
	"time"

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
		Forgot: func(id news.AccountID, chat news.ChatID) {
			if a := p.account(id); a != nil {
				a.forgot(chat)
			}
		},
		Told: func() { p.desk.Woken() },
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
	c, n := plan.Config, p.newsroom()
	s := talk.Settings{
		Newsroom: n.Name, About: c.Newsroom.Description, Language: talk.Language(n.Language), Zone: n.Zone,
		Tree: n.Tree, Contact: c.Newsroom.Contact, Link: p.entryLink(), Receipts: plan.Keep(),
		Chats: p.chats(), Full: p.full, Closed: !p.opened.Load(),
	}
	if w := c.WhatsApp; w != nil && w.Channel != nil {
		s.Channel = talk.Channel{Name: orDefault(w.Channel.Name, n.Name), Link: w.Channel.Link}
	}
	if n.Night.From != n.Night.To {
		s.Night = talk.Night{From: clock(n.Night.From), To: clock(n.Night.To)}
	}
	now := p.parts.Now().In(n.Zone)
	for _, slot := range n.Calendar {
		s.Slots = append(s.Slots, talk.Slot{Name: slot.Name, Label: slot.Label, Hour: hour(slot, now)})
	}
	d := plan.NewReader()
	s.Default = talk.Default{Pace: d.Pace, Slots: d.Slots, Sections: d.Follows}
	return s
}

// hour is the slot's hour today; where it is left out today, on the next day
// that has it within a week, or on ordinary days.
func hour(slot digest.Slot, now time.Time) string {
	today, zone := news.DateOf(now), now.Location()
	at, ok := slot.At(today, zone)
	if !ok {
		var next digest.Turn
		next, ok = digest.Calendar{slot}.Next(now)
		at = next.At
	}
	if !ok {
		at, ok = slot.Ordinary(today, zone)
	}
	if !ok {
		return ""
	}
	return at.Format("15:04")
}

func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// entryLink is the beginning of the links that the newsroom's site may show.
func (p *Program) entryLink() string {
	if chat := p.chats()[news.Telegram]; chat != "" {
		return chat + "?start="
	}
	return ""
}

// chats are where a chat with the bot opens on each network. A bot's name is
// known once its account is connected.
func (p *Program) chats() map[news.Platform]string {
	chats := map[news.Platform]string{}
	for _, a := range p.accounts {
		l := a.live.Load()
		if l == nil {
			continue
		}
		if named, ok := l.adapter.(interface{ Username() string }); ok {
			chats[news.Telegram] = "https://t.me/" + named.Username()
		}
		if number, ok := strings.CutPrefix(string(a.id), string(news.WhatsApp)+":"); ok {
			chats[news.WhatsApp] = "https://wa.me/" + number
		}
	}
	return chats
}

// full reports whether a number on WhatsApp has as many readers as it may have.
func (p *Program) full(id news.AccountID) bool {
	w := p.Plan().Config.WhatsApp
	if w == nil || id.Platform() != news.WhatsApp {
		return false
	}
	return p.readers.Load() >= int64(w.most())
}

// most is how many readers the number may have.
func (w *WhatsAppConfig) most() int {
	if w.Readers <= 0 {
		return defaultReaders
	}
	return w.Readers
}

// census counts the number's readers, for full.
func (p *Program) census(ctx context.Context) error {
	id, ok := p.Plan().WhatsAppAccount()
	if !ok {
		return nil
	}
	n, err := p.parts.Store.Readers(ctx, id)
	if err == nil {
		p.readers.Store(int64(n))
	}
	return err
}

// more is the button that leads from a digest to the rest of a section.
func (p *Program) more(s news.Section) (news.Button, bool) { return p.talk.More(s) }

// less is the button under an alert that asks for less of its kind.
func (p *Program) less(section news.Slug) (news.Button, bool) { return p.talk.Less(section) }
