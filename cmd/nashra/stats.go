package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

type statsCommand struct {
	Days int  `default:"7" placeholder:"N" help:"The last N days, today included; at most 92."`
	JSON bool `name:"json" help:"As JSON, for a program."`
}

// mostDays is how far back numbers go, as in the chat.
const mostDays = 92

// Run counts, beside a running program or without one.
func (c statsCommand) Run(s *session) error {
	if c.Days < 1 || c.Days > mostDays {
		return usageError(fmt.Sprintf("--days takes a number from 1 to %d", mostDays))
	}
	p, err := s.plan()
	if err != nil {
		return err
	}
	st, err := s.reader(p)
	if err != nil {
		return err
	}
	defer st.Close()
	zone := p.Newsroom.Zone
	today := s.Now().In(zone)
	r, err := st.Counted(s.ctx, news.DateOf(today.AddDate(0, 0, 1-c.Days)), news.DateOf(today), zone)
	if err != nil {
		return fmt.Errorf("count: %w", err)
	}
	if c.JSON {
		return json.NewEncoder(s.Stdout).Encode(statsOf(r))
	}
	text := desk.PhrasesOf(desk.Language(p.Newsroom.Language)).Stats(r, p.Newsroom.Tree, zone).String()
	fmt.Fprintln(s.Stdout, strings.ReplaceAll(text, "\u200f", "")) // a terminal has its own mind about direction
	return nil
}

// numbers are a report as JSON. What it holds stays; more may come.
type numbers struct {
	From        news.Date             `json:"from"`
	To          news.Date             `json:"to"`
	Subscribers map[news.Platform]int `json:"subscribers"`
	Sections    map[news.Slug]int     `json:"sections"`
	Days        []numbersOfDay        `json:"days"`
	Alerts      []numbersOfAlert      `json:"alerts"`
	First       numbersOfSpan         `json:"first_delivery"`
	Last        numbersOfSpan         `json:"last_delivery"`
}

type numbersOfDay struct {
	Date   news.Date `json:"date"`
	Joined int       `json:"joined"`
	Left   int       `json:"left"`
}

type numbersOfAlert struct {
	Broadcast news.BroadcastID      `json:"broadcast"`
	Published time.Time             `json:"published"`
	Words     string                `json:"words"`
	Auto      bool                  `json:"auto"`
	Sent      int                   `json:"sent"`
	Failed    int                   `json:"failed"`
	Unknown   int                   `json:"unknown"`
	Waiting   int                   `json:"waiting"`
	Platforms map[news.Platform]int `json:"platforms"`
	Delivered int                   `json:"delivered"` // of sent, as far as WhatsApp tells
	Read      int                   `json:"read"`
	Left      int                   `json:"left_within_an_hour"`
	Took      float64               `json:"seconds"`
}

// numbersOfSpan is in seconds, over Articles.
type numbersOfSpan struct {
	Articles int     `json:"articles"`
	Middle   float64 `json:"middle_seconds"`
	Longest  float64 `json:"longest_seconds"`
}

func statsOf(r desk.Report) numbers {
	n := numbers{
		From: r.From, To: r.To, Subscribers: r.Subscribers, Sections: r.Sections,
		Days: []numbersOfDay{}, Alerts: []numbersOfAlert{}, First: spanOf(r.First), Last: spanOf(r.Last),
	}
	for _, d := range r.Days {
		n.Days = append(n.Days, numbersOfDay(d))
	}
	for _, a := range r.Alerts {
		n.Alerts = append(n.Alerts, numbersOfAlert{
			Broadcast: a.Broadcast, Published: a.Published.UTC(), Words: a.Words, Auto: a.Auto, Sent: a.Sent, Failed: a.Failed,
			Unknown: a.Unknown, Waiting: a.Waiting, Platforms: a.Platforms, Delivered: a.Delivered, Read: a.Read, Left: a.Left, Took: a.Took.Seconds(),
		})
	}
	return n
}

func spanOf(s desk.Span) numbersOfSpan {
	return numbersOfSpan{Articles: s.N, Middle: s.Middle.Seconds(), Longest: s.Max.Seconds()}
}
