package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// Post takes a client's alert into its countdown: the same one as an editor's,
// in which those on duty are told and can stop it. Key names the request: the
// same one twice is one alert, which is returned as it is by then.
//
// A person would look at a preview; a client says before which of its warnings
// it goes on all the same, in force. Any other doubt is refused (Doubtful), and
// nothing was sent.
func (d *Desk) Post(ctx context.Context, by EditorID, key string, a Alert, force []WarningKind) (Draft, []Warning, error) {
	_, draft, err := d.order(ctx, by, key, a)
	if err != nil || draft.ID != 0 {
		return draft, nil, err
	}
	link := d.asked(ctx, draft.Link)
	d.posting.Lock() // two that say the same at once are not both fresh
	defer d.posting.Unlock()
	var warned []Warning
	draft, err = decide(func() (Draft, error) {
		who, draft, err := d.order(ctx, by, key, a)
		if err != nil || draft.ID != 0 {
			return draft, err
		}
		if warned, err = d.doubted(ctx, draft, link, force); err != nil {
			return draft, err
		}
		return d.count(ctx, who, draft, force)
	})
	return draft, warned, err
}

// order is a client's alert as it wants it, or, with a number, the one that it
// made with the key before.
func (d *Desk) order(ctx context.Context, by EditorID, key string, a Alert) (who Editor, draft Draft, err error) {
	if who, err = d.editor(ctx, by); err != nil {
		return who, draft, err
	}
	if draft, err = d.keyed(ctx, who, key); err != nil || draft.ID != 0 {
		return who, draft, err
	}
	draft, err = d.ordered(who, key, a)
	return who, draft, err
}

// keyed returns what a client made with a key before; the zero Draft when it
// made nothing.
func (d *Desk) keyed(ctx context.Context, who Editor, key string) (Draft, error) {
	old, err := d.Store.Keyed(ctx, key)
	switch {
	case is(err, ErrNone):
		return Draft{}, nil
	case err != nil:
		return old, fmt.Errorf("look for the alert of a key: %w", err)
	case old.By != who.ID:
		return Draft{}, refuseAs(NotYours, "the alert is somebody else's")
	}
	return old, nil
}

// ordered is an alert as its client wants it, looked at and not confirmed yet.
func (d *Desk) ordered(who Editor, key string, a Alert) (Draft, error) {
	a.Words = strings.TrimSpace(arabic.Clean(a.Words))
	if a.Everyone && len(a.Sections) > 0 {
		return Draft{}, refuse("say for whom the alert is: sections, or everyone")
	}
	c, err := d.clean(Content{Words: a.Words, Link: a.Link, Sections: a.Sections, Everyone: a.Everyone, Silent: a.Silent})
	draft := Draft{Key: key, Form: FormAlert, By: who.ID, Content: c, State: Looked, Version: 1, Seen: 1, Made: d.Now(), Touched: d.Now()}
	if err == nil {
		err = d.sendable(draft)
	}
	if err == nil {
		err = who.allowedFor(ActPost, d.Tree(), draft)
	}
	return draft, err
}

// doubted refuses an alert that an editor would think twice about; link is what
// its link has to be warned of.
func (d *Desk) doubted(ctx context.Context, draft Draft, link []Warning, force []WarningKind) ([]Warning, error) {
	standing, err := d.Standing(ctx)
	if err != nil {
		return nil, err
	}
	if standing.Frozen {
		return nil, explained(ErrFrozen)
	}
	all, err := d.compared(ctx, draft, d.setup(), standing)
	if err != nil {
		return nil, err
	}
	all = append(all, link...)
	grave := slices.DeleteFunc(slices.Clone(all), func(w Warning) bool { return !w.Kind.grave() || slices.Contains(force, w.Kind) })
	if len(grave) > 0 {
		return nil, &RefusedError{Code: Doubtful, Doubts: grave, Reason: "an editor would think twice: " + kinds(grave)}
	}
	return all, nil
}

// grave reports whether a client's alert waits for a word about a warning.
func (k WarningKind) grave() bool {
	return k == WarnSame || k == WarnBudget || k == WarnReader || k == WarnNight || k == WarnDeadLink
}

// Forced reports whether a client can go over a warning.
func (k WarningKind) Forced() bool { return k.grave() }

func kinds(all []Warning) string {
	var names []string
	for _, w := range all {
		names = append(names, string(w.Kind))
	}
	return strings.Join(names, ", ")
}

// count confirms a client's alert and tells those on duty.
func (d *Desk) count(ctx context.Context, who Editor, draft Draft, force []WarningKind) (Draft, error) {
	setup := d.setup()
	if setup.Second && draft.Everyone {
		return draft, refuseAs(SamePerson, "an alert to everybody needs two people here: propose it")
	}
	draft, err := draft.confirmed(who, 1, d.Now(), setup)
	if err != nil {
		return draft, err
	}
	letters, err := d.toDuty(ctx, d.words().Notice(Notice{
		Kind: NoticePosted, Name: who.Name, In: d.Left(draft), Words: said(draft.Words), Do: draft.Link,
	}))
	if err != nil {
		return draft, err
	}
	e := d.entry(who, ActPost)
	for _, k := range force {
		e.About = strings.TrimSpace(e.About + " " + string(k))
	}
	out, err := d.Store.Wrote(ctx, Move{Draft: draft, Entry: e, Letters: letters})
	if err != nil {
		return draft, explained(fmt.Errorf("write the alert down: %w", err))
	}
	d.posted(letters)
	d.moved(out)
	return out, nil
}

// Recall stops a client's own alert wherever it is. One that has not gone out
// is dropped: nobody would look at it again. Stopping it twice is no error.
func (d *Desk) Recall(ctx context.Context, by EditorID, id DraftID) (Draft, error) {
	for {
		draft, err := d.Followed(ctx, by, id)
		if err != nil || draft.State == Stopped || draft.State == Dropped || draft.Halt {
			return draft, err
		}
		if draft, err = d.Stop(ctx, by, id); err != nil || !draft.State.Open() {
			return draft, err
		}
	}
}

// Followed returns an alert to a client that sent it, or, once it has been
// published, to one that may see how things are.
func (d *Desk) Followed(ctx context.Context, by EditorID, id DraftID) (Draft, error) {
	who, err := d.editor(ctx, by)
	if err != nil {
		return Draft{}, err
	}
	if err := who.allowed(ActFollow); err != nil {
		return Draft{}, err
	}
	draft, err := d.Store.Draft(ctx, id)
	theirs := draft.By == who.ID || draft.State.Out() && who.May(ActStatus)
	if is(err, ErrNone) || err == nil && (draft.Form != FormAlert || !theirs) {
		return Draft{}, refuseAs(NoSuch, "there is no alert with this number")
	}
	if err != nil {
		return draft, fmt.Errorf("read draft %d: %w", id, err)
	}
	return draft, nil
}

// Fate returns a client's own proposal as it is by now, and the alert that it was
// taken as; the zero Draft when it was not.
func (d *Desk) Fate(ctx context.Context, by EditorID, id ProposalID) (p Proposal, draft Draft, err error) {
	who, err := d.editor(ctx, by)
	if err != nil {
		return p, draft, err
	}
	if err := who.allowed(ActPropose); err != nil {
		return p, draft, err
	}
	p, err = d.Store.Proposal(ctx, id)
	if is(err, ErrNone) || err == nil && (p.Kind != ProposeByHand || p.By != who.ID) {
		return Proposal{}, draft, refuseAs(NoSuch, "there is no proposal with this number")
	}
	if err == nil && p.Draft != 0 {
		draft, err = d.Store.Draft(ctx, p.Draft)
	}
	if err != nil {
		return p, draft, fmt.Errorf("read proposal %d: %w", id, err)
	}
	return p, draft, nil
}

// Suggest puts a client's words before those on duty, once for each key. What
// nobody takes in time is forgotten.
func (d *Desk) Suggest(ctx context.Context, by EditorID, key string, c Content) (Proposal, error) {
	return decide(func() (Proposal, error) {
		who, err := d.editor(ctx, by)
		if err != nil {
			return Proposal{}, err
		}
		c.Words = said(c.Words)
		if c, err = d.clean(c); err != nil {
			return Proposal{}, err
		}
		if err := who.allowedFor(ActPropose, d.Tree(), Draft{Form: FormAlert, By: who.ID, Content: c}); err != nil {
			return Proposal{}, err
		}
		now := d.Now()
		p := Proposal{
			Kind: ProposeByHand, Key: key, By: who.ID, Content: c, Made: now, Expires: now.Add(d.setup().ProposalLife),
			Article: news.Article{Title: c.Words, URL: c.Link},
		}
		m := d.words().Notice(Notice{Kind: NoticeProposal, From: who.Name, Words: c.Words, Do: c.Link, Name: string(p.Kind)})
		if d.Offer != nil {
			m.Buttons = d.Offer(p)
		}
		letters, err := d.toDuty(ctx, m)
		if err != nil {
			return p, err
		}
		out, err := d.Store.Suggested(ctx, p, letters, d.entry(who, ActPropose))
		if err != nil {
			return p, explained(fmt.Errorf("propose: %w", err))
		}
		d.posted(letters)
		d.wake()
		return out, nil
	})
}
