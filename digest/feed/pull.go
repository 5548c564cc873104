package feed

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Puller visits sources and stores what they brought. Two pulls of one source
// must not run at a time; pulls of different ones may.
type Puller struct {
	Fetcher  *Fetcher
	Store    Store
	Sections func(news.Article) news.Article // sets Section, Matched and Form; nil: leaves them
	Wait     func() time.Duration            // from arrival until an urgent article is due; nil: 3 minutes
	Now      func() time.Time                // nil: time.Now
	Log      *slog.Logger                    // says when a source is read another way; nil: nothing
}

// Report says what a pull did.
type Report struct {
	Source      news.SourceID
	URL         string    // the address that was read, without parameters' values
	Kind        Kind      // how it was read
	NotModified bool      // the site says that nothing changed
	Later       time.Time // when the source will be asked again; zero: it was asked
	Read        int       // articles that could be used
	Old         int       // not stored: older than what is known, come to light because another was taken away
	Taken       Taken
	Warnings    []string
}

// Pull visits a source once. When every address of it failed so lately that it
// should not be asked yet, it does nothing and says in Report.Later when it
// will. An error is a *Problem when the source is at fault; it has been
// remembered then, and the articles that could be read before it are stored.
func (p *Puller) Pull(ctx context.Context, s Source) (Report, error) {
	report := Report{Source: s.Name}
	all, err := s.endpoints()
	if err != nil {
		return report, err
	}
	var failed error
	asked, better := false, false
	for _, e := range all {
		m, err := p.Store.Memory(ctx, s.Name, e.key())
		if err != nil {
			return report, fmt.Errorf("pull %s: %w", s.Name, err)
		}
		better = better || e.kind == WordPress && !m.OKAt.IsZero()
		if now := p.now(); now.Before(m.RetryAt) {
			if report.Later.IsZero() || m.RetryAt.Before(report.Later) {
				report.Later = m.RetryAt
			}
			continue
		}
		asked = true
		v := &visit{puller: p, source: s, endpoint: e, memory: m, report: &report, keep: better && e.kind == Feed}
		err = v.run(ctx)
		if err == nil {
			report.Later = time.Time{}
			report.URL, report.Kind = redact(e.address), e.kind
			return report, p.sum(ctx, s, all, v.memory, report)
		}
		var problem *Problem
		if ctx.Err() != nil || !errors.As(err, &problem) {
			return report, fmt.Errorf("pull %s: %w", s.Name, err)
		}
		if failed = worse(failed, err); !e.onward(err) || v.stored {
			break
		}
		p.log().Info("source read another way", "source", s.Name, "status", problem.Status, "reason", problem.Reason)
	}
	if !asked {
		return report, nil
	}
	report.Later = time.Time{}
	if err := p.fail(ctx, s, all, failed); err != nil {
		return report, err
	}
	return report, fmt.Errorf("pull %s: %w", s.Name, failed)
}

// sum writes how the source as a whole is doing under its own address, unless
// it has only the one.
func (p *Puller) sum(ctx context.Context, s Source, all []endpoint, read Memory, report Report) error {
	if len(all) == 1 {
		return nil
	}
	m := Memory{
		CheckedAt: read.CheckedAt, FullAt: read.FullAt, OKAt: read.OKAt,
		Status: OK, Problem: read.Problem,
	}
	if err := p.Store.Remember(ctx, s.Name, s.URL, m); err != nil {
		return fmt.Errorf("pull %s: %w", report.Source, err)
	}
	return nil
}

// fail writes that no address of the source could be read.
func (p *Puller) fail(ctx context.Context, s Source, all []endpoint, failed error) error {
	var problem *Problem
	if len(all) == 1 || !errors.As(failed, &problem) {
		return nil
	}
	m, err := p.Store.Memory(ctx, s.Name, s.URL)
	if err == nil {
		m.CheckedAt, m.Failures = p.now(), m.Failures+1
		m.Status, m.Problem, m.RetryAt = problem.Status, problem.Error(), time.Time{}
		err = p.Store.Remember(ctx, s.Name, s.URL, m)
	}
	if err != nil {
		return fmt.Errorf("pull %s: %w", s.Name, err)
	}
	return nil
}

func (p *Puller) now() time.Time {
	if p.Now == nil {
		return time.Now()
	}
	return p.Now()
}

func (p *Puller) wait() time.Duration {
	if p.Wait == nil {
		return 3 * time.Minute
	}
	return p.Wait()
}

func (p *Puller) log() *slog.Logger {
	if p.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return p.Log
}
