package sqlite_test

import (
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/store/sqlite"
)

// TestLogSincePlan: where a day begins in the log is looked up in the times
// alone.
func TestLogSincePlan(t *testing.T) {
	plan := explain(t, open(t).DB(), sqlite.LogSince, 0)
	if !strings.Contains(plan, "SEARCH audit USING COVERING INDEX audit_at (at>?)") || strings.Contains(plan, "SCAN audit") {
		t.Errorf("the plan is\n%s", plan)
	}
}
