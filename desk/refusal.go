package desk

import (
	"errors"
	"fmt"
)

// RefusedError says in a sentence why something is not done. Nothing was.
type RefusedError struct {
	Reason string // in English, for the command line and the log
	Code   Code   // what a door says in its own words; see Phrases.Refusal
	Name   string // who or what it is about, where the words name one

	Doubts []Warning // of Doubtful
}

func (e *RefusedError) Error() string { return e.Reason }

// Code is a reason for refusing.
type Code string

// The reasons.
const (
	Faulty       Code = ""             // what was given is faulty: Reason says how
	NotYours     Code = "not-yours"    // the role does not allow it
	NoEditor     Code = "no-editor"    // not one of the editors, or not any more
	OtherSection Code = "section"      // not one of the editor's sections
	Frozen       Code = "frozen"       // all sending is frozen
	OldVersion   Code = "old-version"  // the button belongs to an older version
	NotSeen      Code = "not-seen"     // nobody has looked at this version
	NotShown     Code = "not-shown"    // of two people, this one has not looked at it
	Already      Code = "already"      // somebody has pressed before; Name says who
	SamePerson   Code = "same-person"  // the second person has to be another one
	TooLate      Code = "too-late"     // it has gone out, or is over
	Overtaken    Code = "overtaken"    // another correction was published meanwhile
	Withdrawn    Code = "withdrawn"    // it has been withdrawn
	NotSent      Code = "not-sent"     // there is nothing to correct yet
	NoSuch       Code = "no-such"      // there is none with this number
	BadCode      Code = "bad-code"     // the code is wrong, used or too old
	LastOwner    Code = "last-owner"   // the only owner cannot go
	BadTime      Code = "bad-time"     // the time could not be read
	PastTime     Code = "past-time"    // the time is over
	Taken        Code = "taken"        // another editor has dealt with it
	NothingLive  Code = "nothing-live" // there is nothing to stop
	EditionOut   Code = "edition-out"  // the digest has gone out, or its time is over
	OldLook      Code = "old-look"     // the digest, or what was to be confirmed, has changed since it was shown
	NoLook       Code = "no-look"      // no digest has been shown in this chat
	NoItem       Code = "no-item"      // the digest has no item with this number
	NoSketch     Code = "no-sketch"    // no change of the calendar waits to be confirmed
	NoSlot       Code = "no-slot"      // there is no digest hour like this one
	Doubtful     Code = "doubtful"     // of a client's alert: Doubts says what about it; no chat hears this
	BadFile      Code = "bad-file"     // no photo, video or PDF that phones show
	BigFile      Code = "big-file"     // more than Name allows
	EmptyFile    Code = "empty-file"   // nothing is in it
	LostFile     Code = "lost-file"    // it could not be had, or is not kept any more
	SameMedia    Code = "same-media"   // a correction keeps what came with the alert
	Holding      Code = "held"         // all automatic sending is held
	Opened       Code = "opened"       // it was seen as one for editors alone, and would reach the public
)

func refuse(format string, args ...any) error {
	return &RefusedError{Reason: fmt.Sprintf(format, args...)}
}

func refuseAs(code Code, format string, args ...any) error {
	return &RefusedError{Reason: fmt.Sprintf(format, args...), Code: code}
}

// Refused reports whether err says why something is not done, and the reason.
func Refused(err error) (string, bool) {
	var r *RefusedError
	if errors.As(err, &r) {
		return r.Reason, true
	}
	return "", false
}

// CodeOf returns the code of a refusal; ok is false when err is none.
func CodeOf(err error) (code Code, ok bool) {
	var r *RefusedError
	if errors.As(err, &r) {
		return r.Code, true
	}
	return "", false
}

// What a store answers when it did not write.
var (
	// ErrChanged says that what was decided on has changed meanwhile.
	ErrChanged = errors.New("it has changed meanwhile")
	// ErrNobody says that there is no such editor, or not any more.
	ErrNobody = errors.New("there is no such editor")
	// ErrNone says that there is no draft, proposal or tip with this number.
	ErrNone = errors.New("the desk has none with this number")
	// ErrFrozen says that all sending is frozen.
	ErrFrozen = errors.New("all sending is frozen")
	// ErrHeld says that all automatic sending is held.
	ErrHeld = errors.New("automatic sending is held")
	// ErrCode says that a code is wrong, used or too old.
	ErrCode = errors.New("the code is not valid")
	// ErrLastOwner says that nobody would own the desk any more.
	ErrLastOwner = errors.New("the desk would have no owner")
	// ErrOvertaken says that the chain of corrections has grown meanwhile.
	ErrOvertaken = errors.New("another correction was published meanwhile")
	// ErrRestored says that what was decided comes from a backup: it may have
	// gone out since.
	ErrRestored = errors.New("it was decided before a backup was restored")
	// ErrOut says that a digest has been published.
	ErrOut = errors.New("the digest has gone out")
	// ErrOpened says that what was confirmed for editors alone would reach the
	// public by now.
	ErrOpened = errors.New("the bot was opened to the public meanwhile")
)

func isChanged(err error) bool { return errors.Is(err, ErrChanged) }

// explained gives a store's answer the reason that doors show.
func explained(err error) error {
	switch {
	case errors.Is(err, ErrNobody):
		return refuseAs(NoEditor, "only editors can do that")
	case errors.Is(err, ErrNone):
		return refuseAs(NoSuch, "there is none with this number")
	case errors.Is(err, ErrFrozen):
		return refuseAs(Frozen, "all sending is frozen; an owner can lift that")
	case errors.Is(err, ErrHeld):
		return refuseAs(Holding, "all automatic sending is held; release it first")
	case errors.Is(err, ErrCode):
		return refuseAs(BadCode, "the code is wrong, used already, or too old")
	case errors.Is(err, ErrLastOwner):
		return refuseAs(LastOwner, "the only owner stays; name another one first")
	case errors.Is(err, ErrOut):
		return refuseAs(EditionOut, "the digest has gone out: nothing can be changed in it any more")
	case errors.Is(err, ErrOvertaken):
		return refuseAs(Overtaken, "another correction was published meanwhile: look at it first")
	case errors.Is(err, ErrOpened):
		return refuseAs(Opened, "the bot was opened to the public after the preview: look at it again")
	}
	return err
}
