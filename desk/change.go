package desk

import (
	"context"
	"fmt"
	"slices"

	"github.com/nashra-bot/nashra/news"
)

// ProposeChange says that an article's headline has changed, or, gone, that it
// has been withdrawn. What it was sent as, an alert or a single article, is
// proposed to be corrected; when digests alone have brought it, that is said.
// Ok is false when nothing is wrong; p is the first of what is proposed.
func (d *Desk) ProposeChange(ctx context.Context, a news.Article, gone bool) (p Proposal, ok bool, err error) {
	editions, err := d.outdated(ctx, a, gone)
	if err != nil {
		return p, false, err
	}
	sent, err := d.Store.SentAs(ctx, a.ID)
	if err != nil {
		return p, false, fmt.Errorf("look whether article %d was sent: %w", a.ID, err)
	}
	for _, draft := range sent {
		if draft.Withdrawn {
			continue
		}
		if known, err := d.knows(ctx, draft, a); err != nil || known && !gone {
			if err != nil {
				return p, false, err
			}
			continue
		}
		one := Proposal{Kind: ProposeCorrection, Article: a, Of: draft.ID}
		if gone {
			one.Kind = ProposeWithdrawal
		}
		if one, err = d.propose(ctx, one, editions); err != nil {
			return p, false, err
		}
		if !ok {
			p, ok = one, true
		}
	}
	if ok || len(editions) == 0 {
		return p, ok, nil
	}
	p, err = d.proposeEdition(ctx, a, gone, editions)
	return p, err == nil, err
}

// knows reports whether the newest text of an alert was made of the headline
// that its article has, whatever an editor has made of it since.
func (d *Desk) knows(ctx context.Context, root Draft, a news.Article) (bool, error) {
	latest := root
	if root.Latest != 0 && root.Latest != root.ID {
		var err error
		if latest, err = d.Store.Draft(ctx, root.Latest); err != nil {
			return false, fmt.Errorf("read the newest correction of draft %d: %w", root.ID, err)
		}
	}
	texts, err := d.Store.Versions(ctx, latest.ID)
	if err == nil && latest.Proposal == 0 && latest.ID != root.ID { // written by hand: the headline is the root's
		var first []Content
		first, err = d.Store.Versions(ctx, root.ID)
		texts = append(texts, first...)
	}
	if err != nil {
		return false, fmt.Errorf("read what draft %d said: %w", latest.ID, err)
	}
	words := []string{d.headline(a), said(a.Title)}
	return slices.ContainsFunc(texts, func(c Content) bool { return slices.Contains(words, said(c.Words)) }), nil
}
