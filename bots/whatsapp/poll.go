package whatsapp

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// What phones let a poll have.
const (
	fewestOptions = 2
	mostOptions   = 12
	longestOption = 100 // UTF-16 units
	longestTopic  = 255
	mostPolls     = 1500 // whose votes are still read
)

// polls remembers which polls were sent and what was ticked in them.
//
// A vote always says all that is ticked now. What talk needs is what changed,
// because a poll shows nothing ticked at first, whatever its reader follows
// already. So a vote becomes one event of the kind bots.Pressed whose Data has
// a line for every option that is ticked or was: the option's own Data behind
// '+' (ticked just now), '-' (no longer) or '=' (still).
type polls struct {
	adapter *Adapter
	mu      sync.Mutex
	known   []string // ids, oldest first
}

// poll is what is kept of one.
type poll struct {
	At      int64            `json:"t"`
	Options []option         `json:"o"`
	Votes   map[string][]int `json:"v,omitempty"` // by voter, ascending
}

type option struct {
	Label string `json:"l"`
	Data  string `json:"d"`
}

func (p *polls) load(ctx context.Context) { p.adapter.remember(ctx, keyPolls, &p.known) }

func pollKey(id types.MessageID) string { return "whatsapp/poll/" + id }

// pollOf makes a poll of a message that is to be one; ok is false when it
// cannot be.
func (a *Adapter) pollOf(m bots.Message, key string) (body *waE2E.Message, options []option, ok bool) {
	if !a.config.Poll(m) {
		return nil, nil, false
	}
	topic := strings.TrimSpace(m.Text.String())
	labels := map[string]bool{}
	var names []*waE2E.PollCreationMessage_Option
	for _, row := range m.Buttons {
		for _, b := range row {
			label := strings.TrimSpace(b.Label)
			if b.URL != "" || label == "" || labels[label] || news.Units(label) > longestOption {
				return nil, nil, false
			}
			labels[label] = true
			options = append(options, option{Label: label, Data: b.Data})
			names = append(names, &waE2E.PollCreationMessage_Option{OptionName: proto.String(label)})
		}
	}
	if topic == "" || news.Units(topic) > longestTopic || len(options) < fewestOptions || len(options) > mostOptions {
		return nil, nil, false
	}
	// The secret is the same on a repeat: whichever copy a phone keeps, its
	// votes can be read.
	secret := sha256.Sum256(append([]byte("poll\x00"), key...))
	if key == "" {
		secret = randomSecret()
	}
	return &waE2E.Message{
		PollCreationMessage: &waE2E.PollCreationMessage{
			Name: &topic, Options: names, SelectableOptionsCount: proto.Uint32(0), // any number
		},
		MessageContextInfo: &waE2E.MessageContextInfo{MessageSecret: secret[:]},
	}, options, true
}

// expect keeps a poll that is about to be sent.
func (p *polls) expect(ctx context.Context, id types.MessageID, options []option) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if slices.Contains(p.known, id) {
		return nil // a repeat; it may have votes
	}
	a := p.adapter
	if err := a.note(ctx, pollKey(id), poll{At: a.theirs().Unix(), Options: options}); err != nil {
		return err
	}
	known := append(slices.Clone(p.known), id)
	for len(known) > mostPolls {
		_ = a.note(ctx, pollKey(known[0]), nil)
		known = known[1:]
	}
	p.known = known
	return a.note(ctx, keyPolls, known)
}

// count makes the event of a vote. Votes in polls that are not ours or long
// forgotten, and those that change nothing, make none.
func (p *polls) count(ctx context.Context, client *whatsmeow.Client, m *events.Message, e bots.Event, it *item) {
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.adapter
	id := m.Message.GetPollUpdateMessage().GetPollCreationMessageKey().GetID()
	if !slices.Contains(p.known, id) {
		return
	}
	var asked poll
	a.remember(ctx, pollKey(id), &asked)
	vote, err := client.DecryptPollVote(ctx, m)
	if err != nil || len(asked.Options) == 0 {
		a.log.Warn("a vote could not be read", "event", e.Key)
		return
	}
	voter := string(e.From)
	chosen := asked.chosen(vote.GetSelectedOptions())
	if e.Data = asked.changes(asked.Votes[voter], chosen); e.Data == "" {
		return
	}
	e.Kind, e.Message = bots.Pressed, messageID(id, time.Unix(asked.At, 0))
	it.events = append(it.events, e)
	it.after = func(ctx context.Context) { p.keep(ctx, id, voter, chosen) }
}

// keep notes what a voter has ticked, once that was handled.
func (p *polls) keep(ctx context.Context, id types.MessageID, voter string, chosen []int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	ctx = context.WithoutCancel(ctx)
	var asked poll
	p.adapter.remember(ctx, pollKey(id), &asked)
	if asked.Votes == nil {
		asked.Votes = map[string][]int{}
	}
	asked.Votes[voter] = chosen
	_ = p.adapter.note(ctx, pollKey(id), asked)
}

// chosen finds the options of hashed labels.
func (p *poll) chosen(hashes [][]byte) []int {
	chosen := []int{}
	for i, o := range p.Options {
		sum := sha256.Sum256([]byte(o.Label))
		if slices.ContainsFunc(hashes, func(h []byte) bool { return bytes.Equal(h, sum[:]) }) {
			chosen = append(chosen, i)
		}
	}
	return chosen
}

// changes writes what became of the options; empty: nothing has changed.
func (p *poll) changes(before, now []int) string {
	var lines []string
	changed := false
	for i, o := range p.Options {
		was, is := slices.Contains(before, i), slices.Contains(now, i)
		switch {
		case was && is:
			lines = append(lines, "="+o.Data)
		case is:
			lines = append(lines, "+"+o.Data)
		case was:
			lines = append(lines, "-"+o.Data)
		}
		changed = changed || was != is
	}
	if !changed {
		return ""
	}
	return strings.Join(lines, "\n")
}

// forget drops what a person has ticked, and polls that only they could see.
func (p *polls) forget(ctx context.Context, voter string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, id := range p.known {
		data, err := p.adapter.config.Memory.Load(ctx, pollKey(id))
		if err != nil {
			return err
		}
		var asked poll
		if !bytes.Contains(data, []byte(voter)) || json.Unmarshal(data, &asked) != nil {
			continue
		}
		delete(asked.Votes, voter)
		if err := p.adapter.note(ctx, pollKey(id), asked); err != nil {
			return err
		}
	}
	return nil
}
