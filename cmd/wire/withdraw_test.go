package wire_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/desk/web"
)

const withdrawn = "سُحب هذا الخبر"

// stands counts the messages in the reader's chat that hold words.
func (r *reader) stands(words string) (n int) {
	for _, m := range r.chat.FromBots() {
		if !m.Deleted && strings.Contains(m.Text, words) {
			n++
		}
	}
	return n
}

// stands is that of a phone or a channel on WhatsApp.
func stands(all []whatsapptest.Message, words string) (n int) {
	for _, m := range all {
		if !m.Revoked && strings.Contains(bare(m.Text), words) {
			n++
		}
	}
	return n
}

// leaves fails unless one line stands where an alert and its correction were:
// on Telegram, on WhatsApp and in the channel.
func leaves(t *testing.T, nur *reader, mariam *friend, channel *whatsapptest.Newsletter, words ...string) {
	t.Helper()
	for where, count := range map[string]func(string) int{
		"on Telegram":    nur.stands,
		"on WhatsApp":    func(s string) int { return stands(mariam.phone.Inbox(), s) },
		"in the channel": func(s string) int { return stands(channel.Posts(), s) },
	} {
		if n := count(withdrawn); n != 1 {
			t.Errorf("%s stand %d lines", where, n)
		}
		for _, one := range words {
			if n := count(one); n != 0 {
				t.Errorf("%s still stand %d messages with %q", where, n, one)
			}
		}
	}
}

// An alert and the correction that notified are withdrawn: each reader's chat,
// and the channel, shows one line and neither of the two. On WhatsApp the copy is
// edited while it can be; later it is revoked, and the line comes behind it.
func TestAWithdrawalLeavesOneLine(t *testing.T) {
	for _, c := range []struct {
		after time.Duration
		edits int // of the copy on WhatsApp
	}{{2 * time.Minute, 2}, {40 * time.Minute, 1}} {
		t.Run(c.after.String(), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				const wrong, right = "إغلاق طريق الوادي شهرًا", "إغلاق طريق الوادي يومًا"
				w := newWhatsApp(t)
				channel := w.whatsapp.NewNewsletter("عاشق عُمان", "", whatsapptest.RoleAdmin)
				w.config += fmt.Sprintf("  channels: [{chat: %q}]\n", channel.JID().String())
				w.start()
				nur, mariam := w.joined("نور"), w.joins("مريم")
				alert := w.alert(wrong)
				w.pass(time.Minute)
				for _, a := range []web.Amend{{Broadcast: alert, Words: right}, {Broadcast: alert, Withdraw: true}} {
					if a.Withdraw {
						w.pass(c.after)
					}
					if _, err := w.program.Acts().Amend(t.Context(), a); err != nil {
						t.Fatal(err)
					}
					w.pass(time.Minute)
					if a.Withdraw {
						continue
					}
					if nur.stands(right) != 2 || stands(mariam.phone.Inbox(), right) != 2 || stands(channel.Posts(), right) == 0 {
						t.Fatalf("after the correction stand %d, %d and %d messages", nur.stands(right), stands(mariam.phone.Inbox(), right), stands(channel.Posts(), right))
					}
				}
				leaves(t, nur, mariam, channel, wrong, right)
				inbox := mariam.phone.Inbox()
				line := inbox[slices.IndexFunc(inbox, func(m whatsapptest.Message) bool { return strings.Contains(bare(m.Text), withdrawn) })]
				if in := c.edits == 2; in != (line.Edits == 2) || line.Quote != nil {
					t.Errorf("the line on WhatsApp is %+v", line)
				}
			})
		})
	}
}

// The program ends while a withdrawal goes out, and goes on with it: the photo
// is gone from every chat, and one line stands there.
func TestAWithdrawalGoesOnAfterAnEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const words, crowd = "خبر غير صحيح", 40
		w := newWorld(t)
		w.start()
		salim := w.editor("سالم")
		var readers []*reader
		for i := range crowd {
			readers = append(readers, w.joined(fmt.Sprint("قارئ ", i+1)))
		}
		salim.attaches(telegramtest.Media{Kind: "photo", Data: aPicture(t)}, "خبر عاجل: "+words)
		salim.presses("الجميع")
		w.pass(2 * time.Second)
		salim.presses("أرسل")
		w.pass(time.Minute)
		salim.asks("سحب 1")
		salim.presses("أرسل")
		lines := func() (n int) {
			for _, r := range readers {
				n += r.stands(withdrawn)
			}
			return n
		}
		for lines() == 0 {
			w.pass(100 * time.Millisecond)
		}
		w.halt()
		if n := lines(); n == crowd {
			t.Fatal("the withdrawal was over when the program ended")
		}
		w.start()
		w.pass(5 * time.Minute)
		for _, r := range readers {
			if r.stands(words) != 0 || r.stands(withdrawn) != 1 {
				t.Errorf("%s has %d alerts and %d lines", r.name, r.stands(words), r.stands(withdrawn))
			}
		}
	})
}
