package whatsapp_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// filmSize is a file of ours that takes a minute on the newsroom's line.
const filmSize = 1 << 20

// newsroom is the account of a world with the outbox and the real store.
type newsroom struct {
	*world
	file    *sqlite.Store
	people  []*whatsapptest.Reader
	channel *whatsapptest.Newsletter
	box     *outbox.Outbox
	close   func()
	fetched atomic.Int64
}

// inNewsroom runs a story in a bubble, with eight people and a channel.
func inNewsroom(t *testing.T, perMinute int, story func(n *newsroom)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		n := &newsroom{}
		film := append([]byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00soun"), make([]byte, filmSize)...)
		n.world = pairedWorld(t, whatsapp.Config{
			Pace: whatsapp.Pace{PerMinute: perMinute, PerDay: -1, NewPerDay: -1},
			Fetch: func(context.Context, string) ([]byte, error) {
				n.fetched.Add(1)
				return film, nil
			},
		})
		var err error
		if n.file, err = sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "store.db"), sqlite.Options{}); err != nil {
			t.Fatal(err)
		}
		if err := n.file.Opened(t.Context(), desk.Entry{At: time.Now(), Act: desk.ActOpen}); err != nil {
			t.Fatal(err)
		}
		n.people = n.readers[:]
		for range 6 {
			n.people = append(n.people, n.server.NewReader(whatsapptest.Person{}))
		}
		n.channel = n.server.NewNewsletter("أخبار", "", whatsapptest.RoleAdmin)
		n.open()
		n.join()
		story(n)
		n.close()
		n.content()
		if err := n.file.Close(); err != nil {
			t.Error(err)
		}
	})
}

// join makes everybody a reader of alerts.
func (n *newsroom) join() {
	list := []sqlite.Subscriber{{Reader: news.Reader{
		Account: n.box.Adapter.Account(), Chat: news.ChatID(n.channel.JID().String()), Kind: news.Channel, Pace: news.PaceBreaking, Breaking: true,
	}}}
	for _, r := range n.people {
		list = append(list, sqlite.Subscriber{Reader: news.Reader{
			Account: n.box.Adapter.Account(), Chat: news.ChatID(r.LID().String()), Kind: news.Private, Pace: news.PaceBreaking, Breaking: true,
		}})
	}
	if done, err := n.file.Import(n.t.Context(), time.Now(), list); err != nil || done.Added != len(list) {
		n.t.Fatalf("%+v, %v", done, err)
	}
}

// open starts the program.
func (n *newsroom) open() {
	a := n.adapter()
	r := n.run(a)
	room := digest.Newsroom{Name: "عاشق عُمان", Zone: time.UTC}
	n.box = &outbox.Outbox{
		Store: n.file, Adapter: a, Tree: func() news.Tree { return news.NewTree(nil) }, Secret: []byte("secret"), Now: time.Now, Log: slog.New(slog.DiscardHandler),
		Composer: &digest.Composer{Store: n.file, Newsroom: func() digest.Newsroom { return room }, Now: time.Now},
	}
	ctx, stop := context.WithCancel(n.t.Context())
	done := make(chan error, 1)
	box := n.box
	go func() { done <- box.Run(ctx) }()
	n.close = func() {
		synctest.Wait()
		stop()
		if err := <-done; err != nil {
			n.t.Error("Run:", err)
		}
		synctest.Wait()
		r.stop()
	}
}

func (n *newsroom) pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

func (n *newsroom) publish(words string) news.BroadcastID {
	n.t.Helper()
	id, err := n.file.Publish(n.t.Context(), digest.Publication{
		Broadcast: news.Broadcast{
			Kind: news.Breaking, Words: words, Audience: news.Audience{Everyone: true}, Published: time.Now(),
			Media: news.Media{Kind: news.MediaVideo, Ref: news.FileRef("a"), MIME: "video/mp4"},
		},
		Accounts: []news.AccountID{n.box.Adapter.Account()},
		Channels: []news.AccountID{n.box.Adapter.Account()},
	})
	if err != nil {
		n.t.Fatal(err)
	}
	n.box.Wake()
	return id
}

// answered fails unless an answer to somebody arrives within a time.
func (n *newsroom) answered(i int, within time.Duration) {
	n.t.Helper()
	_, err := n.file.Commit(n.t.Context(), talk.Commit{
		Account: n.box.Adapter.Account(), At: time.Now(), Chat: news.ChatID(n.people[i].LID().String()), Kind: news.Private,
		Replies: []talk.Reply{{Message: news.Say(news.T("جواب"))}},
	})
	if err != nil {
		n.t.Fatal(err)
	}
	n.box.Wake()
	n.pass(within)
	if !slices.ContainsFunc(n.people[i].Inbox(), func(m whatsapptest.Message) bool { return m.Text == "جواب" }) {
		n.t.Errorf("no answer within %v", within)
	}
}

// carried is how many people have the film with these words.
func (n *newsroom) carried(words string) (there int) {
	for _, r := range n.people {
		for _, m := range r.Inbox() {
			if m.Media != nil && m.Media.Error == "" && len(m.Media.Data) > filmSize && strings.Contains(m.Text, words) {
				there++
			}
		}
	}
	return there
}

// While a big file is on its way to WhatsApp's hosts, once for people and once for
// channels, answers go out, and in the end everybody has the file. After a restart,
// an edit needs it once more.
func TestAnUploadHoldsUpNothingElse(t *testing.T) {
	for name, c := range map[string]struct {
		perMinute int
		within    time.Duration
	}{"any pace": {-1, time.Second}, "usual pace": {20, 10 * time.Second}} {
		t.Run(name, func(t *testing.T) {
			inNewsroom(t, c.perMinute, func(n *newsroom) {
				n.server.SlowUploads(filmSize / 60)
				id := n.publish("الوادي")
				n.pass(2 * time.Second)
				n.answered(6, c.within)
				if got, posts := n.carried("الوادي"), len(n.channel.Posts()); got != 0 || posts != 0 {
					n.t.Errorf("%d copies and %d posts before the file is there", got, posts)
				}
				n.pass(3 * time.Minute)
				if got, posts := n.carried("الوادي"), len(n.channel.Posts()); got != 8 || posts != 1 || n.fetched.Load() != 2 {
					n.t.Errorf("%d copies and %d posts after %d uploads", got, posts, n.fetched.Load())
				}
				n.close()
				n.open()
				if _, err := n.file.Correct(n.t.Context(), news.Amendment{Original: id, Words: "الجبل", Silent: true}); err != nil {
					n.t.Fatal(err)
				}
				n.box.Wake()
				n.pass(5 * time.Second)
				n.answered(7, c.within)
				if got := n.carried("الجبل"); got != 0 {
					n.t.Errorf("%d edits before the file is there again", got)
				}
				n.pass(3 * time.Minute)
				if got := n.carried("الجبل"); got != 8 || n.fetched.Load() != 4 {
					n.t.Errorf("%d edits after %d uploads", got, n.fetched.Load())
				}
			})
		})
	}
}

// A medium is named until it is on the hosts for the kind of chat, or could not
// be had a short while ago.
func TestUploadNamesWhatIsToCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const photo, gone = "https://news.example/1.jpg", "https://news.example/2.jpg"
		web := pages{photo: jpegOf(t, 64, 64)}
		w := pairedWorld(t, whatsapp.Config{Fetch: web.get})
		a := w.adapter()
		w.run(a)
		channel := news.ChatID(w.server.NewNewsletter("أخبار", "", whatsapptest.RoleAdmin).JID().String())
		m := w.text(0, "خبر", "1")
		want := func(chat news.ChatID, ref, name string) {
			t.Helper()
			m.Chat, m.Media = chat, news.PhotoAt(ref)
			if got := a.Upload(m, false); got != name {
				t.Errorf("%.20q would upload %q, want %q", ref, got, name)
			}
		}
		person := m.Chat
		want(person, "", "")
		want(person, photo, photo)
		first := w.send(a, m).Media
		want(person, photo, "")
		want(person, first, "")
		want(channel, photo, "channel "+photo)
		want(channel, first, "channel "+photo)
		m.Key = "2"
		second := w.send(a, m).Media
		want(channel, first, "")
		want(person, second, "")
		want(person, gone, gone)
		m.Key = "3"
		w.send(a, m)
		want(person, gone, "")
		<-time.After(time.Minute)
		want(person, gone, gone)
		synctest.Wait()
		w.content()
	})
}
