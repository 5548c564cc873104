package web

import (
	"crypto/sha256"
	"sync"
)

// mostFamiliar is far more than a newsroom has programs.
const mostFamiliar = 1000

// familiar are the tokens that have opened something, as sums. Beside
// strangers of the same address, a proxy's perhaps, they alone are looked up.
type familiar struct {
	mu  sync.Mutex
	all map[[sha256.Size]byte]bool
}

func (f *familiar) has(token string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.all[sha256.Sum256([]byte(token))]
}

// heard notes whether a token is good.
func (f *familiar) heard(token string, good bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	sum := sha256.Sum256([]byte(token))
	switch {
	case !good:
		delete(f.all, sum)
		return
	case f.all == nil || len(f.all) >= mostFamiliar:
		f.all = map[[sha256.Size]byte]bool{}
	}
	f.all[sum] = true
}
