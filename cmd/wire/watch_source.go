package wire

import (
	"context"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
)

// When a source is in trouble: it could not be read so many times in a row, or
// for so long. A site that is down for a moment is none.
const (
	mostFailures = 3
	longFailure  = time.Hour
)

// How the habit of a source is learned, and when it counts as silent: no new
// article for three times as long as it is usually silent, and six hours at
// least, night hours left out.
const (
	listenEvery  = 10 * time.Minute
	habitSpan    = 14 * 24 * time.Hour // before its newest article
	fewArrivals  = 5                   // there is no habit with less
	manyGaps     = 10                  // with so many, the longest one is an exception
	leastSilence = 6 * time.Hour
	usualTimes   = 3
	longestGap   = 60 * 24 * time.Hour // more is not counted
	nightStep    = 5 * time.Minute
)

func (w *watcher) lookAtSources(ctx context.Context) {
	now := w.program.parts.Now()
	listen := now.Sub(w.heard) >= listenEvery || now.Before(w.heard)
	if listen {
		w.heard = now
	}
	if now.Before(w.began) {
		w.began = now // the clock was set back
	}
	for _, s := range w.program.Plan().Sources {
		m, err := w.program.parts.Store.Memory(ctx, s.Name, s.URL)
		if err != nil {
			continue // the store says so elsewhere
		}
		if t, known := w.source(ctx, s, m, listen); known {
			w.report(ctx, "source "+string(s.Name), t)
		}
	}
}

// source is how a source is doing; known is false while that is not clear.
func (w *watcher) source(ctx context.Context, s SourcePlan, m feed.Memory, listen bool) (t trouble, known bool) {
	words, name := w.words(), s.Label()
	lasts := m.Failures >= mostFailures || !m.OKAt.IsZero() && m.CheckedAt.Sub(m.OKAt) >= longFailure
	switch {
	case m.Status == feed.Blocked && lasts:
		return trouble{state: "blocked", what: put(words.Blocked, "source", name), do: words.BlockedDo}, true
	case m.Status == feed.Broken && lasts:
		return trouble{state: "broken", what: put(words.Broken, "source", name), do: words.BrokenDo}, true
	case m.Status != feed.OK || m.Failures > 0 || m.OKAt.Before(w.began):
		return trouble{}, false
	}
	if listen {
		w.silent[s.Name] = w.listen(ctx, s)
	}
	if t, known = w.silent[s.Name]; known && t.state == "" {
		t.what = put(words.SourceWell, "source", name)
	}
	return t, known
}

// listen says whether a source that can be read has been silent for longer than
// its habit.
func (w *watcher) listen(ctx context.Context, s SourcePlan) trouble {
	p := w.program
	arrivals, err := p.parts.Store.Arrivals(ctx, s.Name, habitSpan)
	if err != nil || len(arrivals) < fewArrivals {
		return trouble{}
	}
	now := p.parts.Now()
	asleep := func(t time.Time) bool { _, night := p.night(t); return night }
	last := arrivals[len(arrivals)-1]
	if asleep(now) && w.silent[s.Name].state == "" || !silent(arrivals, now, asleep) {
		return trouble{}
	}
	words := w.words()
	return trouble{state: "silent", what: put(words.Silent, "source", s.Label(), "time", words.when(last.In(p.newsroom().Zone))), do: words.SilentDo}
}

// silent reports whether nothing has arrived for longer than usual.
func silent(arrivals []time.Time, now time.Time, asleep func(time.Time) bool) bool {
	var gaps []time.Duration
	for i := range arrivals[1:] {
		gaps = append(gaps, awake(arrivals[i], arrivals[i+1], asleep))
	}
	slices.Sort(gaps)
	usual := gaps[len(gaps)-1]
	if len(gaps) >= manyGaps {
		usual = gaps[len(gaps)-2]
	}
	return awake(arrivals[len(arrivals)-1], now, asleep) > max(leastSilence, usualTimes*usual)
}

// awake is how much of the time between two moments is no night.
func awake(from, to time.Time, asleep func(time.Time) bool) (d time.Duration) {
	if to.Sub(from) > longestGap {
		from = to.Add(-longestGap)
	}
	for ; from.Before(to); from = from.Add(nightStep) {
		if !asleep(from) {
			d += min(nightStep, to.Sub(from))
		}
	}
	return d
}

// Label is what a source is called in front of people.
func (s SourcePlan) Label() string { return label(s.Name, s.URL) }

func label(name news.SourceID, url string) string {
	if name != "" {
		return string(name)
	}
	return url
}
