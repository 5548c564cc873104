package main_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// serveLine is WhatsApp until the standard input ends. It makes the database
// first: a paired session, people and channels.
func serveLine(ctx context.Context, t task) (result, error) {
	server := whatsapptest.New(whatsapptest.Config{Number: lineNumber})
	all, people, channels := lineCrowd(server)
	plan, st, err := lineStore(ctx, t)
	if err != nil {
		return result{}, err
	}
	settings := store.Settings{Tree: plan.Newsroom.Tree, Channels: channels}
	for _, slot := range plan.Newsroom.Calendar {
		settings.Slots = append(settings.Slots, slot.Name)
	}
	if err := st.Settings(ctx, settings); err != nil {
		return result{}, err
	}
	if err := st.Opened(ctx, desk.Entry{At: time.Now(), Act: desk.ActOpen}); err != nil {
		return result{}, err
	}
	if _, err := st.Import(ctx, time.Now(), people); err != nil {
		return result{}, err
	}
	if err := pairLine(ctx, plan, st, server); err != nil {
		return result{}, err
	}
	data, err := json.Marshal(all)
	if err := errors.Join(err, st.Close(), os.WriteFile(t.Letters, data, 0o600)); err != nil {
		return result{}, err
	}
	address, err := server.Listen(ctx)
	if err != nil {
		return result{}, err
	}
	report(result{Address: address})
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return result{}, err
	}
	os.Exit(0)
	return result{}, nil
}

// lineCrowd makes the people and the channels.
func lineCrowd(server *whatsapptest.Server) (all letters, people []store.Subscriber, channels []store.ChannelReader) {
	for i := range linePeople {
		chat := server.NewReader(whatsapptest.Person{Name: fmt.Sprint(i)}).LID().String()
		all.To = append(all.To, addressed{Chat: chat})
		people = append(people, store.Subscriber{Reader: news.Reader{
			Account: lineAccount, Chat: news.ChatID(chat), Kind: news.Private, Pace: news.PaceDigest,
			Slots: []news.Slot{benchSlot}, Follows: []news.Slug{"news"}, Breaking: true,
		}, Consent: "bench"})
	}
	for i := range lineChannels {
		chat := server.NewNewsletter(fmt.Sprint(i), "", whatsapptest.RoleAdmin).JID().String()
		all.To = append(all.To, addressed{Chat: chat, Letter: 1})
		channels = append(channels, store.ChannelReader{
			Account: lineAccount, Chat: news.ChatID(chat), Sections: []news.Slug{"news"}, Slots: []news.Slot{benchSlot},
			Pace: news.PaceDigest, Breaking: true,
		})
	}
	return all, people, channels
}

func lineStore(ctx context.Context, t task) (*wire.Plan, *sqlite.Store, error) {
	plan, err := wire.ParseConfig(filepath.Join(filepath.Dir(t.Database), "nashra.yaml"), []byte(lineConfig))
	if err != nil {
		return nil, nil, err
	}
	st, err := store.Open(ctx, t.Database, store.Options{})
	return plan, st, err
}

// pairLine links the number, as a phone does by scanning.
func pairLine(ctx context.Context, plan *wire.Plan, st *sqlite.Store, server *whatsapptest.Server) error {
	config, err := wire.WhatsAppConfigOf(plan, st.DB(), st)
	if err != nil {
		return err
	}
	config.HTTP, config.Log = server.Client(), slog.New(slog.DiscardHandler)
	adapter, err := whatsapp.New(ctx, config)
	if err != nil {
		return err
	}
	return adapter.Pair(ctx, whatsapp.PairOptions{OnQR: func(text string, _ time.Duration) { _ = server.ScanQR(text) }})
}

// counted closes done when the last of so many messages was sent.
type counted struct {
	bots.Adapter
	left *atomic.Int64
	done chan struct{}
}

func (c counted) Send(ctx context.Context, m bots.Message) (bots.Receipt, error) {
	r, err := c.Adapter.Send(ctx, m)
	if err == nil && c.left.Add(-1) == 0 {
		close(c.done)
	}
	return r, err
}

// lineByPath publishes an alert and sends it as the program does: store,
// composer, outbox, adapter.
func lineByPath(ctx context.Context, t task) (r result, err error) {
	plan, st, err := lineStore(ctx, t)
	if err != nil {
		return r, err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	adapter, ended, err := lineAdapter(ctx, t, plan, st)
	if err != nil {
		return r, err
	}
	p := digest.Publication{Accounts: []news.AccountID{lineAccount}}
	r.Messages = linePeople
	if strings.HasPrefix(t.Role, "channels") {
		p = digest.Publication{Channels: []news.AccountID{lineAccount}}
		r.Messages = lineChannels
	}
	adapter.left.Store(int64(r.Messages))
	box := &outbox.Outbox{
		Store: st, Adapter: adapter, Tree: func() news.Tree { return plan.Newsroom.Tree }, Now: time.Now,
		Log: warnings(), Secret: []byte("bench"),
		Composer: &digest.Composer{Store: st, Newsroom: func() digest.Newsroom { return plan.Newsroom }, Now: time.Now},
	}
	m := measure()
	now := time.Now()
	p.Broadcast = news.Broadcast{
		Kind: news.Breaking, Version: 1, Words: lineWords, Audience: news.Audience{Everyone: true},
		Since: now.Add(-48 * time.Hour), Published: now, Expires: now.Add(12 * time.Hour),
	}
	if _, err := st.Publish(ctx, p); err != nil {
		return r, err
	}
	go func() { ended <- box.Run(ctx) }()
	select {
	case <-adapter.done:
	case err := <-ended:
		return r, errors.Join(err, errors.New("it ended early"))
	}
	if err := lineDone(ctx, st, r.Messages); err != nil {
		return r, err
	}
	m.into(&r)
	stop()
	return r, errors.Join(<-ended, <-ended, st.Close())
}

// lineAdapter is a running adapter that is connected, and where its end is
// said.
func lineAdapter(ctx context.Context, t task, plan *wire.Plan, st *sqlite.Store) (c counted, ended chan error, err error) {
	whatsapptest.Trust()
	config, err := wire.WhatsAppConfigOf(plan, st.DB(), st)
	if err != nil {
		return c, nil, err
	}
	online := make(chan struct{}, 1)
	config.HTTP, config.Log = whatsapptest.Dial(t.Server), warnings()
	config.Told = func(s whatsapp.State) {
		if s.Connected {
			select {
			case online <- struct{}{}:
			default:
			}
		}
	}
	adapter, err := whatsapp.New(ctx, config)
	if err != nil {
		return c, nil, err
	}
	ended = make(chan error, 2)
	go func() { ended <- adapter.Run(ctx, unasked{}) }()
	<-online
	return counted{adapter, new(atomic.Int64), make(chan struct{})}, ended, nil
}

func warnings() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// lineDone waits until the last broadcast is done in the books.
func lineDone(ctx context.Context, st *sqlite.Store, messages int) error {
	for {
		all, err := st.Progress(ctx, 1)
		switch {
		case err != nil:
			return err
		case all[0].State != news.Done:
			<-time.After(time.Millisecond)
		case all[0].Counts[news.Sent] != messages:
			return fmt.Errorf("%v of %d were sent", all[0].Counts, messages)
		default:
			return nil
		}
	}
}

// unasked is the conversation where nobody writes.
type unasked struct{}

func (unasked) Handle(context.Context, bots.Event) (bots.Answer, error) { return bots.Answer{}, nil }

// lineHandle is the database for a loop without the program: opened with the
// driver as it is, and the program's settings, or as the program opens it.
func lineHandle(ctx context.Context, t task) (db *sql.DB, closed func() error, err error) {
	if strings.HasSuffix(t.Role, "prepared") {
		_, st, err := lineStore(ctx, t)
		if err != nil {
			return nil, nil, err
		}
		return st.DB(), st.Close, nil
	}
	db, err = sql.Open("sqlite", "file:"+t.Database+"?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)"+
		"&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=cache_size(-16000)&_pragma=temp_store(MEMORY)&_pragma=secure_delete(ON)")
	if err != nil {
		return nil, nil, err
	}
	db.SetMaxOpenConns(1)
	return db, db.Close, nil
}

// lineBare sends the same words with nothing but the library, one message
// after the other, with the settings that the adapter gives it.
func lineBare(ctx context.Context, t task) (r result, err error) {
	whatsapptest.Trust()
	db, closed, err := lineHandle(ctx, t)
	if err != nil {
		return r, err
	}
	data, err := os.ReadFile(t.Letters)
	if err != nil {
		return r, err
	}
	var all letters
	if err := json.Unmarshal(data, &all); err != nil {
		return r, err
	}
	device, err := sqlstore.NewWithDB(db, "sqlite", nil).GetFirstDevice(ctx)
	if err != nil {
		return r, err
	}
	client := whatsmeow.NewClient(device, nil)
	client.SynchronousAck, client.EnableDecryptedEventBuffer, client.UseRetryMessageStore = true, true, true
	whatsapptest.InstallClient(client, whatsapptest.Dial(t.Server))
	if err := client.Connect(); err != nil {
		return r, err
	}
	if !client.WaitForConnection(10 * time.Second) {
		return r, errors.New("no connection")
	}
	text := "🔴 *عاجل* | " + lineWords + "\n\n_عاشق عُمان_ · 08:00\nلإيقاف الرسائل أرسل: إلغاء"
	m := measure()
	for _, to := range all.To {
		if (to.Letter == 1) != strings.HasPrefix(t.Role, "channels") {
			continue
		}
		jid, err := types.ParseJID(to.Chat)
		if err != nil {
			return r, err
		}
		if _, err := client.SendMessage(ctx, jid, &waE2E.Message{Conversation: proto.String(text)}); err != nil {
			return r, err
		}
		r.Messages++
	}
	m.into(&r)
	client.Disconnect()
	return r, closed()
}
