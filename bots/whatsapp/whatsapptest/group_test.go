package whatsapptest_test

import (
	"errors"
	"testing"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

func TestGroup(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	admin, member := s.NewReader(whatsapptest.Person{Name: "مدير"}), s.NewReader(whatsapptest.Person{HidePhone: true})
	b := pairedBot(t, s)
	g := s.NewGroup("أهل الحارة", admin, member)
	if joined := wait[*events.JoinedGroup](b); joined.JID != g.JID() || joined.Name != g.Name() || len(joined.Participants) != 3 {
		t.Errorf("joined %+v", joined)
	}

	said := b.message(admin.Mention(g, "مساعدة"))
	info := said.Message.GetExtendedTextMessage().GetContextInfo()
	if said.Info.Chat != g.JID() || said.Info.Sender != admin.LID() || info.GetMentionedJID()[0] != s.LID().String() {
		t.Errorf("mention %+v %v", said.Info, info)
	}
	plain := admin.Say(g, "نص عادي")
	b.message(plain)
	if b.has(func(m *events.Message) bool { return m.Info.ID == plain }) {
		t.Error("the sender key came twice")
	}
	id := b.text(g.JID(), "جواب للمجموعة")
	for _, r := range []*whatsapptest.Reader{admin, member} {
		chat := r.GroupChat(g)
		if last := chat[len(chat)-1]; last.ID != id || last.Text != "جواب للمجموعة" || len(chat) != 3 {
			t.Errorf("group chat %+v", chat)
		}
	}
	if len(admin.Inbox()) != 0 {
		t.Error("group message in the private chat")
	}
	retort := b.message(member.Retort(g, id, "شكرًا"))
	if q := retort.Message.GetExtendedTextMessage().GetContextInfo(); q.GetStanzaID() != id || q.GetParticipant() != s.LID().String() {
		t.Errorf("retort %v", q)
	}
	until(t, s, "receipts", func() bool { return s.Pending() == 0 })
	if got := wait[*events.Receipt](b); got.Chat != g.JID() || got.MessageIDs[0] != id {
		t.Errorf("receipt %+v", got)
	}
	content(t, s)
}

func TestGroupMembers(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	admin, member := s.NewReader(whatsapptest.Person{Name: "مدير"}), s.NewReader(whatsapptest.Person{})
	late := s.NewReader(whatsapptest.Person{})
	b := pairedBot(t, s)
	g := s.NewGroup("أهل الحارة", admin, member)
	wait[*events.JoinedGroup](b)

	g.Add(late)
	wait[*events.GroupInfo](b)
	g.Promote(late)
	if change := wait[*events.GroupInfo](b); len(change.Promote) != 1 || change.Promote[0] != late.LID() {
		t.Errorf("promoted %+v", change)
	}
	whole, err := b.GetGroupInfo(short(t), g.JID())
	if err != nil || len(whole.Participants) != 4 || !whole.Participants[3].IsAdmin || whole.Participants[2].IsAdmin {
		t.Errorf("group %+v, %v", whole, err)
	}
	b.text(g.JID(), "أهلًا بالجديد")
	if chat := late.GroupChat(g); len(chat) != 1 || chat[0].Text != "أهلًا بالجديد" {
		t.Errorf("late member sees %+v", chat)
	}
	g.Demote(late)
	if change := wait[*events.GroupInfo](b); len(change.Demote) != 1 {
		t.Errorf("demoted %+v", change)
	}
	g.Remove(late)
	if change := wait[*events.GroupInfo](b); len(change.Leave) != 1 {
		t.Errorf("removed %+v", change)
	}
	b.text(g.JID(), "بعد خروجه")
	if n := len(late.GroupChat(g)); n != 1 {
		t.Errorf("removed member sees %d messages", n)
	}
	all, err := b.GetJoinedGroups(short(t))
	if err != nil || len(all) != 1 {
		t.Errorf("groups %v, %v", all, err)
	}
	content(t, s)
}

func TestRemovedFromGroup(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r := s.NewReader(whatsapptest.Person{})
	b := pairedBot(t, s)
	g := s.NewGroup("قروب", r)
	wait[*events.JoinedGroup](b)
	g.RemoveBot()
	if left := wait[*events.GroupInfo](b); len(left.Leave) != 1 || left.Leave[0] != s.LID() {
		t.Errorf("left %+v", left)
	}
	r.Say(g, "بدون البوت")
	if _, err := b.GetGroupInfo(short(t), g.JID()); !errors.Is(err, whatsmeow.ErrNotInGroup) {
		t.Errorf("info: %v", err)
	}
	if _, err := b.SendMessage(short(t), g.JID(), b.BuildPollCreation("؟", []string{"أ", "ب"}, 1)); !errors.Is(err, whatsmeow.ErrServerReturnedError) {
		t.Errorf("send: %v", err)
	}
	if n := len(r.GroupChat(g)); n != 1 {
		t.Errorf("%d messages", n)
	}
	g.AddBot()
	wait[*events.JoinedGroup](b)
	id := b.send(g.JID(), b.BuildPollCreation("أقسام", []string{"أ", "ب"}, 1))
	vote := b.message(r.Vote(id, "ب"))
	if got, err := b.DecryptPollVote(short(t), vote); err != nil || len(got.GetSelectedOptions()) != 1 {
		t.Errorf("vote %v, %v", got, err)
	}
	content(t, s)
}

func TestGroupRetry(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r := s.NewReader(whatsapptest.Person{})
	b := pairedBot(t, s)
	g := s.NewGroup("قروب", r)
	wait[*events.JoinedGroup](b)
	b.text(g.JID(), "أول")
	r.LoseSession()
	id := b.text(g.JID(), "ثان")
	until(t, s, "the message again", func() bool { return len(r.GroupChat(g)) == 2 })
	if got := r.GroupChat(g)[1]; got.ID != id || got.Text != "ثان" {
		t.Errorf("got %+v", got)
	}
	b.message(r.Say(g, "ما زلت هنا"))
	created, err := b.CreateGroup(short(t), whatsmeow.ReqCreateGroup{Name: "جديد", Participants: []types.JID{r.LID()}})
	if err != nil || len(created.Participants) != 2 {
		t.Fatalf("created %+v, %v", created, err)
	}
	b.text(created.JID, "في الجديد")
	content(t, s)
}
