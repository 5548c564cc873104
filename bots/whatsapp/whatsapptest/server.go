package whatsapptest

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waCompanionReg"
	"go.mau.fi/whatsmeow/types"
)

// Config says how a Server starts; its zero value is fine.
type Config struct {
	// Number is the phone number of the bot's account, digits only. The default
	// begins with 999, a country code that nobody has.
	Number string
	// Now is the server's clock (default time.Now). It stamps messages and acks,
	// so a wrong one shows what the client makes of a server that disagrees.
	Now func() time.Time
	// Log receives what the server finds odd, without message text or numbers
	// (default: nowhere). The same is kept for Complaints.
	Log *slog.Logger
}

// Server plays WhatsApp for one account: the bot's. Its methods may be called
// from several goroutines.
type Server struct {
	number string
	now    func() time.Time
	log    *slog.Logger
	certs  certificates

	running sync.WaitGroup

	mu         sync.Mutex
	changed    chan struct{}
	closed     bool
	closers    []func()
	links      map[*link]struct{}
	link       *link // the logged-in connection
	phone      *Phone
	device     *device
	introduced *waCompanionReg.DeviceProps // of the device
	devices    uint16                      // device numbers given so far
	pairingErr error
	readers    []*Reader
	byUser     map[string]*Reader // by LID user and by phone number
	groups     map[types.JID]*Group
	channels   map[types.JID]*Newsletter
	blobs      map[string]blob
	files      map[string]Media // by message
	pending    []*stanza        // sent to the client or waiting for it, not acknowledged
	backlog    []func()         // what was written before there was a device to encrypt for
	journal    []Sent
	arrived    map[string]int
	complaints []string
	unknown    []string
	queries    map[string]int
	serial     int
	retries    int
	presence   string
	tosDone    bool
	faults     faults
	pairing    pairing
}

// New starts a server with no reader, and makes the clients of this process trust it.
func New(config Config) *Server {
	Trust()
	s, err := newServer(config)
	if err != nil {
		panic(err) // only a broken random source or protobuf library
	}
	return s
}

func newServer(config Config) (*Server, error) {
	certs, err := issue(rootPair())
	if err != nil {
		return nil, err
	}
	s := &Server{
		number: config.Number, now: config.Now, log: config.Log, certs: certs,
		changed: make(chan struct{}), links: map[*link]struct{}{},
		byUser: map[string]*Reader{}, groups: map[types.JID]*Group{}, channels: map[types.JID]*Newsletter{},
		blobs: map[string]blob{}, files: map[string]Media{}, arrived: map[string]int{}, queries: map[string]int{},
	}
	if s.number == "" {
		s.number = "99900000000"
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.phone = newPhone(s)
	return s, nil
}

// Close cuts every connection and returns when the server's last goroutine has ended.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	closers := s.closers
	for l := range s.links {
		l.close()
	}
	s.mu.Unlock()
	for _, closer := range closers {
		closer()
	}
	s.running.Wait()
}

// Number is the phone number of the bot's account, digits only.
func (s *Server) Number() string { return s.number }

// LID is the hidden address of the bot's account, such as 9…@lid.
func (s *Server) LID() types.JID { return s.phone.lid }

// Changed returns a channel that is closed at the next change of anything that
// can be observed. Take it before looking, then wait on it.
func (s *Server) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// Wait looks at done after every change until it is true or ctx ends.
func (s *Server) Wait(ctx context.Context, done func() bool) error {
	for {
		changed := s.Changed()
		if done() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("wait for a change: %w", ctx.Err())
		}
	}
}

// Complaints lists what a real server or phone would have choked on: stanzas
// that could not be read, messages that could not be decrypted. Empty is good.
func (s *Server) Complaints() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.complaints...)
}

// ServeHTTP answers the chat connection and the media hosts.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case s.networkIsDown():
		http.Error(w, "down", http.StatusBadGateway)
	case r.URL.Path == chatPath:
		s.serveChat(w, r)
	case strings.HasPrefix(r.URL.Path, "/mms/"), strings.HasPrefix(r.URL.Path, "/newsletter/"), strings.HasPrefix(r.URL.Path, "/v/"):
		s.serveMedia(w, r)
	case r.Method == http.MethodGet && strings.TrimPrefix(r.URL.Path, "/") == "":
		s.serveFront(w)
	default:
		http.NotFound(w, r)
	}
}

func (s *Server) serveChat(w http.ResponseWriter, r *http.Request) {
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{CompressionMode: websocket.CompressionDisabled})
	if err != nil {
		return
	}
	ws.SetReadLimit(maxFrame)
	l := &link{ws: ws, ctx: context.WithoutCancel(r.Context())}
	defer l.close()
	if !s.register(l) {
		return
	}
	defer s.forget(l)
	if err := s.handshake(l); err != nil {
		s.log.Debug("handshake", "error", err)
		return
	}
	s.greet(l)
	for {
		node, err := l.receive()
		if err != nil {
			return
		}
		s.dispatch(l, node)
	}
}

func (s *Server) register(l *link) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.links[l] = struct{}{}
	}
	return !s.closed
}

func (s *Server) forget(l *link) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.links, l)
	if s.link == l {
		s.link = nil
	}
	s.notify()
}

// dispatch is the server's one switch over what a client says.
func (s *Server) dispatch(l *link, n *waBinary.Node) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l.cut {
		return
	}
	switch n.Tag {
	case "iq":
		s.onIQ(l, n)
	case "message":
		s.onMessage(l, n)
	case "receipt":
		s.onReceipt(l, n)
	case "ack":
		s.onAck(n)
	case "chatstate":
		s.onChatState(n)
	case "presence":
		s.onPresence(n)
	case "ib":
	default:
		s.complain("unknown stanza <%s>", n.Tag)
	}
	s.notify()
}

// notify wakes whoever waits for a change; the lock is held.
func (s *Server) notify() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// complain records what a test should not have caused; the lock is held.
func (s *Server) complain(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	s.complaints = append(s.complaints, text)
	s.log.Warn("whatsapptest", "complaint", text)
}

// spawn runs f in a goroutine that Close waits for; false means that Close came first.
func (s *Server) spawn(f func()) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.running.Go(f)
	}
	return !s.closed
}

func (s *Server) onClose(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closers = append(s.closers, f)
}

// after runs f under the lock when d has passed, unless the server is closed by then.
func (s *Server) after(d time.Duration, f func()) {
	time.AfterFunc(d, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if !s.closed {
			f()
			s.notify()
		}
	})
}

// nextID makes the id of a stanza or message that the server or a phone invents.
func (s *Server) nextID() string {
	s.serial++
	return fmt.Sprintf("3A%018X", s.serial)
}
