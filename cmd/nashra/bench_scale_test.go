package main_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// idling starts the program itself beside all readers, with nothing to do but
// to pull its source and to poll for updates.
func (s *bench) idling() {
	const wait = 15 * time.Second
	binary := filepath.Join(s.dir, "nashra")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	if err != nil {
		s.Fatalf("build: %v: %s", err, out)
	}
	config := filepath.Join(s.dir, "nashra.yaml")
	s.must(os.WriteFile(config, []byte(benchConfig(s.copied("many"), s.server.Address, s.server.Site)), 0o600))
	c := exec.Command(binary, "--config", config, "run")
	c.Env = append(os.Environ(), "TELEGRAM_BOT_TOKEN="+benchToken)
	var said strings.Builder
	c.Stderr = &said
	s.must(c.Start())
	<-time.After(wait)
	process := strconv.Itoa(c.Process.Pid)
	now, peak := memory(process, "VmRSS")>>10, memory(process, "VmHWM")>>10
	s.must(c.Process.Signal(syscall.SIGTERM))
	if err := c.Wait(); err != nil || !strings.Contains(said.String(), "connected") {
		s.Fatalf("nashra run: %v: %s", err, said.String())
	}
	s.row(runtime.GOOS != "linux" || now > 0 && now < 40, fmt.Sprintf("memory, idle, with %d readers", *many),
		fmt.Sprintf("%d MB", now), fmt.Sprintf("while starting: %d MB", peak), "", "under 40 MB")
}

// memory sends an edition to all readers.
func (s *bench) memory() {
	t := task{Role: "send", Database: s.published(s.copied("many")), Server: s.server.Address, Readers: *many}
	r := hire(s.B, t)
	peak := r.Peak >> 10
	s.row(runtime.GOOS != "linux" || peak > 0 && peak < 150, fmt.Sprintf("memory at most, sending to %d readers", *many),
		fmt.Sprintf("%d MB", peak), fmt.Sprintf("%.0f messages a second, %.0f µs", float64(r.Messages)/r.Took.Seconds(), float64(r.CPU.Microseconds())/float64(r.Messages)),
		"", "under 150 MB")
}

// composing does all of an edition but sending it.
func (s *bench) composing() {
	s.world("coined", min(*many, 100_000), coined)
	for _, c := range []struct {
		world, what string
		readers     int
	}{
		{"many", "as readers choose", *many}, {"coined", "any selection", min(*many, 100_000)},
	} {
		t := task{Role: "compose", Database: s.published(s.copied(c.world)), Readers: c.readers}
		r := hire(s.B, t)
		each := r.CPU / time.Duration(r.Messages)
		s.row(each < time.Millisecond, fmt.Sprintf("an edition of 12 sections for %d readers, %s: choose, compose, record", c.readers, c.what),
			fmt.Sprintf("%.1f s, %.1f µs of processor a reader", r.Took.Seconds(), float64(each.Nanoseconds())/1000),
			fmt.Sprintf("%d variants, composed %d times, %.2f ms each", r.Variants, r.Composed, float64(r.Compose.Microseconds())/1000/float64(r.Composed)),
			"", "under 1 ms")
	}
}

// taking compares taking chunks from a short list with taking them from a long
// one.
func (s *bench) taking() {
	const chunk, chunks = 500, 20
	small, large := s.informed(s.path("10k")), s.open(s.published(s.copied("many")))
	long := outbox.LaneKey{Broadcast: 1, Account: benchAccount}
	var fast, slow []time.Duration
	take := func(st *sqlite.Store, e outbox.Epoch, k outbox.LaneKey) time.Duration {
		start := time.Now()
		c, err := st.Take(s.ctx, e, k, chunk)
		s.must(err)
		if len(c.Recipients) != chunk {
			s.Fatalf("took %d readers, not %d", len(c.Recipients), chunk)
		}
		return time.Since(start)
	}
	first, err := small.Own(s.ctx, benchAccount)
	s.must(err)
	second, err := large.Own(s.ctx, benchAccount)
	s.must(err)
	for round := range min(25, *many/chunk/chunks) {
		short := outbox.LaneKey{Broadcast: s.publish(small, news.Date(fmt.Sprintf("2026-02-%02d", round+1))), Account: benchAccount}
		for range chunks {
			fast = append(fast, take(small, first, short))
			slow = append(slow, take(large, second, long))
		}
	}
	a, b := median(fast), median(slow)
	s.row(b < 2*a, fmt.Sprintf("taking %d readers of 12 sections, of %d", chunk, *many),
		fmt.Sprintf("%.1f ms, %.0f readers a second", float64(b.Microseconds())/1000, chunk/b.Seconds()),
		fmt.Sprintf("of 10000: %.1f ms, %.0f readers a second", float64(a.Microseconds())/1000, chunk/a.Seconds()),
		fmt.Sprintf("%.2f", b.Seconds()/a.Seconds()), "under 2")
}

// publishing publishes to few and to many, in turns.
func (s *bench) publishing() {
	s.world("1k", 1000, usual)
	s.world("100k", 100_000, usual)
	worlds := []string{"1k", "100k", "many"}
	readers := []int{1000, 100_000, *many}
	took := make([][]time.Duration, len(worlds))
	rows := make([][]int64, len(worlds))
	var stores []*sqlite.Store
	for _, w := range worlds {
		stores = append(stores, s.informed(s.path(w)))
	}
	changes := func(st *sqlite.Store) (n int64) {
		s.must(st.DB().QueryRowContext(s.ctx, "SELECT total_changes()").Scan(&n))
		return n
	}
	plan, err := benchPlan(s.dir)
	s.must(err)
	for round := range 101 {
		for i, st := range stores {
			p, err := edition(s.ctx, st, plan.Newsroom.Tree, news.Date(fmt.Sprintf("2026-%03d", round)))
			s.must(err)
			before, start := changes(st), time.Now()
			_, err = st.Publish(s.ctx, p)
			took[i] = append(took[i], time.Since(start))
			s.must(err)
			rows[i] = append(rows[i], changes(st)-before)
		}
	}
	for i := range worlds[1:] {
		least, most := median(took[0]), median(took[i+1])
		s.row(most < 2*least && median(rows[0]) == median(rows[i+1]), fmt.Sprintf("publishing 24 articles to %d readers", readers[i+1]),
			fmt.Sprintf("%.2f ms, %d rows", float64(most.Microseconds())/1000, median(rows[i+1])),
			fmt.Sprintf("to 1000: %.2f ms, %d rows", float64(least.Microseconds())/1000, median(rows[0])),
			fmt.Sprintf("%.2f", most.Seconds()/least.Seconds()), "under 2; as many rows")
	}
}
