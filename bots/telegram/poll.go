package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"strings"
	"time"

	telegram "github.com/go-telegram/bot"

	"github.com/nashra-bot/nashra/bots"
)

const (
	batch      = 100                    // updates of one poll (Bot API, getUpdates)
	patience   = time.Second            // for a batch, before the next is fetched beside it
	pollMargin = 15 * time.Second       // over what Telegram was allowed to wait
	firstRetry = 500 * time.Millisecond // after a poll that failed
	longRetry  = 30 * time.Second
	farewell   = 2 * time.Second // for telling Telegram what was handled
)

type pollParams struct {
	Offset  int64    `json:"offset,omitempty"`
	Limit   int      `json:"limit"`
	Timeout int      `json:"timeout"`
	Allowed []string `json:"allowed_updates"`
}

// poller fetches updates.
type poller struct {
	*Adapter
	inbox *inbox
	next  int64 // behind the last update that was fetched
	asked int64 // the offset of the last poll: what is before is acknowledged
}

// run fetches until ctx ends or the token is revoked.
func (p *poller) run(ctx context.Context) error {
	defer func() {
		p.inbox.serving.Wait()
		p.confirm(ctx)
	}()
	open, failures := false, 0
	for ctx.Err() == nil {
		var err error
		if !open {
			err = p.deleteWebhook(ctx)
		} else {
			err = p.fetch(ctx)
		}
		if err != nil {
			open = open && !webhookActive(err)
			failures++
			if err := p.excuse(ctx, err, failures); err != nil {
				return err
			}
			continue
		}
		failures, open = 0, true
		p.inbox.wait(ctx, patience)
	}
	return nil
}

// fetch asks for updates, and queues them.
func (p *poller) fetch(ctx context.Context) error {
	hold := p.config.Poll
	limit, cancel := context.WithTimeout(ctx, hold+pollMargin)
	defer cancel()
	p.asked = p.offset()
	var updates []json.RawMessage
	err := p.polls.call(limit, "getUpdates", pollParams{
		Offset: p.asked, Limit: batch, Timeout: int(hold / time.Second), Allowed: wanted(),
	}, &updates)
	if err != nil {
		return err
	}
	if last := p.takeAll(ctx, p.inbox, updates); last != 0 {
		p.next = last + 1
	}
	return nil
}

// offset is the first update that Telegram is to give: everything before it
// is acknowledged.
func (p *poller) offset() int64 {
	if id, ok := p.inbox.oldest(); ok {
		return id
	}
	return p.next
}

// takeAll queues updates and returns the id of the last; 0: there was none.
func (a *Adapter) takeAll(ctx context.Context, in *inbox, updates []json.RawMessage) (last int64) {
	for _, raw := range updates {
		u, ok := a.read(raw)
		if u.ID == 0 {
			continue
		}
		last = u.ID
		if !ok {
			u = &update{ID: u.ID} // done at once
		}
		in.take(ctx, u)
	}
	return last
}

// read reads one update. Of one that has an unknown shape only the id is read.
func (a *Adapter) read(raw []byte) (*update, bool) {
	u := new(update)
	if err := json.Unmarshal(raw, u); err == nil {
		return u, true
	}
	var id struct {
		ID int64 `json:"update_id"`
	}
	_ = json.Unmarshal(raw, &id)
	a.log.Error("an update has an unknown shape and is left out", "update", id.ID)
	return &update{ID: id.ID}, false
}

// confirm tells Telegram what was handled, so that it is not repeated at the
// next start. It may fail: the events' keys tell repeats.
func (p *poller) confirm(ctx context.Context) {
	id := p.offset()
	if id == p.asked {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	var ignored []json.RawMessage
	_ = p.polls.call(ctx, "getUpdates", pollParams{Offset: id, Limit: 1, Allowed: wanted()}, &ignored)
}

// deleteWebhook lets polls be answered. Waiting updates stay.
func (a *Adapter) deleteWebhook(ctx context.Context) error {
	ctx, cancel := a.bounded(ctx)
	defer cancel()
	_, err := a.api.DeleteWebhook(ctx, &telegram.DeleteWebhookParams{})
	return err
}

// excuse waits after a failed poll. It returns the error that nothing can be
// waited out for.
func (a *Adapter) excuse(ctx context.Context, err error, failures int) error {
	select {
	case <-ctx.Done():
		return nil
	default:
	}
	err = a.redact.fail("getUpdates", err)
	if errors.Is(err, bots.ErrRevoked) {
		return err
	}
	wait := min(firstRetry<<min(failures-1, 20), longRetry)
	wait += rand.N(wait / 4)
	var limit *bots.RetryError
	if errors.As(err, &limit) {
		wait = limit.After
	}
	if errors.Is(err, bots.ErrReplaced) {
		a.log.Error("another program takes this bot's updates", "error", err, "wait", wait)
		if a.config.Rivalled != nil {
			a.config.Rivalled()
		}
	} else {
		a.log.Warn("a poll failed", "error", err, "wait", wait)
	}
	select {
	case <-time.After(wait):
	case <-ctx.Done():
	}
	return nil
}

// webhookActive reports whether somebody has set a webhook since.
func webhookActive(err error) bool {
	var o *outcome
	return errors.As(err, &o) && o.code == 409 && strings.Contains(strings.ToLower(o.description), "webhook")
}
