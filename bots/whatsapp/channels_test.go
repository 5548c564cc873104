package whatsapp_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/news"
)

func TestChannels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const photo = "https://news.example/1.jpg"
		web := pages{photo: jpegOf(t, 64, 64)}
		w := pairedWorld(t, whatsapp.Config{Fetch: web.get})
		a := w.adapter()
		made, err := a.CreateChannel(t.Context(), "أخبار", "كل خبر")
		if err != nil || made.Name != "أخبار" || !made.Publishes || made.Link == "" {
			t.Fatalf("made %+v, %v", made, err)
		}
		theirs := w.server.NewNewsletter("ثقافة", "", whatsapptest.RoleSubscriber)
		list, err := a.Channels(t.Context())
		if err != nil || len(list) != 2 || list[0] != made || list[1].Publishes {
			t.Errorf("the channels are %+v, %v", list, err)
		}
		if found, err := a.FindChannel(t.Context(), made.Link); err != nil || found.Chat != made.Chat {
			t.Errorf("by link %+v, %v", found, err)
		}
		if found, err := a.FindChannel(t.Context(), string(made.Chat)); err != nil || found.Link != made.Link {
			t.Errorf("by id %+v, %v", found, err)
		}
		if whatsapp.KindOf(made.Chat) != news.Channel {
			t.Errorf("%q is %q", made.Chat, whatsapp.KindOf(made.Chat))
		}
		n := w.server.Newsletters()[0]
		post := w.send(a, bots.Message{Chat: made.Chat, Text: news.B("خبر"), Key: "1"})
		withPhoto := w.send(a, bots.Message{Chat: made.Chat, Text: news.T("صورة"), Media: news.PhotoAt(photo), Key: "2"})
		w.send(a, bots.Message{Chat: made.Chat, Text: news.T("صورة"), Media: news.PhotoAt(withPhoto.Media), Key: "3"})
		time.Sleep(29 * 24 * time.Hour)
		if _, err := a.Edit(t.Context(), post.ID, bots.Message{Chat: made.Chat, Text: news.T("خبر مصحح"), Key: "4"}); err != nil {
			t.Error(err)
		}
		if err := a.Delete(t.Context(), made.Chat, withPhoto.ID); err != nil {
			t.Error(err)
		}
		posts := n.Posts()
		if len(posts) != 3 || posts[0].Text != "خبر مصحح" || !posts[1].Revoked || string(posts[2].Media.Data) != web[photo] {
			t.Errorf("posts are %+v", posts)
		}
		time.Sleep(2 * 24 * time.Hour)
		if _, err := a.Edit(t.Context(), post.ID, bots.Message{Chat: made.Chat, Text: news.T("؟"), Key: "5"}); !errors.Is(err, bots.ErrTooLate) {
			t.Errorf("a late edit gives %v", err)
		}
		if _, err := a.Send(t.Context(), bots.Message{Chat: news.ChatID(theirs.JID().String()), Text: news.T("؟"), Key: "6"}); !errors.Is(err, bots.ErrSuspended) {
			t.Errorf("posting in somebody else's gives %v", err)
		}
		w.content()
	})
}

// A channel that there is not is told from one that could not be asked for.
func TestFindChannelThatIsNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		for _, link := range []string{"120363999999999999@newsletter", "https://whatsapp.com/channel/none"} {
			if found, err := a.FindChannel(t.Context(), link); !errors.Is(err, bots.ErrMissing) {
				t.Errorf("%s is %+v, %v", link, found, err)
			}
		}
		w.server.HideChannels(true)
		theirs := w.server.NewNewsletter("ثقافة", "", whatsapptest.RoleAdmin)
		if found, err := a.FindChannel(t.Context(), theirs.JID().String()); !errors.Is(err, bots.ErrMissing) {
			t.Errorf("an answer without a channel is %+v, %v", found, err)
		}
		w.server.HideChannels(false)
		if found, err := a.FindChannel(t.Context(), theirs.JID().String()); err != nil || !found.Publishes {
			t.Errorf("the channel is %+v, %v", found, err)
		}
	})
}
