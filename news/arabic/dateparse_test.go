package arabic_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/news/arabic"
)

func TestParseDate(t *testing.T) {
	november := func(h, m, s int) time.Time { return at(2025, time.November, 23, h, m, s) }
	tests := []struct {
		in   string
		want time.Time
	}{
		{"23 نوفمبر 2025", november(0, 0, 0)},
		{"٢٣ نوفمبر ٢٠٢٥", november(0, 0, 0)},
		{"۲۳ نوفمبر ۲۰۲۵", november(0, 0, 0)},
		{"23نوفمبر2025م", november(0, 0, 0)},
		{"الأحد، 23 نوفمبر 2025", november(0, 0, 0)},
		{"الاحد 23 نوفمبر 2025 م", november(0, 0, 0)},
		{"23 نوفمبر، 2025 - 10:15 ص", november(10, 15, 0)},
		{"نوفمبر 23, 2025 10:15 م", november(22, 15, 0)},
		{"23 نوفمبر 2025م 10:15 مساءً", november(22, 15, 0)},
		{"نُشر في: 23 نوفمبر 2025 الساعة 9 صباحًا", november(9, 0, 0)},
		{"آخر تحديث: 23 نوفمبر 2025 | 12:05 م", november(12, 5, 0)},
		{"23 نوفمبر 2025 12:05 ص", november(0, 5, 0)},
		{"23 نوفمبر 2025 14:30", november(14, 30, 0)},
		{"23 نوفمبر 2025 14:30 م", november(14, 30, 0)},
		{"23 نوفمبر 2025 1 ظهرا", november(13, 0, 0)},
		{"23 نوفمبر 2025 12 ظهرا", november(12, 0, 0)},
		{"23 نوفمبر 2025 11 ظهرا", november(11, 0, 0)},
		{"23 نوفمبر 2025 11 ليلاً", november(23, 0, 0)},
		{"23 نوفمبر 2025 2 ليلاً", november(2, 0, 0)},
		{"14:30:59 23/11/2025", november(14, 30, 59)},
		{"23/11/2025", november(0, 0, 0)},
		{"2025-11-23 08:15:00", november(8, 15, 0)},
		{"2025/11/23", november(0, 0, 0)},
		{"23.11.2025", november(0, 0, 0)},
		{"\u200f23\u200f/\u200f11\u200f/\u200f2025", november(0, 0, 0)},
		{"الأحد, 23 نوفمبر 2025 08:15:00 +0000", november(12, 15, 0)},
		{"الأحد, 23 نوفمبر 2025 08:15:00 +04:00", november(8, 15, 0)},
		{"23 نوفمبر 2025 08:15 -0500", november(17, 15, 0)},
		{"23 نوفمبر 2025 08:15 بتوقيت مسقط", november(8, 15, 0)},
		{"23 نوفمبر 2025 08:15 بتوقيت غرينتش", november(12, 15, 0)},
		{"23 نوفمبر 2025 08:15 GST", november(8, 15, 0)},
		{"23 تشرين الثاني 2025", november(0, 0, 0)},
		{"23 تشرين الثاني/نوفمبر 2025", november(0, 0, 0)},
		{"23 نوفمبر (تشرين الثاني) 2025", november(0, 0, 0)},
		{"١٠ أكتوبر ٢٠٢٥ 14:30", at(2025, time.October, 10, 14, 30, 0)},
		{"29 فبراير 2024", at(2024, time.February, 29, 0, 0, 0)},
	}
	for _, tt := range tests {
		got, ok := arabic.ParseDate(tt.in, muscat)
		if !ok || !got.Equal(tt.want) {
			t.Errorf("ParseDate(%q) = %v, %v, want %v", tt.in, got, ok, tt.want)
		}
	}
}

func TestParseDateMonths(t *testing.T) {
	month := func(m time.Month) time.Time { return at(2025, m, 10, 0, 0, 0) }
	tests := []struct {
		in   string
		want time.Time
	}{
		{"10 جانفي 2025", month(1)}, {"10 كانون الثاني 2025", month(1)},
		{"10 فيفري 2025", month(2)}, {"10 شباط 2025", month(2)},
		{"10 آذار 2025", month(3)},
		{"10 ابريل 2025", month(4)}, {"10 إبريل 2025", month(4)}, {"10 أفريل 2025", month(4)}, {"10 نيسان 2025", month(4)},
		{"10 أيار 2025", month(5)}, {"10 ماي 2025", month(5)},
		{"10 يونيه 2025", month(6)}, {"10 يونية 2025", month(6)}, {"10 حزيران 2025", month(6)},
		{"10 يوليه 2025", month(7)}, {"10 جويلية 2025", month(7)}, {"10 يوليوز 2025", month(7)}, {"10 تموز 2025", month(7)},
		{"10 غشت 2025", month(8)}, {"10 أوت 2025", month(8)}, {"10 آب 2025", month(8)},
		{"10 شتنبر 2025", month(9)}, {"10 أيلول 2025", month(9)},
		{"10 تشرين الأول 2025", month(10)}, {"10 أكتــوبر 2025", month(10)},
		{"10 نونبر 2025", month(11)},
		{"10 دجنبر 2025", month(12)}, {"10 كانون الأول 2025", month(12)},
	}
	for _, tt := range tests {
		if got, ok := arabic.ParseDate(tt.in, muscat); !ok || !got.Equal(tt.want) {
			t.Errorf("ParseDate(%q) = %v, %v, want %v", tt.in, got, ok, tt.want)
		}
	}
}

func TestParseDateUnsure(t *testing.T) {
	for _, in := range []string{
		"", " ", "أمس", "قبل ساعتين", "2025", "نوفمبر 2025", "23 نوفمبر", "10:30",
		"11/23/2025",               // month and day changed places
		"23/11/25", "23 نوفمبر 25", // which century
		"31 فبراير 2025", // no such day
		"29 فبراير 2025", "0 مايو 2025", "32 مايو 2025",
		"الاثنين 23 نوفمبر 2025", // a Sunday
		"2 جمادى الآخرة 1447 هـ", // Hijri
		"2 رمضان 1447",
		"23 نوفمبر 2025 الموافق 2 جمادى الآخرة 1447 هـ",
		"23 نوفمبر 2025 م 10:30", // of the year or of the time
		"23 نوفمبر 2025 14:30 ص", "23 نوفمبر 2025 25:00", "23 نوفمبر 2025 10:75", "23 نوفمبر 2025 9 ليلا 10:00",
		"23 نوفمبر 2025 1:5", "23 نوفمبر 2025 10:30:5", "23 نوفمبر 2025 1:02:03:04", "23 نوفمبر 2025 5 ليلا",
		"23 نوفمبر ديسمبر 2025", "23 24 نوفمبر 2025", "23 نوفمبر 2025 2026", "23/11/2025 نوفمبر ديسمبر",
		"23/11-2025", "23/11/2025/1", "23/11", "1.5 نوفمبر 2025", "23 نوفمبر 2025 +0400", "0/0/2025", "5/0/2025",
		"حدث هذا في 23 نوفمبر 2025 في مسقط", "23 نوفمبر 2025 $", "23 نوفمبر 99999999999999999999999",
		"23 نوفمبر 2025 08:15 +9900", "23 نوفمبر 1025", "\xff 23 نوفمبر 2025", "08:15 GMT UTC 23 نوفمبر 2025",
		"23 نوفمبر 2025" + strings.Repeat(" ", 200),
	} {
		if got, ok := arabic.ParseDate(in, muscat); ok {
			t.Errorf("ParseDate(%q) = %v, want unsure", in, got)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range append(seeds, "الأحد, 23 نوفمبر 2025 08:15:00 +0000", "٢٣/١١/٢٠٢٥ ١٠:١٥ م", "5 تشرين الأول 2024") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := arabic.ParseDate(s, muscat)
		if !ok {
			if !got.IsZero() {
				t.Errorf("ParseDate(%q) is unsure and says %v", s, got)
			}
			return
		}
		_, zone := got.Zone()
		if got.Year() < 1900 || got.Year() > 2100 || zone%60 != 0 || len(s) > 200 {
			t.Errorf("ParseDate(%q) = %v", s, got)
		}
		spelt := arabic.Date(got) + " " + got.Format("15:04:05 -0700")
		if again, ok := arabic.ParseDate(spelt, time.UTC); !ok || !again.Equal(got) {
			t.Errorf("ParseDate(%q) = %v, %v; it was %v", spelt, again, ok, got)
		}
	})
}
