package editor

// This file is a phrase file: the words of editors, in any spelling.
func arabicWords() map[verb][]string {
	return map[verb][]string{
		doAlert:    {"خبر عاجل", "نبأ عاجل", "تنبيه عاجل"},
		doEdit:     {"عدل النص", "عدل", "تعديل", "تعديل النص"},
		doTo:       {"إلى", "إلى قسم", "إلى أقسام"},
		doAll:      {"للجميع", "إلى الجميع"},
		doSilent:   {"بلا صوت", "بدون صوت", "صامت"},
		doLoud:     {"بصوت", "مع صوت"},
		doAt:       {"موعد", "الموعد", "أرسله"},
		doNow:      {"بلا موعد", "دون موعد"},
		doPreview:  {"معاينة", "عاين"},
		doConfirm:  {"تأكيد", "أكد", "أؤكد"},
		doPause:    {"أوقف مؤقتا", "إيقاف مؤقت", "توقف مؤقت"},
		doHalt:     {"أوقف"},
		doResume:   {"استأنف", "استئناف", "واصل"},
		doCorrect:  {"تصحيح", "صحح"},
		doTypo:     {"خطأ مطبعي", "تصويب"},
		doWithdraw: {"سحب", "اسحب", "سحب الخبر"},
		doFreeze:   {"تجميد", "جمد", "جمد الكل", "تجميد الكل"},
		doThaw:     {"رفع التجميد", "فك التجميد", "ارفع التجميد"},
		doHold:     {"أوقف الكل", "إيقاف الكل", "أوقفوا الكل"},
		doRelease:  {"استأنف الكل", "أطلق الكل", "إطلاق الكل"},
		doStats:    {"إحصاء", "الإحصاء", "إحصاءات", "إحصائيات"},
		doEditors:  {"محررون", "المحررون", "محررين", "المحررين"},
		doSeat:     {"مقعد", "مقعد جديد"},
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
		doLeave:    {"إلغاء الاشتراك", "إلغاء اشتراكي", "إيقاف الاشتراك"},
	}
}

func roleWords() map[string]string {
	return map[string]string{
		"مالك": "owner", "مالكه": "owner", "محرر": "editor", "محرره": "editor", "مراسل": "reporter", "مراسله": "reporter",
		"owner": "owner", "editor": "editor", "reporter": "reporter",
	}
}

func listWords() (add, remove map[string]bool) {
	return map[string]bool{"اضافه": true, "اضف": true, "add": true},
		map[string]bool{"حذف": true, "احذف": true, "ازاله": true, "ازل": true, "remove": true}
}
