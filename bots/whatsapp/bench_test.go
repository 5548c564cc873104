package whatsapp_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"google.golang.org/protobuf/proto"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/news"
)

type nobody struct{}

func (nobody) Handle(context.Context, bots.Event) (bots.Answer, error) { return bots.Answer{}, nil }

// BenchmarkSend sends warm messages to one person and posts to a channel,
// through the adapter and through the library alone with the same settings.
func BenchmarkSend(b *testing.B) {
	s := whatsapptest.New(whatsapptest.Config{})
	defer s.Close()
	r := s.NewReader(whatsapptest.Person{})
	n := s.NewNewsletter("أخبار", "", whatsapptest.RoleAdmin)
	db := openDB(b, filepath.Join(b.TempDir(), "nashra.db"))
	a, err := whatsapp.New(b.Context(), whatsapp.Config{
		DB: db, HTTP: s.Client(), Pace: whatsapp.Pace{PerMinute: -1, PerDay: 1 << 30, SlowStart: -1},
	})
	if err != nil {
		b.Fatal(err)
	}
	err = a.Pair(b.Context(), whatsapp.PairOptions{OnQR: func(text string, _ time.Duration) {
		if err := s.ScanQR(text); err != nil {
			b.Error(err)
		}
	}})
	if err != nil {
		b.Fatal(err)
	}
	count := 0
	for name, chat := range map[string]news.ChatID{"person": news.ChatID(r.LID().String()), "channel": news.ChatID(n.JID().String())} {
		b.Run("adapter/"+name, func(b *testing.B) {
			ctx, cancel := context.WithCancel(b.Context())
			ended := make(chan error, 1)
			go func() { ended <- a.Run(ctx, nobody{}) }()
			send := func() {
				count++
				if _, err := a.Send(ctx, bots.Message{Chat: chat, Text: news.T("خبر"), Key: fmt.Sprint(count)}); err != nil {
					b.Fatal(err)
				}
			}
			send()
			for b.Loop() {
				send()
			}
			cancel()
			<-ended
		})
	}
	container := sqlstore.NewWithDB(db, "sqlite", nil)
	device, err := container.GetFirstDevice(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	client := whatsmeow.NewClient(device, nil)
	client.SynchronousAck, client.UseRetryMessageStore, client.EnableDecryptedEventBuffer = true, true, true
	s.Install(client)
	if err := client.Connect(); err != nil || !client.WaitForConnection(5*time.Second) {
		b.Fatal(err)
	}
	defer client.Disconnect()
	for name, to := range map[string]string{"person": "", "channel": "x"} {
		jid := r.LID()
		if to != "" {
			jid = n.JID()
		}
		b.Run("library/"+name, func(b *testing.B) {
			for b.Loop() {
				if _, err := client.SendMessage(b.Context(), jid, &waE2E.Message{Conversation: proto.String("خبر")}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
