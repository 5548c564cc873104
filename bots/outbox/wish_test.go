package outbox_test

import (
	"testing"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// An editor's words about an article go to everybody, also to those who have
// it; who got them does not get the article again, and everybody else does.
func TestAnAlertCarriesItsArticle(t *testing.T) {
	play(t, func(w *world) {
		w.db.join(4, "jobs")
		road := news.Item{Article: 7, Section: "jobs"}
		w.begin()
		w.db.publish(news.Broadcast{Kind: news.Single, Items: []news.Item{road}, Audience: audience([]news.Item{road})})
		w.box.Wake()
		pass(5 * time.Second)
		told := alert("السيل يقطع الطريق")
		told.Items = []news.Item{road}
		w.db.with(func() {
			w.db.readers[3].Off = true
		})
		id := w.db.publish(told)
		w.box.Wake()
		pass(5 * time.Second)
		for reader := news.SubscriberID(1); reader <= 3; reader++ {
			if r := w.db.receipts(id)[reader]; r.Outcome != news.Sent {
				t.Errorf("who has the article got no alert: %+v", r)
			}
		}
		if r := w.db.receipts(id)[4]; r.Outcome != news.Nothing {
			t.Errorf("who wants no breaking news: %+v", r)
		}
		w.db.join(1, "jobs")
		again := w.db.publish(digestOf(road))
		w.box.Wake()
		pass(5 * time.Second)
		for reader, r := range w.db.receipts(again) {
			want := news.Nothing
			if reader == 5 {
				want = news.Sent
			}
			if r.Outcome != want {
				t.Errorf("the digest for reader %d: %+v, want %v", reader, r, want)
			}
		}
	})
}

// Whoever turns alerts down while one is on its way to them is not sent it.
func TestTurnedDownMeanwhile(t *testing.T) {
	play(t, func(w *world) {
		w.db.join(200, "jobs")
		id := w.db.publish(alert("x"))
		w.begin()
		pass(time.Second)
		w.db.with(func() {
			w.db.readers[149].Off = true
			w.db.readers[150].Important = true
		})
		w.box.Drop(150)
		w.box.Drop(151)
		pass(10 * time.Second)
		receipts := w.db.receipts(id)
		if receipts[150].Outcome != news.Nothing || receipts[151].Outcome != news.Nothing || w.net.count("c150")+w.net.count("c151") > 0 {
			t.Errorf("receipts %+v %+v", receipts[150], receipts[151])
		}
	})
}
