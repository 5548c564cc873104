package arabic_test

import (
	"math"
	"testing"

	"github.com/nashra-bot/nashra/news/arabic"
)

func TestWestern(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"2025", "2025"},
		{"٠١٢٣٤٥٦٧٨٩", "0123456789"},
		{"۰۱۲۳۴۵۶۷۸۹", "0123456789"},
		{"1️⃣ و2⃣ و٣️⃣", "1 و2 و3"},
		{"🔟", "10"},
		{"#️⃣", "#️⃣"},
		{"الساعة ١٠:٣٠", "الساعة 10:30"},
	}
	for _, tt := range tests {
		if got := arabic.Western(tt.in); got != tt.want {
			t.Errorf("Western(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestNumber(t *testing.T) {
	tests := []struct {
		n    int
		want string
	}{
		{0, "0"}, {7, "7"}, {999, "999"}, {1000, "1,000"}, {12345, "12,345"}, {1234567, "1,234,567"},
		{-5, "-5"}, {-999, "-999"}, {-1000, "-1,000"},
		{math.MinInt64, "-9,223,372,036,854,775,808"},
	}
	for _, tt := range tests {
		if got := arabic.Number(tt.n); got != tt.want {
			t.Errorf("Number(%d) = %q, want %q", tt.n, got, tt.want)
		}
	}
}
