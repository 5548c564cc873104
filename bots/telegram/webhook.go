package telegram

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"sync"
	"time"

	telegram "github.com/go-telegram/bot"

	"github.com/nashra-bot/nashra/bots"
)

// Webhook says how Telegram brings updates. TLS is the business of a proxy in
// front.
type Webhook struct {
	// URL is what Telegram calls: https, on port 443, 80, 88 or 8443 (Bot API,
	// setWebhook). Its path is the one that is served.
	URL string
	// Listen is the address to listen on, like "127.0.0.1:8080".
	Listen string
	// Secret is what Telegram shows in X-Telegram-Bot-Api-Secret-Token: 16 to
	// 256 of A-Z, a-z, 0-9, _ and -.
	Secret string
	// Serve serves the handler until ctx ends (nil: on Listen).
	Serve func(ctx context.Context, h http.Handler) error
}

const maxConnections = 40 // the default of setWebhook

var secretShape = regexp.MustCompile(`^[\w-]{16,256}$`)

func (w *Webhook) check() error {
	u, err := url.Parse(w.URL)
	switch {
	case err != nil, u.Scheme != "https", u.Host == "":
		return errors.New("read the webhook's address: it must be https://host/path")
	case !secretShape.MatchString(w.Secret):
		return errors.New("read the webhook's secret: it must be 16 to 256 of A-Z, a-z, 0-9, _ and -")
	case w.Listen == "" && w.Serve == nil:
		return errors.New("read the webhook: it needs an address to listen on")
	}
	return nil
}

// listen serves the webhook until ctx ends. It stays set: Telegram keeps the
// updates until the next start.
func (a *Adapter) listen(ctx context.Context, in *inbox) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	serve := a.config.Webhook.Serve
	if serve == nil {
		serve = a.config.Webhook.serve
	}
	var registering sync.WaitGroup
	registering.Go(func() {
		if err := a.setWebhook(ctx); err != nil {
			cancel(err)
		}
	})
	err := serve(ctx, &hook{inbox: in, secret: []byte(a.config.Webhook.Secret), path: a.config.Webhook.path()})
	cancel(err)
	registering.Wait()
	if cause := context.Cause(ctx); errors.Is(cause, bots.ErrRevoked) {
		return cause
	}
	return err
}

// setWebhook tries until it is set; the error is that of a revoked token.
func (a *Adapter) setWebhook(ctx context.Context) error {
	for failures := 1; ctx.Err() == nil; failures++ {
		err := a.callSetWebhook(ctx)
		if err == nil {
			return nil
		}
		if err := a.excuse(ctx, err, failures); err != nil {
			return err
		}
	}
	return nil
}

func (a *Adapter) callSetWebhook(ctx context.Context) error {
	ctx, cancel := a.bounded(ctx)
	defer cancel()
	_, err := a.api.SetWebhook(ctx, &telegram.SetWebhookParams{
		URL: a.config.Webhook.URL, SecretToken: a.config.Webhook.Secret,
		AllowedUpdates: wanted(), MaxConnections: maxConnections,
	})
	return err
}

func (w *Webhook) path() string {
	if u, err := url.Parse(w.URL); err == nil && u.Path != "" {
		return u.Path
	}
	return "/"
}

func (w *Webhook) serve(ctx context.Context, h http.Handler) error {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", w.Listen)
	if err != nil {
		return fmt.Errorf("listen for the webhook: %w", err)
	}
	server := &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
	}
	var closing sync.WaitGroup
	defer closing.Wait()
	done := make(chan struct{})
	defer close(done)
	closing.Go(func() {
		select {
		case <-ctx.Done():
		case <-done:
		}
		limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace+time.Second)
		defer cancel()
		_ = server.Shutdown(limit)
		_ = server.Close()
	})
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the webhook: %w", err)
	}
	return nil
}
