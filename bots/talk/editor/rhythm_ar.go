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
		Head:        "نشرة {label}: {when}",
		Whole:       "هكذا تصل الآن إلى من يتابع الأقسام كلها. أرقام أخبارها:",
		Bare:        "لا أخبار جديدة فيها حتى الآن.",
		Item:        "{n}. {title}",
		PinnedItem:  "{n}. 📌 {title}",
		DroppedItem: "{n}. ✂️ محذوف: {title}",
		IsHeld:      "النشرة موقوفة: لا تصدر حتى تُطلَق، ولا تصدر أبدًا إن انقضى وقتها قبل ذلك.",
		AllHeld:     "الإرسال الآلي كله موقوف: لا تصدر حتى يُستأنف، ولا تصدر أبدًا إن انقضى وقتها قبل ذلك.",
		Goes:        "تصدر في موعدها ما لم تُوقَف.",
		HowSheet:    "أرسل: احذف 3، أو: أعد 3، أو: ثبّت 2، أو: فك التثبيت 2، أو: مقدمة، ثم النص، أو: أوقف النشرة، أو: أطلق النشرة",
		NoDigest:    "لا نشرة في الأيام القادمة.",

		Drop: "✂️ احذف خبرًا", Pin: "📌 ثبّت خبرًا", Hold: "⏸ أوقف النشرة", Release: "▶️ أطلق النشرة",
		Intro: "✏️ مقدمة", NoIntro: "احذف المقدمة", Back: "↩️ رجوع",

		Dropped:     "حُذف الخبر، ولن يعود في نشرة لاحقة من نفسه. النشرة الآن:",
		Kept:        "عاد الخبر إلى النشرة. النشرة الآن:",
		Pinned:      "ثُبِّت الخبر في أول النشرة. النشرة الآن:",
		Unpinned:    "عاد الخبر إلى قسمه. النشرة الآن:",
		NowHeld:     "أُوقفت النشرة، ولن تصدر حتى تُطلَق.",
		NowReleased: "أُطلقت النشرة، وتصدر في موعدها.",
		Introduced:  "كُتبت المقدمة. النشرة الآن:",
		NoIntroNow:  "حُذفت المقدمة. النشرة الآن:",
		LiveFirst:   "أُوقف رقم {draft} أولًا.",
		HowIntro:    "للمقدمة أرسل: مقدمة، ثم النص. ولحذفها أرسل: بلا مقدمة",

		Calendar:    "مواعيد النشرات في الأيام القادمة:",
		Day:         "{day}: {hours}",
		At:          "{label} {time}",
		NoDigestAt:  "بلا نشرة",
		Without:     "{label} بلا نشرة",
		Exceptions:  "الاستثناءات السارية:",
		Exception:   "«{name}»: {change}، {range}",
		Preset:      "تقاويم جاهزة: {list}",
		HowCalendar: "للتغيير أرسل مثلًا: تقويم رمضان: مساء 22:00 من غد حتى 19 مارس\nأو: تقويم الجمعة: صباح 09:00 كل جمعة\nأو: تقويم العيد: بلا نشرة يوم الجمعة\nوللحذف: تقويم حذف رمضان",

		Sketch:   "تقويم «{name}»:",
		Change:   "• {change}، {range}",
		From:     "من {from} إلى أن يُحذف",
		FromTo:   "من {from} حتى {to}",
		On:       "يوم {from} وحده",
		Back2:    "تُحذف استثناءات «{name}»، وتعود النشرات إلى مواعيدها:",
		Sure:     "✅ أكّد التقويم",
		HowSure:  "لم يتغير شيء بعد. للتأكيد أرسل: تأكيد التقويم",
		Switched: "تغيّر التقويم.",
		NoName:   "لا استثناء في التقويم بهذا الاسم.",
		NoSlots:  "لم أفهم النشرة. النشرات: {list}",
		NoRange:  "لم أفهم التاريخ «{words}». اكتبه مثلًا: غد، أو: الجمعة، أو: 1 مارس، أو: 2027-03-01، ولما يتكرر كل أسبوع: كل جمعة",

		NoDay:    "لا يقع شيء من هذه الأيام في تلك المدة: {days}، {range}.",
		Over:     "وفي الأيام التي يشملها «{name}» أيضًا، وأولها {day}، يُعمل بهذا التغيير لأنه الأحدث ({list}).",
		OverOne:  "ويشمل «{name}» هذا اليوم أيضًا، فيُعمل بهذا التغيير لأنه الأحدث ({list}).",
		AtOnce:   "وهذا الموعد مضى اليوم: تصدر نشرة {label} اليوم فور التأكيد.",
		NotToday: "وهذا الموعد مضى اليوم: لا تصدر نشرة {label} اليوم.",
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
		digest:   setOf("نشره", "النشره", "موجز", "نشرات"),
		noise:    setOf("الساعه", "ساعه", "نشره", "النشره", "موجز", "و", "عند", "تاريخ"),
		calendar: setOf("التقويم", "تقويم"),
	}
}

// rhythmWords are what editors say of digests and their calendar.
func rhythmWords() map[verb][]string {
	return map[verb][]string{
		doDigest:      {"النشرة", "نشرة", "النشرة القادمة"},
		doDrop:        {"احذف", "حذف"},
		doKeep:        {"أعد", "أرجع"},
		doPin:         {"ثبت", "تثبيت"},
		doUnpin:       {"فك التثبيت", "فك تثبيت"},
		doIntro:       {"مقدمة", "المقدمة"},
		doNoIntro:     {"بلا مقدمة", "دون مقدمة", "بدون مقدمة"},
		doHoldNext:    {"أوقف النشرة", "أوقف الموجز", "أوقفوا النشرة"},
		doReleaseNext: {"أطلق النشرة", "أطلق الموجز", "إطلاق النشرة"},
		doCalendar:    {"التقويم", "تقويم"},
	}
}
