package whatsapp

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// Send sends one message. It connects for that when Run does not run. Buttons
// become numbered lines, or a poll; a medium or preview that cannot be had is
// left out and logged.
//
// A person is written to by hidden number: for a chat by phone number Send
// looks that up and returns a bots.MovedError. While writing to people stands
// still, or a cap of Pace is reached, it returns a bots.RetryError, and for one
// whom the network refuses alone bots.ErrSuspended. The id of the message
// follows from its Key, so that a repeat has the same.
func (a *Adapter) Send(ctx context.Context, m bots.Message) (bots.Receipt, error) {
	r, err := a.send(ctx, m)
	if err != nil {
		return bots.Receipt{}, fmt.Errorf("send: %w", err)
	}
	return r, nil
}

func (a *Adapter) send(ctx context.Context, m bots.Message) (bots.Receipt, error) {
	to, ok := parseChat(m.Chat)
	switch {
	case !ok:
		return bots.Receipt{}, fmt.Errorf("no chat of WhatsApp's: %w", bots.ErrMissing)
	case m.Text.Empty() && m.Media.None():
		return bots.Receipt{}, fmt.Errorf("nothing to say: %w", bots.ErrRejected)
	}
	client, done, err := a.begin(ctx, to)
	if err != nil {
		return bots.Receipt{}, err
	}
	defer done()
	if err := a.mayWrite(ctx, client, to); err != nil {
		return bots.Receipt{}, err
	}
	d, err := a.draft(ctx, client, to, m)
	if err != nil {
		return bots.Receipt{}, err
	}
	d.id = wireID(m.Key)
	if m.Key == "" {
		d.id = client.GenerateMessageID()
	}
	if d.options != nil {
		if err := a.polls.expect(ctx, d.id, d.options); err != nil {
			return bots.Receipt{}, fail(ctx, err, bots.ErrNotSent)
		}
	}
	if err := a.seemToType(ctx, client, to, m.Text); err != nil {
		return bots.Receipt{}, err
	}
	r, err := a.deliver(ctx, client, to, d)
	if err == nil && kindOf(to) == news.Private {
		a.barred.reached(context.WithoutCancel(ctx), chatID(to), a.recent.waits(to))
	}
	return r, err
}

// begin gets the line for a message. After an error there is nothing to do.
func (a *Adapter) begin(ctx context.Context, to types.JID) (*whatsmeow.Client, func(), error) {
	people := kindOf(to) == news.Private
	a.mu.Lock()
	err := a.endedLocked()
	a.mu.Unlock()
	if err == nil {
		err = a.standing(people)
	}
	if err == nil && ctx.Err() != nil {
		err = fmt.Errorf("%w: %w", bots.ErrNotSent, ctx.Err())
	}
	if err != nil {
		return nil, nil, err
	}
	a.line.hold()
	if err := a.ready(ctx); err != nil {
		a.line.release()
		if standing := a.standing(people); standing != nil { // banned just now
			return nil, nil, standing
		}
		return nil, nil, err
	}
	return a.library(), a.line.release, nil
}

// mayWrite asks everything that may keep a message from a person.
func (a *Adapter) mayWrite(ctx context.Context, client *whatsmeow.Client, to types.JID) error {
	if kindOf(to) != news.Private {
		return nil
	}
	if err := a.settle(ctx, client, to); err != nil {
		return err
	}
	if until := a.Silenced(chatID(to)); !until.IsZero() {
		return &bots.RetryError{After: until.Sub(a.config.Now()), Own: true}
	}
	if err := a.barred.check(chatID(to)); err != nil {
		return fmt.Errorf("the network refused the last one: %w", err)
	}
	return a.pace.take(ctx, client, to)
}

// deliver hands a message to the network and waits for its word.
func (a *Adapter) deliver(ctx context.Context, client *whatsmeow.Client, to types.JID, d *draft) (bots.Receipt, error) {
	select {
	case a.sending <- struct{}{}:
		defer func() { <-a.sending }()
	case <-ctx.Done():
		return bots.Receipt{}, fmt.Errorf("%w: %w", bots.ErrNotSent, ctx.Err())
	}
	if err := a.standing(kindOf(to) == news.Private); err != nil {
		return bots.Receipt{}, err // stopped while it waited
	}
	sent, err := client.SendMessage(ctx, to, d.body, whatsmeow.SendRequestExtra{
		ID: d.id, Timeout: a.config.AckTimeout, MediaHandle: d.handle,
	})
	if err != nil {
		return bots.Receipt{}, a.complained(ctx, to, err)
	}
	a.learn(sent.Timestamp)
	at := sent.Timestamp
	if at.IsZero() {
		at = a.theirs()
	}
	return bots.Receipt{ID: messageID(d.id, at), Media: d.medium}, nil
}

// complained judges an error of the network's, and stops writing to people
// when it is about the account, or to the one when it is about them.
func (a *Adapter) complained(ctx context.Context, to types.JID, err error) error {
	a.mu.Lock()
	ended := a.endedLocked()
	a.mu.Unlock()
	judged := judge(ctx, err)
	switch code := ackCode(err); {
	case ended != nil && errors.Is(judged, bots.ErrNotSent):
		return ended
	case kindOf(to) != news.Private:
	case code == ackTooMany:
		a.halt(context.WithoutCancel(ctx), ReasonTooMany, time.Time{})
	case code == ackStrangers && a.standing(true) == nil:
		if !a.barred.refused(context.WithoutCancel(ctx), chatID(to)) {
			return fail(ctx, err, bots.ErrSuspended)
		}
		a.halt(context.WithoutCancel(ctx), ReasonStrangers, time.Time{})
	}
	var wait *bots.RetryError
	if errors.As(judged, &wait) {
		if standing := a.standing(kindOf(to) == news.Private); standing != nil {
			return fail(ctx, errors.New(clean(err.Error())), standing)
		}
	}
	return judged
}

// reply is the part of a message that says what it answers; nil when that is
// not known any more.
func (a *Adapter) reply(ctx context.Context, client *whatsmeow.Client, to types.JID, id news.MessageID) *waE2E.ContextInfo {
	wire, _, ok := parseMessage(id)
	if !ok {
		return nil
	}
	q, ok := a.recent.quote(wire)
	if !ok {
		q, ok = a.ownQuote(ctx, client, to, wire)
	}
	if !ok {
		return nil
	}
	author := q.author.String()
	return &waE2E.ContextInfo{StanzaID: &wire, Participant: &author, QuotedMessage: q.body}
}

func randomSecret() (secret [32]byte) {
	_, _ = rand.Read(secret[:]) // never fails
	return secret
}
