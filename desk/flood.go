package desk

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// This file keeps a site that calls everything urgent, by mistake or because
// somebody else writes there now, from writing to those on duty without end.

// Ration is how many letters the proposals of one source make. The zero Ration
// bounds nothing.
type Ration struct {
	Letters int           // within the time; beyond that a proposal is Quiet
	Within  time.Duration // for as long, too, after those on duty were told of a flood
}

// Flood is what a source proposes that got no letter of its own.
type Flood struct {
	Source news.SourceID
	N      int       // that wait, and were in no earlier letter
	First  time.Time // when the oldest of them was made
	Newest ProposalID
	Told   time.Time // when those on duty were told of a flood of it last; zero: never
}

// FloodMark goes before a source in the desk's memory of floods.
const FloodMark = "proposals "

// Thing is what the desk remembers that it told of the source's floods.
func (f Flood) Thing() string { return FloodMark + string(f.Source) }

// State is how it is remembered: all up to there was told.
func (f Flood) State() string { return strconv.FormatInt(int64(f.Newest), 10) }

// Floods is what of proposals is told together.
type Floods interface {
	// Floods returns those of every source that has any, by its name.
	Floods(ctx context.Context) ([]Flood, error)
}

// The hour of a ration, and how long a flood's letter waits for the rest of what
// a visit to the site brings.
const (
	floodHour  = time.Hour
	floodGrows = 30 * time.Second
)

func (d *Desk) ration() Ration {
	return Ration{Letters: d.setup().ProposalLetters, Within: floodHour}
}

// tellOfFloods tells those on duty in one letter what each source proposes
// beyond its ration, at most once an hour.
func (d *Desk) tellOfFloods(ctx context.Context) error {
	floods, err := d.Store.Floods(ctx)
	if err != nil {
		return fmt.Errorf("look for floods of proposals: %w", err)
	}
	for _, f := range floods {
		now := d.Now()
		if told, grown := now.Sub(f.Told), now.Sub(f.First); told >= 0 && told < floodHour || grown >= 0 && grown < floodGrows {
			continue
		}
		until := now.Add(floodHour).In(d.setup().Zone)
		letters, err := d.toDuty(ctx, d.words().Notice(Notice{Kind: NoticeFlood, Name: string(f.Source), N: f.N, At: until}))
		if err != nil {
			return err
		}
		told, err := d.Store.Noticed(ctx, f.Thing(), f.State(), now, letters)
		if err != nil {
			return fmt.Errorf("tell of the proposals of %s: %w", f.Source, err)
		}
		if told {
			d.log().Warn("a source proposes so much that its letters are gathered", "source", f.Source, "more", f.N)
			d.posted(letters)
		}
	}
	return nil
}
