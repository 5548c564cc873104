package wire_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
)

// spoken is a voice note as both networks make one.
func spoken() []byte {
	return append([]byte("OggS"+strings.Repeat("\x00", 23)+"\x13"), "OpusHead\x01\x01\x38\x01\x80\xbb"...)
}

// brings is a file with a caption from a reader on WhatsApp.
func (f *friend) brings(a whatsapptest.Attachment) string {
	f.phone.Attach(a)
	f.w.pass(10 * time.Second)
	return strings.Join(f.got(), "\n---\n")
}

// What readers bring on either network comes to editors on the other, and tells
// nothing of who brought it.
func TestTipsBringFiles(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWhatsApp(t)
		w.start()
		salim, nur, mariam := w.editor("سالم"), w.joined("نور"), w.joins("مريم")
		code := inviteCode.FindString(salim.asks("محررون إضافة محرر هدى"))
		huda := w.friend("هدى")
		if got := huda.asks(code); !strings.Contains(got, "مكتب التحرير") {
			t.Fatalf("the answer to the code is\n%s", got)
		}

		photo := aPicture(t)
		if got := mariam.brings(whatsapptest.Attachment{Kind: whatsapptest.KindImage, Data: photo, Caption: "انهيار جسر، انشر تؤجر", Forwarded: true}); !strings.Contains(got, "هل تريد أن نوصل") {
			t.Fatalf("to a picture that was passed on the bot says\n%s", got)
		}
		mariam.asks("نعم")
		mariam.brings(whatsapptest.Attachment{Kind: whatsapptest.KindVoice, Data: []byte("forgotten")}) // meant for nobody
		mariam.asks("بلّغ")
		if got := mariam.brings(whatsapptest.Attachment{Kind: whatsapptest.KindVoice, Data: spoken()}); !strings.Contains(got, "وصل بلاغك") {
			t.Fatalf("to a voice message that was asked for the bot says\n%s", got)
		}
		salim.asks("بلاغ 2")
		if m, got := salim.carries("بلاغ رقم 2"); m.Media == nil || m.Media.Kind != "photo" || !bytes.Equal(got, photo) || m.Forwarded != "" {
			t.Errorf("with the tip comes %+v with %+v", m, m.Media)
		}
		salim.asks("بلاغ 3")
		all := salim.chat.FromBots()
		if m := all[len(all)-1]; m.Media == nil || m.Media.Kind != "voice" || m.Text != "" {
			t.Errorf("with the tip comes %+v", m)
		} else if f, _ := w.network.File(m.Media.FileID); !bytes.Equal(f.Data, spoken()) || f.Name != "voice.ogg" {
			t.Errorf("the voice message is %q", f.Name)
		}

		mariam.brings(whatsapptest.Attachment{Kind: whatsapptest.KindVideo, Data: []byte("old"), Caption: "بلّغ سيل"})
		w.whatsapp.FailMedia(http.StatusNotFound)
		if got := salim.asks("بلاغ 4"); !strings.Contains(got, "سيل") || !strings.Contains(got, "لم يعد محفوظًا") {
			t.Errorf("of a file that is gone the bot says\n%s", got)
		}
		w.whatsapp.FailMedia(http.StatusOK)

		pdf := []byte("%PDF-1.7 تعميم")
		nur.attaches(telegramtest.Media{Kind: "document", Data: pdf, Name: "نور من مطرح 96890001234.pdf", MIME: "application/pdf"}, "بلّغ تعميم مزور")
		nur.asks("لا")
		huda.asks("بلاغ 5")
		if m, got := huda.carries("بلاغ رقم 5"); m.Media == nil || m.Kind != whatsapptest.KindDocument || !bytes.Equal(got, pdf) || m.Media.FileName != "tip-5.pdf" || m.Forwarded {
			t.Errorf("with the tip comes %+v with %+v", m, m.Media)
		}
		for _, m := range huda.phone.Inbox() {
			if strings.Contains(m.Text, "نور") || strings.Contains(m.Text, "مطرح") {
				t.Errorf("an editor hears who brought it: %q", m.Text)
			}
		}

		before := w.rowsAbout(string(pdf))
		nur.asks("احذف بياناتي")
		nur.asks("نعم")
		if n := w.rowsAbout(string(pdf)); before != 1 || n != 0 {
			t.Errorf("the document is in %d rows, and in %d after its reader was forgotten", before, n)
		}
		if got := huda.asks("بلاغ 5"); !strings.Contains(got, "لا شيء بهذا الرقم") {
			t.Errorf("of a tip that was forgotten the bot says\n%s", got)
		}
	})
}
