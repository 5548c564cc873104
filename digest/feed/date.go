package feed

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news/arabic"
)

// parseDate reads the date of a feed's item: RFC 822 and its many near
// misses, RFC 3339, dates in Arabic, and plain numbers, day first. A date
// without an offset is one of zone. The zero time stands for none, for one
// that cannot be read, and for one before there were feeds.
func parseDate(s string, zone *time.Location) time.Time {
	s = strings.Join(strings.Fields(arabic.Western(arabic.Clean(s))), " ")
	if s == "" || len(s) > 100 {
		return time.Time{}
	}
	t, ok := latinDate(s, zone)
	if !ok {
		if t, ok = arabic.ParseDate(s, zone); !ok {
			return time.Time{}
		}
	}
	if t.Year() < 1990 || t.Year() > 2200 {
		return time.Time{}
	}
	return t
}

var (
	weekdayFirst = regexp.MustCompile(`^(?i)(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*\.?,? +`)
	zoneName     = regexp.MustCompile(` *\(?\b([A-Z]{1,5})\b\)?$`)
	zoneOffset   = regexp.MustCompile(` *\b(?:GMT|UTC) ?([+-])(\d{1,2}):?(\d{2})?$`)
	fullMonth    = regexp.MustCompile(`(?i)\b(jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b\.?`)
)

// zones are the names that RFC 822 gives, and those of the Gulf: without them
// the time package would take GST for UTC. Z is last of the military letters
// in use.
func zoneHours(name string) (float64, bool) {
	switch name {
	case "GMT", "UTC", "UT", "Z", "WET":
		return 0, true
	case "GST", "MUT":
		return 4, true
	case "AST", "KSA", "MSK":
		return 3, true
	case "BST", "CET", "WEST":
		return 1, true
	case "CEST", "EET", "SAST":
		return 2, true
	case "EEST":
		return 3, true
	case "IST":
		return 5.5, true
	case "PKT":
		return 5, true
	case "EST", "CDT":
		return -5, true
	case "EDT":
		return -4, true
	case "CST", "MDT":
		return -6, true
	case "MST", "PDT":
		return -7, true
	case "PST":
		return -8, true
	}
	return 0, false
}

func latinDate(s string, zone *time.Location) (time.Time, bool) {
	s = weekdayFirst.ReplaceAllString(s, "")
	if m := zoneOffset.FindStringSubmatchIndex(s); m != nil {
		minutes := "00"
		if m[6] >= 0 {
			minutes = s[m[6]:m[7]]
		}
		hours := s[m[4]:m[5]]
		s = s[:m[0]] + " " + s[m[2]:m[3]] + strings.Repeat("0", 2-len(hours)) + hours + minutes
	} else if m := zoneName.FindStringSubmatch(s); m != nil && m[1] != "AM" && m[1] != "PM" {
		if hours, ok := zoneHours(m[1]); ok {
			offset := int(hours * 3600)
			zone = time.FixedZone(m[1], offset)
			if offset == 0 {
				zone = time.UTC
			}
			s = strings.TrimSuffix(s, m[0])
		}
	}
	s = fullMonth.ReplaceAllStringFunc(s, func(m string) string { return strings.ToUpper(m[:1]) + strings.ToLower(m[1:3]) })
	for _, layout := range layouts() {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return t, true
		}
	}
	return numericDate(s, zone)
}

// layouts are tried in order; fractions of seconds are understood by each.
func layouts() []string {
	return []string{
		"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -07:00", "2 Jan 2006 15:04 -0700",
		time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04",
		"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05-07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02 15:04",
		"2006-01-02", "20060102T150405Z0700", "2 Jan 2006 15:04:05", "2 Jan 2006 15:04", "2 Jan 2006", "02-Jan-2006 15:04:05", "02-Jan-2006",
		"2 Jan 06 15:04:05 -0700", "2 Jan 06 15:04:05", "2 Jan 06 15:04", "Jan 2, 2006 3:04 PM", "Jan 2, 2006 15:04:05", "Jan 2, 2006",
		"Jan 2 15:04:05 2006", "Jan 2 15:04:05 -0700 2006", "2 Jan 2006 3:04:05 PM", "2 Jan 2006 3:04 PM", "2 Jan, 2006 15:04:05", "2 Jan, 2006 15:04",
	}
}

var numbers = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,T-]+(.+))?$`)

// numericDate reads 23/11/2025: the day first, except where that makes no
// month.
func numericDate(s string, zone *time.Location) (time.Time, bool) {
	m := numbers.FindStringSubmatch(s)
	if m == nil {
		return time.Time{}, false
	}
	day, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	if month > 12 && day <= 12 {
		day, month = month, day
	}
	date := m[3] + "-" + pad(month) + "-" + pad(day)
	if m[4] == "" {
		t, err := time.ParseInLocation(time.DateOnly, date, zone)
		return t, err == nil
	}
	for _, layout := range []string{"15:04:05 -0700", "15:04:05Z07:00", "15:04:05", "15:04 -0700", "15:04", "3:04:05 PM", "3:04 PM"} {
		if t, err := time.ParseInLocation(time.DateOnly+" "+layout, date+" "+strings.ToUpper(m[4]), zone); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// wordPressTime reads WordPress's dates: `date_gmt` is UTC and `date` is of
// the site's zone, both without saying so. Drafts carry year 0 or -1.
func wordPressTime(gmt, local string, zone *time.Location) time.Time {
	for _, d := range []struct {
		s    string
		zone *time.Location
	}{{gmt, time.UTC}, {local, zone}} {
		if t, err := time.ParseInLocation("2006-01-02T15:04:05", strings.TrimSuffix(d.s, "Z"), d.zone); err == nil && t.Year() >= 1990 {
			return t
		}
	}
	return time.Time{}
}
