package main

import (
	"encoding/json"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// progressLine is a broadcast as JSON. What it holds stays; more may come.
type progressLine struct {
	Broadcast  news.BroadcastID `json:"broadcast"`
	Kind       news.Kind        `json:"kind"`
	Slot       news.Slot        `json:"slot,omitempty"`
	Date       news.Date        `json:"date,omitempty"`
	State      news.State       `json:"state"`
	Published  time.Time        `json:"published"`
	Finished   time.Time        `json:"finished,omitzero"`
	Sent       int              `json:"sent"`
	NothingNew int              `json:"nothing_new"`
	Waiting    int              `json:"waiting"`
	Unknown    int              `json:"unknown"`
	Failed     int              `json:"failed"`
	Left       int              `json:"left"`
	Delivered  int              `json:"delivered"`
	Read       int              `json:"read"`
}

// progressLines prints broadcasts, a line of JSON each.
func (s *session) progressLines(list []news.Progress) error {
	enc := json.NewEncoder(s.Stdout)
	for _, b := range list {
		err := enc.Encode(progressLine{
			Broadcast: b.Broadcast, Kind: b.Kind, Slot: b.Slot, Date: b.Date, State: b.State, Published: b.Published, Finished: b.Finished,
			Sent: b.Counts[news.Sent], NothingNew: b.Counts[news.Nothing], Waiting: b.Counts[news.Deferred], Unknown: b.Counts[news.Unknown],
			Failed: b.Counts[news.Failed], Left: b.Counts[news.Left], Delivered: b.Delivered, Read: b.Read,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// receiptLine is one reader's copy as JSON.
type receiptLine struct {
	Reader   news.SubscriberID `json:"reader"`
	Account  news.AccountID    `json:"account"`
	Outcome  string            `json:"outcome"`
	Version  int               `json:"version"`
	Variant  int               `json:"variant"`
	Form     string            `json:"form"`
	NextTry  time.Time         `json:"next_try,omitzero"`
	Tries    int               `json:"tries"`
	Messages []news.MessageID  `json:"messages,omitempty"`
	Reason   string            `json:"reason,omitempty"`
}

// seenLine ends the lines of a broadcast.
type seenLine struct {
	Broadcast news.BroadcastID `json:"broadcast"`
	Delivered int              `json:"delivered"`
	Read      int              `json:"read"`
}

// receiptLine prints a receipt as a line of JSON.
func (s *session) receiptLine(d store.Delivery) error {
	return json.NewEncoder(s.Stdout).Encode(receiptLine{
		Reader: d.Subscriber, Account: d.Account, Outcome: outcome(d.Outcome), Version: d.Version,
		Variant: d.Variant, Form: form(d), NextTry: d.Due, Tries: d.Attempts, Messages: d.IDs, Reason: d.Reason,
	})
}
