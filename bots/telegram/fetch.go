package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	telegram "github.com/go-telegram/bot"

	"github.com/nashra-bot/nashra/bots"
)

// Fetch brings a file that was sent to the bot. Telegram gives out none of more
// than 20 MB (Bot API, getFile).
func (a *Adapter) Fetch(ctx context.Context, f bots.File, most int64) ([]byte, error) {
	if f.Size > most {
		return nil, fmt.Errorf("fetch a file: %w", bots.ErrTooBig)
	}
	ctx, cancel := a.boundedBy(ctx, int(most))
	defer cancel()
	found, err := a.api.GetFile(ctx, &telegram.GetFileParams{FileID: f.Ref})
	if err != nil {
		err = a.redact.fail("getFile", err)
		switch {
		case strings.Contains(err.Error(), "file is too big"):
			return nil, fmt.Errorf("fetch a file: %w", bots.ErrTooBig)
		case errors.Is(err, errMedia):
			return nil, fmt.Errorf("fetch a file: %w: %w", bots.ErrMissing, err)
		}
		return nil, err
	}
	if found.FilePath == "" || strings.Contains(found.FilePath, "..") {
		return nil, fmt.Errorf("fetch a file: it has no address: %w", bots.ErrMissing)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, a.config.ServerURL+"/file/bot"+a.config.Token+"/"+strings.TrimLeft(found.FilePath, "/"), nil)
	if err != nil {
		return nil, fmt.Errorf("fetch a file: its address cannot be read: %w", bots.ErrMissing)
	}
	resp, err := a.sends.RoundTrip(r)
	if err != nil {
		return nil, fmt.Errorf("fetch a file: %s: %w", a.redact.text(err.Error()), bots.ErrNotSent)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("fetch a file: status %d: %w", resp.StatusCode, bots.ErrMissing)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("fetch a file: %s: %w", a.redact.text(err.Error()), bots.ErrNotSent)
	case int64(len(data)) > most:
		return nil, fmt.Errorf("fetch a file: %w", bots.ErrTooBig)
	}
	return data, nil
}
