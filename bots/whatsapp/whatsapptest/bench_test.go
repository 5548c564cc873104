package whatsapptest_test

import (
	"testing"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
)

// What the client and this server cost together, the client's SQLite included:
// the baseline that a bot on top of them is measured against.

func BenchmarkWarmMessage(b *testing.B) {
	s := newServer(b)
	r := s.NewReader(whatsapptest.Person{})
	client := pairedBot(b, s)
	client.message(r.Send("مرحبًا"))
	client.text(r.LID(), "أول")
	for b.Loop() {
		client.text(r.LID(), "رسالة من قارئ إلى قارئ")
	}
}

func BenchmarkColdMessage(b *testing.B) {
	s := newServer(b)
	client := pairedBot(b, s)
	for b.Loop() {
		client.text(s.NewReader(whatsapptest.Person{}).LID(), "رسالة أولى")
	}
}

func BenchmarkChannelPost(b *testing.B) {
	s := newServer(b)
	n := s.NewNewsletter("أخبار", "", whatsapptest.RoleOwner)
	client := pairedBot(b, s)
	for b.Loop() {
		client.text(n.JID(), "خبر في القناة")
	}
}
