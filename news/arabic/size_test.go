package arabic_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/news/arabic"
)

// TestHostileLength proves that the work on half a megabyte made to be slow grows
// with its length and not with the square of it: the square takes minutes.
func TestHostileLength(t *testing.T) {
	const length = 1 << 19
	for _, piece := range []string{".", "x.", "1. ", "/", "- ", "(", "عاجل:", "و", "و ", "،", "\u064b", "\u200f", "\n", "👨\u200d", "a b. ", "\u200e", "(CNN)"} {
		s := strings.Repeat(piece, length/len(piece)) + "x"
		start := time.Now()
		arabic.FoldCommand(s)
		arabic.Lead(s, 200)
		arabic.Clip(s, length/8)
		arabic.ClipLines(s, length/8)
		arabic.UrgentPrefix(s)
		arabic.Mark(s)
		arabic.Stems(s)
		arabic.ParseDate(s, time.UTC)
		arabic.Near(s, "اشتراك")
		arabic.SameStory("خبر عن أمر", s, "خبر آخر عن أمر", s)
		if took := time.Since(start); took > 15*time.Second {
			t.Errorf("half a megabyte of %q takes %v", piece, took)
		}
	}
}
