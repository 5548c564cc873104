package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/store"
	"github.com/nashra-bot/nashra/store/sqlite"
)

type pairCommand struct {
	WhatsApp pairWhatsAppCommand `cmd:"" name:"whatsapp" help:"Link the bot's number on WhatsApp, by a QR code or by a code to type on its phone."`
}

type pairWhatsAppCommand struct {
	Phone string        `help:"Ask for a code to type on the phone with this number, instead of a QR code." placeholder:"+968…"`
	PNG   string        `help:"Write the QR code into this picture, too." placeholder:"FILE"`
	For   time.Duration `help:"How long to wait for the phone." default:"5m"`
}

// terminal is the size that a QR code has to fit.
const (
	terminalColumns = 80
	terminalRows    = 24
)

// Run links the number while nothing runs: the session has one owner.
func (c pairWhatsAppCommand) Run(s *session) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	if _, ok := p.WhatsAppAccount(); !ok {
		return errors.New("the configuration names no WhatsApp number: add the part \"whatsapp\" with the bot's own number")
	}
	fmt.Fprintf(s.Stdout, `The number %s must be the bot's own: never a person's, never one with chats that
somebody would miss. This is an unofficial client, and WhatsApp may lock a number
that it does not like; docs/operating.md says what lowers the risk.
`, p.Config.WhatsApp.Number)
	if p.Config.Owner.Telegram == "" {
		fmt.Fprintln(s.Stdout, `
Nobody is told yet when the number is logged out. Set owner: telegram: in the
configuration to your chat with the bot on Telegram (it tells the number when you
send it /mydata): then you are told there, and can link the number again there.`)
	}
	return s.withSession(p, func(ctx context.Context, a *whatsapp.Adapter) error { return c.pair(ctx, s, a) })
}

// withSession opens the database and the WhatsApp session in it, both owned by
// this process.
func (s *session) withSession(p *wire.Plan, act func(context.Context, *whatsapp.Adapter) error) error {
	lock, err := s.own(p)
	if isBusy(err) {
		return fmt.Errorf("%w: stop it first; a number that was logged out can also be linked from the owner's chat while nashra runs", err)
	}
	if err != nil {
		return err
	}
	defer func() { _ = lock.Release() }()
	st, err := store.Open(s.ctx, p.Database, store.Options{Now: s.Now})
	if err != nil {
		return err
	}
	return errors.Join(s.open(p, st, act), st.Close())
}

func (s *session) open(p *wire.Plan, st *sqlite.Store, act func(context.Context, *whatsapp.Adapter) error) error {
	config, err := wire.WhatsAppConfigOf(p, st.DB(), st)
	if err != nil {
		return err
	}
	config.HTTP, config.Now, config.Log = s.WhatsApp, s.Now, newLog(s.Stderr, p)
	a, err := whatsapp.New(s.ctx, config)
	if err != nil {
		return err
	}
	return act(s.ctx, a)
}

func (c pairWhatsAppCommand) pair(ctx context.Context, s *session, a *whatsapp.Adapter) error {
	ctx, cancel := context.WithTimeout(ctx, c.For)
	defer cancel()
	err := a.Pair(ctx, whatsapp.PairOptions{
		Phone: c.Phone,
		OnQR:  func(text string, _ time.Duration) { c.show(s, text) },
		OnCode: func(code string, valid time.Duration) {
			fmt.Fprintf(s.Stdout, "\nOn the bot's phone: WhatsApp, Linked devices, Link a device, Link with phone number instead.\nThe code is  %s  (for %s)\n", code, valid.Round(time.Second))
		},
		OnPasskey: func(ctx context.Context, options []byte) ([]byte, error) { return passkey(ctx, s, options) },
		OnConfirm: func(_ context.Context, code string) error {
			fmt.Fprintf(s.Stdout, "The phone shows this code, too: %s\n", code)
			return nil
		},
	})
	switch {
	case errors.Is(err, whatsapp.ErrPaired):
		fmt.Fprintln(s.Stdout, "The number is linked already.")
		return nil
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("no phone has answered within %s: try again when it is at hand", c.For)
	case err != nil:
		return err
	}
	fmt.Fprintln(s.Stdout, "\nThe number is linked. Start the program with: nashra run")
	return nil
}

// show draws a QR code, and writes the picture where one is wanted.
func (c pairWhatsAppCommand) show(s *session, text string) {
	drawn, err := whatsapp.Terminal(text, terminalColumns, terminalRows)
	if err != nil {
		drawn = "The code does not fit the terminal: use --png FILE, or --phone.\n"
	}
	fmt.Fprintf(s.Stdout, "\x1b[2J\x1b[H%s", drawn)
	if c.PNG == "" {
		return
	}
	png, err := whatsapp.PNG(text)
	if err == nil {
		// The code opens the account for a minute: nobody else may read it, so that
		// a file with wider rights is replaced.
		if err = os.Remove(c.PNG); err == nil || errors.Is(err, fs.ErrNotExist) {
			err = os.WriteFile(c.PNG, png, 0o600)
		}
	}
	if err != nil {
		fmt.Fprintf(s.Stderr, "nashra: the picture %s was not written: %v\n", filepath.Base(c.PNG), err)
	}
}

// passkey shows what a browser has to sign, and reads what it answered.
func passkey(ctx context.Context, s *session, options []byte) ([]byte, error) {
	fmt.Fprintf(s.Stdout, `
WhatsApp asks for the account's passkey. On a computer that has it, open
web.whatsapp.com, open the browser's console, and run:

  navigator.credentials.get({publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(%s)})
    .then(c => console.log(JSON.stringify(c.toJSON())))

Paste the line that it prints:
`, options)
	answered := make(chan string, 1)
	failed := make(chan error, 1)
	go func() {
		line, err := bufio.NewReader(s.Stdin).ReadString('\n')
		if err != nil && (line == "" || !errors.Is(err, io.EOF)) {
			failed <- fmt.Errorf("read the passkey's answer: %w", err)
			return
		}
		answered <- strings.TrimSpace(line)
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case err := <-failed:
		return nil, err
	case line := <-answered:
		return []byte(line), nil
	}
}

type whatsappCommand struct {
	Channels channelsCommand `cmd:"" help:"List the WhatsApp Channels of the number, make one, or find one by its link."`
}

type channelsCommand struct {
	Create      string `help:"Make a channel with this name. A channel that a person's phone owns, with the bot as its admin, outlives the number: prefer that." placeholder:"NAME"`
	Description string `help:"Of the new channel." placeholder:"TEXT"`
	Find        string `help:"Find a channel by its link." placeholder:"LINK"`
}

// Run asks the network, while nothing runs.
func (c channelsCommand) Run(s *session) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	return s.withSession(p, func(ctx context.Context, a *whatsapp.Adapter) error {
		channels, err := c.channels(ctx, a)
		if err != nil {
			return err
		}
		for _, ch := range channels {
			rights := "follows it only"
			if ch.Publishes {
				rights = "may publish"
			}
			fmt.Fprintf(s.Stdout, "%s\n  %s · %d followers · the bot %s\n  %s\n", ch.Name, ch.Chat, ch.Followers, rights, ch.Link)
		}
		if len(channels) == 0 {
			fmt.Fprintln(s.Stdout, "The number has no channels yet.")
		}
		return nil
	})
}

func (c channelsCommand) channels(ctx context.Context, a *whatsapp.Adapter) ([]whatsapp.Channel, error) {
	var one whatsapp.Channel
	var err error
	switch {
	case c.Create != "":
		one, err = a.CreateChannel(ctx, c.Create, c.Description)
	case c.Find != "":
		one, err = a.FindChannel(ctx, c.Find)
	default:
		return a.Channels(ctx)
	}
	return []whatsapp.Channel{one}, err
}
