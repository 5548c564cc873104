package digest

import (
	"context"

	"github.com/nashra-bot/nashra/news"
)

// Corrections is what can be done about a broadcast that has gone out, or is
// going out. The errors match [news.ErrFinal] and [news.ErrOvertaken]. Each
// method is one transaction.
type Corrections interface {
	// Correct gives the original a new text and its next version, so that
	// whoever has not got it yet, and every retry, gets the new text; and it
	// publishes a Correction that goes over the original's receipts, on the same
	// lanes. A correction that is still going out is stopped: this one does what
	// was left of it. It costs the same for ten readers and for a million.
	Correct(ctx context.Context, a news.Amendment) (news.BroadcastID, error)

	// Withdraw stops the original and its corrections, and publishes a Withdrawal
	// over the receipts.
	Withdraw(ctx context.Context, a news.Amendment) (news.BroadcastID, error)

	// Reach counts what a correction or a withdrawal has reached so far.
	Reach(ctx context.Context, id news.BroadcastID) (news.Reach, error)
}
