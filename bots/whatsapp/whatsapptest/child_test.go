package whatsapptest_test

import (
	"os"
	"os/exec"
	"testing"

	"github.com/nashra-bot/nashra/bots/whatsapp/whatsapptest"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

const childAddr, childSession, childTo = "WHATSAPPTEST_ADDR", "WHATSAPPTEST_SESSION", "WHATSAPPTEST_TO"

// A child process uses the parent's server over loopback, with a session that
// the parent has paired.
func TestChildProcess(t *testing.T) {
	if os.Getenv(childAddr) != "" {
		child(t)
		return
	}
	t.Parallel()
	s := newServer(t)
	r := s.NewReader(whatsapptest.Person{})
	b := pairedBot(t, s)
	b.text(r.LID(), "من الأصل")
	b.stop()
	addr, err := s.Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestChildProcess$")
	command.Env = append(os.Environ(), childAddr+"="+addr, childSession+"="+b.path, childTo+"="+r.LID().String())
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if inbox := r.Inbox(); len(inbox) != 2 || inbox[1].Text != "من الفرع" {
		t.Errorf("inbox %+v", inbox)
	}
	content(t, s)
}

func child(t *testing.T) {
	whatsapptest.Trust()
	unused := whatsapptest.New(whatsapptest.Config{})
	t.Cleanup(unused.Close)
	b := newBot(t, unused, os.Getenv(childSession))
	whatsapptest.InstallClient(b.Client, whatsapptest.Dial(os.Getenv(childAddr)))
	b.connect()
	wait[*events.Connected](b)
	to, err := types.ParseJID(os.Getenv(childTo))
	if err != nil {
		t.Fatal(err)
	}
	b.text(to, "من الفرع")
}
