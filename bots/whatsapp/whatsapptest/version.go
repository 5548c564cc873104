package whatsapptest

import (
	"fmt"
	"net/http"

	"go.mau.fi/whatsmeow/store"
)

// RequireVersion refuses clients that are older than version from now on, at
// pairing and at login, and cuts the connection of one that is. The front page
// of the web client names it as the present one.
func (s *Server) RequireVersion(version store.WAVersionContainer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.oldest = version
	if s.link != nil && s.outdated(s.link) {
		s.cutLink(s.link)
	}
	s.notify()
}

// HideFront has the front page say nothing of versions.
func (s *Server) HideFront() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.noFront = true
}

// outdated reports whether a connection's client is too old.
func (s *Server) outdated(l *link) bool {
	says := l.payload.GetUserAgent().GetAppVersion()
	return store.WAVersionContainer{says.GetPrimary(), says.GetSecondary(), says.GetTertiary()}.LessThan(s.faults.oldest)
}

// serveFront is the page at which a browser finds the web client.
func (s *Server) serveFront(w http.ResponseWriter) {
	s.mu.Lock()
	version, hidden := s.faults.oldest, s.faults.noFront
	s.mu.Unlock()
	if hidden {
		http.Error(w, "Service Unavailable", http.StatusServiceUnavailable)
		return
	}
	if version.IsZero() {
		version = store.GetWAVersion()
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = fmt.Fprintf(w, `<!DOCTYPE html><html><script type="application/json">{"server_revision":%d,"client_revision":%d,"push_phase":"C3"}</script></html>`, version[2], version[2])
}
