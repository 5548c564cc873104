package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// Edit puts m in the place of a message of the bot's, while its window is open
// by the network's clock; bots.ErrTooLate afterwards. A message with a medium
// keeps one only if m brings it. Polls cannot be edited. Silent and Reply mean
// nothing to an edit.
func (a *Adapter) Edit(ctx context.Context, id news.MessageID, m bots.Message) (bots.Receipt, error) {
	to, okChat := parseChat(m.Chat)
	wire, sent, okMessage := parseMessage(id)
	switch {
	case !okChat || !okMessage:
		return bots.Receipt{}, fmt.Errorf("edit: no message of WhatsApp's: %w", bots.ErrGone)
	case m.Text.Empty() && m.Media.None():
		return bots.Receipt{}, fmt.Errorf("edit: nothing to say: %w", bots.ErrRejected)
	case a.recent.wasTakenBack(wire):
		return bots.Receipt{}, fmt.Errorf("edit: it was taken back: %w", bots.ErrGone)
	}
	window := a.config.EditWindow
	if kindOf(to) == news.Channel {
		window = a.config.ChannelWindow
	}
	if err := a.within(sent, window); err != nil {
		return bots.Receipt{}, fmt.Errorf("edit: %w", err)
	}
	client, done, err := a.begin(ctx, to)
	if err != nil {
		return bots.Receipt{}, fmt.Errorf("edit: %w", err)
	}
	defer done()
	m.Reply = ""
	d, err := a.draft(ctx, client, to, m)
	switch {
	case err != nil:
		return bots.Receipt{}, fmt.Errorf("edit: %w", err)
	case d.options != nil:
		return bots.Receipt{}, fmt.Errorf("edit: a poll: %w", bots.ErrGone)
	}
	medium := d.medium
	d = &draft{id: changeID("edit", m.Key, wire, client), body: client.BuildEdit(to, wire, d.body), handle: d.handle}
	if _, err := a.deliver(ctx, client, to, d); err != nil {
		return bots.Receipt{}, fmt.Errorf("edit: %w", missing(err, bots.ErrGone))
	}
	return bots.Receipt{ID: id, Media: medium}, nil
}

// Delete takes a message of the bot's back, while its window is open by the
// network's clock; bots.ErrTooLate afterwards.
func (a *Adapter) Delete(ctx context.Context, chat news.ChatID, id news.MessageID) error {
	to, okChat := parseChat(chat)
	wire, sent, okMessage := parseMessage(id)
	if !okChat || !okMessage {
		return fmt.Errorf("delete: no message of WhatsApp's: %w", bots.ErrRejected)
	}
	if a.recent.wasTakenBack(wire) {
		return nil
	}
	window := a.config.RevokeWindow
	if kindOf(to) == news.Channel {
		window = a.config.ChannelWindow
	}
	if err := a.within(sent, window); err != nil {
		return fmt.Errorf("delete: %w", err)
	}
	client, done, err := a.begin(ctx, to)
	if err != nil {
		return fmt.Errorf("delete: %w", err)
	}
	defer done()
	d := &draft{id: changeID("delete", "", wire, client), body: client.BuildRevoke(to, client.Store.GetLID(), wire)}
	if _, err := a.deliver(ctx, client, to, d); err != nil {
		if err = missing(err, nil); err != nil {
			return fmt.Errorf("delete: %w", err)
		}
	}
	a.recent.takeBack(wire)
	return nil
}

// within checks a window by the network's clock.
func (a *Adapter) within(sent time.Time, window time.Duration) error {
	if a.theirs().Sub(sent) > window {
		return bots.ErrTooLate
	}
	return nil
}

// missing says what it means that the network does not know the message: the
// chat was known when it was sent.
func missing(err, instead error) error {
	if errors.Is(err, bots.ErrMissing) {
		return instead
	}
	return err
}

// changeID is the id of the message that changes another one.
func changeID(what, key, wire string, client *whatsmeow.Client) string {
	if what == "edit" && key == "" {
		return client.GenerateMessageID()
	}
	return wireID(what + "\x00" + wire + "\x00" + key)
}
