package talk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// paper is a newsroom whose sections are called what much else is called too.
func paper() news.Tree {
	return news.NewTree([]news.Section{
		{Slug: "news", Name: "أخبار"},
		{Slug: "weather", Parent: "news", Name: "الطقس", Synonyms: []string{"الأنواء", "المطر", "weather"}},
		{Slug: "local", Parent: "news", Name: "أخبار محلية", Synonyms: []string{"أخبار عُمان"}},
		{Slug: "jobs", Name: "وظائف وتدريب"}, {Slug: "rumours", Name: "لا للشائعات"},
	})
}

// said writes an intent as the tables below do: what is done, of what, and
// behind a question mark what a yes does.
func said(w intent) string {
	out := string(w.do)
	if w.arg != "" && w.do != doGuess {
		out += " " + w.arg
	}
	for _, s := range w.sections {
		out += " " + string(s)
	}
	if w.alerts {
		out += " +alerts"
	}
	if w.sure != "" {
		out += " ? " + strings.TrimPrefix(w.sure, "1:")
	}
	return out
}

// understandAll reads a table: an intent, an equals sign, and what is understood so.
func understandAll(t *testing.T, m memo, table string) {
	t.Helper()
	talk := New(Talk{})
	for line := range strings.Lines(strings.TrimSpace(table)) {
		want, texts, ok := strings.Cut(strings.TrimSpace(line), " = ")
		if !ok {
			t.Fatalf("no table has a line like %q", line)
		}
		for text := range strings.SplitSeq(texts, " · ") {
			if got := said(understoodIn(talk, text, Arabic, m, paper())); got != want {
				t.Errorf("%q is understood as %q, want %q", text, got, want)
			}
		}
	}
}

// TestBreakingOrSection holds the two-word name of breaking news against a
// section that is called by one of its words.
func TestBreakingOrSection(t *testing.T) {
	understandAll(t, memo{}, `
alerts off = إلغاء الأخبار العاجلة · أوقف الأخبار العاجلة · لا أريد الأخبار العاجلة · إلغاء أخبار عاجلة · اترك الأخبار العاجلة
alerts off = العاجل لا · بدون عاجل · بلا عاجل · سكر العاجل · بدون أخبار عاجلة · ما أريد عاجل · stop breaking news · turn off alerts
add +alerts = اشترك في الأخبار العاجلة · اشتراك أخبار عاجلة · شغل العاجل · subscribe breaking news
alerts = الأخبار العاجلة · أخبار عاجلة
drop news = إلغاء أخبار · إلغاء الأخبار · لا أريد أخبار
drop news +alerts = إلغاء أخبار والعاجل
drop local = إلغاء أخبار محلية · إلغاء أخبار عُمان
latest local = أخبار محلية · أخبار عُمان · آخر أخبار محلية · المزيد من أخبار محلية · أعطني أخبار محلية
latest news = أخبار · الأخبار · المزيد من أخبار
add local = اشتراك أخبار محلية
`)
}

// TestAlone reads what is left out of a stop, and what is wanted alone: nothing
// stops by it.
func TestAlone(t *testing.T) {
	understandAll(t, memo{}, `
guess ? only:weather = لا أريد إلا الطقس · ما ابا الا الطقس · أوقفوا كل شيء ما عدا الطقس · لا ترسلوا سوى الطقس من فضلكم · stop everything except weather · /stop all but weather
guess ? only:weather = الطقس فقط · فقط الطقس · أبا الطقس بس · only weather · I only want weather · i don't want anything but weather
guess ? pace:breaking = لا أريد إلا العاجل · ما أبغى غير العاجل · لا ترسلوا إلا العاجل · لا أريد سوى الأخبار العاجلة · don't send anything but breaking news
guess ? alerts:important = لا أريد إلا المهم · أوقف العاجل إلا المهم · أوقفوا العاجل إلا المهم منه
guess ? pace:digest = لا أريد إلا الموجز
pace breaking = العاجل بس · بس العاجل · العاجل فقط · أخبار عاجلة فقط · الأخبار العاجلة بس · العاجل لا غير · breaking only · just breaking news
alerts important = المهم بس · بس المهم · important only
sections = لا أريد إلا الطقس والوظائف · الطقس والوظائف فقط
unknown = لا أريد إلا السلامة للجميع · فقط · بس
stop = لا أريد · لا أريد غير · stop
`)
}

// TestStopForATime reads stops that are not for good.
func TestStopForATime(t *testing.T) {
	understandAll(t, memo{}, `
quiet on = لا ترسلوا في الليل · لا ترسلوا لي بالليل · لا ترسلوا الرسائل ليلا · ما أبا رسائل بالليل · stop at night · don't send at night · لا أريد عاجل في الليل
alerts night = no breaking news at night · بدون عاجل ليلا
quiet = العاجل ليلا · لا ترسلوا ليلا لمدة أسبوع · لا ترسلوا الطقس ليلا
pause week = وقف أسبوع · أوقف الرسائل أسبوع · أوقفوا الرسائل لمدة أسبوع من فضلكم · stop for a week · استراحة أسبوع
pause day = إيقاف لمدة يوم · وقف يوم واحد · stop for a day · stop for one day · استراحة يوم
pause = وقفوا يومين · أوقف 3 أيام · إيقاف الرسائل شهر · إيقاف ثلاثة أيام · stop for 2 weeks · استراحة 15 يوم · stop for a few days · أوقفوا حتى الأحد · لا ترسلوا يوم الجمعة · stop until sunday
stop = توقفوا من اليوم · إلغاء الاشتراك اليوم · لا أريد رسائلكم بعد اليوم · stop today · unsubscribe me today · توقف السير يومين
`)
}

// TestForgetWords asks for deletion in many words: none of them only stops.
func TestForgetWords(t *testing.T) {
	understandAll(t, memo{}, `
forget = احذف معلوماتي · حذف حسابي · حذف الحساب · احذف رقمي · امسح معلوماتي · امسح رقمي · احذفوا معلوماتي · احذفوا حسابي · احذف بياناتي من فضلكم
forget = أريد حذف حسابي · احذفوا كل بياناتي · احذفوا كل شيء · delete everything · delete my account · delete account · please delete my number · erase all my data · remove my data
stop = احذف · حذف · delete · remove me
drop weather = احذف الطقس · delete weather
`)
}

// TestStopWords stops in the words of the Gulf, and does not where much the
// same is said of something else.
func TestStopWords(t *testing.T) {
	understandAll(t, memo{}, `
stop = إنهاء الاشتراك · إنهاء · شيلني من القائمة · شيلوني من القائمة · طلعوني · أزيلوني · خلاص · بس خلاص · ما أباكم · مابا رسايل · مابي · لا ترسلولي
stop = لا تزعجوني · بغيت ألغي الاشتراك · ودي ألغي الاشتراك · unsub · خلاص أوقفوا الرسائل · cancel my subscription · I don't want messages · don't text me · enough · كفى · احذف هذا الرقم من القائمة · تسجيل الخروج · stop sending me messages
how stop = كيف ألغي الاشتراك · كيف أوقف الرسائل · السلام عليكم كيف ألغي الاشتراك · شلون ألغي الاشتراك · كيف أترك قسم الطقس · ما هي طريقة الإلغاء · how do I unsubscribe · how can I stop this · how to cancel
how forget = كيف أحذف حسابي · how do I delete my account
unknown = كيف الدوام في مسقط · خلاص المباراة انتهت أمس بالتعادل
`)
}

// TestEnough says the word that is as often a mere okay.
func TestEnough(t *testing.T) {
	now := time.Unix(1e9, 0).Unix()
	asked := memo{Ask: encode(doErase), Asked: now}
	understandAll(t, asked, "keep = خلاص · enough\nstop = بس خلاص · إلغاء")
	listed := memo{Menu: []string{encodeSection(doTick, "weather"), encode(doDone)}, Shown: now}
	understandAll(t, listed, "guess ? stop = خلاص\nstop = بس خلاص\ndone = تم · طيب · ok")
}

// TestClaimThatStopsNothing tells what was asked for, in the words of stopping.
// A stop that is the whole message stops all the same.
func TestClaimThatStopsNothing(t *testing.T) {
	waiting := memo{Ask: encode(doTip), Asked: time.Unix(1e9, 0).Unix()}
	understandAll(t, waiting, `
tip whole = توقف السير في الخوير · خروج قطار · إلغاء رحلات الطيران · حذف خط الطيران · توقف المطر في عبري · إلغاء طريق نزوى · وقف أسبوع التسوق
tip whole = كيف توقف القطار في الطريق · stop of all flights · cancel of the school day · لا أريد إلا أن يعرف الناس
stop = إلغاء · أوقفوا الرسائل من فضلكم · لا أريد هذه الرسائل · إلغاء كل شيء · إلعاء · stop all messages · unsubscribe me please
how stop = كيف ألغي الاشتراك
forget = احذف حسابي
keep = خلاص · لا
`)
	for _, text := range []string{"توقف السير في الخوير", "stop of all flights"} {
		x := New(Talk{}).exchange(Input{Event: pictured(text), Settings: Settings{Tree: paper()}})
		if w, _ := x.what(); w.do == doStop {
			t.Errorf("the words of a picture, %q, stop everything", text)
		}
	}
}

// TestMoreWords holds what was not understood, or as something else.
func TestMoreWords(t *testing.T) {
	understandAll(t, memo{}, `
digest = موجز الأخبار · نشرة الأخبار · موجز اليوم · موجز الصباح · ملخص اليوم · نشرة أخبار اليوم · morning digest · today's digest
latest = أخبار اليوم · آخر خبر · آخر أخبار اليوم · today's news
add = كيف أشترك · بغيت أشترك · ودي أشترك · ضيفوني · أضيفوني · أبا أسجل · طريقة التسجيل · how do I subscribe
sections = تغيير الأقسام · تعديل الأقسام · كيف أغير الأقسام · منيو · change sections
time = تغيير الوقت · متى الموجز · متى يصل الموجز · when is the digest
less = قللوا الرسائل · وايد رسايل · الرسائل كثيرة · too many messages
latest = بغيت أعرف الجديد
tip = عندي خبر · عندي بلاغ · هل الخبر صحيح · هل هذا الخبر صحيح؟ · is this true?
start = رجعوني
help = كيف استخدم · كيف · how
link = ربط التلجرام · اربط واتساب · ربط الواتساب
thanks = يعطيك العافية · الله يعطيك العافية · ما قصرتوا · جزاك الله خير · جزاكم الله خير · طيب شكرا · خلاص شكرا · تمام مشكورين
greet = شحالكم · وعليكم السلام
add jobs = شغل الوظائف
unknown = أبا شغل · سكر
`)
	asked := memo{Ask: encode(doStop), Asked: time.Unix(1e9, 0).Unix()}
	understandAll(t, asked, "stop = هيه · هيه نعم · إي نعم · أوكي · طيب · زين · تم · نعم · yeah")
}

// TestSpelt writes out the short forms of the tables.
func TestSpelt(t *testing.T) {
	if got := fmt.Sprint(spelt([]string{"a", "b|c d", "e f|g …"})); got != "[a b d c d e f … e g …]" {
		t.Error(got)
	}
}

func pictured(words string) bots.Event {
	return bots.Event{Kind: bots.Sent, Media: "photo", Account: "telegram:1", Chat: "1", ChatKind: news.Private, Text: words}
}
