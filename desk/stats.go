package desk

import (
	"context"
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Report is the newsroom's numbers of some days.
type Report struct {
	From, To    news.Date
	Subscribers map[news.Platform]int
	Sections    map[news.Slug]int
	Days        []Day // from the first to the last, days without anything too
	Alerts      []AlertArrival
	First, Last Span // from an article's publication to the first and to the last delivery
}

// Day is who came and went on a day.
type Day struct {
	Date         news.Date
	Joined, Left int
}

// AlertArrival is one alert and whom it reached.
type AlertArrival struct {
	Alerted
	Arrival
}

// Arrival is what became of an alert.
type Arrival struct {
	Sent, Failed, Unknown, Waiting int
	Platforms                      map[news.Platform]int // of Sent
	Delivered, Read                int                   // of Sent, as far as a network tells: WhatsApp, of readers who let it
	Left                           int                   // readers who left within an hour after it
	Took                           time.Duration         // from its publication to its end; 0: it is not over
	Trial                          bool                  // before the bot was opened: to editors alone
}

// Span is how long something takes, in the middle and at worst, over so many.
type Span struct {
	N           int
	Middle, Max time.Duration
}

// Stats returns the numbers of the last n days, today included, as a text for a
// phone, and as they are.
func (d *Desk) Stats(ctx context.Context, by EditorID, n int) (news.Text, Report, error) {
	if _, err := d.editor(ctx, by); err != nil {
		return nil, Report{}, err
	}
	n = max(1, min(n, 92))
	zone := d.setup().Zone
	today := d.Now().In(zone)
	r, err := d.Store.Counted(ctx, news.DateOf(today.AddDate(0, 0, 1-n)), news.DateOf(today), zone)
	if err != nil {
		return nil, r, fmt.Errorf("count: %w", err)
	}
	return d.words().Stats(r, d.Tree(), zone), r, nil
}

// Arrived returns what became of an alert.
func (d *Desk) Arrived(ctx context.Context, id news.BroadcastID) (Arrival, error) {
	r, err := d.Store.Arrived(ctx, id)
	if err != nil {
		return r, fmt.Errorf("count what broadcast %d reached: %w", id, err)
	}
	return r, nil
}

// Pulse returns how far what a draft became is, lane by lane.
func (d *Desk) Pulse(ctx context.Context, id DraftID) ([]news.Pulse, error) {
	draft, err := d.Store.Draft(ctx, id)
	if err != nil {
		return nil, explained(fmt.Errorf("read draft %d: %w", id, err))
	}
	if draft.Broadcast == 0 {
		return nil, refuseAs(NotSent, "it has not been sent")
	}
	return d.Press.Pulse(ctx, draft.Broadcast)
}
