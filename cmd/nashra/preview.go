package main

import (
	"fmt"
	"strings"

	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/news"
)

type previewCommand struct {
	Slots []news.Slot `arg:"" optional:"" help:"Only these digest hours, by name."`
}

// Run prints each slot's digest as it would go out now to a reader who follows
// everything and has had nothing of it.
func (c previewCommand) Run(s *session) error {
	p, err := s.plan()
	if err != nil {
		return err
	}
	wanted := map[news.Slot]bool{}
	for _, slot := range c.Slots {
		if _, ok := p.Newsroom.Calendar.Find(slot); !ok {
			return usageError(fmt.Sprintf("there is no digest hour called %q", slot))
		}
		wanted[slot] = true
	}
	st, err := s.reader(p)
	if err != nil {
		return err
	}
	defer st.Close()
	standing, err := st.Standing(s.ctx)
	if err != nil {
		return err
	}
	switch {
	case standing.Frozen:
		fmt.Fprint(s.Stdout, "All sending is frozen: nothing goes out until an owner lifts that.\n\n")
	case standing.Held:
		fmt.Fprint(s.Stdout, "Everything automatic is held: nothing of this goes out until an editor, or nashra resume after a restore, lets it go on.\n\n")
	}
	previews, err := wire.Previews(s.ctx, p, st, s.Now())
	if err != nil {
		return err
	}
	for _, v := range previews {
		if len(wanted) > 0 && !wanted[v.Slot.Name] {
			continue
		}
		next := "not within the next days"
		if !v.Next.IsZero() {
			next = "next on " + v.Next.Format("2006-01-02 at 15:04")
		}
		fmt.Fprintf(s.Stdout, "── %s · %s · %s ──\n\n", v.Slot.Name, v.Slot.Label, next)
		if v.Message == nil {
			fmt.Fprint(s.Stdout, "Nothing is new: nothing would go out.\n\n")
			continue
		}
		if v.Held {
			fmt.Fprint(s.Stdout, "An editor holds it: it goes out when it is released, unless its time is over by then.\n\n")
		}
		fmt.Fprintf(s.Stdout, "%s\n\n", wire.Plain(*v.Message))
		fmt.Fprintf(s.Stdout, "(%s; for the readers of %s)\n\n", number(v.Articles, "article"), slugs(v.Readers))
	}
	return nil
}

func slugs(list []news.Slug) string {
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = string(s)
	}
	return strings.Join(words, ", ")
}
