package main

import (
	"fmt"
	"regexp"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/bots/telegram/telegramtest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// TestDeliveriesSeen: what a network has told of an alert is counted in the list
// and under the receipts, and in both as JSON; who it was is not said.
func TestDeliveriesSeen(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.founded()
		first, row := s.reader("weather")
		second, other := s.reader("weather")
		s.write("readers.csv", head+row+"\n"+other+"\n")
		s.must("subscribers", "import", s.path("readers.csv"))
		s.must("alert", "إغلاق الطريق", "--sections", "weather")
		p := s.start()
		time.Sleep(time.Minute) // of the bubble
		synctest.Wait()
		p.stop()
		s.sees(first, 1, true)
		s.sees(second, 1, false)
		s.golden("seen.txt", steady(s.must("deliveries"))+"\n"+steady(s.must("deliveries", "1")))
		masked := func(out string) string {
			out = regexp.MustCompile(`"(published|finished)":"[^"]+"`).ReplaceAllString(out, `"$1":"T"`)
			return regexp.MustCompile(`"messages":\["\d+"\]`).ReplaceAllString(out, `"messages":["N"]`)
		}
		s.golden("seen.jsonl", masked(s.must("deliveries", "--json"))+"\n"+masked(s.must("deliveries", "1", "--json")))
	})
}

// sees writes down that a chat has got its copy of a broadcast, or read it, as a
// network that tells such things would.
func (s *scene) sees(chat *telegramtest.Chat, id news.BroadcastID, read bool) {
	s.t.Helper()
	st, err := store.Open(s.t.Context(), s.path("nashra.db"), store.Options{Now: s.env.Now})
	if err != nil {
		s.t.Fatal(err)
	}
	defer st.Close()
	var seen []outbox.Sighting
	err = st.Deliveries(s.t.Context(), id, func(d store.Delivery) error {
		seen = append(seen, outbox.Sighting{Chat: news.ChatID(fmt.Sprint(chat.ID())), Message: d.IDs[0], Read: read})
		return nil
	})
	if err == nil {
		_, err = st.Seen(s.t.Context(), "telegram:1000000001", time.Time{}, seen)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}
