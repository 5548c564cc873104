package sqlite

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

const proposalColumns = `id, kind, of, made, expires, settled, draft, quiet, body,
	coalesce((SELECT by FROM suggestion WHERE suggestion.proposal = proposal.id), 0), coalesce((SELECT content FROM suggestion WHERE suggestion.proposal = proposal.id), '')`

func (t tx) proposals(where string, a ...any) (out []desk.Proposal, err error) {
	err = t.each("SELECT "+proposalColumns+" FROM proposal "+where, a, func(r row) error {
		var p desk.Proposal
		err := r.Scan(&p.ID, &p.Kind, &p.Of, clock{&p.Made}, clock{&p.Expires}, &p.Settled, &p.Draft, &p.Quiet, encoded{&p.Article}, &p.By, encoded{&p.Content})
		out = append(out, p)
		return err
	})
	return out, err
}

// Proposed implements desk.Proposals.
func (s *Store) Proposed(ctx context.Context, p desk.Proposal, letters []desk.Letter, r desk.Ration) (out desk.Proposal, fresh bool, err error) {
	err = s.write(ctx, "propose", func(t tx) (err error) {
		if p.Quiet, err = t.flooded(p, r); err != nil {
			return err
		}
		out, fresh, err = t.proposed(p, letters)
		return err
	})
	return out, fresh, err
}

// proposed writes a proposal once: one of an article for each headline and each
// draft to correct, one in somebody's own words for each key.
func (t tx) proposed(p desk.Proposal, letters []desk.Letter) (out desk.Proposal, fresh bool, err error) {
	title := p.Article.Title
	if p.Kind == desk.ProposeByHand {
		title = p.Key
	}
	old, err := t.alike(p, title)
	if err != nil {
		return p, false, err
	}
	if len(old) > 0 {
		return old[0], false, nil
	}
	body, err := encode(p.Article)
	if err != nil {
		return p, false, err
	}
	id, err := t.insert("INSERT INTO proposal (kind, article, title, of, made, expires, source, quiet, link, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		p.Kind, p.Article.ID, title, p.Of, millis(p.Made), millis(p.Expires), p.Article.Source, p.Quiet, p.Article.URL, body)
	if err != nil {
		return p, false, err
	}
	p.ID = desk.ProposalID(id)
	if p.Kind == desk.ProposeByHand {
		content, err := encode(p.Content)
		if err != nil {
			return p, false, err
		}
		if _, err := t.exec("INSERT INTO suggestion (proposal, by, content) VALUES (?, ?, ?)", id, p.By, content); err != nil {
			return p, false, err
		}
	}
	if p.Quiet {
		return p, true, nil
	}
	return p, true, t.postProposal(letters, id, millis(p.Made))
}

// postProposal writes a proposal's letters with its number in the place of the
// mark.
func (t tx) postProposal(letters []desk.Letter, id, at int64) error {
	for _, l := range letters {
		message, err := encode(l.Message)
		if err != nil {
			return err
		}
		message = strings.ReplaceAll(message, desk.ProposalMark, strconv.FormatInt(id, 10))
		if err := t.postText(l.Seat, message, at); err != nil {
			return err
		}
	}
	return nil
}

// Proposal implements desk.Proposals.
func (s *Store) Proposal(ctx context.Context, id desk.ProposalID) (p desk.Proposal, err error) {
	err = s.read(ctx, "read a proposal", func(t tx) error {
		found, err := t.proposals("WHERE id = ?", id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return desk.ErrNone
		}
		p = found[0]
		return nil
	})
	return p, err
}

// Waiting implements desk.Proposals.
func (s *Store) Waiting(ctx context.Context) (out []desk.Proposal, err error) {
	err = s.read(ctx, "read the proposals", func(t tx) (err error) {
		out, err = t.proposals("WHERE settled = '' ORDER BY id")
		return err
	})
	return out, err
}

// Took implements desk.Proposals.
func (s *Store) Took(ctx context.Context, id desk.ProposalID, m desk.Move) (d desk.Draft, err error) {
	err = s.write(ctx, "take a proposal", func(t tx) error {
		if d, err = t.wrote(m); err != nil {
			return err
		}
		return t.settled(id, "taken", d.ID)
	})
	return d, err
}

// Declined implements desk.Proposals.
func (s *Store) Declined(ctx context.Context, id desk.ProposalID, e desk.Entry) error {
	return s.write(ctx, "decline a proposal", func(t tx) error {
		if err := t.signed(e); err != nil {
			return err
		}
		return t.settled(id, "declined", 0)
	})
}

// Lapsed implements desk.Proposals.
func (s *Store) Lapsed(ctx context.Context, now time.Time) (n int, err error) {
	var old []desk.Proposal
	err = s.read(ctx, "look for old proposals", func(t tx) (err error) {
		old, err = t.proposals("WHERE settled = '' AND expires <= ? ORDER BY id", millis(now))
		return err
	})
	if err != nil || len(old) == 0 {
		return 0, err
	}
	err = s.write(ctx, "settle old proposals", func(t tx) error {
		n = 0
		old, err := t.proposals("WHERE settled = '' AND expires <= ? ORDER BY id", millis(now))
		if err != nil {
			return err
		}
		for _, p := range old {
			if err := t.settled(p.ID, "expired", 0); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// settled settles a proposal that waits. A breaking one's article leaves the
// urgent list with it.
func (t tx) settled(id desk.ProposalID, how string, draft desk.DraftID) error {
	var kind desk.ProposalKind
	var article news.ArticleID
	found, err := t.one("UPDATE proposal SET settled = ?, draft = ? WHERE id = ? AND settled = '' RETURNING kind, article", args(how, draft, id), &kind, &article)
	if err == nil && !found {
		err = desk.ErrChanged
	}
	if err != nil || kind != desk.ProposeBreaking {
		return err
	}
	return t.calm(article, draft != 0)
}

// calm takes an article off the urgent list, as Settle does.
func (t tx) calm(id news.ArticleID, urgent bool) error {
	n, err := t.exec("UPDATE urgent SET settled = 1 WHERE article = ? AND settled = 0", id)
	if err != nil || n == 0 {
		return err
	}
	_, err = t.exec(`UPDATE article SET urgent = ?2, late = coalesce(
		(SELECT max(window_to) + 1 FROM broadcast WHERE kind = 'digest' AND window_to >= ?1), 0) WHERE id = ?1`, id, urgent)
	return err
}
