package desk

import (
	"slices"
	"time"
)

// This file is the machine: each function takes a draft along one edge of the
// drawing, or refuses. None of them reads or writes anything.

// edited gives a draft new content.
func (d Draft) edited(c Content) (Draft, error) {
	if !d.State.Open() {
		return d, refuseAs(TooLate, "the draft cannot be edited any more: stop it first")
	}
	d.Content = c
	return d.renewed(), nil
}

// renewed is a new version that nobody has looked at.
func (d Draft) renewed() Draft {
	d.Version++
	d.State, d.Seen, d.Sure, d.Confirmed, d.Approved, d.Halt, d.Due = Drafting, 0, 0, 0, 0, false, time.Time{}
	d.Trial, d.Lookers = false, nil
	return d
}

// Revoked takes a draft back because somebody lost the right to it, or because
// all is frozen: dropped, or as a new version that nobody has looked at.
func (d Draft) Revoked(drop bool) Draft {
	next := d.renewed()
	if drop {
		next.State = Dropped
	}
	return next
}

// looked says that by has version in front of them; trial: as one that reaches
// editors alone. Whom a correction reaches is settled by its alert.
func (d Draft) looked(by EditorID, version int, trial bool) (Draft, error) {
	switch {
	case version != d.Version:
		return d, refuseAs(OldVersion, "there is a newer version")
	case !d.State.Open():
		return d, refuseAs(TooLate, "the draft is on its way")
	}
	trial = trial && d.Root == 0
	if d.Trial && !trial { // another audience: the old buttons are dead
		d = d.renewed()
	}
	d.Seen, d.Trial = d.Version, trial
	if !slices.Contains(d.Lookers, by) {
		d.Lookers = append(slices.Clone(d.Lookers), by)
	}
	if d.State == Drafting {
		d.State = Looked
	}
	return d, nil
}

// confirmed says that by wants version to go out.
func (d Draft) confirmed(by Editor, version int, now time.Time, s Setup) (Draft, error) {
	switch {
	case version != d.Version:
		return d, refuseAs(OldVersion, "there is a newer version")
	case d.State == Drafting, d.Seen != version:
		return d, refuseAs(NotSeen, "look at the preview first")
	case d.State == Second && by.ID == d.Confirmed:
		return d, refuseAs(SamePerson, "the second person has to be another one")
	case (d.State == Second || d.State == Looked && s.twice(d)) && !slices.Contains(d.Lookers, by.ID):
		return d, refuseAs(NotShown, "each of the two has to look at the preview first")
	case d.State == Second:
		d.Approved = by.ID
	case d.State == Looked:
		d.Confirmed = by.ID
	case d.State == Dropped:
		return d, refuseAs(TooLate, "the draft was cancelled")
	default:
		return d, refuseAs(Already, "it has been confirmed already")
	}
	d.Sure = version
	if s.twice(d) && d.Approved == 0 {
		d.State = Second
		return d, nil
	}
	if !d.At.IsZero() {
		if !d.At.After(now) {
			return d, refuseAs(PastTime, "the time is over")
		}
		d.State, d.Due = Scheduled, d.At
		return d, nil
	}
	d.State, d.Due = Counting, now.Add(s.countdown(d.Content))
	return d, nil
}

// twice reports whether two people have to confirm a draft. Each of them has
// looked at it.
func (s Setup) twice(d Draft) bool { return s.Second && d.Everyone && d.Form != FormTypo }

// halted stops what has not been published: a countdown and a schedule go back
// to their author, an open draft is dropped. A stop word is soon said: what an
// author has confirmed and somebody else stops goes back, too.
func (d Draft) halted(by EditorID) (Draft, error) {
	switch {
	case d.State.Waiting(), d.State == Second && by != d.By:
		return d.renewed(), nil
	case d.State.Open():
		d.State, d.Sure, d.Seen = Dropped, 0, 0
		return d, nil
	case d.State == Publishing:
		d.Halt = true
		return d, nil
	case d.State == Sending || d.State == Paused:
		d.State = Stopped
		return d, nil
	}
	return d, refuseAs(TooLate, "it is over")
}

// fired is the end of a countdown or a schedule. One that ended too long ago
// goes back to its author.
func (d Draft) fired(now time.Time, s Setup) (next Draft, late, ok bool) {
	switch {
	case !d.State.Waiting() || d.Due.After(now):
		return d, false, false
	case d.Sure != d.Version || d.Seen != d.Version: // cannot be; and if it is, nothing goes out
		return d.renewed(), true, true
	case now.Sub(d.Due) > s.Patience:
		return d.renewed(), true, true
	}
	d.State, d.Due = Publishing, time.Time{}
	return d, false, true
}

// paced pauses or resumes what is on its way.
func (d Draft) paced(to State) (Draft, error) {
	if d.State != Sending && d.State != Paused {
		return d, refuseAs(TooLate, "it is not on its way")
	}
	if d.State == to {
		return d, refuseAs(Already, "it is so already")
	}
	d.State = to
	return d, nil
}

// countdown is how long an editor has to stop an alert.
func (s Setup) countdown(c Content) time.Duration {
	for _, p := range s.networks(c) {
		if p == "whatsapp" {
			return max(s.Careful, s.Countdown)
		}
	}
	return s.Countdown
}
