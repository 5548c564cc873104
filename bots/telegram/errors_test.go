package telegram

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
)

func TestVerdict(t *testing.T) {
	api := func(code int, description string) *outcome {
		return &outcome{status: code, code: code, description: description, written: true}
	}
	broken := func(written bool, err error) *outcome { return &outcome{err: err, written: written} }
	page := func(status int) *outcome { return &outcome{status: status, written: true} }
	refused := &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}

	tests := []struct {
		o    *outcome
		want error
	}{
		// The chat.
		{api(403, "Forbidden: bot was blocked by the user"), bots.ErrGone},
		{api(403, "Forbidden: user is deactivated"), bots.ErrGone},
		{api(403, "Forbidden: bot can't initiate conversation with a user"), bots.ErrGone},
		{api(403, "Forbidden: the bot can't send messages to the bot"), bots.ErrGone},
		{api(403, "Forbidden: bot was kicked from the supergroup chat"), bots.ErrGone},
		{api(403, "Forbidden: bot is not a member of the channel chat"), bots.ErrGone},
		{api(403, "Forbidden: the group chat was deleted"), bots.ErrGone},
		{api(400, "Bad Request: USER_IS_BLOCKED"), bots.ErrGone},
		{api(400, "Bad Request: ALLOW_PAYMENT_REQUIRED_10"), bots.ErrGone},
		{api(400, "Bad Request: message thread not found"), bots.ErrGone},
		{api(400, "Bad Request: TOPIC_DELETED"), bots.ErrGone},
		{api(400, "Bad Request: chat not found"), bots.ErrMissing},
		{api(400, "Bad Request: private chat not found"), bots.ErrMissing},
		{api(400, "Bad Request: PEER_ID_INVALID"), bots.ErrMissing},
		{api(400, "Bad Request: TOPIC_CLOSED"), bots.ErrSuspended},
		{api(400, "Bad Request: not enough rights to send text messages to the chat"), bots.ErrSuspended},
		{api(400, "Bad Request: have no write access to the chat"), bots.ErrSuspended},
		{api(400, "Bad Request: need administrator rights in the channel chat"), bots.ErrSuspended},
		{api(400, "Bad Request: CHAT_WRITE_FORBIDDEN"), bots.ErrSuspended},
		{api(403, "Forbidden: a word that is new"), bots.ErrSuspended},

		// The message.
		{api(400, "Bad Request: message is too long"), bots.ErrRejected},
		{api(400, "Bad Request: message caption is too long"), bots.ErrRejected},
		{api(400, "Bad Request: message text is empty"), bots.ErrRejected},
		{api(400, "Bad Request: a word that is new"), bots.ErrRejected},
		{api(413, "Request Entity Too Large"), errMedia},
		{page(413), errMedia},
		{api(400, "Bad Request: can't parse entities: byte offset 5"), errEntities},
		{api(400, "Bad Request: wrong HTTP URL specified"), errMedia},
		{api(400, "Bad Request: failed to get HTTP URL content"), errMedia},
		{api(400, "Bad Request: wrong type of the web page content"), errMedia},
		{api(400, "Bad Request: wrong file identifier/HTTP URL specified"), errMedia},
		{api(400, "Bad Request: wrong remote file identifier specified: wrong padding in the string"), errMedia},
		{api(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"), errMedia},
		{api(400, "Bad Request: not enough rights to send photos to the chat"), errNoMedia},
		{api(400, "Bad Request: BUTTON_DATA_INVALID"), errButtons},
		{api(400, "Bad Request: BUTTON_URL_INVALID"), errButtons},
		{api(400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed"), errButtons},
		{api(400, "Bad Request: reply markup is too long"), errButtons},
		{api(400, "Bad Request: message to be replied not found"), errReply},
		{api(400, "Bad Request: message is not modified: specified new message content"), errSame},
		{api(400, "Bad Request: message to edit not found"), bots.ErrGone},
		{api(400, "Bad Request: message can't be edited"), bots.ErrGone},
		{api(400, "Bad Request: message to delete not found"), errDeleted},
		{api(400, "Bad Request: message can't be deleted for everyone"), bots.ErrTooLate},
		{api(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"), errStale},

		// The account.
		{api(401, "Unauthorized"), bots.ErrRevoked},
		{api(404, "Not Found"), bots.ErrRevoked},
		{api(421, "Misdirected Request"), bots.ErrRevoked},
		{api(400, "Logged out"), bots.ErrRevoked},
		{api(409, "Conflict: terminated by other getUpdates request"), bots.ErrReplaced},

		// The way there and back.
		{api(500, "Internal Server Error: restart"), bots.ErrUnknown},
		{page(502), bots.ErrUnknown},
		{page(504), bots.ErrUnknown},
		{page(200), bots.ErrUnknown},
		{page(302), bots.ErrNotSent},
		{page(401), bots.ErrNotSent}, // of a proxy
		{page(404), bots.ErrNotSent},
		{broken(false, errors.New("anything")), bots.ErrNotSent},
		{broken(true, refused), bots.ErrNotSent},
		{broken(true, &net.DNSError{Err: "no such host"}), bots.ErrNotSent},
		{broken(true, &tls.CertificateVerificationError{Err: errors.New("expired")}), bots.ErrNotSent},
		{broken(true, errors.New("http2: Transport: cannot retry err [http2: Transport received Server's graceful shutdown GOAWAY] after Request.Body was written; define Request.GetBody to avoid this error")), bots.ErrNotSent},
		{broken(true, io.EOF), bots.ErrUnknown},
		{broken(true, syscall.ECONNRESET), bots.ErrUnknown},
		{broken(true, context.DeadlineExceeded), bots.ErrUnknown},
		{broken(false, context.Canceled), bots.ErrNotSent},
		{broken(true, errors.New("http2: server sent GOAWAY and closed the connection; LastStreamID=1999")), bots.ErrUnknown},
	}
	for _, tt := range tests {
		if got := verdict(tt.o); got != tt.want { //nolint:errorlint // the very kind is meant
			t.Errorf("%s (written %v) means %v, want %v", tt.o, tt.o.written, got, tt.want)
		}
	}
}

func TestVerdictCarriesWhatIsSaid(t *testing.T) {
	tests := []struct {
		o    *outcome
		want time.Duration
		wide bool
	}{
		{&outcome{code: 429, description: "Too Many Requests: retry after 17", retry: 17 * time.Second}, 17 * time.Second, false},
		{&outcome{code: 429, description: "Too Many Requests: retry after 12"}, 12 * time.Second, false},
		{&outcome{code: 429, description: "Too Many Requests"}, defaultRetry, false},
		{&outcome{status: 429, retry: 3 * time.Second}, 3 * time.Second, true},
	}
	for _, tt := range tests {
		var retry *bots.RetryError
		if err := verdict(tt.o); !errors.As(err, &retry) || retry.After != tt.want || retry.Wide != tt.wide {
			t.Errorf("%+v means %v, want to wait %v", tt.o, err, tt.want)
		}
	}
	var moved *bots.MovedError
	err := verdict(&outcome{code: 400, description: "Bad Request: group chat was upgraded to a supergroup chat", movedTo: -1001234567890})
	if !errors.As(err, &moved) || moved.To != "-1001234567890" {
		t.Errorf("a migration means %v", err)
	}
}

// A part that is at fault is a rejection for whoever doesn't know the parts.
func TestPartsAreRejections(t *testing.T) {
	for _, err := range []error{errMedia, errNoMedia, errButtons, errEntities, errReply, errPreview, errNoText, errNoCaption} {
		if !errors.Is(err, bots.ErrRejected) {
			t.Errorf("%v is no rejection", err)
		}
	}
}

func TestFailureHidesItsCause(t *testing.T) {
	r := redactor{token: "123456:AAtesttesttesttesttesttesttesttest"}
	inner := fmt.Errorf("Post %q: %w", "https://api.telegram.org/bot"+r.token+"/sendMessage", context.DeadlineExceeded)
	err := r.fail("sendMessage", fmt.Errorf("library: %w", &outcome{err: inner, written: true}))
	if !errors.Is(err, bots.ErrUnknown) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the failure is %v", err)
	}
	for each := range chain(err) {
		if strings.Contains(each.Error(), "AAtest") {
			t.Errorf("the chain holds the token: %v", each)
		}
	}
	if r.fail("sendMessage", nil) != nil {
		t.Error("no error became one")
	}
}

// chain walks everything that can be unwrapped from an error.
func chain(err error) func(func(error) bool) {
	return func(yield func(error) bool) {
		if err == nil || !yield(err) {
			return
		}
		switch e := err.(type) { //nolint:errorlint // it is the walk itself
		case interface{ Unwrap() error }:
			chain(e.Unwrap())(yield)
		case interface{ Unwrap() []error }:
			for _, each := range e.Unwrap() {
				chain(each)(yield)
			}
		}
	}
}
