package desk

// This file is a phrase file: what the desk says in Arabic.
func arabicPhrases() *Phrases {
	return &Phrases{
		Language:  Arabic,
		Withdrawn: "سحبنا خبرًا سبق أن أرسلناه إليكم لعدم دقته، ونعتذر عن ذلك.",
		Checked:   "تحقُّق من شائعة: {title}",
		Closed:    "هذه تجربة قبل فتح البوت للجمهور: لن تصل الرسالة إلا إلى المحررين.",
		Refused:   arabicRefused(),
		Warnings:  arabicWarnings(),
		Notices:   arabicNotices(),
		Stalls:    arabicStalls(),
		Tips:      arabicTips(),
		Numbers:   arabicNumbers(),
		Times:     arabicTimes(),
		States:    arabicStates(),
		Roles:     RolePhrases{Owner: "مالك", Editor: "محرر", Reporter: "مراسل"},
		Watches:   arabicWatches(),
		Networks:  NetworkPhrases{Telegram: "تلغرام", WhatsApp: "واتساب"},
	}
}

func arabicRefused() RefusalPhrases {
	return RefusalPhrases{
		Faulty:       "لم يُنفَّذ الطلب: فيه ما لا يصلح للإرسال.",
		NotYours:     "هذا الأمر ليس من صلاحياتك.",
		NoEditor:     "هذا الأمر للمحررين فقط.",
		OtherSection: "هذا القسم ليس من أقسامك.",
		Frozen:       "الإرسال كله مجمَّد. لا يرفع التجميد إلا مالك.",
		OldVersion:   "هذه نسخة قديمة. اطلب المعاينة من جديد.",
		NotSeen:      "لم تُعاين هذه النسخة بعد. اطلب المعاينة أولًا.",
		NotShown:     "هذا يُرسَل إلى الجميع، ولا يؤكده إلا من عاين هذه النسخة بنفسه.",
		Already:      "سبق تنفيذ هذا، ولن يُنفَّذ مرتين.",
		SamePerson:   "هذا يُرسَل إلى الجميع، ويلزمه تأكيد شخص ثانٍ غيرك.",
		TooLate:      "فات الأوان: تجاوز الخبر هذه المرحلة.",
		Overtaken:    "نُشر تصحيح آخر في هذه الأثناء. راجعه أولًا ثم عاين تصحيحك من جديد.",
		Withdrawn:    "سُحب هذا الخبر، ولا تصحيح بعد السحب.",
		NotSent:      "لم يُرسَل هذا الخبر بعد.",
		NoSuch:       "لا شيء بهذا الرقم.",
		BadCode:      "الرمز غير صحيح، أو استُعمل من قبل، أو انتهت مدته.",
		LastOwner:    "هذا هو المالك الوحيد. عيّن مالكًا آخر أولًا.",
		BadTime:      "لم نفهم الوقت. اكتبه مثلًا: غدًا 07:30، أو: الأحد 9 صباحًا.",
		PastTime:     "هذا الوقت مضى.",
		Taken:        "سبق البتّ في هذا.",
		BadFile:      "لا يُرفق بالخبر إلا صورة JPEG أو PNG، أو مقطع MP4، أو ملف PDF، بأبعاد تعرضها الهواتف. وهذا الملف ليس منها.",
		BigFile:      "الملف كبير. أقصى حجم {name} ميغابايت.",
		EmptyFile:    "الملف فارغ.",
		LostFile:     "تعذر الحصول على الملف. أرسله مرة أخرى.",
		SameMedia:    "التصحيح للنص وحده، والمرفق يبقى كما وصل إلى القراء.",
		NothingLive:  "لا شيء قيد الإرسال لإيقافه.",
		EditionOut:   "فات الأوان: صدر هذا الموجز أو انقضى وقته.",
		OldLook:      "تغيّر الأمر منذ عُرض عليك. اطلب عرضه من جديد ثم قرر.",
		NoLook:       "لم يُعرض عليك موجز بعد. أرسل: الموجز القادم",
		NoItem:       "لا خبر في الموجز بهذا الرقم.",
		NoSketch:     "لا تغيير في التقويم ينتظر التأكيد.",
		NoSlot:       "لا موجز في هذا الموعد.",
		Holding:      "الإرسال الآلي كله موقوف. لإعادته أرسل: استأنف الكل",
		Opened:       "فُتح البوت للجمهور بعد هذه المعاينة، وستصل الرسالة إلى القراء. اطلب المعاينة من جديد ثم أكد.",
	}
}

func arabicWarnings() WarningPhrases {
	return WarningPhrases{
		Frozen:   "الإرسال مجمَّد الآن: لن يخرج شيء حتى يُرفع التجميد.",
		Same:     "أُرسل خبر عاجل يشبه هذا عند {time}.",
		Budget:   "بلغت الأخبار العاجلة اليوم {n}، وكثرتها تدفع القراء إلى إيقافها.",
		Reader:   "من هؤلاء القراء من تلقى اليوم {n} من الأخبار العاجلة.",
		Night:    "الوقت ليل عند القراء ({time}).",
		NoLink:   "لا رابط مع الخبر.",
		DeadLink: "الرابط لا يستجيب.",
		Repeat:   "تكررت كلمة «{word}».",
		Long:     "النص طويل على شاشة الهاتف المقفلة (طوله {letters}).",
		TooLong:  "النص أطول من رسالة واحدة: الزائد {letters}، والحد {most}. اختصره ليُرسَل.",
		Hidden:   "كانت في النص محارف خفية تقلب اتجاهه، وقد حُذفت.",
		Split:    "النص أطول من تعليق على مرفق: يصل أوله مع المرفق، وباقيه في رسالة بعده.",
		Picture:  "النص أطول من تعليق على صورة: تظهر الصورة معاينةً مع النص.",
		Nobody:   "لم تختر من يصله الخبر: أقسامًا أو الجميع.",

		SameSoon:   "خبر عاجل يشبه هذا على وشك الإرسال، رقمه {draft}.",
		SameWaits:  "خبر عاجل يشبه هذا ينتظر تأكيد شخص ثانٍ، رقمه {draft}.",
		SameDue:    "خبر عاجل يشبه هذا موعده {when}، رقمه {draft}.",
		BudgetSoon: "تبلغ الأخبار العاجلة اليوم {n} مع ما يوشك أن يُرسَل، وكثرتها تدفع القراء إلى إيقافها.",
		Letters:    Counted{"لا حرف", "حرف واحد", "حرفان", "%d أحرف", "%d حرفًا", "%d حرف"},
		ReaderSoon: "من هؤلاء القراء من يتلقى اليوم {n} من الأخبار العاجلة مع ما يوشك أن يُرسَل.",
	}
}

func arabicNotices() NoticePhrases {
	return NoticePhrases{
		Late:       "فات موعد المسودة {draft} والبرنامج متوقف، فلم تُرسَل. عاينها وأكدها من جديد إن كانت ما تزال صالحة.",
		Overtaken:  "لم يُرسَل التصحيح {draft}: نُشر تصحيح آخر قبله. راجع النص الأحدث ثم عاين تصحيحك من جديد.",
		Opened:     "فُتح البوت للجمهور بعد تأكيد المسودة {draft}، فلم تُرسَل. عاينها وأكدها من جديد لتصل إلى القراء.",
		Frozen:     "حان موعد المسودة {draft} والإرسال مجمَّد، فلم تُرسَل.",
		Final:      "لم يُرسَل التصحيح {draft}: لم يعد ممكنًا تغيير ذلك الخبر. يمكنك إرسال خبر عاجل جديد.",
		Restored:   "استُعيدت نسخة احتياطية بعد تأكيد المسودة {draft}، وربما أُرسلت قبل ذلك، فلم تُرسَل الآن. تحقق ثم أكدها من جديد إن لزم.",
		Digest:     "الموجز القادم عند {time} كما سيصل إلى القراء. يمكنك حذف خبر منه أو تثبيته، أو إيقاف الموجز كله، وإلا صدر في موعده.",
		Posted:     "سيرسل «{name}» هذا الخبر العاجل بعد {span}. لإيقافه أرسل: إلغاء",
		Offered:    "خبر عاجل يقترحه «{name}»:",
		Breaking:   "خبر عاجل مقترح:",
		Correction: "تغيّر عنوان خبر سبق إرساله، ويُقترح تصحيحه إلى:",
		Withdrawal: "حُذف من الموقع خبر سبق إرساله، ويُقترح سحبه:",
		Look:       "لمعاينته أرسل: مقترح {n}",
		Ranked:     "غُيِّرت صلاحياتك في مكتب التحرير. صفتك الآن: {name}",

		Asked:      "أكّد «{name}» رقم {draft}، ويلزمه تأكيد شخص ثانٍ:",
		Ready:      "أعدّ «{name}» رقم {draft}، وينتظر محررًا يؤكده:",
		Preview:    "لمعاينته أرسل: معاينة {draft}",
		Confirmed:  "أكّد «{name}» رقم {draft}، ويبدأ إرساله بعد {span}. لإيقافه أرسل: إلغاء {draft}",
		Booked:     "أكّد «{name}» رقم {draft}، وموعد إرساله {when}. لإيقافه أرسل: إلغاء {draft}",
		Returned:   "أعاد «{name}» رقم {draft} إلى المسودات قبل أن يُرسَل منه شيء. للعودة إليه أرسل: معاينة {draft}",
		Dropped:    "ألغى «{name}» المسودة {draft}، ولم يُرسَل منها شيء.",
		Halted:     "أوقف «{name}» إرسال رقم {draft}. من لم تصله الرسالة لن تصله.",
		Froze:      "جمّد «{name}» الإرسال كله. لا يرفع التجميد إلا مالك، بعبارة: رفع التجميد",
		GaveBack:   "عاد رقم {list} إلى المسودات قبل أن يُرسَل منه شيء.",
		StandStill: "توقف إرسال رقم {list} مؤقتًا.",
		Thawed:     "رفع «{name}» التجميد. ما توقف يبقى متوقفًا حتى يُستأنف.",
		Held:       "أوقف «{name}» الإرسال الآلي كله. لإعادته أرسل: استأنف الكل",
		Why:        "السبب: {why}",
		Released:   "أعاد «{name}» الإرسال الآلي.",
		Server:     "الخادم",

		AllSections: "الأقسام: كلها", SomeSections: "الأقسام: {list}، وما يتفرع عنها", Comma: "{first}، {last}",

		Trouble:  "خلل:",
		Well:     "انتهى خلل:",
		Tips:     "{tips} من القراء. لقراءة ما وصل أرسل: بلاغات",
		TipsWait: Counted{"لا بلاغات", "ينتظرك بلاغ واحد", "ينتظرك بلاغان", "تنتظرك %d بلاغات", "ينتظرك %d بلاغًا", "ينتظرك %d بلاغ"},
	}
}

func arabicStalls() StallPhrases {
	return StallPhrases{
		Auto:     "ما أوقفه التجميد من الإرسال الآلي:",
		Digest:   "الموجز الذي بدأ إرساله عند {time}",
		Single:   "خبر عند {time}: {words}",
		Breaking: "خبر عاجل عند {time}: {words}",
		Other:    "تصحيح من الخادم عند {time}",
		More:     "وغير ذلك: {n}",
		HowAuto:  "لإكماله أرسل: استأنف الآلي",
		Hand:     "ما أوقفه التجميد من أخبار المحررين:",
		ByHand:   "رقم {draft}: {words}",
		HowHand:  "لإكمال أحدها أرسل رقمه: استأنف {draft}",
	}
}

func arabicTips() TipPhrases {
	return TipPhrases{
		Answer: "رد هيئة التحرير على ما أرسلته إلينا:\n{words}",
		Link:   "تحققنا مما أرسلته إلينا، وهذه هي النتيجة:",
		Closed: "شكرًا لك. اطلعت هيئة التحرير على ما أرسلته إلينا.",
	}
}

func arabicNumbers() NumberPhrases {
	return NumberPhrases{
		Title:       "إحصاء من {from} إلى {to}",
		Subscribers: "المشتركون: {count}",
		Sections:    "الأقسام",
		Days:        "الانضمام والمغادرة",
		Day:         "{day}: انضم {joined}، وغادر {left}",
		Alerts:      "الأخبار العاجلة",
		Alert:       "{time}، القراء: {copies}",
		Seen:        "على واتساب: سُلِّم {delivered}، وقُرئ {read} على الأقل",
		Left:        "غادر خلال ساعة: {count}",
		NoAlerts:    "لا أخبار عاجلة في هذه المدة.",
		Spans:       "من نشر الخبر إلى وصوله",
		First:       "إلى أول قارئ: {span} في الغالب، و{max} في أسوأ الأحوال",
		Last:        "إلى آخر قارئ: {span} في الغالب، و{max} في أسوأ الأحوال",
		Readers:     Counted{"لا أحد", "مشترك واحد", "مشتركان", "%d مشتركين", "%d مشتركًا", "%d مشترك"},
		Copies:      Counted{"لا أحد", "قارئ واحد", "قارئان", "%d قراء", "%d قارئًا", "%d قارئ"},
	}
}

func arabicTimes() TimePhrases {
	return TimePhrases{
		Today:    "اليوم {date}، الساعة {time}",
		Tomorrow: "غدًا {date}، الساعة {time}",
		On:       "{date}، الساعة {time}",
		Now:      "الآن",
	}
}

func arabicStates() StatePhrases {
	return StatePhrases{
		Draft: "مسودة", Preview: "بانتظار التأكيد", Second: "بانتظار شخص ثانٍ", Scheduled: "مجدول", Countdown: "عدّ تنازلي",
		Publishing: "قيد النشر", Sending: "قيد الإرسال", Paused: "متوقف مؤقتًا", Stopped: "أُوقف", Done: "اكتمل", Dropped: "أُلغي",
	}
}

func arabicWatches() WatchPhrases {
	return WatchPhrases{
		Watch: "{days}، {hours}", Daily: "كل يوم", Days: "من {from} إلى {to}", And: "{first} و{last}", Comma: "{first} و{last}",
		Hours: "من {from} إلى {to}", OverNight: "من {from} إلى {to} من اليوم التالي", AllDay: "طوال اليوم",
		OnDays: "أيام {days}", EachWeek: "كل أسبوع {days}",
	}
}
