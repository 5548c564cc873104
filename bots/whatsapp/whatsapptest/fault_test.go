package whatsapptest_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"
)

func TestLostAck(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r := s.NewReader(whatsapptest.Person{})
	b := pairedBot(t, s)
	b.text(r.LID(), "أول")
	s.LoseAcks(1, true)
	id := b.text(r.LID(), "ثان") // the client reconnects and sends the same frame
	sent := s.Sent()
	if len(sent) != 3 || !sent[1].NoAck || sent[2].ID != id || sent[2].Copy != 2 {
		t.Errorf("sent %+v", sent)
	}
	arrivals := r.Arrivals()
	if len(r.Inbox()) != 2 || len(arrivals) != 3 || !arrivals[2].Repeat {
		t.Errorf("inbox %+v, arrivals %+v", r.Inbox(), arrivals)
	}
	s.LoseAcks(1, false)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { _ = s.Wait(ctx, func() bool { return len(r.Inbox()) == 3 }); cancel() }()
	if _, err := b.SendMessage(ctx, r.LID(), hello(), whatsmeow.SendRequestExtra{ID: "3EB0A1"}); !errors.Is(err, context.Canceled) {
		t.Errorf("no ack: %v", err)
	}
	b.send(r.LID(), hello(), whatsmeow.SendRequestExtra{ID: "3EB0A1"}) // the same id, encrypted anew
	if n := len(r.Inbox()); n != 3 {
		t.Errorf("%d messages", n)
	}
	if a := r.Arrivals(); !a[len(a)-1].Repeat || a[len(a)-1].Failed {
		t.Errorf("arrivals %+v", a)
	}
	content(t, s)
}

func hello() *waE2E.Message { return &waE2E.Message{Conversation: proto.String("أهلًا")} }

func TestRefusals(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	known, stranger := s.NewReader(whatsapptest.Person{}), s.NewReader(whatsapptest.Person{})
	b := pairedBot(t, s)
	b.message(known.Send("مرحبًا"))
	send := func(r *whatsapptest.Reader) string {
		_, err := b.SendMessage(short(t), r.LID(), hello())
		if err == nil {
			return ""
		}
		return err.Error()
	}
	s.RefuseNext(whatsapptest.AckTooMany, 0)
	for i, want := range []string{"429", "", ""} {
		if got := send(known); !strings.HasSuffix(got, want) || (got == "") != (want == "") {
			t.Errorf("message %d: %q", i, got)
		}
	}
	s.FenceStrangers(true)
	if got := send(stranger); !strings.HasSuffix(got, "463") {
		t.Errorf("to a stranger: %q", got)
	}
	stranger.Send("أنا هنا")
	if got := send(stranger); got != "" {
		t.Errorf("to a known person: %q", got)
	}
	s.RefuseWhen(func(to types.JID, m whatsapptest.Sent) int {
		if to == known.LID() && m.Copy == 1 {
			return 500
		}
		return 0
	})
	if got := send(known); !strings.HasSuffix(got, "500") {
		t.Errorf("rule: %q", got)
	}
	if len(known.Inbox()) != 2 || len(stranger.Inbox()) != 1 {
		t.Errorf("inboxes %d %d", len(known.Inbox()), len(stranger.Inbox()))
	}
	if sent := s.Sent(); sent[0].Error != 429 || sent[1].Error != 0 {
		t.Errorf("journal %+v", sent)
	}
	known.Block(true)
	s.RefuseWhen(nil)
	if got := send(known); got != "" || len(known.Inbox()) != 2 {
		t.Errorf("blocked: %q, %d messages", got, len(known.Inbox()))
	}
	content(t, s)
}

func TestCutSocketAndNetworkDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, cutSocketAndNetworkDown)
}

func cutSocketAndNetworkDown(t *testing.T) {
	s := newServer(t)
	r := s.NewReader(whatsapptest.Person{})
	b := pairedBot(t, s)
	s.CutSocket()
	wait[*events.Disconnected](b)
	wait[*events.Connected](b)
	s.NetworkDown(true)
	wait[*events.Disconnected](b)
	if err := newBot(t, s, t.TempDir()+"/other.db").Connect(); err == nil {
		t.Error("connected without a network")
	}
	missed := r.Send("أثناء الانقطاع")
	s.NetworkDown(false)
	wait[*events.Connected](b)
	b.message(missed)
	content(t, s)
}

func TestDuplicatesAndRedelivery(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r := s.NewReader(whatsapptest.Person{})
	b := newBot(t, s, filepath.Join(t.TempDir(), "session.db"))
	b.SynchronousAck, b.EnableDecryptedEventBuffer = true, true
	b.pair()
	s.DuplicateNext(1)
	twice := r.Send("مرتان")
	b.message(twice)
	until(t, s, "acknowledged", func() bool { return s.Pending() == 0 })

	var failed atomic.Bool // the connections before and after the cut have a handler each
	b.AddEventHandlerWithSuccessStatus(func(event any) bool {
		m, ok := event.(*events.Message)
		return !ok || m.Message.GetConversation() != "لم تحفظ" || !failed.CompareAndSwap(false, true)
	})
	id := r.Send("لم تحفظ")
	b.message(id)
	s.CutSocket()
	b.message(id)
	until(t, s, "acknowledged", func() bool { return s.Pending() == 0 })
	content(t, s)
}

func TestRetries(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r := s.NewReader(whatsapptest.Person{})
	b := newBot(t, s, filepath.Join(t.TempDir(), "session.db"))
	b.SynchronousAck, b.UseRetryMessageStore = true, true
	b.pair()
	b.message(r.Send("مرحبًا"))
	b.text(r.LID(), "أول")
	r.LoseSession()
	id := b.text(r.LID(), "ثان")
	got, err := r.WaitMessages(short(t), 2)
	if err != nil || got[1].ID != id || got[1].Text != "ثان" {
		t.Fatalf("inbox %+v, %v", got, err)
	}
	if a := r.Arrivals(); len(a) != 3 || !a[1].Failed || a[2].Failed {
		t.Errorf("arrivals %+v", a)
	}
	b.message(r.Send("وصلت"))

	if err := b.Store.Sessions.DeleteAllSessions(t.Context(), r.LID().SignalAddressUser()); err != nil {
		t.Fatal(err)
	}
	lost := r.Send("لن تقرأ أول مرة")
	if m := b.message(lost); m.Message.GetConversation() != "لن تقرأ أول مرة" || m.RetryCount == 0 {
		t.Errorf("retried %+v", m)
	}
	if s.Retries() == 0 {
		t.Error("nothing was asked for again")
	}
	r.Reinstall()
	b.text(r.LID(), "هاتف جديد")
	if _, err := r.WaitMessages(short(t), 3); err != nil {
		t.Error(err)
	}
	b.message(r.Send("من الجديد"))
	content(t, s)
}

// Once two phones know each other, a message takes no query at all.
func TestWarmMessagesAskNothing(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r := s.NewReader(whatsapptest.Person{})
	b := pairedBot(t, s)
	b.message(r.Send("مرحبًا"))
	b.text(r.LID(), "أول")
	devices, err := b.GetUserDevices(short(t), []types.JID{s.LID()})
	if err != nil || len(devices) != 1 || devices[0].Device != 0 {
		t.Errorf("own devices %v, %v: the one that asks must be left out", devices, err)
	}
	before := s.Queries()
	for range 5 {
		b.text(r.LID(), "تال")
	}
	after := s.Queries()
	for _, query := range []string{"encrypt key", "usync usync"} {
		if before[query] == 0 || after[query] != before[query] {
			t.Errorf("%s: %d, then %d", query, before[query], after[query])
		}
	}
}

func TestPreKeysRunOut(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	b := pairedBot(t, s)
	s.SpendPreKeys(6)
	for range 3 {
		b.message(s.NewReader(whatsapptest.Person{}).Send("جديد"))
	}
	until(t, s, "refill", func() bool { left, uploads := s.PreKeys(); return uploads == 2 && left > 40 })
	content(t, s)
}

func TestDelaysAndUnknownQueries(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r := s.NewReader(whatsapptest.Person{})
	b := pairedBot(t, s)
	s.DelayAnswers(30 * time.Millisecond)
	start := time.Now()
	b.text(r.LID(), "ببطء")
	if took := time.Since(start); took < 30*time.Millisecond {
		t.Errorf("answered after %v", took)
	}
	s.DelayAnswers(0)
	if _, err := b.GetContactQRLink(short(t), false); err == nil {
		t.Error("an unknown query was answered")
	}
	if q := s.UnknownQueries(); len(q) != 1 || q[0] != "w:qr qr" {
		t.Errorf("unknown %q", q)
	}
	found, err := b.IsOnWhatsApp(short(t), []string{"+" + r.Number(), "+99900000042"})
	if err != nil || len(found) != 2 || !found[0].IsIn || found[0].JID != r.LID() || found[1].IsIn {
		t.Errorf("found %+v, %v", found, err)
	}
	if _, err := b.SendMessage(short(t), types.NewJID("99900000042", types.DefaultUserServer), hello()); err == nil {
		t.Error("sent to nobody")
	}
}
