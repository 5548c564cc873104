package desk

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// Write makes a draft of an alert. Key is that of the event it came from: the
// same one twice is one draft.
func (d *Desk) Write(ctx context.Context, by EditorID, key string, c Content) (Draft, error) {
	return d.write(ctx, by, Draft{Key: key, Form: FormAlert, Content: c})
}

func (d *Desk) write(ctx context.Context, by EditorID, draft Draft) (Draft, error) {
	return decide(func() (Draft, error) {
		who, err := d.editor(ctx, by)
		if err != nil {
			return Draft{}, err
		}
		draft.Content, err = d.clean(draft.Content)
		if err == nil && draft.Form == FormAlert {
			draft.Media, err = d.medium(ctx, draft.Media)
		}
		if err != nil {
			return Draft{}, err
		}
		draft.By, draft.State, draft.Version = who.ID, Drafting, 1
		draft.Made, draft.Touched = d.Now(), d.Now()
		if err := who.allowedFor(ActWrite, d.Tree(), draft); err != nil {
			return Draft{}, err
		}
		e := d.entry(who, ActWrite)
		e.About = string(draft.Form)
		out, err := d.Store.Wrote(ctx, Move{Draft: draft, Entry: e})
		if err != nil {
			return Draft{}, explained(fmt.Errorf("write the draft: %w", err))
		}
		d.moved(out)
		return out, nil
	})
}

// Edit gives a draft new content, as a new version. Version is the one that the
// editor had before them.
func (d *Desk) Edit(ctx context.Context, by EditorID, id DraftID, version int, c Content) (Draft, error) {
	c, err := d.clean(c)
	if err != nil {
		return Draft{}, err
	}
	return d.change(ctx, by, id, ActEdit, func(who Editor, draft Draft) (Draft, error) {
		if version != draft.Version {
			return draft, refuseAs(OldVersion, "there is a newer version")
		}
		if draft.Form != FormAlert { // whom it reaches is settled, and with what
			if c.Media != draft.Media {
				return draft, refuseAs(SameMedia, "a correction changes the words; what came with them stays")
			}
			c.Sections, c.Everyone, c.Networks, c.Article = draft.Sections, draft.Everyone, draft.Networks, draft.Article
			root, err := d.Store.Draft(ctx, draft.Root)
			if err != nil {
				return draft, err
			}
			draft.Base = newest(root)
		}
		if c.Media != draft.Media {
			var err error
			if c.Media, err = d.medium(ctx, c.Media); err != nil {
				return draft, err
			}
		}
		next, err := draft.edited(c)
		if err != nil {
			return draft, err
		}
		return next, who.allowedFor(ActEdit, d.Tree(), next)
	})
}

// Cancel drops a draft that is not confirmed. Stop does more.
func (d *Desk) Cancel(ctx context.Context, by EditorID, id DraftID) (Draft, error) {
	return d.change(ctx, by, id, ActCancel, func(who Editor, draft Draft) (Draft, error) {
		if !draft.State.Open() {
			return draft, refuseAs(TooLate, "the draft is on its way: stop it")
		}
		return draft.halted(who.ID)
	})
}

// change takes a draft one step on, judged by what draft and editor are now.
func (d *Desk) change(ctx context.Context, by EditorID, id DraftID, a Act, step func(Editor, Draft) (Draft, error)) (Draft, error) {
	return decide(func() (Draft, error) {
		who, err := d.editor(ctx, by)
		if err != nil {
			return Draft{}, err
		}
		draft, err := d.Store.Draft(ctx, id)
		if err != nil {
			return Draft{}, explained(fmt.Errorf("read draft %d: %w", id, err))
		}
		if err := who.allowedFor(a, d.Tree(), draft); err != nil {
			return draft, err
		}
		next, err := step(who, draft)
		if err != nil {
			return draft, explained(err)
		}
		letters, err := d.told(ctx, who, draft, next)
		if err != nil {
			return draft, err
		}
		return d.move(ctx, next, d.entry(who, a), letters)
	})
}

// move writes a step.
func (d *Desk) move(ctx context.Context, next Draft, e Entry, letters []Letter) (Draft, error) {
	next.Touched = e.At
	e.Draft, e.Version, e.Broadcast = next.ID, next.Version, next.Broadcast
	out, err := d.Store.Moved(ctx, Move{Draft: next, Entry: e, Letters: letters})
	if err != nil {
		return next, explained(fmt.Errorf("%s draft %d: %w", e.Act, next.ID, err))
	}
	d.posted(letters)
	d.moved(out)
	return out, nil
}

// clean refuses what is no alert, and takes out of the rest what would turn or
// confuse a line. Whether there was any is what the preview warns of.
func (d *Desk) clean(c Content) (Content, error) {
	c.Words = strings.TrimSpace(c.Words)
	switch n := arabic.Units(arabic.Clean(c.Words)); {
	case strings.TrimSpace(arabic.Clean(c.Words)) == "":
		return c, refuse("the alert has no words")
	case n > 4*MaxWords:
		return c, refuse("the alert is %d characters long; at most %d fit one message", n, MaxWords)
	}
	if c.Everyone {
		c.Sections = nil
	}
	for _, s := range c.Sections {
		if _, ok := d.Tree().Find(s); !ok {
			return c, refuse("there is no section called %q", s)
		}
	}
	slices.Sort(c.Sections)
	c.Sections = slices.Compact(c.Sections)
	if c.Weight != Unsaid && c.Weight != Important && c.Weight != Ordinary {
		return c, refuse("an alert is important or ordinary, not %q", c.Weight)
	}
	if c.Link != "" && !webAddress(c.Link) {
		return c, refuse("the link %q is no web address", c.Link)
	}
	return c, nil
}

// sendable refuses what may be a draft and is no alert yet.
func (d *Desk) sendable(draft Draft) error {
	switch n := arabic.Units(arabic.Clean(draft.Words)); {
	case n == 0:
		return refuse("the alert has no words")
	case n > MaxWords:
		return refuse("the alert is %d characters long; at most %d fit one message", n, MaxWords)
	}
	if draft.Form == FormAlert && draft.Everyone == (len(draft.Sections) > 0) {
		return refuse("say for whom the alert is: sections, or everyone")
	}
	return nil
}

func webAddress(link string) bool {
	u, err := url.Parse(link)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// networks are those that content goes to.
func (s Setup) networks(c Content) []news.Platform {
	if len(c.Networks) > 0 {
		return c.Networks
	}
	return s.Networks
}
