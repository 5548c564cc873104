package main

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
)

// phone is somebody's phone with the bot's chat open.
type phone interface {
	View() phoneView
	Say(text string)
	// Press presses a button, or ticks an option of a poll, and returns what the
	// phone shows over it.
	Press(ctx context.Context, message, data string) (toast string, err error)
	Changed() <-chan struct{}
}

// phoneView is a chat as the page draws it.
type phoneView struct {
	Network  string                 `json:"network"`
	Menu     []telegramtest.Command `json:"menu"`
	Messages []phoneMessage         `json:"messages"`
}

// phoneMessage is one bubble. Telegram says by entities how a text looks,
// WhatsApp by marks in it.
type phoneMessage struct {
	ID       string                  `json:"id"`
	Mine     bool                    `json:"mine"`
	At       time.Time               `json:"at"`
	Text     string                  `json:"text"`
	Entities []telegramtest.Entity   `json:"entities"`
	Marked   bool                    `json:"marked"` // the text has WhatsApp's marks
	Photo    bool                    `json:"photo"`
	Preview  string                  `json:"preview"`
	Buttons  [][]telegramtest.Button `json:"buttons"`
	Poll     []pollOption            `json:"poll"`
	Edited   bool                    `json:"edited"`
	Silent   bool                    `json:"silent"`
}

type pollOption struct {
	Name string `json:"name"`
	On   bool   `json:"on"`
}

// telegramPhone is somebody's Telegram.
type telegramPhone struct {
	network *telegramtest.Server
	bot     *telegramtest.Bot
	person  *telegramtest.Phone
	chat    *telegramtest.Chat
}

// newTelegramPhones are those of a reader and of an editor, on one network.
func newTelegramPhones(c *clock) (reader, editor *telegramPhone) {
	network := &telegramtest.Server{Now: c.Now}
	bot := network.AddBot(demoToken, "nashra_demo_bot")
	of := func(name string) *telegramPhone {
		person := network.AddUser(telegramtest.User{FirstName: name, Language: "ar"})
		return &telegramPhone{network: network, bot: bot, person: person, chat: person.Private(bot)}
	}
	return of("سالم"), of("ليلى")
}

func (p *telegramPhone) Changed() <-chan struct{} { return p.network.Changed() }

func (p *telegramPhone) Say(text string) {
	if text == "/start" {
		p.person.Start(p.bot, "")
		return
	}
	p.person.SendText(p.chat, text)
}

func (p *telegramPhone) Press(ctx context.Context, message, data string) (string, error) {
	id, err := strconv.Atoi(message)
	if err != nil {
		return "", err
	}
	toast, err := p.person.PressButton(ctx, p.chat, id, data)
	return toast.Text, err
}

func (p *telegramPhone) View() phoneView {
	chat := p.chat.View()
	out := phoneView{Network: "Telegram", Menu: chat.Menu, Messages: []phoneMessage{}}
	for _, m := range chat.Messages {
		v := phoneMessage{
			ID: strconv.Itoa(m.ID), Mine: !m.FromBot, At: m.Date, Text: m.Text, Entities: m.Entities,
			Photo: m.Media != nil, Buttons: m.Buttons, Edited: m.Edits > 0, Silent: m.Silent,
		}
		if !m.Preview.Disabled {
			v.Preview = m.Preview.URL
		}
		out.Messages = append(out.Messages, v)
	}
	return out
}

// whatsappPhone is another reader's WhatsApp.
type whatsappPhone struct {
	network *whatsapptest.Server
	reader  *whatsapptest.Reader
}

func newWhatsAppPhone(c *clock) *whatsappPhone {
	p := &whatsappPhone{network: whatsapptest.New(whatsapptest.Config{Number: demoNumber, Now: c.Now})}
	p.reader = p.network.NewReader(whatsapptest.Person{Name: "مريم", ReadAtOnce: true})
	return p
}

func (p *whatsappPhone) Changed() <-chan struct{} { return p.network.Changed() }

func (p *whatsappPhone) Say(text string) { p.reader.Send(text) }

func (p *whatsappPhone) Press(_ context.Context, message, data string) (string, error) {
	for _, m := range p.reader.Chat() {
		if m.ID != message || m.Poll == nil {
			continue
		}
		chosen := slices.Clone(m.Poll.Chosen)
		if at := slices.Index(chosen, data); at >= 0 {
			chosen = slices.Delete(chosen, at, at+1)
		} else {
			chosen = append(chosen, data)
		}
		p.reader.Vote(message, chosen...)
	}
	return "", nil
}

func (p *whatsappPhone) View() phoneView {
	out := phoneView{Network: "WhatsApp", Messages: []phoneMessage{}}
	for _, m := range p.reader.Chat() {
		if m.Revoked {
			continue
		}
		v := phoneMessage{ID: m.ID, Mine: m.Mine, At: m.Time, Text: m.Text, Marked: true, Photo: m.Media != nil, Edited: m.Edits > 0}
		if m.Preview != nil {
			v.Preview = m.Preview.URL
		}
		if m.Poll != nil {
			for _, name := range m.Poll.Options {
				v.Poll = append(v.Poll, pollOption{Name: name, On: slices.Contains(m.Poll.Chosen, name)})
			}
		}
		out.Messages = append(out.Messages, v)
	}
	return out
}
