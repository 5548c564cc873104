package telegramtest

import (
	"errors"
	"net/http"
	"strings"
)

// method answers one call with a result or a refusal.
type method func(b *Bot, q *request) (any, *Error)

// method finds a method by its name in lower case; nil if there is none.
func (s *Server) method(name string) method {
	switch name {
	case "getme":
		return s.getMe
	case "logout", "close":
		return accept
	case "getchat", "getchatmember", "getchatadministrators", "getchatmembercount", "leavechat":
		return s.chatMethod(name)
	case "setwebhook":
		return s.setWebhook
	case "deletewebhook":
		return s.deleteWebhook
	case "getwebhookinfo":
		return s.getWebhookInfo
	case "getfile":
		return s.getFile
	case "answercallbackquery":
		return s.answerCallbackQuery
	case "setmycommands", "deletemycommands", "getmycommands", "setmyname", "getmyname", "setmydescription",
		"getmydescription", "setmyshortdescription", "getmyshortdescription", "setchatmenubutton":
		return s.menuMethod(name)
	}
	return s.messageMethod(name)
}

func (s *Server) messageMethod(name string) method {
	switch name {
	case "sendmessage":
		return s.sendMessage
	case "sendphoto":
		return s.sendMedia("photo")
	case "senddocument":
		return s.sendMedia("document")
	case "sendvideo":
		return s.sendMedia("video")
	case "sendvoice":
		return s.sendMedia("voice")
	case "sendanimation":
		return s.sendMedia("animation")
	case "sendmediagroup":
		return s.sendMediaGroup
	case "sendchataction":
		return s.sendChatAction
	case "editmessagetext":
		return s.editMessageText
	case "editmessagecaption":
		return s.editMessageCaption
	case "editmessagereplymarkup":
		return s.editMessageReplyMarkup
	case "editmessagemedia":
		return s.editMessageMedia
	case "deletemessage":
		return s.deleteMessage
	case "deletemessages":
		return s.deleteMessages
	case "pinchatmessage":
		return s.pinChatMessage
	}
	return nil
}

func accept(*Bot, *request) (any, *Error) { return true, nil }

// serveMethod reads a call, lets the faults at it, and answers it.
func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request, token, name string) {
	q, err := readRequest(r)
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		writeError(w, &Error{Code: http.StatusRequestEntityTooLarge, Description: "Request Entity Too Large"})
		return
	case err != nil:
		writeError(w, bad("can't parse the request: "+err.Error()))
		return
	}
	s.mu.Lock()
	b := s.bots[token]
	s.served++
	leave := s.GoAwayEvery > 0 && s.served%s.GoAwayEvery == 0
	valid := b != nil && !b.revoked
	var fault *Fault
	if valid {
		fault = s.strike(b, name, q)
	}
	s.mu.Unlock()
	if leave || fault != nil && fault.GoAway {
		w.Header().Set("Connection", "close")
	}
	if !valid {
		writeError(w, &Error{Code: http.StatusUnauthorized, Description: "Unauthorized"})
		return
	}
	if !s.arrived(r.Context(), q) {
		return
	}
	poll := strings.EqualFold(name, "getUpdates")
	if s.Latency > 0 && !poll {
		pause(r.Context(), s.Latency)
	}
	if fault != nil && s.suffer(w, r, b, name, q, fault) {
		return
	}
	result, fail := s.call(r, b, name, q)
	s.record(b, name, q, fail, false)
	if fail != nil {
		writeError(w, fail)
		return
	}
	writeResult(w, result)
}

// call runs one method.
func (s *Server) call(r *http.Request, b *Bot, name string, q *request) (any, *Error) {
	lower := strings.ToLower(name)
	if lower == "getupdates" {
		return s.getUpdates(r.Context(), b, q)
	}
	run := s.method(lower)
	if run == nil {
		return nil, &Error{Code: http.StatusNotFound, Description: "Not Found"}
	}
	result, fail := run(b, q)
	if fail != nil {
		return nil, fail
	}
	return result, nil
}

func (s *Server) record(b *Bot, name string, q *request, fail *Error, cut bool) {
	c := Call{At: s.now(), Bot: b.id, Method: name, Params: q.params, Error: fail, Cut: cut}
	if s.OnCall != nil && !strings.EqualFold(name, "getUpdates") {
		s.OnCall(c)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log(c)
}
