package telegram

import (
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/news"
)

func FuzzUnits(f *testing.F) {
	for _, text := range []string{"", "a", "نشرة المساء", "📰 خبر", "e\u0301", "\u200f\ufffd"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\ufffd")
		if got, want := units(text), news.Units(text); got != want {
			t.Errorf("units(%q) = %d, want %d", text, got, want)
		}
	})
}
