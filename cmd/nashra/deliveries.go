package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

type deliveriesCommand struct {
	ID    news.BroadcastID `arg:"" optional:"" help:"Read this broadcast back, reader by reader."`
	Limit int              `default:"20" help:"How many broadcasts to list (default 20)."`
	JSON  bool             `name:"json" help:"As lines of JSON, for a program."`
}

// Run lists the last broadcasts, or one's receipts.
func (c deliveriesCommand) Run(s *session) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	if c.Limit <= 0 {
		return usageError("--limit takes a number above 0")
	}
	st, err := s.reader(p)
	if err != nil {
		return err
	}
	defer st.Close()
	if c.ID == 0 {
		list, err := st.Progress(s.ctx, c.Limit)
		switch {
		case err != nil:
		case c.JSON:
			err = s.progressLines(list)
		default:
			s.progress(p, list)
		}
		return err
	}
	say := s.receiptLine
	if !c.JSON {
		say = s.receipts(p)
	}
	err = st.Deliveries(s.ctx, c.ID, say)
	if errors.Is(err, store.ErrNone) {
		return fmt.Errorf("there is no broadcast %d: nashra deliveries lists them", c.ID)
	}
	if err != nil {
		return err
	}
	a, err := st.Arrived(s.ctx, c.ID)
	if err != nil {
		return err
	}
	return s.seen(c, a)
}

// seen says how many a network has told of. Who they are is not shown: it is kept
// to be counted.
func (s *session) seen(c deliveriesCommand, a desk.Arrival) error {
	if c.JSON {
		return json.NewEncoder(s.Stdout).Encode(seenLine{Broadcast: c.ID, Delivered: a.Delivered, Read: a.Read})
	}
	if a.Delivered == 0 {
		return nil
	}
	_, err := fmt.Fprintf(s.Stdout, "Delivered on WhatsApp: %d. Read by at least: %d.\n", a.Delivered, a.Read)
	return err
}

// receipts prints a heading, and then a line for each receipt: of fixed widths,
// since there may be a million.
func (s *session) receipts(p *wire.Plan) func(store.Delivery) error {
	const line = "%-9v %-22s %-12s %-7v %-7v %-5s %-19s %-5v %s\n"
	fmt.Fprintf(s.Stdout, line, "READER", "ACCOUNT", "OUTCOME", "VERSION", "VARIANT", "FORM", "NEXT TRY", "TRIES", "MESSAGES")
	return func(d store.Delivery) error {
		_, err := fmt.Fprintf(s.Stdout, line, d.Subscriber, d.Account, outcome(d.Outcome), d.Version, d.Variant, form(d), s.when(p, d.Due), d.Attempts, messages(d))
		return err
	}
}

// progress prints broadcasts, a line each.
func (s *session) progress(p *wire.Plan, list []news.Progress) {
	if len(list) == 0 {
		fmt.Fprintln(s.Stdout, "Nothing was sent yet.")
		return
	}
	table := s.table()
	fmt.Fprintln(table, "ID\tKIND\tSLOT\tPUBLISHED\tSTATE\tSENT\tNOTHING NEW\tWAITING\tUNKNOWN\tFAILED\tLEFT\tDELIVERED\tREAD\tDONE AFTER")
	for _, b := range list {
		took := ""
		if !b.Finished.IsZero() {
			took = b.Finished.Sub(b.Published).Round(time.Second).String()
		}
		slot := string(b.Slot)
		if b.Date != "" {
			slot += " " + string(b.Date)
		}
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%s\t%s\t%s\n", b.Broadcast, b.Kind, dash(slot), s.when(p, b.Published), b.State,
			b.Counts[news.Sent], b.Counts[news.Nothing], b.Counts[news.Deferred], b.Counts[news.Unknown], b.Counts[news.Failed], b.Counts[news.Left],
			told(b, b.Delivered), told(b, b.Read), dash(took))
	}
	_ = table.Flush()
}

// told is a number that a network has told. Telegram tells none.
func told(b news.Progress, n int) string {
	if b.Delivered == 0 {
		return "-"
	}
	return strconv.Itoa(n)
}

func form(d store.Delivery) string {
	if d.Media {
		return "media"
	}
	return "text"
}

// messages are the ids of a copy's parts, and why it waits.
func messages(d store.Delivery) string {
	ids := make([]string, len(d.IDs))
	for i, id := range d.IDs {
		ids[i] = string(id)
	}
	if d.Reason == "" {
		return dash(strings.Join(ids, " "))
	}
	return dash(strings.Join(ids, " ")) + " (" + d.Reason + ")"
}

func (s *session) table() *tabwriter.Writer { return tabwriter.NewWriter(s.Stdout, 0, 8, 2, ' ', 0) }

// when prints a moment in the newsroom's zone.
func (s *session) when(p *wire.Plan, t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.In(p.Newsroom.Zone).Format("2006-01-02 15:04:05")
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// outcome names what became of one reader's copy.
func outcome(o news.Outcome) string {
	switch o {
	case news.Pending:
		return "pending"
	case news.Sent:
		return "sent"
	case news.Nothing:
		return "nothing new"
	case news.Failed:
		return "failed"
	case news.Unknown:
		return "unknown"
	case news.Deferred:
		return "waiting"
	case news.Left:
		return "left"
	}
	return fmt.Sprintf("outcome %d", o)
}
