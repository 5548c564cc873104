package botstest

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

// Goroutines are those that run at one moment.
type Goroutines struct {
	t       *testing.T
	running map[string]string // the stacks, by "goroutine N"
}

// Running looks at what runs now. It reads the stacks: the runtime's count
// still holds a goroutine that has ended while its thread waits for the
// processor.
func Running(t *testing.T) Goroutines {
	t.Helper()
	buffer := make([]byte, 1<<20)
	for {
		if n := runtime.Stack(buffer, true); n < len(buffer) {
			buffer = buffer[:n]
			break
		}
		buffer = make([]byte, 2*len(buffer))
	}
	g := Goroutines{t: t, running: map[string]string{}}
	for stack := range strings.SplitSeq(string(buffer), "\n\n") {
		id, _, _ := strings.Cut(stack, " [")
		g.running[id] = stack
	}
	return g
}

// Only fails if something still runs after five seconds that did not run then.
func (g Goroutines) Only() {
	g.t.Helper()
	end := time.After(5 * time.Second)
	for {
		now := Running(g.t).running
		for id := range g.running {
			delete(now, id)
		}
		if len(now) == 0 {
			return
		}
		select {
		case <-end:
			for _, stack := range now {
				g.t.Errorf("still running:\n%s", stack)
			}
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
}
