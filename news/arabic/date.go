package arabic

import (
	"strconv"
	"time"
)

// Date returns the civil date of t in full: weekday, day, month, year.
// Like its neighbours it reads t in the zone t is in.
func Date(t time.Time) string {
	return Weekday(t) + " " + DayMonth(t) + " " + strconv.Itoa(t.Year())
}

// DayMonth returns the day and the month of t.
func DayMonth(t time.Time) string {
	return strconv.Itoa(t.Day()) + " " + months[t.Month()-1]
}

// Weekday returns the name of t's day of the week.
func Weekday(t time.Time) string { return weekdays[t.Weekday()] }

// Clock returns the time of day of t on the 24-hour clock, "07:30".
func Clock(t time.Time) string { return t.Format("15:04") }

// Ago says how long before now t was: moments, minutes, hours, yesterday, days
// up to six, and from then on its date. Hours go on to the end of the civil
// day and, past midnight, to twelve. A t up to a minute ahead of now counts as
// moments ago, since clocks differ; one further ahead is written as a date.
// Days are those of now's zone.
func Ago(now, t time.Time) string {
	t = t.In(now.Location())
	past := now.Sub(t)
	days := civilDay(now) - civilDay(t)
	switch {
	case past < -time.Minute:
		return Date(t)
	case past < time.Minute:
		return wordAgo + " " + wordMoments
	case past < time.Hour:
		return wordAgo + " " + Minute().span(int(past/time.Minute))
	case past < 12*time.Hour || days == 0:
		return wordAgo + " " + Hour().span(int(past/time.Hour))
	case days == 1:
		return wordYesterday
	case days < 7:
		return wordAgo + " " + Day().span(days)
	}
	return Date(t)
}

// Until says how long from now t is, as [Remaining] does.
func Until(now, t time.Time) string { return Remaining(t.Sub(now)) }

// Remaining says within how long something will have happened: minutes, hours
// with their minutes, from a day on days. It rounds up, so that what it promises is kept.
// Nothing left to wait is now.
func Remaining(d time.Duration) string {
	switch {
	case d <= 0:
		return wordNow
	case d < time.Minute:
		return wordWithin + " " + wordMoments
	}
	return wordWithin + " " + Span(d)
}

// Span returns a length of time as it follows a preposition, rounded up to
// minutes, from a day on to days. Less than a minute is a minute.
func Span(d time.Duration) string {
	minutes := max(1, int((d+time.Minute-1)/time.Minute))
	hours, rest := minutes/60, minutes%60
	switch {
	case hours == 0:
		return Minute().span(rest)
	case hours >= 24:
		return Day().span((minutes + 24*60 - 1) / (24 * 60))
	case rest == 0:
		return Hour().span(hours)
	}
	return Hour().span(hours) + " " + wordAnd + Minute().span(rest)
}

// civilDay numbers the civil days of t's zone.
func civilDay(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}
