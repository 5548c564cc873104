package desk

import (
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// This file is a phrase file: lengths of time in English.

// englishSpan says a length of time, as [arabic.Span] does: rounded up to
// minutes, from a day on to days. Less than two minutes is said in seconds.
func englishSpan(d time.Duration) string {
	if n := int(d.Round(time.Second) / time.Second); n < 120 {
		return some(max(n, 1), "second")
	}
	minutes := int((d + time.Minute - 1) / time.Minute)
	hours, rest := minutes/60, minutes%60
	switch {
	case hours == 0:
		return some(rest, "minute")
	case hours >= 24:
		return some((minutes+24*60-1)/(24*60), "day")
	case rest == 0:
		return some(hours, "hour")
	}
	return some(hours, "hour") + " and " + some(rest, "minute")
}

func englishAgo(now, t time.Time) string {
	t = t.In(now.Location())
	past := now.Sub(t)
	days := daysBetween(t, now)
	switch {
	case past < -time.Minute || days >= 7:
		return t.Format("Monday, 2 January 2006")
	case past < time.Minute:
		return "moments ago"
	case past < time.Hour:
		return some(int(past/time.Minute), "minute") + " ago"
	case past < 12*time.Hour || days == 0:
		return some(int(past/time.Hour), "hour") + " ago"
	case days == 1:
		return "yesterday"
	}
	return some(days, "day") + " ago"
}

// daysBetween counts the civil days from one time to another.
func daysBetween(from, to time.Time) int {
	a, _ := news.DateOf(from).In(time.UTC)
	b, _ := news.DateOf(to).In(time.UTC)
	return int(b.Sub(a).Hours()) / 24
}

// some is a number and a noun.
func some(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return arabic.Number(n) + " " + noun + "s"
}
