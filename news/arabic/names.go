package arabic

// This file is a phrase file: the words of dates and times. The tables are
// read and never written. Keys are folded, as Fold would write them.

// months holds the names used in Oman, from January.
var months = [...]string{
	"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
	"يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
}

// weekdays holds the names from Sunday, as time.Weekday counts.
var weekdays = [...]string{
	"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت",
}

const (
	wordMoments   = "لحظات"
	wordYesterday = "أمس"
	wordAgo       = "قبل"
	wordWithin    = "خلال"
	wordAnd       = "و"
	wordNow       = "الآن"
)

// monthNames gives the number of a month for its names in the newspapers of
// the Gulf, Egypt, the Levant, Iraq and the Maghreb.
var monthNames = map[string]int{
	"يناير": 1, "جانفي": 1, "كانون الثاني": 1, "كانون ثاني": 1,
	"فبراير": 2, "فيفري": 2, "شباط": 2,
	"مارس": 3, "اذار": 3,
	"ابريل": 4, "افريل": 4, "نيسان": 4,
	"مايو": 5, "ماي": 5, "ايار": 5, "مايس": 5,
	"يونيو": 6, "يونيه": 6, "جوان": 6, "حزيران": 6,
	"يوليو": 7, "يوليه": 7, "يوليوز": 7, "جويليه": 7, "تموز": 7,
	"اغسطس": 8, "غشت": 8, "اوت": 8, "اب": 8,
	"سبتمبر": 9, "شتنبر": 9, "ايلول": 9,
	"اكتوبر": 10, "تشرين الاول": 10, "تشرين اول": 10,
	"نوفمبر": 11, "نونبر": 11, "تشرين الثاني": 11, "تشرين ثاني": 11,
	"ديسمبر": 12, "دجنبر": 12, "كانون الاول": 12, "كانون اول": 12,
}

// weekdayNames gives time.Weekday for the spellings of a day's name.
var weekdayNames = map[string]int{
	"الاحد": 0, "احد": 0,
	"الاثنين": 1, "الاتنين": 1, "اثنين": 1,
	"الثلاثاء": 2, "الثلاثا": 2, "ثلاثاء": 2,
	"الاربعاء": 3, "الاربعا": 3, "اربعاء": 3,
	"الخميس": 4, "خميس": 4,
	"الجمعه": 5, "جمعه": 5,
	"السبت": 6, "سبت": 6,
}

// dayParts gives the part of the day a word after the hour names.
var dayParts = map[string]dayPart{
	"ص": morning, "صباحا": morning, "الصباح": morning, "فجرا": morning, "am": morning,
	"م": evening, "مساء": evening, "المساء": evening, "عصرا": evening, "pm": evening,
	"ظهرا": noon, "ليلا": night,
}

// wordAD is the letter behind a year that says it is not a Hijri one.
const wordAD = "م"

// dateNoise holds the words that may stand around a date and change nothing.
var dateNoise = map[string]bool{
	"نشر": true, "نشرت": true, "في": true, "بتاريخ": true, "تاريخ": true, "النشر": true,
	"يوم": true, "الساعه": true, "عند": true, "من": true, "شهر": true, "عام": true, "سنه": true,
	"اخر": true, "تحديث": true, "التحديث": true, "بتوقيت": true, "توقيت": true, "ميلادي": true,
}

// dateZones gives the offset in seconds of a named zone.
var dateZones = map[string]int{
	"gmt": 0, "utc": 0, "غرينتش": 0, "جرينتش": 0, "غرينيتش": 0,
	"gst": 4 * 3600, "مسقط": 4 * 3600, "عمان": 4 * 3600,
}
