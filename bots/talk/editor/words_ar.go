package editor

import "github.com/nashra-bot/nashra/desk"

// This file is a phrase file: the words of editors, in any spelling.
func arabicWords() map[verb][]string {
	return map[verb][]string{
		doAlert:    {"خبر عاجل", "نبأ عاجل", "تنبيه عاجل"},
		doEdit:     {"عدل النص", "عدل", "تعديل", "تعديل النص"},
		doTo:       {"إلى", "إلى قسم", "إلى أقسام"},
		doAll:      {"للجميع", "إلى الجميع"},
		doTelegram: {"تلغرام فقط", "تليغرام فقط", "تلجرام فقط", "تيليجرام فقط", "على تلغرام فقط", "تلغرام وحده"},
		doWhatsApp: {"واتساب فقط", "الواتساب فقط", "واتس اب فقط", "على واتساب فقط", "واتساب وحده"},
		doNetworks: {"كل الشبكات", "الشبكتان", "على الشبكتين"},
		doSilent:   {"بلا صوت", "بدون صوت", "صامت"},
		doWeigh:    {"مهم", "اجعله مهما"},
		doEase:     {"عادي", "اجعله عاديا"},
		doLoud:     {"بصوت", "مع صوت"},
		doAt:       {"موعد", "الموعد", "أرسله"},
		doNow:      {"بلا موعد", "دون موعد"},
		doPreview:  {"معاينة", "عاين"},
		doConfirm:  {"تأكيد", "أكد", "أؤكد"},
		doPause:    {"أوقف مؤقتا", "إيقاف مؤقت", "توقف مؤقت"},
		doHalt:     {"أوقف"},
		doResume:   {"استأنف", "استئناف", "واصل"},
		doUnstall:  {"استأنف الآلي", "استأنف الإرسال الآلي", "استئناف الآلي", "واصل الآلي"},
		doCorrect:  {"تصحيح", "صحح"},
		doTypo:     {"خطأ مطبعي", "تصويب"},
		doWithdraw: {"سحب", "اسحب", "سحب الخبر"},
		doFreeze:   {"تجميد", "جمد", "جمد الكل", "تجميد الكل"},
		doThaw:     {"رفع التجميد", "فك التجميد", "ارفع التجميد"},
		doHold:     {"أوقف الكل", "إيقاف الكل", "أوقفوا الكل"},
		doRelease:  {"استأنف الكل", "أطلق الكل", "إطلاق الكل"},
		doStats:    {"إحصاء", "الإحصاء", "إحصاءات", "إحصائيات"},
		doEditors:  {"محررون", "المحررون", "محررين", "المحررين"},
		doSeat:     {"مقعد", "مقعد جديد", "ربط هاتف آخر", "اربط هاتفا آخر", "هاتف آخر"},
		doOpen:     {"افتح", "افتح البوت", "افتح للجمهور"},
		doList:     {"المجدول", "مجدول", "المجدولة"},
		doRetry:    {"أعد المحاولة", "إعادة المحاولة"},
		doReport:   {"تقرير", "التقرير"},
		doTake:     {"مقترح", "مقترحات", "المقترحات"},
		doDecline:  {"تجاهل", "تجاهل المقترح"},
		doHelp:     {"مكتب", "المكتب", "أوامر المحررين", "مكتب التحرير"},
		doAttach:   {"أرفق", "أرفقه", "أرفقها", "إرفاق", "مرفق"},
		doBare:     {"بلا صورة", "بدون صورة", "بلا مرفق", "بدون مرفق", "بلا فيديو", "بدون فيديو"},
		doLatest:   {"آخر الأخبار للتحرير", "أخبار للتحرير"},
		doTips:     {"بلاغات", "البلاغات", "بلاغ", "البلاغ", "بلاغ رقم"},
		doAnswer:   {"رد", "رد على", "الرد على", "رد على البلاغ", "رد على بلاغ", "رد على البلاغ رقم", "رد على بلاغ رقم"},
		doShut:     {"أغلق", "أغلق البلاغ", "أغلق بلاغ", "أغلق البلاغ رقم", "إغلاق البلاغ"},
		doDuty:     {"مناوبة", "المناوبة", "مناوبتي", "مناوبات", "المناوبات", "المناوبون"},
		doLeave:    {"إلغاء الاشتراك", "إلغاء اشتراكي", "إيقاف الاشتراك"},
	}
}

// arabicUrgent begins an alert with a colon behind it; bare it is a reader's.
func arabicUrgent() map[string]bool { return setOf("عاجل", "عاجل جدا") }

// arabicSend is what stands on the button that confirms.
func arabicSend() map[string]bool {
	return setOf("ارسل", "ارسله", "ارسلها", "ارسل الان", "ارسل الخبر", "نعم ارسل", "نعم ارسله")
}

func arabicYes() map[string]bool { return setOf("نعم", "موافق") }

func arabicRoles() map[string]desk.Role {
	return map[string]desk.Role{
		"مالك": desk.Owner, "مالكه": desk.Owner, "محرر": desk.Chief, "محرره": desk.Chief, "مراسل": desk.Reporter, "مراسله": desk.Reporter,
	}
}

func arabicLists() listWords {
	return listWords{
		add: setOf("اضافه", "اضف"), remove: setOf("حذف", "احذف", "ازاله", "ازل"),
		change: setOf("تعديل", "عدل", "تغيير", "غير"), in: setOf("في", "لقسم", "لاقسام"),
		every: setOf("الكل", "كل الاقسام", "جميع الاقسام", "كلها", "الاقسام كلها"),
	}
}

// dayParts are what digests are called after, folded, and their English names.
func dayParts() map[string]string {
	return map[string]string{"صباح": "morning", "ظهر": "noon", "ظهيره": "noon", "مساء": "evening", "ليل": "night"}
}

// articles are those that may stand before the name of a digest, folded.
func articles() []string { return []string{"ال", "the "} }
