package arabic_test

import (
	"testing"
	"time"

	"github.com/nashra-bot/nashra/news/arabic"
)

// muscat is a fixed zone, so that the tests need no zone database.
var muscat = time.FixedZone("Asia/Muscat", 4*3600)

func at(y int, m time.Month, d, h, min, s int) time.Time {
	return time.Date(y, m, d, h, min, s, 0, muscat)
}

func TestDate(t *testing.T) {
	sunday := at(2025, time.November, 23, 7, 5, 0)
	for _, tt := range []struct{ what, got, want string }{
		{"Date", arabic.Date(sunday), "الأحد 23 نوفمبر 2025"},
		{"DayMonth", arabic.DayMonth(sunday), "23 نوفمبر"},
		{"Weekday", arabic.Weekday(sunday), "الأحد"},
		{"Clock", arabic.Clock(sunday), "07:05"},
		{"Clock in the evening", arabic.Clock(sunday.Add(14 * time.Hour)), "21:05"},
		{"Date of a Saturday", arabic.Date(at(2026, time.January, 3, 0, 0, 0)), "السبت 3 يناير 2026"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s = %q, want %q", tt.what, tt.got, tt.want)
		}
	}
	for m := time.January; m <= time.December; m++ {
		day := at(2025, m, 15, 0, 0, 0)
		if got, ok := arabic.ParseDate(arabic.Date(day), muscat); !ok || !got.Equal(day) {
			t.Errorf("ParseDate(%q) = %v, %v", arabic.Date(day), got, ok)
		}
	}
}

func TestAgo(t *testing.T) {
	now := at(2025, time.November, 23, 18, 30, 0)
	tests := []struct {
		past time.Duration
		want string
	}{
		{-30 * time.Second, "قبل لحظات"},
		{0, "قبل لحظات"},
		{59 * time.Second, "قبل لحظات"},
		{time.Minute, "قبل دقيقة"},
		{2 * time.Minute, "قبل دقيقتين"},
		{3 * time.Minute, "قبل 3 دقائق"},
		{11 * time.Minute, "قبل 11 دقيقة"},
		{59 * time.Minute, "قبل 59 دقيقة"},
		{time.Hour, "قبل ساعة"},
		{119 * time.Minute, "قبل ساعة"},
		{2 * time.Hour, "قبل ساعتين"},
		{10 * time.Hour, "قبل 10 ساعات"},
		{18 * time.Hour, "قبل 18 ساعة"},
		{19 * time.Hour, "أمس"},
		{42 * time.Hour, "أمس"},
		{43 * time.Hour, "قبل يومين"},
		{3 * 24 * time.Hour, "قبل 3 أيام"},
		{6 * 24 * time.Hour, "قبل 6 أيام"},
		{7 * 24 * time.Hour, "الأحد 16 نوفمبر 2025"},
		{-2 * time.Minute, "الأحد 23 نوفمبر 2025"},
	}
	for _, tt := range tests {
		if got := arabic.Ago(now, now.Add(-tt.past).UTC()); got != tt.want {
			t.Errorf("Ago(%v) = %q, want %q", tt.past, got, tt.want)
		}
	}
	early := at(2025, time.November, 23, 1, 0, 0)
	if got := arabic.Ago(early, early.Add(-2*time.Hour)); got != "قبل ساعتين" {
		t.Errorf("two hours ago, before midnight = %q", got)
	}
}

func TestRemaining(t *testing.T) {
	tests := []struct {
		left time.Duration
		want string
	}{
		{-time.Second, "الآن"},
		{0, "الآن"},
		{20 * time.Second, "خلال لحظات"},
		{time.Minute, "خلال دقيقة"},
		{time.Minute + time.Second, "خلال دقيقتين"},
		{5 * time.Minute, "خلال 5 دقائق"},
		{59*time.Minute + time.Second, "خلال ساعة"},
		{65 * time.Minute, "خلال ساعة و5 دقائق"},
		{2*time.Hour + 2*time.Minute, "خلال ساعتين ودقيقتين"},
		{23*time.Hour + 59*time.Minute + time.Second, "خلال يوم"},
		{24*time.Hour + time.Second, "خلال يومين"},
		{11 * 24 * time.Hour, "خلال 11 يومًا"},
	}
	now := at(2025, time.November, 23, 18, 30, 0)
	for _, tt := range tests {
		if got := arabic.Remaining(tt.left); got != tt.want {
			t.Errorf("Remaining(%v) = %q, want %q", tt.left, got, tt.want)
		}
		if got := arabic.Until(now, now.Add(tt.left)); got != tt.want {
			t.Errorf("Until(%v) = %q, want %q", tt.left, got, tt.want)
		}
	}
}
