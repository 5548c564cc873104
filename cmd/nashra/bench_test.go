package main_test

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// many is the size of the large rows; docs/performance.md shows the whole of it.
var many = flag.Int("readers", 1_000_000, "readers of the large rows of the table")

// BenchmarkTable measures the table of docs/performance.md and prints it, a row
// as soon as it is known. It fails when a row misses its aim. It takes some minutes: make bench.
func BenchmarkTable(b *testing.B) {
	play()
	s := &bench{B: b, ctx: context.Background(), dir: b.TempDir(), server: keepServer(b)}
	fmt.Println("| what | measured | beside | ratio | aim |\n| --- | --- | --- | --- | --- |")
	s.sending()
	s.world("10k", 10_000, usual)
	s.world("many", *many, usual)
	s.idling()
	s.memory()
	s.composing()
	s.amending() // before the worlds are opened: what is copied has to be closed
	s.taking()
	s.publishing()
}

// bench is one run of the table.
type bench struct {
	*testing.B
	ctx    context.Context
	dir    string
	server result
}

// row adds a line to the table; a line that misses its aim fails the run.
func (s *bench) row(reached bool, what, measured, beside, ratio, aim string) {
	s.Helper()
	if !reached {
		s.Errorf("%s: %s beside %s (%s), the aim is %s", what, measured, beside, ratio, aim)
		aim += " **missed**"
	}
	fmt.Printf("| %s | %s | %s | %s | %s |\n", what, measured, beside, ratio, aim)
}

func (s *bench) path(name string) string { return filepath.Join(s.dir, name+".db") }

func (s *bench) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *bench) world(name string, readers int, as taste) {
	s.Helper()
	s.must(makeWorld(s.ctx, s.path(name), readers, as))
}

// copied is a copy of a world, for one use.
func (s *bench) copied(name string) string {
	s.Helper()
	to := s.path("copy")
	s.must(copyWorld(s.path(name), to))
	return to
}

// open opens a world; it is closed with the benchmark.
func (s *bench) open(path string) *sqlite.Store {
	s.Helper()
	st, err := store.Open(s.ctx, path, store.Options{})
	s.must(err)
	s.Cleanup(func() { _ = st.Close() })
	return st
}

// informed opens a world, and has the articles of an edition arrive.
func (s *bench) informed(path string) *sqlite.Store {
	s.Helper()
	st := s.open(path)
	s.must(bringNews(s.ctx, st))
	return st
}

// publish publishes the edition of a date.
func (s *bench) publish(st *sqlite.Store, date news.Date) news.BroadcastID {
	s.Helper()
	plan, err := benchPlan(s.dir)
	s.must(err)
	p, err := edition(s.ctx, st, plan.Newsroom.Tree, date)
	s.must(err)
	id, err := st.Publish(s.ctx, p)
	s.must(err)
	return id
}

// published publishes the edition in a world that nobody has open.
func (s *bench) published(path string) string {
	s.Helper()
	st, err := store.Open(s.ctx, path, store.Options{})
	s.must(err)
	s.must(bringNews(s.ctx, st))
	s.publish(st, "2026-01-01")
	s.must(st.Close())
	return path
}

// median is the middle one, of an odd number.
func median[T int64 | float64 | time.Duration](all []T) T {
	all = slices.Clone(all)
	slices.Sort(all)
	return all[len(all)/2]
}

// rounds is how often what is compared takes turns.
const rounds = 5

// sending compares the whole path with a bare loop.
func (s *bench) sending() {
	const readers = 20_000
	s.world("20k", readers, usual)
	s.published(s.path("20k"))
	t := task{Server: s.server.Address, Readers: readers, Letters: filepath.Join(s.dir, "letters")}
	t.Role, t.Database = "capture", s.copied("20k")
	captured := hire(s.B, t)
	speed, cpu := map[string][]float64{}, map[string][]float64{}
	who := []string{"send", "tuned", "default"}
	for range rounds {
		for _, t.Role = range who {
			t.Database = s.copied("20k")
			r := hire(s.B, t)
			speed[t.Role] = append(speed[t.Role], float64(r.Messages)/r.Took.Seconds())
			cpu[t.Role] = append(cpu[t.Role], float64(r.CPU.Microseconds())/float64(r.Messages))
		}
		who = append(who[1:], who[0])
	}
	size := fmt.Sprintf("digests of %.1f KB to %d readers, %d variants", float64(captured.Text)/1000, readers, captured.Variants)
	for _, bare := range []string{"tuned", "default"} {
		ours, theirs := median(speed["send"]), median(speed[bare])
		s.row(bare != "tuned" || ours >= theirs, "messages a second, "+size, fmt.Sprintf("%.0f", ours),
			fmt.Sprintf("bare loop, %s client: %.0f", bare, theirs), fmt.Sprintf("%.2f", ours/theirs), "not slower")
		ours, theirs = median(cpu["send"]), median(cpu[bare])
		s.row(bare != "tuned" || ours <= 1.2*theirs, "processor time of a message", fmt.Sprintf("%.0f µs", ours),
			fmt.Sprintf("bare loop, %s client: %.0f µs", bare, theirs), fmt.Sprintf("%.2f", ours/theirs), "at most 1.2")
	}
}
