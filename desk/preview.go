package desk

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Numbers are what is counted for previews and for reports.
type Numbers interface {
	// Audience counts who would get an alert for a on each of the networks.
	Audience(ctx context.Context, a news.Audience, networks []news.Platform) ([]Count, error)

	// Alerts returns the alerts published since t, automatic ones too, newest
	// first. Corrections are none.
	Alerts(ctx context.Context, since time.Time) ([]Alerted, error)

	// Alerted returns an alert, also for the number of anything over it;
	// ErrNone when that is none.
	Alerted(ctx context.Context, id news.BroadcastID) (Alerted, error)

	// Counted returns the numbers of the days from from to to, both included,
	// in zone.
	Counted(ctx context.Context, from, to news.Date, zone *time.Location) (Report, error)

	// Arrived returns what became of an alert.
	Arrived(ctx context.Context, id news.BroadcastID) (Arrival, error)
}

// Count is how many get something on one network.
type Count struct {
	Platform news.Platform
	Readers  int               // each once
	Sections map[news.Slug]int // of an audience of sections: those of them who follow each, or above it
}

// Alerted is an alert that has gone out.
type Alerted struct {
	Broadcast news.BroadcastID
	Words     string // or the headline of its article
	Link      string
	Article   news.ArticleID // what it is about; 0: none
	Section   news.Slug      // of the article
	Audience  news.Audience
	Draft     DraftID // what it was made of; 0: there is none yet
	Auto      bool
	Single    bool // it is no alert, but an article that went out singly
	Trial     bool // before the bot was opened: to editors alone
	Published time.Time
	Coming    State // it has not gone out: it is about to; empty: it has
}

// Preview is what an editor looks at before a draft goes out.
type Preview struct {
	Draft    Draft
	Closed   bool             // the bot is not open, or was not when the original went out: only editors are sent to
	Original news.BroadcastID // of a correction or a withdrawal
	Messages map[news.Platform]news.Message
	Audience []Count
	Cost     []Cost
	Warnings []Warning
	When     string // of a schedule, said in words; empty: at once
	Second   bool   // another person has to confirm, too
}

// Cost is what sending takes on one network at its present limits: time, and
// nothing else. No network that we speak to charges for it.
type Cost struct {
	Platform news.Platform
	Time     time.Duration // 0: not known
}

// Readers is how many get it, over all networks.
func (p Preview) Readers() (n int) {
	for _, c := range p.Audience {
		n += c.Readers
	}
	return n
}

// Checker tries a link. The error says why nobody can open it.
type Checker interface {
	Check(ctx context.Context, link string) error
}

// linkPatience is how long a link is tried while an editor waits.
const linkPatience = 4 * time.Second

// Preview shows a draft as readers will see it, with everything an editor ought
// to know, and marks its version as looked at by them. The door sends Messages to the
// editor as they are; the version to confirm is Preview.Draft.Version.
func (d *Desk) Preview(ctx context.Context, by EditorID, id DraftID) (Preview, error) {
	draft, err := d.Store.Draft(ctx, id)
	if err != nil {
		return Preview{}, explained(fmt.Errorf("read draft %d: %w", id, err))
	}
	p, err := d.view(ctx, draft)
	if err != nil {
		return Preview{}, err
	}
	if draft, err = d.looked(ctx, by, id, draft.Version, p.Closed); err != nil {
		return Preview{}, err
	}
	p.Draft = draft
	return p, nil
}

func (d *Desk) looked(ctx context.Context, by EditorID, id DraftID, version int, trial bool) (Draft, error) {
	return d.change(ctx, by, id, ActPreview, func(who Editor, draft Draft) (Draft, error) {
		next, err := draft.looked(who.ID, version, trial)
		if err == nil && who.Role == Reporter && d.sendable(next) == nil {
			next.Offered = true
		}
		return next, err
	})
}

// view gathers what a preview shows. It writes nothing.
func (d *Desk) view(ctx context.Context, draft Draft) (p Preview, err error) {
	s := d.setup()
	standing, err := d.Standing(ctx)
	if err != nil {
		return p, err
	}
	p = Preview{
		Draft: draft, Messages: map[news.Platform]news.Message{},
		Second: s.twice(draft),
	}
	if !draft.At.IsZero() {
		p.When = d.words().When(draft.At.In(s.Zone), d.Now().In(s.Zone))
	}
	networks := s.networks(draft.Content)
	b := d.Broadcast(draft)
	b.Trial = !standing.Open
	if draft.Root == 0 {
		p.Audience, err = d.Store.Audience(ctx, b.Audience, networks)
	} else {
		b, p.Audience, err = d.amending(ctx, draft, b)
		p.Original = b.Original
	}
	if err != nil {
		return p, fmt.Errorf("count the audience: %w", err)
	}
	p.Closed = b.Trial
	if d.Compose != nil {
		for _, n := range networks {
			if p.Messages[n], err = d.Compose(ctx, b, n); err != nil {
				return p, fmt.Errorf("set the preview for %s: %w", n, err)
			}
		}
	}
	p.Cost = s.cost(p.Audience)
	p.Warnings, err = d.warnings(ctx, draft, s, standing)
	p.Warnings = append(p.Warnings, s.slow(draft, p.Cost)...)
	for _, n := range slices.Sorted(maps.Keys(p.Messages)) {
		if w := captioned(p.Messages[n], s.Caption); w != nil {
			p.Warnings = append(p.Warnings, w...)
			break // the others are as long
		}
	}
	return p, err
}

// amending is the broadcast that a correction or a withdrawal would be, as its
// follow-up is set, and whom the original has reached. A typo has no follow-up:
// it is what went out again, with its new words.
func (d *Desk) amending(ctx context.Context, draft Draft, b news.Broadcast) (news.Broadcast, []Count, error) {
	root, err := d.Store.Draft(ctx, draft.Root)
	if err != nil {
		return b, nil, err
	}
	was, err := d.Store.Draft(ctx, draft.Base)
	if err != nil {
		return b, nil, err
	}
	b.Original = root.Broadcast
	if root.Single {
		b.Kind, b.Items = news.Single, []news.Item{{Article: root.Article}}
	}
	switch draft.Form {
	case FormCorrection:
		b.Was, b.Kind = said(was.Words), news.Correction
	case FormWithdrawal:
		b.Kind = news.Withdrawal
	}
	reached, err := d.Store.Arrived(ctx, root.Broadcast)
	if err != nil {
		return b, nil, err
	}
	b.Trial = reached.Trial
	var audience []Count
	for _, n := range slices.Sorted(maps.Keys(reached.Platforms)) {
		audience = append(audience, Count{Platform: n, Readers: reached.Platforms[n]})
	}
	return b, audience, nil
}

// cost is what an audience takes.
func (s Setup) cost(audience []Count) (out []Cost) {
	for _, c := range audience {
		one := Cost{Platform: c.Platform}
		if rate := s.Speed[c.Platform].PerSecond; rate > 0 {
			one.Time = time.Duration(float64(c.Readers) / rate * float64(time.Second)).Round(time.Second)
		}
		out = append(out, one)
	}
	return out
}

// slow warns of networks on which an alert does not reach everybody in time.
func (s Setup) slow(draft Draft, cost []Cost) (out []Warning) {
	kind := WarnMissed
	if draft.Article != 0 {
		kind = WarnSlow
	}
	for _, c := range cost {
		speed := s.Speed[c.Platform]
		if draft.Form == FormAlert && speed.Within > 0 && c.Time > speed.Within {
			out = append(out, Warning{Kind: kind, Network: c.Platform, Within: speed.Within, N: int(speed.PerSecond * speed.Within.Seconds())})
		}
	}
	return out
}

// warnings looks at a draft beside the alerts that went out, and asks for its
// link.
func (d *Desk) warnings(ctx context.Context, draft Draft, s Setup, standing Standing) ([]Warning, error) {
	w, err := d.compared(ctx, draft, s, standing)
	if err != nil {
		return nil, err
	}
	return append(w, d.asked(ctx, draft.Link)...), nil
}

// compared looks at a draft beside the alerts that went out, and those that are
// coming.
func (d *Desk) compared(ctx context.Context, draft Draft, s Setup, standing Standing) ([]Warning, error) {
	now := d.Now().In(s.Zone)
	sent, err := d.Store.Alerts(ctx, now.Add(-48*time.Hour))
	if err != nil {
		return nil, fmt.Errorf("read the last alerts: %w", err)
	}
	coming, err := d.expected(ctx, draft)
	if err != nil {
		return nil, err
	}
	sent = append(coming, sent...)
	if standing.Open { // readers have had none of the trials
		sent = slices.DeleteFunc(sent, func(a Alerted) bool { return a.Trial })
	}
	w := warn(draft, facts{now: now, setup: s, sent: sent, tree: d.Tree()})
	if standing.Frozen {
		w = slices.Insert(w, 0, Warning{Kind: WarnFrozen})
	}
	return w, nil
}

// asked warns of a link that does not answer. The network is asked for it: hold
// no lock.
func (d *Desk) asked(ctx context.Context, link string) []Warning {
	if d.Checker == nil || link == "" {
		return nil
	}
	ctx, stop := context.WithTimeout(ctx, linkPatience)
	defer stop()
	if err := d.Checker.Check(ctx, link); err != nil {
		return []Warning{{Kind: WarnDeadLink}}
	}
	return nil
}
