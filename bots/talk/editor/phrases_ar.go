package editor

import (
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// This file is a phrase file: what this door says in Arabic.
func arabicPhrases() *phrases {
	return &phrases{
		cardPhrases:     arabicCard(),
		buttonPhrases:   arabicButton(),
		progressPhrases: arabicProgress(),
		actPhrases:      arabicAct(),
		seatPhrases:     arabicSeat(),
		hintPhrases:     arabicHint(),
		helpPhrases:     arabicHelp(),
		attachPhrases:   arabicAttach(),
		tipPhrases:      arabicTip(),
		dutyPhrases:     arabicDuty(),
	}
}

func arabicCard() cardPhrases {
	return cardPhrases{
		Comma:      "، ",
		Semicolon:  "؛ ",
		Title:      "{form} رقم {draft}: {state}",
		Version:    "النسخة {version}. هكذا تصل الرسالة إلى القراء.",
		To:         "إلى: {to}",
		Everyone:   "الجميع",
		NoOne:      "لم تُختر الوجهة بعد",
		Audience:   "{network}: {readers}",
		Takes:      "، في {span}",
		Free:       "، بلا رسوم",
		OnNetwork:  "{readers} على {network}",
		OnAnother:  "، و{readers} على {network}",
		BySection:  "{section}: {readers}",
		InSeveral:  "من يتابع أكثر من قسم يُعدّ في كل منها، وتصله رسالة واحدة.",
		Silent:     "تصل بلا صوت.",
		Important:  "مهم: يصل كذلك إلى من اختار «المهم فقط».",
		Ordinary:   "عادي: لا يصل إلى من اختار «المهم فقط».",
		At:         "الموعد: {when}",
		Second:     "هذا يُرسَل إلى الجميع، ويلزمه تأكيد شخص ثانٍ.",
		Way:        "النسخ التي وصلت تُعدَّل في مكانها حيث تسمح الشبكة، وتتبعها رسالة.",
		WayTypo:    "النسخ التي وصلت تُعدَّل في مكانها حيث تسمح الشبكة، ولا تتبعها رسالة.",
		WayBack:    "النسخ التي وصلت تُسحب هي وتصحيحاتها حيث تسمح الشبكة، ويبقى مكانها هذا السطر وحده؛ وما تعذر سحبه تتبعه رسالة به.",
		Asked:      "أُكِّدت النسخة {version}، وتنتظر تأكيد شخص ثانٍ. ليؤكدها زميلك يرسل: معاينة {draft}",
		HowConfirm: "لتأكيد الإرسال أرسل: تأكيد {draft}.{version}",
		HowTo:      "لاختيار من يصله الخبر أرسل: للجميع، أو: إلى {section}",
		HowToOwn:   "لاختيار من يصله الخبر أرسل: إلى {section}",
		HowDrop:    "لإلغاء المسودة أرسل: إلغاء",
		HowStop:    "للإيقاف أرسل: إلغاء",
		HowPause:   "للإيقاف المؤقت أرسل: أوقف، ولإنهاء الإرسال: إلغاء",
		HowResume:  "للمتابعة أرسل: استأنف، ولإنهاء الإرسال: إلغاء",
		HowRetry:   "لإعادة ما تعذر أرسل: أعد المحاولة {draft}",
		Forms: map[desk.Form]string{
			desk.FormAlert: "خبر عاجل", desk.FormTypo: "تصويب", desk.FormCorrection: "تصحيح", desk.FormWithdrawal: "سحب",
		},
		Named: map[desk.Form]string{
			desk.FormAlert: "الخبر العاجل", desk.FormTypo: "التصويب", desk.FormCorrection: "التصحيح", desk.FormWithdrawal: "السحب",
		},
		Listed:      "رقم {draft}، {when}: {words}",
		NoneListed:  "لا أخبار مجدولة.",
		NoTips:      "لا بلاغات تنتظر.",
		NoProposals: "لا مقترحات.",
		NoFile:      "لا مرفق مع الخبر.",
	}
}

func arabicButton() buttonPhrases {
	return buttonPhrases{
		MakeImportant: "اجعله مهمًا",
		MakeOrdinary:  "اجعله عاديًا",
		Confirm:       "✅ أرسل",
		All:           "الجميع",
		Quiet:         "بلا صوت",
		Loud:          "بصوت",
		Drop:          "🗑 ألغِ المسودة",
		Halt:          "⏹ أوقف العد",
		Pause:         "⏸ أوقف مؤقتًا",
		Resume:        "▶️ استأنف",
		Stop:          "⏹ أنهِ الإرسال",
		Retry:         "🔁 أعد ما تعذر",
		Look:          "👁 عاين",
		Ignore:        "تجاهل",
		Unstall:       "▶️ استأنف الآلي",
		Strip:         map[news.MediaKind]string{news.MediaPhoto: "بلا صورة", news.MediaVideo: "بلا فيديو", news.MediaDocument: "بلا مرفق"},
	}
}

func arabicProgress() progressPhrases {
	return progressPhrases{
		Counting:  "يبدأ الإرسال بعد {span}.",
		Bar:       "{bar} {percent}٪",
		Sent:      "وصل: {sent}، بقي: {left}",
		Rate:      "، {rate} في الثانية",
		Blocked:   "غادروا أو حظروا البوت: {n}",
		Failed:    "تعذر: {n}",
		Deferred:  "يُعاد: {n}",
		Astray:    "الحساب منقطع، والباقي ينتظر عودته.",
		Reached:   "وصل إلى: {readers}.",
		Delivered: "سُلِّم على واتساب إلى: {readers}.",
		Read:      "وقرأه {readers} على الأقل، فمن القراء من يعطّل مؤشرات القراءة.",
		Changed:   "نسخ عُدِّلت: {n}",
		Taken:     "نسخ سُحبت: {n}",
		Lined:     "تُرك مكانها سطر واحد: {n}",
		Stayed:    "نسخ تعذر سحبها وتبعتها رسالة: {n}",
		Followed:  "قراء وصلتهم رسالة: {n}",
		Missed:    "لم يمكن الوصول إليهم: {n}",
		Left:      "ألغوا الاشتراك خلال ساعة: {n}",
		Forwarded: "النسخ التي أعاد القراء توجيهها لا يمكن سحبها.",
	}
}

func arabicAct() actPhrases {
	return actPhrases{
		Stopped:       "أُوقف {form} رقم {draft}. من لم تصله الرسالة لن تصله، وأنت ما زلت مشتركًا.",
		Returned:      "أُوقف قبل أن يُرسَل منه شيء. عاد {form} رقم {draft} مسودةً، وللعودة إليه أرسل: معاينة {draft}",
		Dropped:       "أُلغيت المسودة رقم {draft}، ولم يُرسَل شيء.",
		Paused:        "توقف إرسال {form} رقم {draft} مؤقتًا.",
		Resumed:       "استؤنف إرسال {form} رقم {draft}.",
		AlreadyPaused: "{form} رقم {draft} متوقف مؤقتًا من قبل. للمتابعة أرسل: استأنف، ولإنهاء الإرسال: إلغاء",
		Retried:       "تُعاد محاولة إرسال {form} رقم {draft} إلى: {readers}.",
		Opened:        "البوت مفتوح للجمهور الآن: ما يُنشر من هذه اللحظة يصل إلى المشتركين كلهم.",
		Frozen:        "جُمِّد الإرسال كله. لا يرفع التجميد إلا مالك، بعبارة: رفع التجميد",
		Thawed:        "رُفع التجميد. ما توقف يبقى متوقفًا حتى يُستأنف.",
		HeldWhy:       "السبب: {why}",
		Held:          "أُوقف الإرسال الآلي كله حتى يُرسَل: استأنف الكل",
		Released:      "عاد الإرسال الآلي.",
		Also:          "وأُوقف {form} رقم {draft}.",
		Declined:      "تُرك المقترح {n}.",
		Unstalled:     "استؤنف ما أوقفه التجميد من الإرسال الآلي: {n}",
		NoneStalled:   "لم يُوقف التجميد شيئًا من الإرسال الآلي، أو استؤنف من قبل، أو انقضى وقته.",
		TakenBack:     "ما أُكِّد ولم يُرسَل بعد عاد إلى المسودات: {list}",
	}
}

func arabicSeat() seatPhrases {
	return seatPhrases{
		Claimed:      "أهلًا بك في مكتب التحرير. صفتك: {role}. للأوامر أرسل: مكتب",
		Invited:      "رمز الدعوة ({role}): {code}",
		Editors:      "المحررون:",
		Editor:       "{id}. {name} · {role}",
		Removed:      "أُنهيت صلاحيات {name} في مكتب التحرير، وأُلغيت المسودات المفتوحة باسم {name}.",
		Seat:         "رمز ربط هاتفك الآخر: {code}\nأرسله إلى البوت من هاتفك الآخر أو من الشبكة الأخرى.",
		HowEditors:   "لدعوة محرر أرسل: محررون إضافة محرر سالم\nولأقسام بعينها: محررون إضافة محرر سالم: {section}\nولتغيير صفته أو أقسامه: محررون تعديل 2 محرر: {section}\nولحذفه: محررون حذف 2",
		Ranked:       "صفة {name} الآن: {role}",
		InvitedWho:   "باسم: {name}",
		InvitedHow:   "يرسله صاحبه إلى البوت في محادثة خاصة، ويصلح مرة واحدة ولمدة محدودة.",
		EverySection: "الأقسام: كلها",
		SomeSections: "الأقسام: {list}، وما يتفرع عنها",
	}
}

func arabicHint() hintPhrases {
	return hintPhrases{
		NoText:    "اكتب النص بعد الأمر، مثلًا: {word} إغلاق طريق الوادي",
		Only:      "عبر {networks} وحده.",
		NoNetwork: "البوت ليس على {network}.",
		NoSection: "لا قسم بهذا الاسم. الأقسام: {list}",
		NoDraft:   "لا مسودة مفتوحة لك. ابدأ بكتابة: خبر عاجل، ثم النص.",
		NoSent:    "لا خبر مرسَلًا في اليومين الماضيين.",
		Which:     "اذكر الرقم والنسخة كما في المعاينة، مثلًا: تأكيد {draft}.{version}",
		AskLeave:  "لا شيء قيد الإرسال لإيقافه. وإن كنت تريد إيقاف اشتراكك أنت فأرسل: إلغاء الاشتراك",
		Proposal:  "مقترح {n}: {words}",

		ProposalsMore: "ومن المصدر «{source}» غيرها: {n}",
	}
}

func arabicHelp() helpPhrases {
	return helpPhrases{
		Menu: map[verb]string{
			doAlert:    "خبر عاجل: من آخر الأخبار، أو بنص تكتبه",
			doHelp:     "مكتب التحرير: حاله وأوامره",
			doTake:     "الأخبار المقترحة",
			doList:     "الأخبار المجدولة",
			doTips:     "بلاغات القراء",
			doDuty:     "المناوبة: من عليه الدور، ومتى دورك",
			doCalendar: "مواعيد الموجز هذا الأسبوع",
			doStats:    "إحصاء المشتركين والأخبار",
			doEditors:  "المحررون",
		},
		Open:     "البوت مفتوح للجمهور.",
		Closed:   "البوت لم يُفتح للجمهور بعد. لفتحه أرسل: افتح",
		Trial:    "البوت لم يُفتح للجمهور بعد: ما يُرسَل يصل إلى المحررين المشتركين وحدهم.",
		NoReader: "ولستَ مشتركًا بعد. لترى ما يراه القراء أرسل: ابدأ",
		Help: "خبر عاجل <النص>، والرابط في آخر سطر · خبر عاجل (للاختيار من آخر الأخبار)\nصورة أو فيديو أو PDF مع: خبر عاجل <النص>، أو: أرفق · بلا مرفق\nمعاينة 7 · تأكيد 7.2 · إلغاء\nإلى الطقس، وظائف · للجميع · تلغرام فقط · واتساب فقط · كل الشبكات · مهم · عادي · بلا صوت · عدّل <النص>\nموعد غدًا 07:30 · المجدول · إلغاء 7\n" +
			"أوقف · استأنف · تقرير 7 · أعد المحاولة 7\nتصحيح <النص> · تصحيح 7: <النص> · خطأ مطبعي <النص> · سحب 7\nتجميد · رفع التجميد · استأنف الآلي · أوقف الكل · استأنف الكل\n" +
			"مقترحات · مقترح 3 · تجاهل 3\nالموجز القادم · احذف 3 · ثبّت 2 · مقدمة <النص> · أوقف الموجز · ارفع الإيقاف · التقويم\nبلاغات · بلاغ 4 · رد 4 <الجواب> · أغلق 4\nمناوبة · مناوبة الأحد إلى الخميس 08:00-16:00\nإحصاء · محررون · ربط هاتف آخر",
	}
}

func arabicAttach() attachPhrases {
	return attachPhrases{
		Attached:    "المرفق: {what}",
		FirstOnly:   "أُرفق الأول من المجموعة وحده: للخبر مرفق واحد.",
		HowAttach:   "أرسل صورة أو مقطع MP4 أو ملف PDF ومعه كلمة «أرفق»، أو اكتب «خبر عاجل» والنص تعليقًا عليه.",
		NotAttached: "لم يُرفق شيء: لا يُرفق بالخبر إلا صورة أو مقطع MP4 أو ملف PDF.",
		Latest:      "آخر الأخبار. اختر منها، أو اكتب: خبر عاجل، ثم النص.",
		Article:     "{n}. {title} ({section}، {time})",
		HowChoose:   "للاختيار أرسل: خبر عاجل {n}",
		NoArticles:  "لا أخبار بعد لتختار منها. اكتب: خبر عاجل، ثم النص.",
		Media:       map[news.MediaKind]string{news.MediaPhoto: "صورة", news.MediaVideo: "مقطع فيديو", news.MediaDocument: "ملف PDF"},
	}
}

func arabicTip() tipPhrases {
	return tipPhrases{
		TipsWait:    "بلاغات القراء التي تنتظر:",
		TipLine:     "{n}. {time}: {words}",
		TipMore:     "وغيرها {n}. تظهر حين تُغلق هذه.",
		TipNo:       "بلاغ رقم {n}",
		TipForward:  "رسالة معاد توجيهها",
		TipFrom:     "من: {name}",
		TipClosed:   "رُدّ على هذا البلاغ أو أُغلق.",
		HowTip:      "للرد اكتب الجواب ردًّا على هذه الرسالة، أو أرسل: رد {n} ثم الجواب أو رابط التحقق. وللإغلاق أرسل: أغلق {n}",
		ShutTip:     "أغلق البلاغ {n}",
		TipAnswered: "أُرسل الرد على البلاغ {n} إلى صاحبه.",
		TipUnheard:  "سُجّل أن البلاغ {n} انتهى، ولا يُرسل شيء إلى صاحبه لأنه أوقف رسائلنا.",
		TipShut:     "أُغلق البلاغ {n}، وشُكر صاحبه.",
		TipNoWords:  "بلا كلام",
		TipGone:     "الملف الذي جاء مع البلاغ {n} لم يعد محفوظًا في شبكته، ولا سبيل إلى إحضاره.",
		TipLater:    "تعذر الآن إحضار الملف الذي جاء مع البلاغ {n}. أعد المحاولة بعد قليل: بلاغ {n}",
		TipBig:      "الملف الذي جاء مع البلاغ {n} أكبر من {max} ميغابايت، فلا نحضره.",
		TipBad:      "الملف الذي جاء مع البلاغ {n} ليس في حقيقته صورة ولا مقطع MP4 ولا ملف PDF ولا رسالة صوتية، فلا نحضره.",
		TipMedia: map[news.MediaKind]string{
			news.MediaPhoto: "صورة", news.MediaVideo: "مقطع فيديو", news.MediaDocument: "مستند", news.MediaVoice: "رسالة صوتية",
		},
	}
}

func arabicDuty() dutyPhrases {
	return dutyPhrases{
		DutyMine:     "مناوبتك: {hours}",
		DutyNone:     "لم تحدد أوقات مناوبتك.",
		DutyNow:      "المناوبون الآن: {names}",
		DutyNobody:   "لا مناوب الآن، فما يُرسل إلى المناوبين يصل إلى كل من يحق له الإرسال.",
		DutyOf:       "{id}. {name}: {hours}",
		DutySet:      "مناوبة {name}: {hours}",
		DutyCleared:  "حُذفت أوقات مناوبة {name}.",
		HowDuty:      "لتحديد مناوبتك أرسل مثلًا: مناوبة الأحد إلى الخميس 08:00-16:00، ولحذفها: مناوبة حذف",
		HowDutyOwner: "ولتحديد مناوبة غيرك ابدأ برقمه: مناوبة 2 الجمعة 08:00-16:00",
	}
}
