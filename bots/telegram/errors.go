package telegram

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/nashra-bot/nashra/bots"
)

// outcome is what is known of a call that did not succeed.
type outcome struct {
	status      int           // HTTP status; 0: no answer came
	code        int           // error_code; 0: the answer was not the Bot API's
	description string        // the Bot API's
	retry       time.Duration // parameters.retry_after or the header Retry-After; 0: not said
	movedTo     int64         // parameters.migrate_to_chat_id
	err         error         // of the connection; nil when an answer was read whole
	written     bool          // the whole request may have left this machine
}

func (o *outcome) Error() string {
	switch {
	case o.err != nil:
		return o.err.Error()
	case o.code == 0:
		return fmt.Sprintf("HTTP %d, not an answer of the Bot API", o.status)
	}
	return fmt.Sprintf("%d %s", o.code, o.description)
}

// Parts of a message for which it was refused. The same message may pass
// without them.
var (
	errMedia    = fmt.Errorf("medium: %w", bots.ErrRejected)
	errNoMedia  = fmt.Errorf("media in this chat: %w", bots.ErrRejected)
	errButtons  = fmt.Errorf("buttons: %w", bots.ErrRejected)
	errEntities = fmt.Errorf("entities: %w", bots.ErrRejected)
	errReply    = fmt.Errorf("reply: %w", bots.ErrRejected)
	errPreview  = fmt.Errorf("preview: %w", bots.ErrRejected)

	// Editing found another form of message than it took it for.
	errNoText    = fmt.Errorf("form: %w", bots.ErrRejected)
	errNoCaption = fmt.Errorf("form: %w", bots.ErrRejected)
)

// Refusals that are none.
var (
	errSame    = errors.New("nothing to change")
	errDeleted = errors.New("nothing to delete")
	errStale   = errors.New("the query is too old")
)

const defaultRetry = 5 * time.Second

// verdict says in the words of package bots what an outcome means for the
// message, the chat or the account.
//
// What is not in the table: an unknown 403 suspends the chat, any other
// unknown 4xx rejects the message, so that no reader is lost to a word that
// Telegram has changed. Whoever sends should stop a message after a row of
// identical rejections.
func verdict(o *outcome) error {
	switch {
	case o.err != nil:
		return lost(o)
	case o.code == 0:
		return foreign(o)
	case o.movedTo != 0:
		return &bots.MovedError{To: chatID(o.movedTo, 0)}
	case o.code == http.StatusTooManyRequests:
		return &bots.RetryError{After: retryAfter(o)}
	}
	words := strings.ToLower(o.description)
	for _, r := range refusals {
		if (r.code == 0 || r.code == o.code) && strings.Contains(words, r.words) {
			return r.means
		}
	}
	switch {
	case o.code >= 500:
		return bots.ErrUnknown
	case o.code == http.StatusForbidden:
		return bots.ErrSuspended
	}
	return bots.ErrRejected
}

// lost judges a call without an answer. Before the request was out, nothing
// can have arrived; afterwards nobody knows: the Bot API has no idempotency.
func lost(o *outcome) error {
	var op *net.OpError
	var dns *net.DNSError
	var record tls.RecordHeaderError
	var certificate *tls.CertificateVerificationError
	switch {
	case !o.written,
		errors.As(o.err, &op) && op.Op == "dial",
		errors.As(o.err, &dns),
		errors.As(o.err, &record),
		errors.As(o.err, &certificate),
		errors.Is(o.err, syscall.ECONNREFUSED),
		// HTTP/2: the server refused the stream before it looked at it.
		strings.Contains(o.err.Error(), "cannot retry err"):
		return bots.ErrNotSent
	}
	return bots.ErrUnknown
}

// foreign judges an answer that is not the Bot API's: of a proxy, or cut off.
// A middleman's 401 or 404 says nothing about the account.
func foreign(o *outcome) error {
	switch {
	case o.status == http.StatusTooManyRequests:
		return &bots.RetryError{After: retryAfter(o), Wide: true}
	case o.status == http.StatusRequestEntityTooLarge:
		return errMedia
	case o.status >= 300 && o.status < 500 && o.status != http.StatusRequestTimeout:
		return bots.ErrNotSent
	}
	return bots.ErrUnknown
}

func retryAfter(o *outcome) time.Duration {
	if o.retry > 0 {
		return o.retry
	}
	if _, after, ok := strings.Cut(strings.ToLower(o.description), "retry after "); ok {
		if n, err := strconv.Atoi(strings.TrimSpace(after)); err == nil && n > 0 {
			return time.Duration(n) * time.Second
		}
	}
	return defaultRetry
}

// failure is the error that callers see. It is built from clean words, so
// that nothing behind it can be unwrapped to a token or to a message's text.
type failure struct {
	method string
	detail string
	kinds  []error
}

func (f *failure) Error() string {
	return fmt.Sprintf("call %s: %s: %v", f.method, f.detail, f.kinds[0])
}

func (f *failure) Unwrap() []error { return f.kinds }

// fail turns the error of a call into what callers see.
func (r redactor) fail(method string, err error) error {
	if err == nil {
		return nil
	}
	var o *outcome
	if !errors.As(err, &o) {
		o = &outcome{err: err, written: true} // the library's own trouble
	}
	f := &failure{method: method, detail: r.detail(o.Error()), kinds: []error{verdict(o)}}
	for _, cause := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(o.err, cause) {
			f.kinds = append(f.kinds, cause)
		}
	}
	return f
}
