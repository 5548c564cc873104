package whatsapp_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/news"
)

// sights notes what the adapter has seen.
type sights struct {
	mu   sync.Mutex
	list []sight
}

type sight struct {
	chat news.ChatID
	name news.MessageID
	read bool
}

func (s *sights) saw(chat news.ChatID, ids []news.MessageID, read bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		s.list = append(s.list, sight{chat, id, read})
	}
}

// of counts what was seen of a message in a chat.
func (s *sights) of(chat news.ChatID, id news.MessageID) (delivered, read int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.list {
		if one.chat != chat || !strings.HasPrefix(string(id), string(one.name)) {
			continue
		}
		if one.read {
			read++
		} else {
			delivered++
		}
	}
	return delivered, read
}

// Phones tell what became of messages: where, and by the beginning of the id
// that Send has returned. A word about another's message comes in their own
// chat, so that it counts for nobody else.
func TestSeen(t *testing.T) {
	seen := new(sights)
	w := pairedWorld(t, whatsapp.Config{Seen: seen.saw})
	a := w.adapter()
	w.run(a)
	first := w.send(a, w.text(0, "خبر", "1"))
	second := w.send(a, w.text(1, "خبر", "2"))
	is := func(reader int, id news.MessageID, delivered, read int) func() bool {
		return func() bool {
			d, r := seen.of(w.Chat(reader), id)
			return d == delivered && r == read
		}
	}
	w.until("both delivered", func() bool { return is(0, first.ID, 1, 0)() && is(1, second.ID, 1, 0)() })
	w.readers[0].ReadAll()
	w.until("one read", is(0, first.ID, 1, 1))
	if !is(1, second.ID, 1, 0)() || !is(0, second.ID, 0, 0)() || !is(1, first.ID, 0, 0)() {
		t.Errorf("seen %+v", seen.list)
	}
	w.readers[0].Send("شكرًا")
	third := w.send(a, w.text(0, "خبر ثانٍ", "3"))
	w.until("another", is(0, third.ID, 1, 0))
	w.content()
}

// What members of a group receive and read is not counted for the group.
func TestSeenInGroups(t *testing.T) {
	seen := new(sights)
	w := pairedWorld(t, whatsapp.Config{Seen: seen.saw})
	a := w.adapter()
	w.run(a)
	g := w.server.NewGroup("أهل الحارة", w.readers[0], w.readers[1])
	id := w.send(a, bots.Message{Chat: news.ChatID(g.JID().String()), Text: news.T("خبر"), Key: "g"}).ID
	w.until("receipts", func() bool { return w.server.Pending() == 0 && len(w.readers[0].GroupChat(g)) == 1 })
	own := w.send(a, w.text(0, "خبر", "1"))
	w.until("what is the reader's own", func() bool { d, _ := seen.of(w.Chat(0), own.ID); return d == 1 })
	seen.mu.Lock()
	defer seen.mu.Unlock()
	if slices.ContainsFunc(seen.list, func(s sight) bool { return strings.HasPrefix(string(id), string(s.name)) }) {
		t.Errorf("seen %+v", seen.list)
	}
}
