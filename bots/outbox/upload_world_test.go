package outbox_test

import (
	"fmt"

	"github.com/nashra-bot/nashra/bots"
)

// Upload names a file of ours until a message has brought it.
func (l *line) Upload(m bots.Message, edit bool) string {
	l.network.mu.Lock()
	defer l.network.mu.Unlock()
	if edit || !m.Media.File() || l.has[m.Media.Ref] {
		return ""
	}
	return m.Media.Ref
}

// lift begins an upload, and returns what ends it. No other message may carry
// the file meanwhile.
func (n *network) lift(name string) (end func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.lifted[name]++; n.lifted[name] > 1 {
		n.faults = append(n.faults, fmt.Sprintf("two messages upload %s at once", name))
	}
	return func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.lifted[name]--
	}
}
