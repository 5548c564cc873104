package whatsapptest

import (
	"net/http"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
)

type Group struct{ jid types.JID }
type Newsletter struct{}
type blob struct{}
type codePairing struct{}
type passkeyPairing struct{}

func (s *Server) demandPasskey(l *link, secret []byte) error               { return nil }
func (s *Server) onCodePairing(l *link, n *waBinary.Node)                  {}
func (s *Server) onPasskey(l *link, n *waBinary.Node, what string)         {}
func (s *Server) onGroupQuery(l *link, n *waBinary.Node, what string)      {}
func (s *Server) onMex(l *link, n *waBinary.Node)                          {}
func (s *Server) onNewsletterQuery(l *link, n *waBinary.Node, what string) {}
func (s *Server) mediaHosts() waBinary.Node                                { return waBinary.Node{} }
func (s *Server) serveMedia(w http.ResponseWriter, r *http.Request)        {}
func (s *Server) fetch(m *Message)                                         {}
func (s *Server) routeNewsletter(to types.JID, n *waBinary.Node) (int, int) {
	return 0, 0
}
func (s *Server) routeGroup(to types.JID, n *waBinary.Node) int                 { return 0 }
func (s *Server) onViewed(l *link, n *waBinary.Node, list waBinary.Node)        {}
func (r *Reader) sealGroup(out *outgoing) ([]waBinary.Node, error)              { return nil, nil }
func (r *Reader) openGroup(chat, from types.JID, sealed []byte) ([]byte, error) { return nil, nil }
func (r *Reader) learnSenderKey(in *incoming, k *waE2E.SenderKeyDistributionMessage) error {
	return nil
}
