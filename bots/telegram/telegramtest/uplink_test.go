package telegramtest_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// An upload takes the time of its bytes, beside whatever else is called; given
// up before, it has no effect. What the server has takes none.
func TestUploadsTakeTheirTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.Uplink = 100
		b := library(t, tg.WithHTTPClient(time.Minute, w.Client(0)))
		data := strings.Repeat("%", 1000)
		send := func(ctx context.Context, file models.InputFile) (*models.Message, time.Duration, error) {
			start := time.Now()
			m, err := b.SendDocument(ctx, &tg.SendDocumentParams{ChatID: 7, Document: file})
			return m, time.Since(start), err
		}
		upload := func() models.InputFile {
			return &models.InputFileUpload{Filename: "a.pdf", Data: strings.NewReader(data)}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 9*time.Second)
		defer cancel()
		if _, took, err := send(ctx, upload()); !errors.Is(err, context.DeadlineExceeded) || took != 9*time.Second || len(w.private.FromBots()) != 0 {
			t.Errorf("given up after %v: %v, %d messages", took, err, len(w.private.FromBots()))
		}
		done := make(chan *models.Message)
		go func() {
			m, took, err := send(t.Context(), upload())
			if err != nil || took != 10*time.Second {
				t.Errorf("it took %v: %v", took, err)
			}
			done <- m
		}()
		synctest.Wait()
		if _, err := b.SendMessage(t.Context(), &tg.SendMessageParams{ChatID: 7, Text: "خبر"}); err != nil || w.Uploading() != 1 || len(w.private.FromBots()) != 1 {
			t.Errorf("beside %d uploads: %v", w.Uploading(), err)
		}
		m := <-done
		if _, took, err := send(t.Context(), &models.InputFileString{Data: m.Document.FileID}); err != nil || took != 0 || w.Uploading() != 0 {
			t.Errorf("again it took %v: %v", took, err)
		}
	})
}
