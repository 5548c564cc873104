package wire

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"github.com/nashra-bot/nashra/store"
)

// noneFree is the free space under which a disk counts as full.
const noneFree = 32 << 20

// roomAgain is how much more than leastFree there has to be before a disk is
// well again: one that hovers about the limit is told of once.
const roomAgain = leastFree + leastFree/4

// freeSpace is what is left on the disk of a folder.
func freeSpace(folder string) (uint64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return 0, err
	}
	return s.Bavail * uint64(s.Bsize), nil //nolint:unconvert,gosec // of another type on other systems
}

func (w *watcher) lookAtDisks(ctx context.Context) {
	plan, words := w.program.Plan(), w.words()
	folders := []string{filepath.Dir(store.Path(plan.Database))}
	if plan.Config.Backup != nil && plan.BackupFolder != "" {
		folders = append(folders, plan.BackupFolder)
	}
	for i, folder := range folders {
		thing, name := "disk", words.DiskData
		if i > 0 {
			thing, name = "disk backups", words.DiskBackups
		}
		free, err := w.free(folder)
		if err != nil {
			continue // the folder of backups is made with the first one
		}
		left := strconv.FormatUint(free>>20, 10)
		switch {
		case free < noneFree:
			w.report(ctx, thing, trouble{state: "full", what: put(words.DiskFull, "disk", name, "free", left), do: words.DiskDo})
		case free < leastFree:
			w.report(ctx, thing, trouble{state: "low", what: put(words.DiskLow, "disk", name, "free", left), do: words.DiskDo})
		case free >= roomAgain:
			w.report(ctx, thing, trouble{what: put(words.DiskWell, "disk", name, "free", left)})
		}
	}
	w.lookAtDatabase(ctx)
}

// lookAtDatabase writes a little into the database. While that fails nothing
// can be told in a chat either: the log says it, and the heartbeat stays away.
func (w *watcher) lookAtDatabase(ctx context.Context) {
	p, words := w.program, w.words()
	if len(p.accounts) == 0 {
		return
	}
	err := p.parts.Store.Noted(ctx, p.accounts[0].id, "watch/at", strconv.AppendInt(nil, p.parts.Now().Unix(), 10))
	w.full.Store(errors.Is(err, store.ErrFull))
	switch {
	case err == nil:
		w.report(ctx, "database", trouble{what: words.DatabaseWell})
	case errors.Is(err, store.ErrFull):
		w.report(ctx, "database", trouble{state: "full", what: words.DatabaseFull, do: words.DiskDo})
	}
}

// When the clock is in trouble, and for how long what was heard counts.
const (
	mostDrift  = 2 * time.Minute
	driftAgain = time.Minute // less than that is well again
	driftLife  = time.Hour
)

// drift is how far the machine's clock is from those of others, as their
// answers date themselves.
type drift struct {
	now    func() time.Time
	steady func() time.Duration // never set, goes on with the time

	mu     sync.Mutex
	heard  map[string]dated // by host
	wall   time.Time        // at the last look
	passed time.Duration    // steady, at the last look
	jumped string           // when the clock last jumped
	leap   time.Duration    // and how far
}

type dated struct {
	off   time.Duration // ours is so much ahead
	at    time.Duration // steady
	alone bool          // who says so is to be believed alone
}

func newDrift(now func() time.Time, steady func() time.Duration) *drift {
	return &drift{now: now, steady: steady, heard: map[string]dated{}}
}

// hear notes an answer's date. One that was kept in between says how old it is.
func (d *drift) hear(host string, h http.Header, alone bool) {
	if d == nil {
		return
	}
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return
	}
	if age, err := strconv.Atoi(h.Get("Age")); err == nil && age > 0 {
		date = date.Add(time.Duration(age) * time.Second)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.heard[host] = dated{d.now().Sub(date), d.steady(), alone}
}

// off is how far the clock is off, as a network or two sites say; known is
// false when nobody does. A site alone may be wrong itself.
func (d *drift) off() (off time.Duration, known bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []time.Duration
	for host, one := range d.heard {
		switch {
		case d.steady()-one.at > driftLife:
			delete(d.heard, host)
		case one.alone:
			return one.off, true
		default:
			all = append(all, one.off)
		}
	}
	if len(all) < 2 {
		return 0, false
	}
	slices.Sort(all)
	off = all[len(all)/2]
	return off, all[len(all)-1]-all[0] <= driftAgain
}

// jump notices that the clock was set since the last look, or that the machine
// slept. It returns the newest jump as a word; empty: there was none.
func (d *drift) jump() (word string, leap time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	wall, passed := d.now(), d.steady()
	if !d.wall.IsZero() {
		leap := wall.Round(0).Sub(d.wall) - (passed - d.passed)
		if leap > mostDrift || leap < -mostDrift {
			d.jumped, d.leap = wall.UTC().Format(time.RFC3339), leap
			clear(d.heard) // was heard by the old clock
		}
	}
	d.wall, d.passed = wall.Round(0), passed
	return d.jumped, d.leap
}

func (w *watcher) lookAtClock(ctx context.Context) {
	if w.drift == nil {
		return
	}
	words := w.words()
	if at, leap := w.drift.jump(); at != "" {
		w.report(ctx, "clock jump", trouble{state: at, what: put(words.ClockJumped, "span", words.span(leap.Abs())), do: words.ClockDo})
	}
	off, known := w.drift.off()
	switch {
	case !known:
	case off > mostDrift:
		w.report(ctx, "clock", trouble{state: "ahead", what: put(words.ClockAhead, "span", words.span(off)), do: words.ClockDo})
	case off < -mostDrift:
		w.report(ctx, "clock", trouble{state: "behind", what: put(words.ClockBehind, "span", words.span(-off)), do: words.ClockDo})
	case off.Abs() < driftAgain:
		w.report(ctx, "clock", trouble{what: words.ClockWell})
	}
}

// heardSite notes the date of a site's answer.
func (p *Program) heardSite(at *url.URL, h http.Header) { p.watcher.drift.hear(at.Host, h, false) }

// heardTelegram notes the date of Telegram's answer.
func (p *Program) heardTelegram(h http.Header) { p.watcher.drift.hear("telegram", h, true) }
