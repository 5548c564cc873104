package arabic_test

import (
	"testing"

	"github.com/nashra-bot/nashra/news/arabic"
)

func TestDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "وقف", 3},
		{"وقف", "وقت", 1},
		{"اشتراك", "اشتراك", 0},
		{"اشتراك", "اشترك", 1},
		{"اشتراك", "اشتراط", 1},
		{"اشتراك", "اشترتاك", 1},
		{"اشتراك", "اتشراك", 1},
		{"اقسام", "مساعده", 5},
		{"ca", "abc", 3}, // the swapped pair is not touched again
		{"kitten", "sitting", 3},
	}
	for _, tt := range tests {
		if got := arabic.Distance(tt.a, tt.b); got != tt.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
		if got := arabic.Distance(tt.b, tt.a); got != tt.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", tt.b, tt.a, got, tt.want)
		}
	}
}

func TestNear(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"وقف", "وقت", false},
		{"وقف", "وقف", false},
		{"الغاء", "الغا", false},
		{"الغاء", "الغاع", true},
		{"اشتراك", "اشترك", true},
		{"اشتراك", "اتشراك", true},
		{"اشتراك", "اشتراك", true},
		{"اشتراك", "استراح", false},
		{"مساعده", "مساعدهههه", false},
		{"", "", false},
	}
	for _, tt := range tests {
		if got := arabic.Near(tt.a, tt.b); got != tt.want {
			t.Errorf("Near(%q, %q) = %v", tt.a, tt.b, got)
		}
	}
}

func FuzzDistance(f *testing.F) {
	f.Add("اشتراك", "اشترك")
	f.Add("", "a")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) > 400 {
			return
		}
		d := arabic.Distance(a, b)
		if back := arabic.Distance(b, a); back != d {
			t.Errorf("Distance(%q, %q) = %d, and back %d", a, b, d, back)
		}
		x, y := arabic.Runes(a), arabic.Runes(b)
		if d < max(x-y, y-x) || d > max(x, y) || (d == 0) != (string([]rune(a)) == string([]rune(b))) {
			t.Errorf("Distance(%q, %q) = %d", a, b, d)
		}
	})
}
