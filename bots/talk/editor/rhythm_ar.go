package editor

// This file is a phrase file: what this door says of digests and their
// calendar, and the words for it, folded where they are compared.

type rhythmPhrases struct {
	Head, Whole, Bare, Item, PinnedItem, DroppedItem, IsHeld, AllHeld, Goes, HowSheet, NoDigest        string
	Drop, Pin, Hold, Release, Intro, NoIntro, Back                                                     string
	Dropped, Kept, Pinned, Unpinned, NowHeld, NowReleased, Introduced, NoIntroNow, HowIntro, LiveFirst string
	Calendar, Day, At, NoDigestAt, Without, Exceptions, Exception, Preset, HowCalendar                 string
	Sketch, Change, From, FromTo, On, Back2, Sure, HowSure, Switched, NoSlots, NoRange, NoName         string
	NoDay, Over, OverOne, Under, Named, AtOnce, NotToday                                               string
}

func arabicRhythm() rhythmPhrases {
	return rhythmPhrases{
		Head:        "موجز {label}: {when}",
		Whole:       "هكذا يصل الآن إلى من يتابع الأقسام كلها. أرقام أخباره:",
		Bare:        "لا أخبار جديدة فيه حتى الآن.",
		Item:        "{n}. {title}",
		PinnedItem:  "{n}. 📌 {title}",
		DroppedItem: "{n}. ✂️ محذوف: {title}",
		IsHeld:      "الموجز موقوف: لا يصدر حتى يُرفع إيقافه، ولا يصدر أبدًا إن انقضى وقته قبل ذلك.",
		AllHeld:     "الإرسال الآلي كله موقوف: لا يصدر الموجز حتى يُستأنف، ولا يصدر أبدًا إن انقضى وقته قبل ذلك.",
		Goes:        "يصدر في موعده ما لم يُوقَف.",
		HowSheet:    "أرسل: احذف 3، أو: أعد 3، أو: ثبّت 2، أو: فك التثبيت 2، أو: مقدمة، ثم النص، أو: أوقف الموجز، أو: ارفع الإيقاف",
		NoDigest:    "لا موجز في الأيام القادمة.",

		Drop: "✂️ احذف خبرًا", Pin: "📌 ثبّت خبرًا", Hold: "⏸ أوقف الموجز", Release: "▶️ ارفع الإيقاف",
		Intro: "✏️ مقدمة", NoIntro: "احذف المقدمة", Back: "↩️ رجوع",

		Dropped:     "حُذف الخبر، ولن يعود في موجز لاحق من تلقاء نفسه. الموجز الآن:",
		Kept:        "عاد الخبر إلى الموجز. الموجز الآن:",
		Pinned:      "ثُبِّت الخبر في أول الموجز. الموجز الآن:",
		Unpinned:    "عاد الخبر إلى قسمه. الموجز الآن:",
		NowHeld:     "أُوقف الموجز، ولن يصدر حتى يُرفع إيقافه.",
		NowReleased: "رُفع إيقاف الموجز، ويصدر في موعده.",
		Introduced:  "كُتبت المقدمة. الموجز الآن:",
		NoIntroNow:  "حُذفت المقدمة. الموجز الآن:",
		LiveFirst:   "أُوقف {form} رقم {draft} أولًا.",
		HowIntro:    "للمقدمة أرسل: مقدمة، ثم النص. ولحذفها أرسل: بلا مقدمة",

		Calendar:    "مواعيد الموجز في الأيام القادمة:",
		Day:         "{day}: {hours}",
		At:          "{label} {time}",
		NoDigestAt:  "بلا موجز",
		Without:     "{label} بلا موجز",
		Exceptions:  "الاستثناءات السارية:",
		Exception:   "«{name}»: {change}، {range}",
		Preset:      "تقاويم جاهزة: {list}",
		HowCalendar: "للتغيير أرسل مثلًا: تقويم رمضان: مساء 22:00 من غد حتى 19 مارس\nأو: تقويم الجمعة: صباح 09:00 كل جمعة\nأو: تقويم العيد: بلا موجز يوم الجمعة\nوللحذف: تقويم حذف رمضان",

		Sketch:   "تقويم «{name}»:",
		Change:   "• {change}، {range}",
		From:     "من {from} إلى أن يُحذف",
		FromTo:   "من {from} حتى {to}",
		On:       "يوم {from} وحده",
		Back2:    "تُحذف استثناءات «{name}»، ويعود الموجز إلى مواعيده:",
		Sure:     "✅ أكّد التقويم",
		HowSure:  "لم يتغير شيء بعد. للتأكيد أرسل: تأكيد التقويم",
		Switched: "تغيّر التقويم.",
		NoName:   "لا استثناء في التقويم بهذا الاسم.",
		NoSlots:  "لم نفهم أي موجز تقصد. مواعيد الموجز: {list}",
		NoRange:  "لم نفهم التاريخ «{words}». اكتبه مثلًا: غد، أو: الجمعة، أو: 1 مارس، أو: \u200e2027-03-01\u200e، ولما يتكرر كل أسبوع: كل جمعة",

		NoDay:    "لا يقع شيء من هذه الأيام في تلك المدة: {days}، {range}.",
		Over:     "وفي الأيام التي يشملها «{name}» أيضًا، وأولها {day}، يُعمل بهذا التغيير لأنه الأحدث ({list}).",
		OverOne:  "ويشمل «{name}» هذا اليوم أيضًا، فيُعمل بهذا التغيير لأنه الأحدث ({list}).",
		AtOnce:   "وهذا الموعد مضى اليوم: يصدر موجز {label} اليوم فور التأكيد.",
		NotToday: "وهذا الموعد مضى اليوم: لا يصدر موجز {label} اليوم.",
		Under:    "ويبقى العمل باستثناءات أخرى في أيامها: {list}",
		Named:    "«{name}»",
	}
}

// calendarWords are what stands in a change of the calendar, folded.
type calendarWords struct {
	remove, from, to, on, off, digest, noise, calendar map[string]bool
}

func arabicCalendar() calendarWords {
	return calendarWords{
		remove:   setOf("حذف", "احذف", "ازاله", "الغ"),
		from:     setOf("من", "ابتداء", "بدءا", "منذ"),
		to:       setOf("حتي", "الي", "لغايه"),
		on:       setOf("يوم", "في"),
		off:      setOf("بلا", "بدون", "دون", "لا"),
		digest:   setOf("نشره", "النشره", "موجز", "الموجز", "نشرات", "موجزات"),
		noise:    setOf("الساعه", "ساعه", "نشره", "النشره", "موجز", "الموجز", "و", "عند", "تاريخ"),
		calendar: setOf("التقويم", "تقويم"),
	}
}

// rhythmWords are what editors say of digests and their calendar.
func rhythmWords() map[verb][]string {
	return map[verb][]string{
		doDigest:   {"النشرة", "نشرة", "النشرة القادمة", "الموجز القادم"},
		doDrop:     {"احذف", "حذف"},
		doKeep:     {"أعد", "أرجع"},
		doPin:      {"ثبت", "تثبيت"},
		doUnpin:    {"فك التثبيت", "فك تثبيت"},
		doIntro:    {"مقدمة", "المقدمة"},
		doNoIntro:  {"بلا مقدمة", "دون مقدمة", "بدون مقدمة"},
		doHoldNext: {"أوقف النشرة", "أوقف الموجز", "أوقفوا النشرة"},
		doReleaseNext: {
			"ارفع الإيقاف", "رفع الإيقاف", "ارفع إيقاف الموجز", "رفع إيقاف الموجز", "ارفع إيقاف النشرة",
			"استأنف الموجز", "استأنف النشرة", "استئناف النشرة", "أطلق النشرة", "أطلق الموجز", "إطلاق النشرة",
		},
		doCalendar: {"التقويم", "تقويم"},
	}
}
