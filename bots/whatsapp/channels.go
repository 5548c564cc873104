package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// Publisher is an Adapter with channels. It connects for that when Run does
// not run.
type Publisher interface {
	bots.Adapter
	// Channels lists the channels that the account follows or runs.
	Channels(ctx context.Context) ([]Channel, error)
	// CreateChannel makes one that the account owns.
	CreateChannel(ctx context.Context, name, description string) (Channel, error)
	// FindChannel looks a channel up by its link or its chat id; bots.ErrMissing
	// when there is none.
	FindChannel(ctx context.Context, link string) (Channel, error)
}

// Channel is a WhatsApp Channel. Its chat id, "120363…@newsletter", is what
// messages are sent to.
type Channel struct {
	Chat        news.ChatID
	Name        string
	Description string
	Link        string // to be followed by
	Publishes   bool   // the account owns it or is its admin
	Followers   int
}

// The terms of channels, as the phone accepts them once.
const (
	termsID    = "20601218"
	termsStage = "5"
)

const channelLink = "https://whatsapp.com/channel/"

// Channels lists the account's channels.
func (a *Adapter) Channels(ctx context.Context) ([]Channel, error) {
	var out []Channel
	err := a.ask(ctx, "list channels", func(client *whatsmeow.Client) error {
		list, err := client.GetSubscribedNewsletters(ctx)
		for _, c := range list {
			out = append(out, channel(c))
		}
		return err
	})
	return out, err
}

// CreateChannel accepts the terms for the account and makes a channel. A
// channel that a person's phone owns, with the account as its admin, outlives
// the account: prefer that.
func (a *Adapter) CreateChannel(ctx context.Context, name, description string) (Channel, error) {
	var out Channel
	err := a.ask(ctx, "create a channel", func(client *whatsmeow.Client) error {
		if err := client.AcceptTOSNotice(ctx, termsID, termsStage); err != nil {
			return err
		}
		made, err := client.CreateNewsletter(ctx, whatsmeow.CreateNewsletterParams{Name: name, Description: description})
		if err == nil && made == nil {
			return errNoChannel
		}
		if err == nil {
			out = channel(made)
		}
		return err
	})
	return out, err
}

// errNoChannel is the network's word that there is no such channel.
var errNoChannel = fmt.Errorf("no such channel: %w", bots.ErrMissing)

// notThere reports whether the network answered that there is no such thing.
func notThere(err error) bool {
	var one types.GraphQLError
	return errors.As(err, &one) && one.Extensions.ErrorCode == http.StatusNotFound
}

// FindChannel finds a channel by its link or its chat id. The error matches
// bots.ErrMissing when the network knows none.
func (a *Adapter) FindChannel(ctx context.Context, link string) (Channel, error) {
	var out Channel
	err := a.ask(ctx, "find a channel", func(client *whatsmeow.Client) error {
		find := func() (*types.NewsletterMetadata, error) { return client.GetNewsletterInfoWithInvite(ctx, link) }
		if jid, ok := parseChat(news.ChatID(link)); ok {
			find = func() (*types.NewsletterMetadata, error) { return client.GetNewsletterInfo(ctx, jid) }
		}
		found, err := find()
		switch {
		case notThere(err), err == nil && found == nil:
			return errNoChannel
		case err == nil:
			out = channel(found)
		}
		return err
	})
	return out, err
}

// ask runs a query on a connection.
func (a *Adapter) ask(ctx context.Context, what string, query func(*whatsmeow.Client) error) error {
	a.line.hold()
	defer a.line.release()
	err := a.ready(ctx)
	if err == nil {
		if err = query(a.library()); err != nil && !errors.Is(err, errNoChannel) {
			err = beforeSending(ctx, err)
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

func channel(c *types.NewsletterMetadata) Channel {
	out := Channel{
		Chat: chatID(c.ID), Name: c.ThreadMeta.Name.Text, Description: c.ThreadMeta.Description.Text,
		Followers: c.ThreadMeta.SubscriberCount,
	}
	if c.ThreadMeta.InviteCode != "" {
		out.Link = channelLink + c.ThreadMeta.InviteCode
	}
	if c.ViewerMeta != nil {
		out.Publishes = c.ViewerMeta.Role == types.NewsletterRoleOwner || c.ViewerMeta.Role == types.NewsletterRoleAdmin
	}
	return out
}
