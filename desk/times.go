package desk

import (
	"time"

	"github.com/nashra-bot/nashra/news/arabic"
)

// Date says a civil date in full.
func (p *Phrases) Date(t time.Time) string { return p.date(t) }

// DayMonth says a date without its year.
func (p *Phrases) DayMonth(t time.Time) string {
	if p.Language == English {
		return t.Format("2 January")
	}
	return arabic.DayMonth(t)
}

// Day says a day of these weeks: its name and its date, without the year.
func (p *Phrases) Day(t time.Time) string {
	if p.Language == English {
		return t.Format("Monday, 2 January")
	}
	return arabic.Weekday(t) + " " + arabic.DayMonth(t)
}

// Ago says how long before now t was, as [arabic.Ago] does.
func (p *Phrases) Ago(now, t time.Time) string {
	if p.Language == English {
		return englishAgo(now, t)
	}
	return arabic.Ago(now, t)
}
