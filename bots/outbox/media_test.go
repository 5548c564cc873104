package outbox_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

var video = news.Media{Kind: news.MediaVideo, Ref: news.FileRef("a")}

// filed composes alerts with what they carry, as the product does: corrections
// carry nothing.
type filed struct{ composer }

func (f filed) Compose(ctx context.Context, b news.Broadcast, articles []news.ArticleID, p news.Platform) (news.Message, error) {
	m, err := f.composer.Compose(ctx, b, articles, p)
	if b.Original == 0 {
		m.Media = b.Media
	}
	return m, err
}

// carried publishes an alert that carries something.
func (d *disk) carried(words string, m news.Media) news.BroadcastID {
	d.t.Helper()
	d.setup = func(o *outbox.Outbox) { o.Composer = filed{composer{d.db}} }
	now := time.Now()
	id, err := d.file.Publish(context.Background(), digest.Publication{
		Broadcast: news.Broadcast{Kind: news.Breaking, Words: words, Media: m, Audience: news.Audience{Everyone: true}, Published: now, Since: now.Add(-48 * time.Hour)},
		Accounts:  []news.AccountID{account},
	})
	d.must(err)
	return id
}

// A file goes once by its own name, and then by the network's; its correction
// edits the captions where they stand, and the message that tells of it carries
// nothing.
func TestACorrectionEditsCaptions(t *testing.T) {
	onDisk(t, 30, func(d *disk) {
		id := d.carried("خطأ", video)
		d.begin()
		pass(5 * time.Second)
		for i, a := range d.net.arrivals() {
			if a.Media.Kind != news.MediaVideo || (a.Media.Ref == video.Ref) != (i == 0) {
				t.Errorf("copy %d carries %+v", i, a.Media)
			}
		}
		for _, r := range d.receiptsDisk(id) {
			if !r.Media {
				t.Error("a receipt does not know of its medium")
			}
		}
		before := len(d.net.arrivals())
		c := d.correct(id, "صواب", false)
		pass(10 * time.Second)
		d.wantKinds(before, 30, 30, 0)
		d.wantReach(c, news.Reach{Copies: 30, Changed: 30, Followed: 30})
		for _, a := range d.net.arrivals()[before:] {
			if a.Media.None() != (a.edit == "") || a.edit != "" && a.Text.String() != fmt.Sprintf("%d/2 صواب", id) {
				t.Errorf("%q carries %+v", a.Text.String(), a.Media)
			}
		}
		before = len(d.net.arrivals())
		w := d.withdraw(c)
		pass(10 * time.Second)
		d.wantKinds(before, 30, 0, 60)
		d.wantReach(w, news.Reach{Copies: 30, Changed: 30, Lined: 30})
	})
}

// Whoever got the words without the file has a text, and it stays one: a file
// has no address that a preview could show.
func TestACorrectionOfCopiesWithoutTheFile(t *testing.T) {
	onDisk(t, 10, func(d *disk) {
		d.net.bare = true
		id := d.carried("خطأ", video)
		d.begin()
		pass(5 * time.Second)
		for _, r := range d.receiptsDisk(id) {
			if r.Media || r.Outcome != news.Sent {
				t.Errorf("receipt %+v", r)
			}
		}
		d.correct(id, "صواب", true)
		pass(10 * time.Second)
		d.wantKinds(10, 0, 10, 0)
		for _, a := range d.net.arrivals()[10:] {
			if !a.Media.None() || a.Preview != "" {
				t.Errorf("the edit carries %+v and shows %q", a.Media, a.Preview)
			}
		}
	})
}

// Words that are too long for a caption begin under the file and go on in a
// message of their own; each of the two is edited where it stands. A text that
// needs more messages, or fewer, is told.
func TestLongCaptions(t *testing.T) {
	onDisk(t, 8, func(d *disk) {
		long := func(s string) string { return strings.Repeat(s+" ", 300) }
		id := d.carried(long("خطأ"), video)
		d.begin()
		pass(20 * time.Second)
		d.wantKinds(0, 16, 0, 0)
		shown := map[news.ChatID]string{}
		for _, a := range d.net.arrivals() {
			if n := a.Text.Units(); a.Media.None() != (shown[a.Chat] != "") || !a.Media.None() && n > 1024 {
				t.Errorf("%d units with %+v", n, a.Media)
			}
			shown[a.Chat] += a.Text.String() + " "
		}
		for chat, text := range shown {
			if got, want := strings.Fields(text), strings.Fields(fmt.Sprintf("%d/1 %s", id, long("خطأ"))); strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("%s saw %d words of %d", chat, len(got), len(want))
			}
		}
		d.correct(id, long("صواب"), true)
		pass(20 * time.Second)
		d.wantKinds(16, 0, 16, 0)
		c := d.correct(id, "قصير", false)
		pass(20 * time.Second)
		d.wantKinds(32, 8, 0, 0)
		d.wantReach(c, news.Reach{Copies: 8, Followed: 8})
	})
}

// The dearest mistake: a network that refuses the file at first does not keep
// the alert from anybody, nor bring it twice.
func TestARefusedUploadCostsNobodyTheAlert(t *testing.T) {
	onDisk(t, 20, func(d *disk) {
		d.net.script = func(m bots.Message, n int) error {
			if n <= 3 && !m.Media.None() {
				return bots.ErrNotSent
			}
			return nil
		}
		id := d.carried("خبر", video)
		d.begin()
		pass(time.Minute)
		d.wantKinds(0, 20, 0, 0)
		for who, r := range d.receiptsDisk(id) {
			if r.Outcome != news.Sent || !r.Media {
				t.Errorf("%d: %+v", who, r)
			}
		}
	})
}
