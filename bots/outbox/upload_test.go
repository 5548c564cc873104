package outbox_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// A film is a file of ours that takes a minute on the bureau's line.
const (
	filmSize = 4 << 20
	uplink   = filmSize / 60
)

// film keeps a file that the adapter may upload.
func (b *bureau) film(name string) news.Media {
	m := news.Media{Kind: news.MediaVideo, Ref: news.FileRef(name), MIME: "video/mp4"}
	b.files.Store(m.Ref, append([]byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00soun"+name), make([]byte, filmSize)...))
	return m
}

// publish sends an alert that carries something, and passes no time.
func (b *bureau) publish(words string, m news.Media) news.BroadcastID {
	b.Helper()
	a := alert(words)
	a.Published, a.Media = time.Now(), m
	id, err := b.file.Publish(b.Context(), digest.Publication{Broadcast: a, Accounts: []news.AccountID{bureauAccount}})
	if err != nil {
		b.Fatal(err)
	}
	b.box.Wake()
	return id
}

// replies answers the reader with a message.
func (b *bureau) replies(i int, m news.Message) {
	b.Helper()
	_, err := b.file.Commit(b.Context(), talk.Commit{
		Account: bureauAccount, At: time.Now(), Chat: news.ChatID(fmt.Sprint(b.chats[i].ID())), Kind: news.Private, Replies: []talk.Reply{{Message: m}},
	})
	if err != nil {
		b.Fatal(err)
	}
	b.box.Wake()
}

// answers answers the reader, and fails unless within a second there are n
// answers to all of them.
func (b *bureau) answers(i, n int) {
	b.Helper()
	b.replies(i, news.Say(news.T("جواب")))
	pass(time.Second)
	if got := b.count("جواب", false); got != n {
		b.Errorf("%d answers, want %d", got, n)
	}
}

// count is how many standing messages have these words, with a medium or not.
func (b *bureau) count(words string, media bool) (n int) {
	for _, c := range b.chats {
		for _, m := range c.FromBots() {
			if strings.Contains(m.Text, words) && (m.Media != nil) == media {
				n++
			}
		}
	}
	return n
}

// wantSent fails unless every reader has a receipt of the whole broadcast.
func (b *bureau) wantSent(id news.BroadcastID, media bool) {
	b.Helper()
	n := 0
	err := b.file.Deliveries(b.Context(), id, func(d sqlite.Delivery) error {
		if n++; d.Outcome != news.Sent || d.Media != media {
			b.Errorf("receipt %+v", d.Receipt)
		}
		return nil
	})
	if err != nil || n != len(b.chats) {
		b.Errorf("%d receipts, %v", n, err)
	}
}

func (b *bureau) wantUploads(want int) {
	b.Helper()
	if n := int(b.fetched.Load()); n != want {
		b.Errorf("%d uploads, want %d", n, want)
	}
}

// While a big file is on its way, everything else goes on: answers, other
// alerts, corrections, withdrawals. When it is there, all copies go at once.
func TestAnUploadHoldsUpNothingElse(t *testing.T) {
	inBureau(t, 20, func(b *bureau) {
		b.server.Uplink = uplink
		earlier := b.alert(bureauAccount, "خبر سابق")
		begun := time.Now()
		id := b.publish("فيلم", b.film("a"))
		pass(2 * time.Second)
		b.answers(3, 1)
		if n := b.amend(b.file.Withdraw, news.Amendment{Original: earlier}); n.Lined != 19 { // the chat that the file goes to is busy
			t.Errorf("withdrawn: %+v", n)
		}
		b.alert(bureauAccount, "خبر آخر")
		if n := b.count("خبر آخر", false); n != 19 {
			t.Errorf("%d copies of the other alert", n)
		}
		if up, n := b.server.Uploading(), b.count("فيلم", true); up != 1 || n != 0 {
			t.Errorf("%d uploads, %d copies before the file is there", up, n)
		}
		pass(time.Until(begun.Add(61 * time.Second)))
		if n := b.count("فيلم", true); n < 20 {
			t.Errorf("%d copies a second after the file is there", n)
		}
		b.wantSent(id, true)
		b.wantUploads(1)
	})
}

// An upload that does not come through is tried by one copy after the other,
// and what waits for it takes no slot meanwhile.
func TestAnUploadThatFailsIsTriedByTheNext(t *testing.T) {
	inBureau(t, 20, func(b *bureau) {
		b.server.Uplink = uplink
		b.server.Break(telegramtest.Fault{Method: "sendVideo", Times: 2, Error: telegramtest.TooManyRequests(1)})
		id := b.publish("فيلم", b.film("a"))
		for i := range 3 {
			pass(50 * time.Second)
			if up := b.server.Uploading(); up != 1 {
				t.Errorf("%d uploads", up)
			}
			b.answers(10+i, i+1)
			pass(11 * time.Second)
		}
		pass(5 * time.Second)
		b.wantSent(id, true)
		b.wantUploads(3)
	})
}

// A broadcast that is stopped meanwhile reaches the one chat that its file is on
// its way to, and no other.
func TestAStopInTheMiddleOfAnUpload(t *testing.T) {
	inBureau(t, 20, func(b *bureau) {
		b.server.Uplink = uplink
		id := b.publish("فيلم", b.film("a"))
		pass(10 * time.Second)
		if err := b.file.Control(b.Context(), id, news.Stopped); err != nil {
			t.Fatal(err)
		}
		b.box.Wake()
		pass(2 * time.Minute)
		if n := b.count("فيلم", true); n != 1 {
			t.Errorf("%d copies", n)
		}
		b.alert(bureauAccount, "خبر آخر")
		if n := b.count("خبر آخر", false); n != 20 {
			t.Errorf("%d copies of the other alert", n)
		}
	})
}

// A file that fills the line until others get no answer does not keep them from
// trying again.
func TestAnOutageInTheMiddleOfAnUpload(t *testing.T) {
	inBureau(t, 20, func(b *bureau) {
		b.server.Uplink = uplink
		b.publish("فيلم", b.film("a"))
		pass(time.Second)
		b.server.Break(telegramtest.Fault{Method: "sendMessage", Times: 6, Cut: true})
		for i := range 6 {
			b.replies(10+i, news.Say(news.T("مقطوع")))
		}
		pass(20 * time.Second)
		b.replies(19, news.Say(news.T("جواب")))
		pass(time.Second)
		if up, n := b.server.Uploading(), b.count("جواب", false); up != 1 || n != 1 {
			t.Errorf("%d answers beside %d uploads", n, up)
		}
	})
}

// A file that Telegram refuses holds nobody up after the first: the words go.
func TestAnUploadThatIsRefused(t *testing.T) {
	inBureau(t, 40, func(b *bureau) {
		b.server.Uplink = uplink
		b.server.Break(telegramtest.Fault{Method: "sendVideo", Times: -1, Error: &telegramtest.Error{Code: 400, Description: "Bad Request: VIDEO_FILE_INVALID"}})
		id := b.publish("فيلم", b.film("a"))
		pass(59 * time.Second)
		if n := b.count("فيلم", false); n != 0 {
			t.Errorf("%d copies before the file is refused", n)
		}
		pass(4 * time.Second)
		b.wantSent(id, false)
		b.wantUploads(1)
	})
}

// Each file is uploaded once, whatever there is of them; a part of the slots
// stays free.
func TestManyUploadsAtOnce(t *testing.T) {
	inBureau(t, 10, func(b *bureau) {
		b.server.Uplink = uplink
		var ids []news.BroadcastID
		for _, name := range []string{"a", "b", "c", "d", "e"} {
			ids = append(ids, b.publish("فيلم", b.film(name)))
		}
		pass(2 * time.Second)
		b.answers(3, 1)
		if n := b.box.Stats().InFlight; n >= b.box.Adapter.Limits().InFlight/2+1 {
			t.Errorf("%d slots are taken", n)
		}
		b.alert(bureauAccount, "خبر آخر")
		if n := b.count("خبر آخر", false); n < 10-b.box.Adapter.Limits().InFlight/2 {
			t.Errorf("%d copies of the other alert", n)
		}
		pass(6 * time.Minute)
		for _, id := range ids {
			b.wantSent(id, true)
		}
		b.wantUploads(5)
	})
}

// A preview with a file is an answer: editors who are sent the same wait
// without a slot, and what follows it to their chat comes behind it.
func TestAnswersWithAFile(t *testing.T) {
	inBureau(t, 12, func(b *bureau) {
		b.server.Uplink = uplink
		film := b.film("a")
		for i := range 10 {
			b.replies(i, news.Message{Blocks: []news.Text{news.T("معاينة")}, Media: film})
			b.replies(i, news.Say(news.T("أتنشر؟")))
		}
		pass(time.Second)
		id := b.publish("فيلم", film)
		pass(time.Second)
		b.answers(11, 1)
		if n := b.count("أتنشر؟", false); n != 0 {
			t.Errorf("%d came before what they are about", n)
		}
		pass(70 * time.Second)
		for i := range 10 {
			var got []string
			for _, m := range b.chats[i].FromBots() {
				if !strings.Contains(m.Text, "فيلم") {
					got = append(got, m.Text)
				}
			}
			if !slices.Equal(got, []string{"معاينة", "أتنشر؟"}) {
				t.Errorf("chat %d shows %q", i, got)
			}
		}
		b.wantSent(id, true)
		b.wantUploads(1)
	})
}

// A program that starts in the middle of an upload begins it again, with one
// copy.
func TestAnUploadThatARestartInterrupts(t *testing.T) {
	inBureau(t, 20, func(b *bureau) {
		b.server.Uplink = uplink
		id := b.publish("فيلم", b.film("a"))
		pass(30 * time.Second)
		b.close()
		b.box.Adapter = b.telegram()
		b.open()
		pass(30 * time.Second)
		if up := b.server.Uploading(); up != 1 {
			t.Errorf("%d uploads", up)
		}
		b.answers(3, 1)
		pass(40 * time.Second)
		b.wantSent(id, true)
		b.wantUploads(2)
	})
}

// Uploads that fail, a network that fails, and a program that dies keep no alert
// from anybody.
func TestNobodyIsLostToAnUpload(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			onDisk(t, 60, func(d *disk) {
				d.net.upload = 4 * time.Second
				d.setup = func(o *outbox.Outbox) { o.Chunk = 20 }
				rng := rand.New(rand.NewPCG(seed, 7))
				doubtful, kills := d.weather(rand.New(rand.NewPCG(seed, 8))), 0
				d.begin()
				var ids []news.BroadcastID
				for i := range 8 {
					m := video
					m.Ref = news.FileRef(fmt.Sprint(i % 5))
					ids = append(ids, d.carried("خبر", m))
					d.box.Wake()
					pass(time.Duration(rng.IntN(6000)) * time.Millisecond)
					if rng.IntN(3) == 0 {
						d.kill()
						kills++
						d.net.mu.Lock()
						clear(d.net.has) // another process knows no names
						d.net.mu.Unlock()
						d.begin()
					}
				}
				d.net.mu.Lock()
				d.net.script = nil
				d.net.mu.Unlock()
				pass(100 * time.Minute)
				d.check(*doubtful, kills)
				for _, id := range ids {
					if n := len(d.receiptsDisk(id)); n < 60-len(d.gone) {
						d.t.Errorf("%d receipts of %d, and %d have left", n, id, len(d.gone))
					}
				}
			})
		})
	}
}
