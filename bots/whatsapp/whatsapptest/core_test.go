package whatsapptest_test

import (
	"testing"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

func TestTextBothWays(t *testing.T) {
	for _, tt := range []struct {
		name   string
		person whatsapptest.Person
		first  bool // the reader writes first
		number bool // the bot answers to the phone number
	}{
		{name: "answer by LID", first: true},
		{name: "answer by number", first: true, number: true},
		{name: "cold by LID"},
		{name: "cold by number", number: true},
		{name: "hidden number", first: true, person: whatsapptest.Person{HidePhone: true}},
		{name: "old phone", first: true, person: whatsapptest.Person{ByPhone: true}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			tt.person.Name = "سالم"
			r := s.NewReader(tt.person)
			b := pairedBot(t, s)
			if tt.first {
				got := b.message(r.Send("مرحبًا"))
				checkSender(t, got, r, tt.person)
			}
			to := r.LID()
			if tt.number {
				to = r.Phone()
			}
			id := b.text(to, "أهلًا")
			inbox := r.Inbox()
			if len(inbox) != 1 || inbox[0].ID != id || inbox[0].Text != "أهلًا" || inbox[0].Kind != whatsapptest.KindText {
				t.Fatalf("inbox %+v", inbox)
			}
			answer := b.message(r.Answer(id, "شكرًا"))
			if q := answer.Message.GetExtendedTextMessage().GetContextInfo(); q.GetStanzaID() != id {
				t.Errorf("quotes %v", q)
			}
			b.text(to, "عفوًا")
			if n := len(r.Inbox()); n != 2 {
				t.Errorf("%d messages", n)
			}
			if copies := s.Phone().Chat(r); len(copies) < 3 || copies[len(copies)-1].Text != "عفوًا" {
				t.Errorf("own phone shows %+v", copies)
			}
			content(t, s)
		})
	}
}

func checkSender(t *testing.T, got *events.Message, r *whatsapptest.Reader, p whatsapptest.Person) {
	t.Helper()
	if got.Message.GetConversation() != "مرحبًا" || got.Info.PushName != r.Name() || got.Info.IsFromMe {
		t.Errorf("message %v, info %+v", got.Message, got.Info)
	}
	want, alternative := r.LID(), r.Phone()
	if p.ByPhone {
		want, alternative = alternative, want
	}
	if p.HidePhone {
		alternative = types.EmptyJID
	}
	if got.Info.Sender != want || got.Info.SenderAlt != alternative || got.Info.Chat != want {
		t.Errorf("from %v or %v, want %v or %v", got.Info.Sender, got.Info.SenderAlt, want, alternative)
	}
}

func TestReceipts(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	prompt := s.NewReader(whatsapptest.Person{ReadAtOnce: true})
	slow := s.NewReader(whatsapptest.Person{Silent: true})
	b := pairedBot(t, s)

	id := b.text(prompt.LID(), "1")
	for _, kind := range []types.ReceiptType{types.ReceiptTypeDelivered, types.ReceiptTypeRead} {
		got := wait[*events.Receipt](b)
		if got.Type != kind || got.MessageIDs[0] != id || got.Sender != prompt.LID() {
			t.Errorf("receipt %+v, want %q", got, kind)
		}
	}
	id = b.text(slow.LID(), "2")
	slow.Receive()
	if got := wait[*events.Receipt](b); got.Type != types.ReceiptTypeDelivered || got.MessageIDs[0] != id {
		t.Errorf("receipt %+v", got)
	}
	slow.ReadAll()
	if got := wait[*events.Receipt](b); got.Type != types.ReceiptTypeRead {
		t.Errorf("receipt %+v", got)
	}

	asked := b.message(slow.Send("3"))
	until(t, s, "delivered", func() bool { return slow.Chat()[1].Delivered })
	if slow.Chat()[1].Read {
		t.Error("read before it was")
	}
	if err := b.MarkRead(t.Context(), []types.MessageID{asked.Info.ID}, asked.Info.Timestamp, asked.Info.Chat, asked.Info.Sender); err != nil {
		t.Fatal(err)
	}
	until(t, s, "read", func() bool { return slow.Chat()[1].Read })
	until(t, s, "acknowledged", func() bool { return s.Pending() == 0 })
	if err := b.SendChatPresence(t.Context(), slow.LID(), types.ChatPresenceComposing, ""); err != nil {
		t.Fatal(err)
	}
	until(t, s, "typing", func() bool { signs := slow.Signs(); return signs[len(signs)-1].What == "composing" })
	slow.Type(true)
	if got := wait[*events.ChatPresence](b); got.State != types.ChatPresenceComposing || got.Sender != slow.LID() {
		t.Errorf("typing %+v", got)
	}
	content(t, s)
}

func TestRestartKeepsTheSession(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r, later := s.NewReader(whatsapptest.Person{}), s.NewReader(whatsapptest.Person{})
	b := pairedBot(t, s)
	b.message(r.Send("قبل"))
	b.text(r.LID(), "أول")
	until(t, s, "acknowledged", func() bool { return s.Pending() == 0 })
	b.stop()
	until(t, s, "gone", func() bool { return !s.Connected() })
	missed := r.Send("أثناء")
	cold := later.Send("جديد")

	b = b.restart()
	if got := b.message(missed); got.Message.GetConversation() != "أثناء" {
		t.Errorf("missed %v", got.Message)
	}
	b.message(cold)
	if got := wait[*events.OfflineSyncCompleted](b); got.Count != 2 {
		t.Errorf("offline %+v", got)
	}
	b.text(r.LID(), "ثان")
	if inbox := r.Inbox(); len(inbox) != 2 || inbox[1].Text != "ثان" {
		t.Errorf("inbox %+v", inbox)
	}
	if left, uploads := s.PreKeys(); uploads != 1 || left < 800 {
		t.Errorf("%d prekeys after %d uploads", left, uploads)
	}
	content(t, s)
}
