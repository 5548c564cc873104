package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"go.mau.fi/whatsmeow"

	"github.com/nashra-bot/nashra/bots"
)

// Numbers of acknowledgements that refuse a message.
const (
	ackTooMany   = 429
	ackStrangers = 463 // the account is time-locked, or the person's token is missing
)

const queryWait = time.Minute // after a query was refused for being one too many

// failure is the error that callers see. It is built from clean words, so
// that nothing behind it can be unwrapped to an address or to a text.
type failure struct {
	detail string
	kinds  []error
}

func (f *failure) Error() string { return f.detail + ": " + f.kinds[0].Error() }

func (f *failure) Unwrap() []error { return f.kinds }

// fail makes an error of what happened, in the words of package bots, with the
// end of the caller's context where that is why.
func fail(ctx context.Context, err, kind error) error {
	f := &failure{detail: clean(err.Error()), kinds: []error{kind}}
	if cause := ctx.Err(); cause != nil {
		f.kinds = append(f.kinds, cause)
	}
	return f
}

// beforeSending judges what went wrong before the message was handed to the
// network: nothing can have arrived.
func beforeSending(ctx context.Context, err error) error {
	var refused *whatsmeow.IQError
	if errors.As(err, &refused) && refused.Code == ackTooMany {
		return fail(ctx, err, &bots.RetryError{After: queryWait, Wide: true})
	}
	return fail(ctx, err, bots.ErrNotSent)
}

// judge says in the words of package bots what the library's error about a
// message means. A message that may have left counts as if it had: the same
// message sent again has the same id.
func judge(ctx context.Context, err error) error {
	var cut *whatsmeow.DisconnectedError
	var query *whatsmeow.IQError
	switch {
	case errors.Is(err, whatsmeow.ErrServerReturnedError):
		return refused(ctx, err)
	case errors.Is(err, whatsmeow.ErrNotInGroup), errors.Is(err, whatsmeow.ErrGroupNotFound):
		return fail(ctx, err, bots.ErrGone)
	case errors.Is(err, whatsmeow.ErrMessageTimedOut):
		return fail(ctx, err, bots.ErrUnknown)
	case errors.As(err, &cut) && strings.HasPrefix(cut.Action, "message send"):
		return fail(ctx, err, bots.ErrUnknown)
	case errors.As(err, &cut), errors.As(err, &query),
		errors.Is(err, whatsmeow.ErrIQTimedOut),
		errors.Is(err, whatsmeow.ErrNotConnected),
		errors.Is(err, whatsmeow.ErrNotLoggedIn),
		// The frame is sealed: a part of it is nothing to the network.
		strings.HasPrefix(err.Error(), "failed to "):
		return beforeSending(ctx, err)
	}
	return fail(ctx, err, bots.ErrUnknown)
}

// refused judges an acknowledgement that says no. There is no published list
// of its numbers; they resemble those of HTTP.
func refused(ctx context.Context, err error) error {
	code := ackCode(err)
	err = fmt.Errorf("the network refused it with %d", code)
	switch {
	case code == ackTooMany, code == ackStrangers:
		return fail(ctx, err, &bots.RetryError{After: firstTooMany, Wide: true})
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		return fail(ctx, err, bots.ErrSuspended)
	case code == http.StatusNotFound:
		return fail(ctx, err, bots.ErrMissing)
	case code >= 400 && code < 500:
		return fail(ctx, err, bots.ErrRejected)
	}
	return fail(ctx, err, bots.ErrUnknown)
}

// ackCode reads the number, which the library gives as text only.
func ackCode(err error) int {
	words := strings.Fields(err.Error())
	if !errors.Is(err, whatsmeow.ErrServerReturnedError) || len(words) == 0 {
		return 0
	}
	code, _ := strconv.Atoi(words[len(words)-1])
	return code
}
