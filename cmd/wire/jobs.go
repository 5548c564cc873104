package wire

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/store"
)

// timetable runs what is done on a schedule, and begins again with the new
// schedules when the configuration was read again.
func (p *Program) timetable(ctx context.Context) error {
	for ctx.Err() == nil {
		round, stop := context.WithCancel(ctx)
		var watching sync.WaitGroup
		watching.Go(func() {
			select {
			case <-p.reloaded:
			case <-round.Done():
			}
			stop()
		})
		t := digest.Timetable{Zone: p.newsroom().Zone, Now: p.parts.Now, Log: p.parts.Log}
		err := t.Run(round, p.jobs())
		stop()
		watching.Wait()
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *Program) jobs() []digest.Job {
	plan := p.Plan()
	var jobs []digest.Job
	for _, s := range plan.Sources {
		jobs = append(jobs, digest.Job{
			Name: "source " + string(s.Name), Schedule: s.Schedule, AtStart: true,
			Bell: p.bells.of(s.Name), Do: func(ctx context.Context) error { return p.Pull(ctx, s) },
		})
	}
	if every, err := digest.ParseSchedule("* * * * *"); err == nil {
		jobs = append(jobs, digest.Job{Name: "look ahead", Schedule: every, AtStart: true, Do: p.lookAhead})
	}
	if every, err := digest.ParseSchedule("@every 5m"); err == nil && plan.Config.WhatsApp != nil {
		jobs = append(jobs, digest.Job{Name: "census", Schedule: every, AtStart: true, Do: p.census})
	}
	if every, err := digest.ParseSchedule("@every 1h"); err == nil {
		jobs = append(jobs, digest.Job{Name: "tidy", Schedule: every, AtStart: true, Do: p.parts.Store.Tidy})
	}
	if b := plan.Config.Backup; b != nil {
		backups := Backups{Store: p.parts.Store, Folder: plan.BackupFolder, Keep: b.Keep, Now: p.parts.Now}
		jobs = append(jobs, digest.Job{Name: "backup", Schedule: plan.Backup, Do: backups.Once})
	}
	if h := plan.Config.Beat; h != nil {
		jobs = append(jobs, digest.Job{Name: "heartbeat", Schedule: plan.Beat, AtStart: true, Do: p.beat})
	}
	return jobs
}

// Pull visits one source, and has the publisher look at what is new. Trouble
// with a site is said once, and again when it is of another kind: the store
// remembers it.
func (p *Program) Pull(ctx context.Context, s SourcePlan) error {
	before := p.trouble(ctx, s)
	report, err := p.puller.Pull(ctx, s.Source())
	log := p.parts.Log.With("source", s.Name)
	var problem *feed.Problem
	switch {
	case errors.As(err, &problem):
		if now := p.trouble(ctx, s); now != before {
			log.Warn("the source cannot be read", "problem", problem)
		}
		return nil
	case err != nil:
		return err
	}
	switch now := p.trouble(ctx, s); {
	case !report.Later.IsZero(), now == before:
	case now == "":
		log.Info("the source can be read again")
	default:
		log.Warn("the source was read, but is odd", "problem", now)
	}
	if t := report.Taken; len(t.New)+t.Archive+t.Changed > 0 {
		log.Info("pulled", "new", len(t.New), "archive", t.Archive, "changed", t.Changed, "unmatched", t.Default)
	}
	for _, w := range report.Warnings {
		log.Debug("a source's article is odd", "warning", w)
	}
	p.publisher.Woken()
	if report.Later.IsZero() {
		return p.askAgain(ctx, s)
	}
	return nil
}

// trouble is the kind of a source's last problem; empty: there is none. Not its
// words: each address of a source fails in its own, for one and the same reason.
func (p *Program) trouble(ctx context.Context, s SourcePlan) string {
	m, err := p.parts.Store.Memory(ctx, s.Name, s.URL)
	switch {
	case err != nil || m.Problem == "":
		return ""
	case m.Status == feed.OK:
		return m.Problem
	default:
		return string(m.Status)
	}
}

// beat sends the heartbeat, whose address is a secret.
func (p *Program) beat(ctx context.Context) error {
	url, err := p.heartbeatURL()
	if err != nil {
		return err
	}
	h := Heartbeat{URL: url, HTTP: p.parts.Sources, Alive: func(ctx context.Context) error {
		if p.watcher.full.Load() {
			return store.ErrFull
		}
		return p.parts.Store.Alive(ctx)
	}}
	return h.Once(ctx)
}

func (p *Program) heartbeatURL() (string, error) {
	file := p.Plan().Config.Beat.URLFile
	if file == "" {
		return p.parts.Secret("HEARTBEAT_URL")
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("read the heartbeat's address: %w", err)
	}
	return strings.TrimSpace(string(data)), nil
}
