package wire

import (
	"strings"

	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/news/arabic"
)

// ownerWords is what the owner is told, and tells.
type ownerWords struct {
	Pair    string // the command
	Code    string // %s: the code
	Paired  string
	Failed  string
	Busy    string
	Already string
}

func ownerPhrases() ownerWords {
	return ownerWords{
		Pair:    "اربط واتساب",
		Code:    "رمز الربط: %s\nافتح واتساب في هاتف البوت، ثم «الأجهزة المرتبطة»، ثم «ربط جهاز»، ثم «الربط برقم الهاتف»، واكتب الرمز.",
		Paired:  "ارتبط رقم واتساب من جديد، وتُستأنف الرسائل من حيث توقفت.",
		Failed:  "لم يتم الربط. أعد المحاولة بإرسال: اربط واتساب",
		Busy:    "هناك ربط جارٍ الآن. استعمل الرمز الذي وصلك، أو انتظر عشر دقائق.",
		Already: "رقم واتساب مرتبط، ولا حاجة إلى ربط جديد.",
	}
}

// notice is what the owner is told of a state; empty: nothing.
func notice(s whatsapp.State) string {
	until := ""
	if !s.StopUntil.IsZero() {
		until = " حتى " + arabic.Date(s.StopUntil) + " " + arabic.Clock(s.StopUntil)
	}
	switch s.Reason {
	case whatsapp.ReasonUnpaired:
		return "انقطع ربط رقم واتساب. المشتركون والرسائل المنتظرة محفوظة. لإعادة الربط أرسل: اربط واتساب"
	case whatsapp.ReasonLocked:
		return "أغلق واتساب رقم البوت أو خرج هاتفه من الحساب، فانقطع الربط. المشتركون والرسائل المنتظرة محفوظة. افتح واتساب في هاتف البوت وأتم ما يُطلب منك، ثم أرسل: اربط واتساب"
	case whatsapp.ReasonClosed:
		return "حظر واتساب رقم البوت، فانقطع الربط. المشتركون والرسائل المنتظرة محفوظة. اطلب مراجعة الحظر من واتساب في هاتف البوت، وبعد أن يُرفع أرسل: اربط واتساب"
	case whatsapp.ReasonReplaced:
		return "رقم واتساب مستعمل في برنامج آخر، فتوقف هنا. أوقف البرنامج الآخر ثم أعد تشغيل نشرة."
	case whatsapp.ReasonOutdated:
		return strings.ReplaceAll("رفض واتساب هذا الإصدار من البرنامج (%s). حدّث نشرة إلى أحدث إصدار.", "%s", s.Client)
	case whatsapp.ReasonBanned:
		return "أوقف واتساب الرقم مؤقتًا" + until + ". لا يُرسل شيء قبل ذلك، ولا يضيع شيء."
	case whatsapp.ReasonTimeLock, whatsapp.ReasonStrangers, whatsapp.ReasonTooMany:
		return "قيّد واتساب رسائل الرقم إلى الأفراد" + until + ". القناة مستمرة، وما لم يُرسل يدخل في الموجز."
	}
	return ""
}
