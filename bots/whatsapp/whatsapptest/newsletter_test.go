package whatsapptest_test

import (
	"errors"
	"testing"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

func TestCreateNewsletter(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	b := pairedBot(t, s)
	params := whatsmeow.CreateNewsletterParams{Name: "أخبار", Description: "كل خبر"}
	if _, err := b.CreateNewsletter(short(t), params); err == nil {
		t.Error("created before the terms were accepted")
	}
	if err := b.AcceptTOSNotice(short(t), "20601218", "5"); err != nil {
		t.Fatal(err)
	}
	made, err := b.CreateNewsletter(short(t), params)
	if err != nil {
		t.Fatal(err)
	}
	if made.ThreadMeta.Name.Text != "أخبار" || made.ViewerMeta.Role != types.NewsletterRoleOwner || made.ThreadMeta.InviteCode == "" {
		t.Errorf("made %+v", made)
	}
	s.NewNewsletter("لغيرنا", "", whatsapptest.RoleGuest)
	ours := s.NewNewsletter("ثقافة", "", whatsapptest.RoleAdmin)
	list, err := b.GetSubscribedNewsletters(short(t))
	if err != nil || len(list) != 2 || list[0].ID != made.ID || list[1].ID != ours.JID() {
		t.Errorf("list %+v, %v", list, err)
	}
	found, err := b.GetNewsletterInfoWithInvite(short(t), ours.Link())
	if err != nil || found.ID != ours.JID() {
		t.Errorf("by link %+v, %v", found, err)
	}
	if _, err := b.GetNewsletterInfo(short(t), types.NewJID("1", types.NewsletterServer)); err == nil {
		t.Error("found a channel that is not there")
	}
	content(t, s)
}

func TestNewsletterPosts(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r, stranger := s.NewReader(whatsapptest.Person{}), s.NewReader(whatsapptest.Person{})
	b := pairedBot(t, s)
	n := s.NewNewsletter("أخبار", "كل خبر", whatsapptest.RoleAdmin)
	r.Follow(n)

	sent, err := b.SendMessage(short(t), n.JID(), &waE2E.Message{Conversation: proto.String("خبر")})
	if err != nil || sent.ServerID == 0 {
		t.Fatalf("sent %+v, %v", sent, err)
	}
	posts := r.Posts(n)
	if len(posts) != 1 || posts[0].Text != "خبر" || posts[0].ServerID != sent.ServerID || posts[0].ID != sent.ID {
		t.Fatalf("follower sees %+v", posts)
	}
	if len(stranger.Posts(n)) != 0 || len(n.Posts()) != 1 || n.Followers() != 1 {
		t.Error("followers and others see the same")
	}
	b.send(n.JID(), b.BuildEdit(n.JID(), sent.ID, &waE2E.Message{Conversation: proto.String("خبر مصحح")}))
	if got := r.Posts(n)[0]; got.Text != "خبر مصحح" || got.Edits != 1 {
		t.Errorf("edited %+v", got)
	}
	again, err := b.SendMessage(short(t), n.JID(), &waE2E.Message{Conversation: proto.String("ثان")})
	if err != nil || again.ServerID <= sent.ServerID {
		t.Errorf("second %+v, %v", again, err)
	}
	r.ViewPost(n, again.ID, "🔥")
	pages, err := b.GetNewsletterMessages(short(t), n.JID(), &whatsmeow.GetNewsletterMessagesParams{Count: 1})
	if err != nil || len(pages) != 1 || pages[0].MessageServerID != again.ServerID || pages[0].ViewsCount != 1 || pages[0].ReactionCounts["🔥"] != 1 {
		t.Errorf("page %+v, %v", pages, err)
	}
	b.send(n.JID(), b.BuildRevoke(n.JID(), types.EmptyJID, sent.ID))
	if got := r.Posts(n)[0]; !got.Revoked || got.Text != "" {
		t.Errorf("revoked %+v", got)
	}
	n.SetRole(whatsapptest.RoleSubscriber)
	if _, err := b.SendMessage(short(t), n.JID(), &waE2E.Message{Conversation: proto.String("لا")}); !errors.Is(err, whatsmeow.ErrServerReturnedError) {
		t.Errorf("a subscriber posted: %v", err)
	}
	content(t, s)
}

func TestNewsletterMedia(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	b := pairedBot(t, s)
	n := s.NewNewsletter("صور", "", whatsapptest.RoleOwner)
	up, err := b.UploadNewsletter(short(t), []byte("jpeg"), whatsmeow.MediaImage)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.SendMessage(short(t), n.JID(), image(up, "بلا مقبض")); err == nil {
		t.Error("posted without the handle")
	}
	b.send(n.JID(), image(up, "صورة"), whatsmeow.SendRequestExtra{MediaHandle: up.Handle})
	posts := n.Posts()
	if len(posts) != 1 || string(posts[0].Media.Data) != "jpeg" || posts[0].Media.Error != "" || posts[0].Text != "صورة" {
		t.Errorf("posts %+v", posts)
	}
	if len(s.Complaints()) != 1 {
		t.Errorf("complaints %q", s.Complaints())
	}
}
