package news_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/news"
)

func TestNoTelephoneNumberIsLogged(t *testing.T) {
	var log bytes.Buffer
	l := slog.New(slog.NewTextHandler(&log, nil))
	l.Info("x", "account", news.AccountID("whatsapp:99900001234"), "other", news.AccountID("telegram:99900001234"))
	if got := log.String(); !strings.Contains(got, "account=whatsapp:…1234") || !strings.Contains(got, "other=telegram:99900001234") {
		t.Error(got)
	}
}
