package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// Stalled is what a freeze has paused and nobody has resumed.
type Stalled struct {
	Broadcast news.BroadcastID
	Kind      news.Kind
	Words     string // or the headline of its article
	Published time.Time
	Auto      bool
	Draft     DraftID // 0: none
}

// ByHand reports whether an editor's draft is what it was made of: it is resumed
// by its number, when somebody thinks that it still holds.
func (s Stalled) ByHand() bool { return s.Draft != 0 && !s.Auto }

// Stalled returns what a freeze has paused: after the thaw somebody has to say
// that it goes on.
func (d *Desk) Stalled(ctx context.Context) ([]Stalled, error) {
	all, err := d.Store.Stalled(ctx, d.Now())
	if err != nil {
		return nil, fmt.Errorf("read what the freeze has paused: %w", err)
	}
	return all, nil
}

// Unstall resumes at once what came by itself and a freeze has paused: digests,
// single articles, automatic breaking news. It is everybody's, like a digest:
// editors of some sections alone do not decide about it.
func (d *Desk) Unstall(ctx context.Context, by EditorID) (out []Stalled, err error) {
	if err := d.flows(ctx); err != nil {
		return nil, err
	}
	err = d.act(ctx, by, ActResume, func(ctx context.Context, who Editor, e Entry) error {
		if len(who.Sections) > 0 {
			return refuseAs(OtherSection, "that is for editors of all sections")
		}
		e.About = "what a freeze had paused"
		if out, err = d.Store.Unstalled(ctx, e); err != nil {
			return err
		}
		for _, one := range out {
			if err := d.control(ctx, one.Broadcast, news.Running); err != nil {
				return err
			}
		}
		d.wake()
		return nil
	})
	return out, err
}

// mostStalled is how many of a kind are named.
const mostStalled = 5

// Stalled says what a freeze has paused, and how it goes on; nothing for
// nothing.
func (p *Phrases) Stalled(all []Stalled, zone *time.Location) (lines []string) {
	x := p.Stalls
	var auto, hand []string
	last := ""
	for _, one := range all {
		phrase := map[news.Kind]string{news.Digest: x.Digest, news.Single: x.Single, news.Breaking: x.Breaking}[one.Kind]
		switch {
		case one.ByHand():
			phrase, last = x.ByHand, fmt.Sprint(one.Draft)
		case phrase == "":
			phrase = x.Other
		}
		words := arabic.Clip(strings.Join(strings.Fields(one.Words), " "), 60)
		line := put(phrase, "draft", fmt.Sprint(one.Draft), "words", words, "time", one.Published.In(zone).Format("15:04"))
		if one.ByHand() {
			hand = append(hand, line)
		} else {
			auto = append(auto, line)
		}
	}
	list := func(title string, some []string, how string) {
		if len(some) == 0 {
			return
		}
		lines = append(lines, title)
		for i, line := range some {
			if i == mostStalled {
				lines = append(lines, put(x.More, "n", arabic.Number(len(some)-i)))
				break
			}
			lines = append(lines, line)
		}
		lines = append(lines, how)
	}
	list(x.Auto, auto, x.HowAuto)
	list(x.Hand, hand, put(x.HowHand, "draft", last))
	return lines
}
