package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// ProposalID is the store's number of a proposal.
type ProposalID int64

// ProposalKind says what a proposal would become.
type ProposalKind string

// The kinds of proposals.
const (
	ProposeBreaking   ProposalKind = "breaking"   // an article, as an alert
	ProposeCorrection ProposalKind = "correction" // its headline has changed since it was sent
	ProposeWithdrawal ProposalKind = "withdrawal" // it is gone from the site since it was sent
	ProposeByHand     ProposalKind = "hand"       // a client's words, as an alert

	ProposeEdition     ProposalKind = "edition"      // its headline has changed since a digest brought it: an alert that says so
	ProposeEditionGone ProposalKind = "edition-gone" // it is gone from the site since a digest brought it
)

// ProposalMark stands in the letters of a proposal for its number, which it has
// once it is written.
const ProposalMark = "{proposal}"

// Proposal is news that suggests itself.
type Proposal struct {
	ID      ProposalID
	Kind    ProposalKind
	Article news.Article // as it was when it was proposed
	Of      DraftID      // what to correct, an alert or a single article; 0: none
	Made    time.Time
	Expires time.Time // of ProposeBreaking: then the article is left to the digests
	Settled string    // "taken", "declined" or "expired"; empty: it waits
	Draft   DraftID   // what it became
	Quiet   bool      // it got no letter of its own

	Key     string   // of ProposeByHand: of the request it came from
	By      EditorID // of ProposeByHand
	Content Content  // of ProposeByHand; Article has its words and its link, to be shown
}

// Proposals is what waits for an editor's decision.
type Proposals interface {
	// Proposed writes a proposal and its letters. The same kind, article, headline
	// and draft to correct is proposed once: fresh is false, and nothing was written.
	// So is breaking news that another feed of the site has brought within a day,
	// by its address and headline, and what digests have wrong when the same
	// change was proposed for what can be corrected. The letters' ProposalMark
	// becomes the proposal's number. Beyond the ration of its source it is Quiet,
	// and its letters are not written.
	Proposed(ctx context.Context, p Proposal, letters []Letter, r Ration) (out Proposal, fresh bool, err error)

	// Proposal returns one; ErrNone.
	Proposal(ctx context.Context, id ProposalID) (Proposal, error)

	// Waiting returns those that wait, oldest first.
	Waiting(ctx context.Context) ([]Proposal, error)

	// Took turns a waiting proposal into a draft, in one transaction;
	// ErrChanged when it does not wait any more. A breaking one's article comes
	// off the list of urgent ones: it is sent as an alert.
	Took(ctx context.Context, id ProposalID, m Move) (Draft, error)

	// Declined settles a waiting proposal; a breaking one's article is left to
	// the digests. ErrChanged when it does not wait any more.
	Declined(ctx context.Context, id ProposalID, e Entry) error

	// Lapsed settles every proposal that has expired at now, as Declined does,
	// and counts them.
	Lapsed(ctx context.Context, now time.Time) (int, error)

	// SentAs returns the drafts of alerts that were made of an article and have
	// been published, oldest first.
	SentAs(ctx context.Context, id news.ArticleID) ([]Draft, error)
}

// Propose puts an article before those on duty, once. It is for a source whose
// breaking news is not automatic. What another feed of the site has brought, and
// readers have as an alert, is not proposed: it counts as taken.
func (d *Desk) Propose(ctx context.Context, a news.Article) (Proposal, error) {
	if sent, err := d.recent(ctx); err != nil || d.among(sent, a) {
		return Proposal{Kind: ProposeBreaking, Article: a, Settled: "taken"}, err
	}
	return d.propose(ctx, Proposal{Kind: ProposeBreaking, Article: a}, nil)
}

// headline is an article in the words of an alert. The check of a rumour is
// marked: its headline alone may be the rumour.
func (d *Desk) headline(a news.Article) string {
	if a.Form == news.Check {
		return put(d.words().Checked, "title", said(a.Title))
	}
	return said(a.Title)
}

// Published returns the articles that alerts were made of since then.
func (d *Desk) Published(ctx context.Context, since time.Time) (out []news.ArticleID, err error) {
	sent, err := d.Store.Alerts(ctx, since)
	if err != nil {
		return nil, fmt.Errorf("read the last alerts: %w", err)
	}
	for _, one := range sent {
		draft, err := d.Store.OfBroadcast(ctx, one.Broadcast)
		switch {
		case is(err, ErrNone): // not adopted yet
		case err != nil:
			return nil, fmt.Errorf("look what broadcast %d was made of: %w", one.Broadcast, err)
		case draft.Article != 0 && !draft.Withdrawn && !slices.Contains(out, draft.Article):
			out = append(out, draft.Article)
		}
	}
	return out, nil
}

func (d *Desk) propose(ctx context.Context, p Proposal, editions []Carried) (Proposal, error) {
	s := d.setup()
	p.Made = d.Now()
	p.Expires = p.Made.Add(s.ProposalLife)
	if p.Kind != ProposeBreaking {
		p.Expires = p.Made.Add(24 * time.Hour)
	}
	m := d.words().Notice(Notice{
		Kind: NoticeProposal, Words: d.headline(p.Article), Name: string(p.Kind), Do: p.Article.Link(),
		Editions: d.editions(editions), Was: wasCalled(editions),
	})
	if d.Offer != nil {
		m.Buttons = d.Offer(p)
	}
	letters, err := d.toDuty(ctx, m)
	if err != nil {
		return p, err
	}
	out, fresh, err := d.Store.Proposed(ctx, p, letters, d.ration())
	if err != nil {
		return p, fmt.Errorf("propose article %d: %w", p.Article.ID, err)
	}
	if fresh && !out.Quiet {
		d.posted(letters)
	}
	if fresh {
		d.wake()
	}
	return out, nil
}

// Waiting lists the proposals that wait.
func (d *Desk) Waiting(ctx context.Context, by EditorID) ([]Proposal, error) {
	if _, err := d.editor(ctx, by); err != nil {
		return nil, err
	}
	return d.Store.Waiting(ctx)
}

// Take makes a draft of a proposal, to be looked at and confirmed like any
// other. The second who takes one is refused (Taken).
func (d *Desk) Take(ctx context.Context, by EditorID, id ProposalID) (Draft, error) {
	return decide(func() (Draft, error) {
		who, err := d.editor(ctx, by)
		if err != nil {
			return Draft{}, err
		}
		p, err := d.waiting(ctx, id)
		if err != nil {
			return Draft{}, err
		}
		draft, err := d.draftOf(ctx, p)
		if err != nil {
			return Draft{}, err
		}
		draft.By, draft.State, draft.Version, draft.Proposal = who.ID, Drafting, 1, id
		draft.Made, draft.Touched = d.Now(), d.Now()
		if err := who.allowedFor(ActTake, d.Tree(), draft); err != nil {
			return Draft{}, err
		}
		out, err := d.Store.Took(ctx, id, Move{Draft: draft, Entry: d.entry(who, ActTake)})
		if err != nil {
			return Draft{}, explained(fmt.Errorf("take proposal %d: %w", id, err))
		}
		d.moved(out)
		return out, nil
	})
}

// Decline leaves a breaking proposal to the digests, and forgets another one.
func (d *Desk) Decline(ctx context.Context, by EditorID, id ProposalID) error {
	return d.turn(ctx, by, ActDecline, func(ctx context.Context, e Entry) error {
		if _, err := d.waiting(ctx, id); err != nil {
			return err
		}
		e.About = fmt.Sprintf("proposal %d", id)
		return d.Store.Declined(ctx, id, e)
	})
}

func (d *Desk) waiting(ctx context.Context, id ProposalID) (Proposal, error) {
	p, err := d.Store.Proposal(ctx, id)
	switch {
	case err != nil:
		return p, explained(fmt.Errorf("read proposal %d: %w", id, err))
	case p.Settled != "":
		return p, refuseAs(Taken, "the proposal has been settled: %s", p.Settled)
	}
	return p, nil
}

// draftOf is what a proposal becomes.
func (d *Desk) draftOf(ctx context.Context, p Proposal) (Draft, error) {
	if p.Kind == ProposeByHand {
		c := p.Content
		c.Sections = slices.DeleteFunc(slices.Clone(c.Sections), func(s news.Slug) bool { _, ok := d.Tree().Find(s); return !ok })
		c, err := d.clean(c)
		return Draft{Form: FormAlert, Content: c}, err
	}
	a := p.Article
	c := Content{Words: d.headline(a), Link: a.Link(), Article: a.ID, Sections: []news.Slug{a.Section}}
	if p.Kind == ProposeBreaking {
		c.Media = d.made(a).Media
		c, err := d.clean(c)
		return Draft{Form: FormAlert, Content: c}, err
	}
	if p.Kind == ProposeEdition || p.Kind == ProposeEditionGone {
		c, err := d.clean(d.ofEdition(p))
		return Draft{Form: FormAlert, Content: c}, err
	}
	root, err := d.root(ctx, p.Of)
	if err != nil {
		return Draft{}, err
	}
	if root.Single { // its section says what it is
		c.Words = said(a.Title)
	}
	c.Sections, c.Everyone, c.Networks, c.Media = root.Sections, root.Everyone, root.Networks, root.Media
	form := FormCorrection
	if p.Kind == ProposeWithdrawal {
		form, c.Words, c.Link = FormWithdrawal, d.words().Withdrawn, ""
	}
	return Draft{Form: form, Content: c, Root: root.ID, Base: newest(root)}, nil
}

// expire leaves to the digests what nobody answered.
func (d *Desk) expire(ctx context.Context) error {
	n, err := d.Store.Lapsed(ctx, d.Now())
	if err != nil {
		return fmt.Errorf("settle old proposals: %w", err)
	}
	if n > 0 {
		d.log().Info("proposals expired", "n", n)
	}
	return nil
}
