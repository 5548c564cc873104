package wire_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
)

// aPicture is a photo as phones send it.
func aPicture(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 64, 48))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// attaches is a file with a caption from a reader on Telegram.
func (r *reader) attaches(m telegramtest.Media, caption string) {
	r.phone.Send(r.chat, telegramtest.Draft{Text: caption, Media: &m})
	r.w.pass(5 * time.Second)
}

// carries returns the bot's newest message with words, and what it carries.
func (r *reader) carries(words string) (telegramtest.Message, []byte) {
	all := r.chat.FromBots()
	for i := len(all) - 1; i >= 0; i-- {
		if m := all[i]; strings.Contains(m.Text, words) {
			if m.Media == nil {
				return m, nil
			}
			f, _ := r.w.network.File(m.Media.FileID)
			return m, f.Data
		}
	}
	return telegramtest.Message{}, nil
}

func (f *friend) carries(words string) (whatsapptest.Message, []byte) {
	return newest(f.phone.Inbox(), words)
}

func newest(all []whatsapptest.Message, words string) (whatsapptest.Message, []byte) {
	for i := len(all) - 1; i >= 0; i-- {
		if m := all[i]; strings.Contains(bare(m.Text), words) {
			if m.Media == nil {
				return m, nil
			}
			return m, m.Media.Data
		}
	}
	return whatsapptest.Message{}, nil
}

// A photo that an editor sends on Telegram is in the preview, and reaches the
// readers of both networks and the channel with the words under it; a correction
// changes the words, and a withdrawal takes it all back but for one line.
func TestAPhotoReachesEverybody(t *testing.T) {
	bubble(t, func(t *testing.T) {
		const wrong, right = "إغلاق طريق الوادي شهرًا", "إغلاق طريق الوادي يومًا"
		w := newWhatsApp(t)
		channel := w.whatsapp.NewNewsletter("عاشق عُمان", "", whatsapptest.RoleAdmin)
		w.config += fmt.Sprintf("  channels: [{chat: %q}]\n", channel.JID().String())
		w.start()
		nur, mariam, salim := w.joined("نور"), w.joins("مريم"), w.editor("سالم")
		photo := aPicture(t)
		salim.attaches(telegramtest.Media{Kind: "photo", Data: photo}, "خبر عاجل: "+wrong)
		if m, got := salim.carries("عاجل | " + wrong); m.Media == nil || m.Media.Kind != "photo" || !bytes.Equal(got, photo) {
			t.Fatalf("the preview is %+v with %d bytes", m, len(got))
		}
		if got := salim.shows("النسخة 1"); !strings.Contains(got, "المرفق: صورة") {
			t.Errorf("the preview does not say what it carries:\n%s", got)
		}
		salim.presses("الجميع")
		w.pass(2 * time.Second)
		salim.presses("أرسل")
		w.pass(time.Minute)
		everybody := func(words string) {
			t.Helper()
			if m, got := nur.carries("عاجل | " + words); !bytes.Equal(got, photo) || m.Media.Kind != "photo" {
				t.Errorf("on Telegram arrived %+v", m)
			}
			if m, got := mariam.carries("عاجل | " + words); !bytes.Equal(got, photo) || m.Kind != whatsapptest.KindImage {
				t.Errorf("on WhatsApp arrived %+v", m)
			}
			if m, got := newest(channel.Posts(), "عاجل | "+words); !bytes.Equal(got, photo) {
				t.Errorf("in the channel arrived %+v", m)
			}
		}
		everybody(wrong)
		uploads := map[string]int{}
		for _, c := range w.network.Calls() {
			uploads[c.Method]++
		}
		if n := uploads["sendPhoto"]; n != 2 { // the preview, and the copy
			t.Errorf("%d photos were sent", n)
		}

		salim.asks("تصحيح " + right)
		salim.presses("أرسل")
		w.pass(time.Minute)
		everybody(right)
		if m, got := nur.carries("تصحيح | " + right); got != nil || m.ReplyTo == 0 {
			t.Errorf("the message that tells of it is %+v", m)
		}
		salim.asks("سحب 1")
		salim.presses("أرسل")
		w.pass(time.Minute)
		for _, m := range nur.chat.FromBots() {
			if m.Media != nil && !m.Deleted {
				t.Errorf("the photo is still there: %+v", m)
			}
		}
		for _, m := range append(mariam.phone.Inbox(), channel.Posts()...) {
			if m.Media != nil && !m.Revoked {
				t.Errorf("the photo is still there: %+v", m)
			}
		}
		leaves(t, nur, mariam, channel, wrong, right)
	})
}

// What an editor sends on WhatsApp reaches readers on Telegram; after a restart
// as well. A network that refuses it costs nobody the words.
func TestADocumentFromWhatsApp(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		nur, mariam, salim := w.joined("نور"), w.joins("مريم"), w.friend("سالم")
		if got := salim.asks(w.claim); !strings.Contains(got, "مكتب التحرير") {
			t.Fatalf("the answer to the code is\n%s", got)
		}
		pdf := []byte("%PDF-1.7 تقرير الأرصاد")
		salim.phone.Attach(whatsapptest.Attachment{Kind: whatsapptest.KindDocument, Data: pdf, Caption: "خبر عاجل: تقرير الأرصاد", Name: "تقرير\u202efdp.exe"})
		w.pass(20 * time.Second)
		if m, got := salim.carries("عاجل | تقرير الأرصاد"); !bytes.Equal(got, pdf) || m.Media.FileName != "تقريرfdp.pdf" {
			t.Fatalf("the preview is %+v with %+v", m, m.Media)
		}
		salim.asks("للجميع")
		w.restart()
		w.network.Break(telegramtest.Fault{Method: "sendDocument", Error: &telegramtest.Error{Code: http.StatusBadRequest, Description: "Bad Request: DOCUMENT_INVALID"}})
		salim.asks("تأكيد 1.2")
		w.pass(time.Minute)
		if m, got := mariam.carries("عاجل | تقرير الأرصاد"); !bytes.Equal(got, pdf) || m.Media.MIME != "application/pdf" {
			t.Errorf("on WhatsApp arrived %+v", m)
		}
		if m, _ := nur.carries("عاجل | تقرير الأرصاد"); m.ID == 0 || m.Media != nil {
			t.Errorf("on Telegram arrived %+v", m)
		}
		// Whoever is no editor gets a reader's answer, and nothing is kept of it.
		mariam.got()
		mariam.phone.Attach(whatsapptest.Attachment{Kind: whatsapptest.KindImage, Data: aPicture(t), Caption: "خبر عاجل: كذبة"})
		w.pass(20 * time.Second)
		if got := strings.Join(mariam.got(), "\n"); got == "" || strings.Contains(got, "النسخة") {
			t.Errorf("a reader's picture was answered with\n%s", got)
		}
	})
}
