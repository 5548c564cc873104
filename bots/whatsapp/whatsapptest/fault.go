package whatsapptest

import (
	"net/http"
	"time"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
)

// Error codes of acks that a bot must understand.
const (
	AckTooMany  = 429 // too many messages in a short time
	AckStranger = 463 // the recipient has never written, or the account is time-locked
)

// faults is what goes wrong on demand.
type faults struct {
	failure    *Failure
	oldest     store.WAVersionContainer // that is not refused
	noFront    bool                     // the front page does not say it
	noChannels bool                     // questions about channels are answered with none
	down       bool
	delay      time.Duration
	duplicates int
	lostAcks   int
	cutAfter   bool
	refusals   []int
	refuse     func(to types.JID, message Sent) int
	strangers  bool
	media      int
	uplink     int
}

// verdict is what becomes of one message.
type verdict struct {
	code         int
	loseAck, cut bool
}

func (f *faults) judge(s *Server, to types.JID, message Sent) verdict {
	var v verdict
	r := s.byUser[to.User]
	switch {
	case len(f.refusals) > 0:
		v.code, f.refusals = f.refusals[0], f.refusals[1:]
	case f.refuse != nil:
		v.code = f.refuse(to, message)
	}
	if v.code == 0 && f.strangers && r != nil && !r.wrote {
		v.code = AckStranger
	}
	if v.code == 0 && f.lostAcks > 0 {
		f.lostAcks--
		v.loseAck, v.cut = true, f.cutAfter
	}
	return v
}

// LoseAcks delivers the client's next n messages but never acknowledges them;
// with cut, the connection breaks right after each.
func (s *Server) LoseAcks(n int, cut bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.lostAcks, s.faults.cutAfter = n, cut
}

// RefuseNext answers the client's next messages with these error codes, one
// each, and delivers none of them; 0 lets one pass.
func (s *Server) RefuseNext(codes ...int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.refusals = append(s.faults.refusals, codes...)
}

// RefuseWhen asks refuse about every message: a code other than 0 refuses it.
// nil ends that. refuse runs under the server's lock and may not call it.
func (s *Server) RefuseWhen(refuse func(to types.JID, message Sent) int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.refuse = refuse
}

// FenceStrangers refuses messages to people who have never written, with 463.
func (s *Server) FenceStrangers(fenced bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.strangers = fenced
}

// DuplicateNext sends the next n stanzas for the client twice.
func (s *Server) DuplicateNext(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.duplicates = n
}

// DelayAnswers keeps every answer and ack back for d; 0 ends that.
func (s *Server) DelayAnswers(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.delay = d
}

// CutSocket breaks the client's connection without a word.
func (s *Server) CutSocket() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for l := range s.links {
		s.cutLink(l)
	}
	s.notify()
}

// NetworkDown cuts the connection and refuses new ones until it is called with false.
func (s *Server) NetworkDown(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.down = down
	if down {
		for l := range s.links {
			s.cutLink(l)
		}
	}
	s.notify()
}

// FailMedia answers uploads and downloads with an HTTP status; 0 ends that.
func (s *Server) FailMedia(status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if status == http.StatusOK {
		status = 0
	}
	s.faults.media = status
}

// SlowUploads lets so many bytes of each upload arrive in a second; 0 ends that.
// Nothing becomes of one that is given up before.
func (s *Server) SlowUploads(rate int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.uplink = rate
}

func (s *Server) networkIsDown() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.faults.down || s.closed
}
