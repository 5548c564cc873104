package wire

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// Defaults of the configuration that protect a number. So many readers get three
// digests and an alert within whatsapp.DefaultPerDay.
const (
	defaultWithin  = 45 * time.Minute
	defaultReaders = 250
)

// WhatsAppAccount is the account that the configuration names; ok is false
// when there is none.
func (p *Plan) WhatsAppAccount() (id news.AccountID, ok bool) {
	if p.Config.WhatsApp == nil {
		return "", false
	}
	return whatsapp.AccountOf(p.Config.WhatsApp.Number)
}

// joinWhatsApp makes the WhatsApp account. It reaches no network.
func (p *Program) joinWhatsApp() error {
	id, ok := p.Plan().WhatsAppAccount()
	if !ok {
		return nil
	}
	config, err := WhatsAppConfigOf(p.Plan(), p.parts.DB, p.parts.Store)
	if err != nil {
		return err
	}
	config.HTTP, config.Now, config.Log = p.parts.WhatsApp, p.parts.Now, p.parts.Log
	config.Fetch, config.Heed = p.media, p.talk.Stops
	config.Wrote = func(ctx context.Context, chat news.ChatID) (bool, error) {
		return p.parts.Store.HasWritten(ctx, id, chat)
	}
	a := &account{id: id, program: p, paired: make(chan struct{}, 1), online: make(chan struct{}, 1)}
	config.Told = func(s whatsapp.State) {
		a.reach.heard(s.Connected || s.Lost()) // each loss is the network's word
		a.changed(s)
	}
	a.seen = p.sightings(id)
	config.Seen = a.seen.Saw
	a.connect = func(ctx context.Context) (bots.Adapter, error) { return whatsapp.New(ctx, config) }
	a.channels = func(plan *Plan) []store.ChannelReader {
		if plan.Config.WhatsApp == nil {
			return nil
		}
		return channelReaders(id, plan, plan.Config.WhatsApp.Channels)
	}
	p.accounts = append(p.accounts, a)
	return nil
}

// WhatsAppConfigOf is what the adapter needs to run or to be paired.
func WhatsAppConfigOf(plan *Plan, db *sql.DB, notes store.Notes) (whatsapp.Config, error) {
	id, ok := plan.WhatsAppAccount()
	if !ok {
		return whatsapp.Config{}, errors.New("the configuration names no WhatsApp number: add the part \"whatsapp\" with the bot's own number")
	}
	w := plan.Config.WhatsApp
	return whatsapp.Config{
		DB: db, Number: w.Number, Name: orDefault(w.Name, plan.Newsroom.Name), Client: w.Client,
		Memory:     memory{notes: notes, account: id},
		Pace:       whatsapp.Pace{PerMinute: w.PerMinute, PerDay: w.PerDay, NewPerDay: w.NewPerDay},
		EditWindow: w.EditFor, RevokeWindow: w.TakeFor, ChannelWindow: w.PostFor,
		Called: []string{plan.Newsroom.Name},
		Poll:   func(m bots.Message) bool { return m.Poll },
	}, nil
}

// memory keeps what the adapter must not forget over a restart.
type memory struct {
	notes   store.Notes
	account news.AccountID
}

func (m memory) Load(ctx context.Context, key string) ([]byte, error) {
	return m.notes.Note(ctx, m.account, key)
}

func (m memory) Save(ctx context.Context, key string, value []byte) error {
	return m.notes.Noted(ctx, m.account, key, value)
}

// secretNote is where the secret of an account's message keys is kept.
const secretNote = "outbox/secret"

// messageSecret returns the secret from which the account's message ids are
// made: the same for as long as the database lives.
func (p *Program) messageSecret(ctx context.Context, id news.AccountID) ([]byte, error) {
	secret, err := p.parts.Store.Note(ctx, id, secretNote)
	if err != nil || len(secret) > 0 {
		return secret, err
	}
	secret = make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return nil, fmt.Errorf("make a secret: %w", err)
	}
	return secret, p.parts.Store.Noted(ctx, id, secretNote, secret)
}

// accountLost lets linked readers be reached on their other network while this
// account cannot send: our failure, not their wish.
func (p *Program) accountLost(ctx context.Context, a *account) {
	if err := p.parts.Store.AccountLost(ctx, a.id); err != nil {
		a.log().Warn("linked readers stay with the lost account", "err", err)
	}
	p.wakeAll()
}

// accountBack returns them.
func (p *Program) accountBack(ctx context.Context, a *account) {
	if err := p.parts.Store.AccountBack(ctx, a.id); err != nil {
		a.log().Warn("linked readers stay with their other network", "err", err)
	}
	p.wakeAll()
}
