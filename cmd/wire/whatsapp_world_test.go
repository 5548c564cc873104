package wire_test

import (
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.mau.fi/whatsmeow/types"

	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/store"
)

// No country has the code of number. Its pace is whatever a test needs: no
// caps of the day, ten messages a second.
const (
	number = "99900000001"

	onWhatsApp = `
whatsapp:
  number: "+` + number + `"
  per_minute: 600
  per_day: -1
  new_per_day: -1
`
)

// bubble runs a test under a fake clock, beside others: these wait for the
// disk more than they reckon.
func bubble(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, test)
}

// newWhatsApp is a world whose newsroom is on Telegram and on WhatsApp, with
// lines added to the WhatsApp part of the configuration, or taken out of it where
// nothing stands behind the name. The number is paired by QR code, as
// `nashra pair whatsapp` does it.
func newWhatsApp(t *testing.T, lines ...string) *world {
	t.Helper()
	w := newUnpaired(t, lines...)
	w.pairByQR()
	return w
}

func newUnpaired(t *testing.T, lines ...string) *world {
	t.Helper()
	w := newWorld(t)
	w.config = sample + onWhatsApp
	for _, line := range lines {
		if name, value, _ := strings.Cut(line, ":"); strings.Contains(w.config, "  "+name+":") {
			if line = "  " + line + "\n"; value == "" {
				line = ""
			}
			w.config = regexp.MustCompile(`(?m)^  `+name+`:.*\n`).ReplaceAllLiteralString(w.config, line)
			continue
		}
		w.config += "  " + line + "\n"
	}
	w.whatsapp = whatsapptest.New(whatsapptest.Config{Number: number, Now: func() time.Time { return w.clock.Now().Add(time.Duration(w.skew.Load())) }})
	t.Cleanup(func() {
		w.halt()
		w.whatsapp.Close()
		w.secretive()
		if c := w.whatsapp.Complaints(); len(c) > 0 {
			t.Errorf("the network complains: %q", c)
		}
		if q := w.whatsapp.UnknownQueries(); len(q) > 0 {
			t.Errorf("queries that the network does not know: %q", q)
		}
	})
	return w
}

// pairByQR links the number before the program starts.
func (w *world) pairByQR() {
	w.t.Helper()
	plan, err := w.plan()
	if err != nil {
		w.t.Fatal(err)
	}
	db, err := store.Open(w.t.Context(), plan.Database, store.Options{Now: w.clock.Now})
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	config, err := wire.WhatsAppConfigOf(plan, db.DB(), db)
	if err != nil {
		w.t.Fatal(err)
	}
	config.HTTP, config.Now, config.Log = w.whatsapp.Client(), w.clock.Now, slog.New(slog.NewTextHandler(w.log, nil))
	adapter, err := whatsapp.New(w.t.Context(), config)
	if err != nil {
		w.t.Fatal(err)
	}
	scan := func(text string, _ time.Duration) { _ = w.whatsapp.ScanQR(text) }
	err = adapter.Pair(w.t.Context(), whatsapp.PairOptions{OnQR: scan})
	if err != nil || !w.whatsapp.Paired() {
		w.t.Fatalf("pair: %v", err)
	}
}

// owner is who runs the program, with a chat on Telegram that the
// configuration names. Call it before start, and before any other reader.
func (w *world) owner() *reader {
	w.t.Helper()
	o := w.reader("صاحب البوت")
	w.config += fmt.Sprintf("owner:\n  telegram: \"%d\"\n", o.phone.ID())
	return o
}

// friend is a reader on WhatsApp.
type friend struct {
	w     *world
	phone *whatsapptest.Reader
	seen  int // messages of the bot that were looked at
}

func (w *world) friend(name string) *friend {
	return w.befriend(whatsapptest.Person{Name: name})
}

func (w *world) befriend(p whatsapptest.Person) *friend {
	f := &friend{w: w, phone: w.whatsapp.NewReader(p)}
	w.friends = append(w.friends, f)
	return f
}

// joins subscribes by the given words, and reads the answers.
func (w *world) joins(name string, commands ...string) *friend {
	w.t.Helper()
	f := w.friend(name)
	for _, c := range append([]string{"مرحبا"}, commands...) {
		if f.asks(c) == "" {
			w.t.Fatalf("%s sent %q and got no answer", name, c)
		}
	}
	return f
}

// company imports n readers who follow everything, with consent.
func (w *world) company(n int) []*friend {
	w.t.Helper()
	var csv strings.Builder
	csv.WriteString("account,chat,consent\n")
	var all []*friend
	for i := range n {
		f := w.friend(fmt.Sprint("قارئ ", i+1))
		all = append(all, f)
		fmt.Fprintf(&csv, "whatsapp:%s,%s,the old list\n", number, f.phone.LID())
	}
	done, err := w.program.Acts().Import(w.t.Context(), strings.NewReader(csv.String()))
	if err != nil {
		w.t.Fatal(err)
	}
	if got := done.(store.Imported).Added; got != n {
		w.t.Fatalf("imported %d readers, want %d", got, n)
	}
	return all
}

// asks sends a text and returns the bot's answers.
func (f *friend) asks(text string) string {
	f.phone.Send(text)
	f.w.pass(10 * time.Second)
	return strings.Join(f.got(), "\n---\n")
}

// got returns what the bot has written since the last look, without marks.
func (f *friend) got() []string {
	var texts []string
	all := f.phone.Inbox()
	for _, m := range all[f.seen:] {
		texts = append(texts, bare(m.Text))
	}
	f.seen = len(all)
	return texts
}

// bare is a text as it is read.
func bare(s string) string {
	return strings.NewReplacer("\u200f", "", "\u200e", "", "\u200b", "", "*", "").Replace(s)
}

// gets is that of a reader on Telegram.
func (f *friend) gets(words ...string) {
	f.w.t.Helper()
	got := f.got()
	if len(got) != len(words) {
		f.w.t.Errorf("%s: %s got %d messages, want %d:\n%s", f.w.hour(), f.phone.Name(), len(got), len(words), strings.Join(got, "\n---\n"))
		return
	}
	for i, text := range got {
		if !strings.Contains(text, words[i]) {
			f.w.t.Errorf("%s: %s got\n%s\nwant something with %q", f.w.hour(), f.phone.Name(), text, words[i])
		}
	}
}

// has counts the messages on the phone with words.
func (f *friend) has(words string) (n int) {
	for _, m := range f.phone.Inbox() {
		if strings.Contains(bare(m.Text), words) {
			n++
		}
	}
	return n
}

// have counts the friends who have a message with words.
func have(all []*friend, words string) (n int) {
	for _, f := range all {
		if f.has(words) > 0 {
			n++
		}
	}
	return n
}

// eachHas fails unless every friend has one message with words, and no phone
// took anything twice under two names: a repeat has the id of the first.
func (w *world) eachHas(all []*friend, words string) {
	w.t.Helper()
	for _, f := range all {
		if n := f.has(words); n != 1 {
			w.t.Errorf("%s: %s has %d messages with %q", w.hour(), f.phone.Name(), n, words)
		}
		for _, a := range f.phone.Arrivals() {
			if a.Failed {
				w.t.Errorf("%s could not read a message", f.phone.Name())
			}
		}
	}
}

// poll finds the newest poll on the phone.
func (f *friend) poll() whatsapptest.Message {
	f.w.t.Helper()
	all := f.phone.Inbox()
	for i := range slices.Backward(all) {
		if all[i].Poll != nil {
			return all[i]
		}
	}
	f.w.t.Fatal("there is no poll on the phone")
	return whatsapptest.Message{}
}

// ticks votes and returns the answer.
func (f *friend) ticks(poll whatsapptest.Message, options ...string) string {
	f.phone.Vote(poll.ID, options...)
	f.w.pass(10 * time.Second)
	return strings.Join(f.got(), "\n---\n")
}

// posted returns the texts of a channel's posts.
func posted(n *whatsapptest.Newsletter) []string {
	var texts []string
	for _, m := range n.Posts() {
		texts = append(texts, bare(m.Text))
	}
	return texts
}

// toPeople counts the messages that were sent to people's addresses.
func (w *world) toPeople() (n int) {
	for _, s := range w.whatsapp.Sent() {
		if to, err := types.ParseJID(s.To); err == nil && to.Server != types.NewsletterServer {
			n++
		}
	}
	return n
}

// secretive fails when the log holds who somebody is on WhatsApp, or what was
// said there.
func (w *world) secretive() {
	log := w.log.String()
	var secrets []string
	for _, f := range w.friends {
		secrets = append(secrets, f.phone.Number(), f.phone.LID().User, f.phone.Name())
		for _, m := range f.phone.Chat() {
			for line := range strings.Lines(m.Text) {
				if line = strings.TrimSpace(line); len([]rune(line)) > 3 {
					secrets = append(secrets, line)
				}
			}
		}
	}
	for _, s := range secrets {
		if strings.Contains(log, s) || strings.Contains(log, fmt.Sprintf("%q", s)) {
			w.t.Errorf("the log holds %q", s)
		}
	}
}
