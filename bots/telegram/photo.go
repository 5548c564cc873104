package telegram

import (
	"context"
	"sync"
	"time"
)

const (
	maxPhotos = 256
	badFor    = time.Minute // before Telegram is asked again for a photo that it could not get
)

// photos remembers, for a while, what became of photos, so that a broadcast
// makes Telegram fetch its photo once, or find out once that it cannot.
type photos struct {
	mu     sync.Mutex
	byLink map[string]photo
	links  map[string]string // by file_id

	turn chan struct{} // held by the one message that fetches and uploads
}

type photo struct {
	fileID string
	bad    time.Time // could not be had then
}

// wait gives d the turn to upload. It is false when ctx ended before.
func (p *photos) wait(ctx context.Context, d *draft) bool {
	if d.turn {
		return true
	}
	select {
	case p.turn <- struct{}{}:
		d.turn = true
	case <-ctx.Done():
	}
	return d.turn
}

// pass gives the turn on.
func (p *photos) pass(d *draft) {
	if d.turn {
		d.turn = false
		<-p.turn
	}
}

// look returns how to send a photo, where it comes from if that is known, and
// whether there is no use in trying.
func (p *photos) look(given string) (ref, link string, bad bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !isLink(given) {
		return given, p.links[given], false
	}
	known := p.byLink[given]
	if known.fileID != "" {
		return known.fileID, given, false
	}
	return given, given, !known.bad.IsZero() && time.Since(known.bad) < badFor
}

func (p *photos) learn(link, fileID string) {
	if link == "" || fileID == "" {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.room()
	p.byLink[link] = photo{fileID: fileID}
	p.links[fileID] = link
}

func (p *photos) spoil(link string) {
	if link == "" {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.room()
	delete(p.links, p.byLink[link].fileID)
	p.byLink[link] = photo{bad: time.Now()}
}

// room starts over when there is too much: what is in use is soon back.
func (p *photos) room() {
	if p.byLink == nil || len(p.byLink) >= maxPhotos || len(p.links) >= maxPhotos {
		p.byLink, p.links = map[string]photo{}, map[string]string{}
	}
}
