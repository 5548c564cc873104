package desk

import (
	"maps"
	"time"
)

// This file is a phrase file: the words of times, folded, as editors write
// them, in both languages.
type timeTable struct {
	noise, after   map[string]bool
	beyond         map[string]bool // before tomorrow: the day after it
	within         map[string]bool // before a part of the day
	one            map[string]bool // before a length of time
	days, weekdays map[string]int
	parts          map[string]dayPart
	units          map[string]time.Duration
}

func timeWords() timeTable {
	return timeTable{
		noise:  map[string]bool{"في": true, "الساعه": true, "ساعه": true, "يوم": true, "عند": true, "القادم": true, "المقبل": true, "القادمه": true, "at": true, "on": true, "next": true, "the": true, "day": true},
		after:  map[string]bool{"بعد": true, "خلال": true, "in": true, "after": true, "within": true},
		beyond: map[string]bool{"بعد": true, "after": true},
		within: map[string]bool{"في": true, "in": true, "at": true, "the": true},
		one:    map[string]bool{"a": true, "an": true, "one": true},
		days: map[string]int{
			"اليوم": 0, "الليله": 0, "today": 0, "tonight": 0, "غدا": 1, "غد": 1, "بكره": 1, "بكرا": 1, "tomorrow": 1,
		},
		weekdays: weekdays(),
		parts: map[string]dayPart{
			"ص": morning, "صباحا": morning, "الصباح": morning, "فجرا": morning, "am": morning,
			"م": evening, "مساء": evening, "المساء": evening, "عصرا": evening, "pm": evening,
			"ظهرا": noon, "الظهر": noon, "ليلا": night,
			"morning": morning, "noon": noon, "afternoon": evening, "evening": evening, "night": night,
		},
		units: map[string]time.Duration{
			"دقيقه": time.Minute, "دقائق": time.Minute, "دقيقتين": 2 * time.Minute, "minute": time.Minute, "minutes": time.Minute, "min": time.Minute, "mins": time.Minute,
			"ساعه": time.Hour, "ساعات": time.Hour, "ساعتين": 2 * time.Hour, "hour": time.Hour, "hours": time.Hour,
			"نصف": 30 * time.Minute, "نصف ساعه": 30 * time.Minute, "half an hour": 30 * time.Minute, "half hour": 30 * time.Minute,
		},
	}
}

func weekdays() map[string]int {
	all := englishDays()
	maps.Copy(all, map[string]int{
		"الاحد": 0, "احد": 0, "الاثنين": 1, "الاتنين": 1, "اثنين": 1, "الثلاثاء": 2, "الثلاثا": 2, "ثلاثاء": 2,
		"الاربعاء": 3, "الاربعا": 3, "اربعاء": 3, "الخميس": 4, "خميس": 4, "الجمعه": 5, "جمعه": 5, "السبت": 6, "سبت": 6,
	})
	return all
}

// watchTable are the words of hours of duty.
type watchTable struct {
	noise, until           map[string]bool
	whole, daily, midnight map[string]bool // of two words, or of one
	and                    string          // written onto the next word
	plural                 string          // written onto a day
}

func watchWords() watchTable {
	return watchTable{
		noise: map[string]bool{
			"من": true, "يوم": true, "ايام": true, "ساعه": true, "الساعه": true, "ساعات": true, "في": true, "و": true, "كل": true,
			"from": true, "at": true, "on": true, "and": true, "the": true, "every": true,
		},
		until:    map[string]bool{"الي": true, "حتي": true, "لغايه": true, "to": true, "until": true, "till": true, "through": true},
		whole:    map[string]bool{"طوال اليوم": true, "كامل اليوم": true, "24 ساعه": true, "all day": true, "24 hours": true},
		daily:    map[string]bool{"كل يوم": true, "كل الايام": true, "كل اسبوع": true, "يوميا": true, "every day": true, "everyday": true, "daily": true},
		midnight: map[string]bool{"منتصف الليل": true, "midnight": true},
		and:      "و",
		plural:   "s",
	}
}

// weeklyTable are the words of what is so every week.
type weeklyTable struct {
	in, from, to, and map[string]bool
	every, days, day  map[string]bool
	daily, weekly     map[string]bool // of two words, or of one
	plurals           map[string]time.Weekday
}

func weeklyWords() weeklyTable {
	return weeklyTable{
		in:      map[string]bool{"في": true, "on": true},
		from:    map[string]bool{"من": true, "from": true},
		to:      map[string]bool{"الي": true, "to": true, "through": true},
		and:     map[string]bool{"و": true, "ويوم": true, "and": true},
		every:   map[string]bool{"كل": true, "every": true, "each": true},
		days:    map[string]bool{"ايام": true, "days": true},
		day:     map[string]bool{"يوم": true, "يومي": true},
		daily:   map[string]bool{"كل يوم": true, "كل الايام": true, "يوميا": true, "every day": true, "each day": true, "daily": true},
		weekly:  map[string]bool{"كل اسبوع": true, "اسبوعيا": true, "every week": true, "each week": true, "weekly": true},
		plurals: map[string]time.Weekday{"الجمع": time.Friday, "جمع": time.Friday},
	}
}
