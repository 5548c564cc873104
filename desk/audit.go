package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Act is what somebody did, as the log names it.
type Act string

// The acts.
const (
	ActWrite    Act = "write"
	ActEdit     Act = "edit"
	ActPreview  Act = "preview"
	ActCancel   Act = "cancel"
	ActConfirm  Act = "confirm"
	ActApprove  Act = "approve"
	ActSchedule Act = "schedule"
	ActHalt     Act = "halt" // a countdown or a schedule
	ActFire     Act = "fire"
	ActPublish  Act = "publish"
	ActAdopt    Act = "adopt" // an alert that came by itself: it has a draft from then on
	ActAmend    Act = "amend" // what is no alert, from the server
	ActPause    Act = "pause"
	ActResume   Act = "resume"
	ActStop     Act = "stop"
	ActFinish   Act = "finish"
	ActReturn   Act = "return" // to its author: too late, overtaken, or frozen
	ActInvite   Act = "invite"
	ActClaim    Act = "claim"
	ActPromote  Act = "promote"
	ActRemove   Act = "remove"
	ActOpen     Act = "open"
	ActFreeze   Act = "freeze"
	ActThaw     Act = "thaw"
	ActHold     Act = "hold"
	ActRelease  Act = "release"
	ActEdition  Act = "edition"
	ActShift    Act = "shift"
	ActUnshift  Act = "unshift"
	ActPropose  Act = "propose"
	ActTake     Act = "take"
	ActDecline  Act = "decline"
	ActAnswer   Act = "answer"
	ActFetch    Act = "fetch" // the file of a tip
	ActClose    Act = "close"
	ActWatch    Act = "watch"
	ActExport   Act = "export"
	ActRetry    Act = "retry"
	ActEnroll   Act = "enroll" // a client of the HTTP interface
	ActRevoke   Act = "revoke"
	ActPost     Act = "post"   // an alert of a client
	ActPull     Act = "pull"   // of a client; like the next two, it changes nothing and is not logged
	ActFollow   Act = "follow" // look how an alert arrives
	ActStatus   Act = "status"
)

// Entry is one line of the log of what was done. Nobody can change one.
type Entry struct {
	ID        int64            `json:"id"`
	At        time.Time        `json:"at"`
	By        EditorID         `json:"by"` // 0: the server
	Name      string           `json:"name"`
	Act       Act              `json:"act"`
	Draft     DraftID          `json:"draft,omitempty"`
	Version   int              `json:"version,omitempty"`
	Broadcast news.BroadcastID `json:"broadcast,omitempty"`
	About     string           `json:"about,omitempty"` // what else there is to know; never a reader's name or number

	Revision int `json:"-"` // of the editor whose rights were looked at; the store refuses an older one
}

// Audit is the log. Every other writing method of the store adds its entry in
// its own transaction, and answers ErrNobody when By is no editor any more, or
// ErrChanged when Revision is not the editor's newest.
type Audit interface {
	// Log returns at most n entries behind after, oldest first.
	Log(ctx context.Context, after int64, n int) ([]Entry, error)

	// LogSince returns behind which entry the log is read from since on: before
	// it nothing is of since or later. When the clock was set back, entries of
	// earlier may lie behind it.
	LogSince(ctx context.Context, since time.Time) (after int64, err error)

	// Logged adds an entry for what has no transaction of its own.
	Logged(ctx context.Context, e Entry) error
}

// entry is what an editor does, with their rights as they were looked at.
func (d *Desk) entry(by Editor, a Act) Entry {
	return Entry{At: d.Now(), By: by.ID, Name: by.Name, Act: a, Revision: by.Revision}
}

// Export writes the log as lines of JSON, oldest first, and logs that it did.
// It begins with a day, in the newsroom's zone; empty: with the first line.
func (d *Desk) Export(ctx context.Context, by EditorID, since news.Date, w io.Writer) error {
	from, err := d.dayOf(since)
	if err != nil {
		return err
	}
	who, err := d.editor(ctx, by)
	if err != nil {
		return err
	}
	if err := who.allowed(ActExport); err != nil {
		return err
	}
	if err := d.Store.Logged(ctx, d.entry(who, ActExport)); err != nil {
		return explained(fmt.Errorf("log the export: %w", err))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	after, err := d.Store.LogSince(ctx, from)
	if err != nil {
		return fmt.Errorf("look where the log begins: %w", err)
	}
	const page = 500
	for {
		entries, err := d.Store.Log(ctx, after, page)
		if err != nil {
			return fmt.Errorf("read the log: %w", err)
		}
		for _, e := range entries {
			after = e.ID
			if e.At.Before(from) {
				continue
			}
			if err := enc.Encode(e); err != nil {
				return fmt.Errorf("write the log: %w", err)
			}
		}
		if len(entries) < page {
			return nil
		}
	}
}

// dayOf is when a day begins; the zero time for none.
func (d *Desk) dayOf(day news.Date) (time.Time, error) {
	if day == "" {
		return time.Time{}, nil
	}
	at, err := time.ParseInLocation(time.DateOnly, string(day), d.setup().Zone)
	if err != nil {
		return time.Time{}, refuse("expected a day like 2027-01-31, not %q", day)
	}
	return at, nil
}

func is(err, target error) bool { return errors.Is(err, target) }
