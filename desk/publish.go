package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// Broadcast is what an alert becomes when it is published now. The article that
// it is made of is named by the press: everybody gets the alert, whether they
// had the article before or not, and no digest repeats it to them.
func (d *Desk) Broadcast(draft Draft) news.Broadcast {
	now := d.Now()
	b := news.Broadcast{
		Kind: news.Breaking, Version: 1, Words: said(draft.Words), Link: draft.Link, Media: draft.Media, Silent: draft.Silent,
		Audience: news.Audience{Everyone: draft.Everyone, Important: draft.Important()},
		Since:    now.Add(-48 * time.Hour), Published: now, Expires: now.Add(12 * time.Hour),
		Trial: draft.Trial,
	}
	if !draft.Everyone {
		b.Audience.Sections = d.Tree().Reach(draft.Sections...)
	}
	return b
}

// said is what readers see of an editor's words.
func said(words string) string { return strings.TrimSpace(arabic.Clean(words)) }

// fire ends a countdown or a schedule.
func (d *Desk) fire(ctx context.Context, draft Draft) error {
	next, late, ok := draft.fired(d.Now(), d.setup())
	if !ok {
		return nil
	}
	if late {
		return d.giveBack(ctx, draft, next, Notice{Kind: NoticeLate})
	}
	_, err := d.move(ctx, next, Entry{At: d.Now(), Act: ActFire}, nil)
	switch code, refused := CodeOf(err); {
	case is(err, ErrRestored):
		return d.giveBack(ctx, draft, draft.renewed(), Notice{Kind: NoticeRestored})
	case refused && code == Overtaken:
		return d.overtaken(ctx, draft)
	case refused && code == Opened:
		return d.giveBack(ctx, draft, draft.renewed(), Notice{Kind: NoticeOpened})
	case refused && code == Frozen:
		return d.giveBack(ctx, draft, draft.renewed(), Notice{Kind: NoticeFrozen})
	}
	return err
}

// giveBack returns a draft to its author, who is told.
func (d *Desk) giveBack(ctx context.Context, was, next Draft, n Notice) error {
	next.Revision = was.Revision
	n.Draft = next.ID
	letters, err := d.to(ctx, d.words().Notice(n), was.By, was.Confirmed)
	if err == nil && len(letters) == 0 { // a client's, or the server's: somebody has to know
		letters, err = d.toDuty(ctx, d.words().Notice(n))
	}
	if err != nil {
		return err
	}
	_, err = d.move(ctx, next, Entry{At: d.Now(), Act: ActReturn, About: string(n.Kind)}, letters)
	return err
}

// overtaken gives back a correction of a text that readers do not have any
// more: the next look at it is over the newest one.
func (d *Desk) overtaken(ctx context.Context, draft Draft) error {
	root, err := d.Store.Draft(ctx, draft.Root)
	if err != nil {
		return fmt.Errorf("read draft %d: %w", draft.Root, err)
	}
	next := draft.renewed()
	next.Base = newest(root)
	return d.giveBack(ctx, draft, next, Notice{Kind: NoticeOvertaken})
}

// publish hands what was decided to the press, and writes its number down. It
// may run again after a crash: the press knows the key.
func (d *Desk) publish(ctx context.Context, draft Draft) (Draft, error) {
	if draft.Sure != draft.Version || draft.Seen != draft.Version {
		return draft, fmt.Errorf("publish draft %d: version %d was never confirmed", draft.ID, draft.Version)
	}
	id, err := d.print(ctx, draft)
	if is(err, news.ErrFinal) {
		next := draft
		next.State = Dropped
		return next, d.giveBack(ctx, draft, next, Notice{Kind: NoticeFinal})
	}
	if err != nil {
		return draft, fmt.Errorf("publish draft %d: %w", draft.ID, err)
	}
	return decide(func() (Draft, error) {
		next, err := d.Store.Draft(ctx, draft.ID)
		if err != nil || next.State != Publishing {
			return next, err
		}
		standing, err := d.Store.Standing(ctx)
		if err != nil {
			return next, err
		}
		next.Broadcast, next.Published, next.State = id, d.Now(), Sending
		switch {
		case next.Halt:
			next.State, err = Stopped, d.control(ctx, id, news.Stopped)
		case standing.Frozen:
			next.State, err = Paused, d.control(ctx, id, news.Paused)
		}
		if err != nil {
			return next, err
		}
		return d.move(ctx, next, Entry{At: d.Now(), Act: ActPublish}, nil)
	})
}

// print is the one place from which anything is published.
func (d *Desk) print(ctx context.Context, draft Draft) (news.BroadcastID, error) {
	key := Key{Draft: draft.ID, Version: draft.Version}
	if draft.Form == FormAlert {
		return d.Press.Publish(ctx, key, Order{
			Broadcast: d.Broadcast(draft), Article: draft.Article, Networks: draft.Networks,
		})
	}
	root, err := d.Store.Draft(ctx, draft.Root)
	if err != nil {
		return 0, err
	}
	a := news.Amendment{
		Key: key.String(), Original: root.Broadcast, Words: said(draft.Words), Link: draft.Link, Silent: draft.Form == FormTypo, At: d.Now(),
	}
	if draft.Form == FormWithdrawal {
		return d.Press.Withdraw(ctx, a)
	}
	was, err := d.Store.Draft(ctx, draft.Base)
	if err != nil {
		return 0, err
	}
	a.Was = said(was.Words)
	return d.Press.Correct(ctx, a)
}

// follow brings a draft up to date with its broadcast.
func (d *Desk) follow(ctx context.Context, draft Draft) error {
	state, err := d.Press.State(ctx, draft.Broadcast)
	if err != nil {
		return fmt.Errorf("look how far broadcast %d is: %w", draft.Broadcast, err)
	}
	next := draft
	next.State = shown(state)
	a := ActFinish
	switch next.State {
	case Stopped:
		a = ActStop
	case Paused:
		a = ActPause
	case Sending:
		a = ActResume
	}
	if next.State == draft.State {
		return nil
	}
	_, err = d.move(ctx, next, Entry{At: d.Now(), Act: a}, nil)
	return err
}
