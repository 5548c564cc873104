package whatsapptest_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

var fixed = time.Date(2025, 3, 1, 8, 0, 0, 0, time.UTC)

func image(up whatsmeow.UploadResponse, caption string) *waE2E.Message {
	return &waE2E.Message{ImageMessage: &waE2E.ImageMessage{
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey, Mimetype: proto.String("image/jpeg"),
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength, Caption: proto.String(caption),
	}}
}

func TestMediaBothWays(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r := s.NewReader(whatsapptest.Person{})
	b := pairedBot(t, s)
	data := bytes.Repeat([]byte("صورة "), 1000)
	up, err := b.Upload(short(t), data, whatsmeow.MediaImage)
	if err != nil {
		t.Fatal(err)
	}
	b.send(r.LID(), image(up, "تعليق"))
	got := r.Inbox()[0]
	if got.Kind != whatsapptest.KindImage || got.Text != "تعليق" || got.Media.Error != "" || !bytes.Equal(got.Media.Data, data) {
		t.Errorf("kind %q, text %q, error %q", got.Kind, got.Text, got.Media.Error)
	}
	spoiled := image(up, "")
	spoiled.ImageMessage.FileSHA256 = make([]byte, 32)
	b.send(r.LID(), spoiled)
	if got := r.Inbox()[1]; got.Media.Error == "" {
		t.Error("a wrong hash went unnoticed")
	}
	for _, kind := range []whatsapptest.Kind{
		whatsapptest.KindImage, whatsapptest.KindVideo, whatsapptest.KindVoice,
		whatsapptest.KindAudio, whatsapptest.KindDocument, whatsapptest.KindSticker,
	} {
		m := b.message(r.SendFile(kind, data, ""))
		back, err := b.DownloadAny(short(t), m.Message)
		if err != nil || !bytes.Equal(back, data) {
			t.Errorf("%s: %d bytes, %v", kind, len(back), err)
		}
	}
	if m := b.message(r.SendKind(whatsapptest.KindVoice)); !m.Message.GetAudioMessage().GetPTT() {
		t.Error("no voice note")
	}
	if m := b.message(r.SendFile(whatsapptest.KindLocation, nil, "مسقط")); m.Message.GetLocationMessage().GetName() != "مسقط" {
		t.Error("no location")
	}
	if m := b.message(r.SendFile(whatsapptest.KindContact, nil, "سالم")); m.Message.GetContactMessage().GetDisplayName() != "سالم" {
		t.Error("no contact")
	}
	reply, err := s.Client().Post(up.URL+"&auth=auth-whatsapptest&token=guessed", "", bytes.NewReader(data))
	if err != nil || reply.StatusCode != 403 {
		t.Errorf("foreign upload: %+v, %v", reply, err)
	}
	s.FailMedia(503)
	if _, err := b.Upload(short(t), data, whatsmeow.MediaImage); err == nil {
		t.Error("uploaded to hosts that are down")
	}
	content(t, s)
}

func TestEditRevokeReactQuote(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r := s.NewReader(whatsapptest.Person{})
	b := pairedBot(t, s)
	id, gone := b.text(r.LID(), "خطأ"), b.text(r.LID(), "سر")
	b.send(r.LID(), b.BuildEdit(r.LID(), id, &waE2E.Message{Conversation: proto.String("صواب")}))
	b.send(r.LID(), b.BuildRevoke(r.LID(), types.EmptyJID, gone))
	b.send(r.LID(), b.BuildReaction(r.LID(), types.EmptyJID, id, "👍"))
	inbox := r.Inbox()
	if len(inbox) != 2 || inbox[0].Text != "صواب" || inbox[0].Edits != 1 || !inbox[1].Revoked || inbox[1].Text != "" {
		t.Fatalf("inbox %+v", inbox)
	}
	if inbox[0].Reactions[s.LID().String()] != "👍" {
		t.Errorf("reactions %v", inbox[0].Reactions)
	}
	if n := len(r.Arrivals()); n != 5 {
		t.Errorf("%d arrivals", n)
	}
	mine := r.Send("سؤال")
	b.message(mine)
	b.send(r.LID(), &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text: proto.String("جواب"), ContextInfo: &waE2E.ContextInfo{
			StanzaID: &mine, Participant: proto.String(r.LID().String()),
			QuotedMessage: &waE2E.Message{Conversation: proto.String("سؤال")},
		},
	}})
	if q := r.Inbox()[2].Quote; q == nil || q.ID != mine || q.Text != "سؤال" || q.From != r.LID().String() {
		t.Errorf("quote %+v", q)
	}
	b.send(r.LID(), b.BuildEdit(r.LID(), mine, hello()))
	if chat := r.Chat(); chat[2].ID != mine || chat[2].Text != "سؤال" {
		t.Errorf("the bot changed the reader's message: %+v", chat[2])
	}
	edit := b.message(r.Edit(mine, "سؤال آخر"))
	if !edit.IsEdit || edit.Message.GetProtocolMessage().GetEditedMessage().GetConversation() != "سؤال آخر" || edit.Info.Edit != types.EditAttributeMessageEdit {
		t.Errorf("edit %v %+v", edit.Message, edit.Info)
	}
	revoke := b.message(r.Revoke(mine)).Message.GetProtocolMessage()
	if revoke.GetType() != waE2E.ProtocolMessage_REVOKE || revoke.GetKey().GetID() != mine {
		t.Errorf("revoke %v", revoke)
	}
	react := b.message(r.React(id, "❤️")).Message.GetReactionMessage()
	if react.GetText() != "❤️" || react.GetKey().GetID() != id || react.GetKey().GetFromMe() {
		t.Errorf("reaction %v", react)
	}
	if m := b.message(r.SendVanishing("يختفي")); !m.IsEphemeral || m.Message.GetExtendedTextMessage().GetText() != "يختفي" {
		t.Errorf("vanishing %v", m.Message)
	}
	if m := b.message(r.Forward("إشاعة")); !m.Message.GetExtendedTextMessage().GetContextInfo().GetIsForwarded() {
		t.Errorf("forward %v", m.Message)
	}
	content(t, s)
}

func TestPreview(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r := s.NewReader(whatsapptest.Person{})
	b := pairedBot(t, s)
	picture := []byte("large jpeg")
	up, err := b.Upload(short(t), picture, whatsmeow.MediaLinkThumbnail)
	if err != nil {
		t.Fatal(err)
	}
	b.send(r.LID(), &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text: proto.String("خبر https://example.invalid/1"), MatchedText: proto.String("https://example.invalid/1"),
		Title: proto.String("عنوان"), Description: proto.String("وصف"), JPEGThumbnail: []byte("small"),
		ThumbnailDirectPath: &up.DirectPath, ThumbnailSHA256: up.FileSHA256, ThumbnailEncSHA256: up.FileEncSHA256, MediaKey: up.MediaKey,
	}})
	p := r.Inbox()[0].Preview
	if p == nil || p.Title != "عنوان" || p.URL != "https://example.invalid/1" || string(p.Thumbnail) != "small" || !bytes.Equal(p.Image, picture) {
		t.Errorf("preview %+v", p)
	}
	content(t, s)
}

func TestPoll(t *testing.T) {
	t.Parallel()
	for _, person := range []whatsapptest.Person{{}, {HidePhone: true}, {ByPhone: true}} {
		s := newServer(t)
		r := s.NewReader(person)
		b := pairedBot(t, s)
		b.message(r.Send("أقسام"))
		options := []string{"أخبار", "ثقافة", "طقس"}
		id := b.send(r.LID(), b.BuildPollCreation("الأقسام", options, 0))
		poll := r.Inbox()[0]
		if poll.Kind != whatsapptest.KindPoll || poll.Text != "الأقسام" || !slices.Equal(poll.Poll.Options, options) {
			t.Fatalf("poll %+v", poll)
		}
		b = b.restart()
		for _, want := range [][]string{{"أخبار", "طقس"}, {"ثقافة"}, {}} {
			m := b.message(r.Vote(id, want...))
			vote, err := b.DecryptPollVote(short(t), m)
			if err != nil {
				t.Fatalf("%+v: %v", person, err)
			}
			var got []string
			for _, option := range options {
				sum := sha256.Sum256([]byte(option))
				if slices.ContainsFunc(vote.GetSelectedOptions(), func(h []byte) bool { return bytes.Equal(h, sum[:]) }) {
					got = append(got, option)
				}
			}
			if !slices.Equal(got, want) || !slices.Equal(r.Inbox()[0].Poll.Chosen, want) {
				t.Errorf("voted %v, got %v, phone shows %v", want, got, r.Inbox()[0].Poll.Chosen)
			}
		}
		content(t, s)
		r.Vote(id, "رياضة")
		r.Vote("nothing")
		if n := len(s.Complaints()); n != 2 {
			t.Errorf("%d complaints about impossible votes", n)
		}
	}
}

func TestByHandStatusAndBroadcast(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r := s.NewReader(whatsapptest.Person{Name: "سالم"})
	b := pairedBot(t, s)
	b.text(r.LID(), "من البوت")
	id := s.Phone().Send(r, "من اليد")
	hand := b.message(id)
	if !hand.Info.IsFromMe || hand.Info.Chat != r.LID() || hand.Info.Sender.Device != 0 || hand.Message.GetConversation() != "من اليد" {
		t.Errorf("by hand %+v %v", hand.Info, hand.Message)
	}
	if inbox := r.Inbox(); len(inbox) != 2 || inbox[1].ID != id {
		t.Errorf("inbox %+v", inbox)
	}
	hidden := s.NewReader(whatsapptest.Person{HidePhone: true})
	if m := b.message(s.Phone().Send(hidden, "سرًا")); !m.Info.RecipientAlt.IsEmpty() || m.Info.Chat != hidden.LID() {
		t.Errorf("hidden number shows: %+v", m.Info)
	}
	if hand.Info.RecipientAlt != r.Phone() {
		t.Errorf("number is missing: %+v", hand.Info)
	}
	status := b.message(r.PostStatus("حالتي"))
	if status.Info.Chat != types.StatusBroadcastJID || status.Message.GetConversation() != "حالتي" {
		t.Errorf("status %+v", status.Info)
	}
	list := b.message(r.SendBroadcast("للجميع"))
	if !list.Info.Chat.IsBroadcastList() || list.Info.Sender != r.LID() {
		t.Errorf("broadcast %+v", list.Info)
	}
	raw, err := json.Marshal(s.View())
	if err != nil || !bytes.Contains(raw, []byte("من اليد")) {
		t.Errorf("view %s, %v", raw, err)
	}
	content(t, s)
}
