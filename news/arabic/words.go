package arabic

// This file is a phrase file: the words by which text is cut, recognised and
// stemmed. The tables are read and never written. Those said to be folded are
// kept as Fold would write them.

// hangingMarks are dropped before an ellipsis.
const hangingMarks = "،؛,;:.…-–—ـ«([{“‘\"'/|•·"

// connectives announce a word and cannot end a text. They are compared as
// spelt, without vowel marks, since folding would make the preposition على the
// name علي.
var connectives = map[string]bool{
	"و": true, "أو": true, "أم": true, "ثم": true, "بل": true, "لكن": true,
	"في": true, "من": true, "إلى": true, "الى": true, "على": true, "عن": true, "مع": true,
	"حتى": true, "منذ": true, "بين": true, "خلال": true, "بعد": true, "قبل": true, "عند": true,
	"ضد": true, "نحو": true, "حول": true, "دون": true, "ضمن": true, "عبر": true, "لدى": true,
	"أن": true, "إن": true, "ان": true, "بأن": true, "لأن": true, "كي": true, "قد": true,
	"لا": true, "لم": true, "لن": true, "ما": true, "إذا": true, "كما": true, "حيث": true,
	"الذي": true, "التي": true, "الذين": true, "هذا": true, "هذه": true, "ذلك": true, "تلك": true,
	"كل": true, "غير": true, "وفي": true, "ومن": true, "وإلى": true, "وعلى": true, "وعن": true,
	"وأن": true, "وقد": true, "والتي": true, "والذي": true, "ولا": true, "وهو": true, "وهي": true,
}

// abbreviations end in a full stop that ends no sentence. Single letters and
// letters with stops between them are known without a list.
var abbreviations = map[string]bool{
	"هـ": true, "الخ": true, "إلخ": true, "كجم": true, "كم": true, "سم": true,
	"Dr": true, "Mr": true, "Mrs": true, "Ms": true, "St": true, "No": true, "vs": true,
}

// agencies sign datelines. Folded.
var agencies = map[string]bool{
	"cnn": true, "سي ان ان": true, "bbc": true, "بي بي سي": true, "ap": true, "afp": true,
	"reuters": true, "ona": true, "dpa": true, "رويترز": true, "ا ف ب": true, "فرانس برس": true,
	"ا ب": true, "اسوشيتد برس": true, "اسوشيتدبرس": true, "د ب ا": true, "الالمانيه": true,
	"العمانيه": true, "وكالات": true, "الوكالات": true, "وكاله الانباء العمانيه": true,
	"الاناضول": true, "واس": true, "وام": true, "قنا": true, "بنا": true, "كونا": true,
	"بترا": true, "وفا": true, "سانا": true, "شينخوا": true, "سبوتنيك": true, "تاس": true,
	"د ب ا والوكالات": true, "العمانيه وكالات": true,
}

// urgentWords open the title of breaking news; the longer ones come first.
var urgentWords = [...]string{"خبر عاجل", "عاجل"}

// stemPrefixes are tried in this order, longer before shorter. Folded.
var stemPrefixes = [...]string{"وال", "بال", "كال", "فال", "لل", "ال"}

// stemSuffixes are tried in this order. Folded.
var stemSuffixes = [...]string{"ها", "ات", "ون", "ين", "يه", "ان", "ه", "ي"}

const (
	stemAnd = "و"
	// stemOman begins Oman's adjective in all its forms, and stands for them.
	stemOman = "عماني"
)

// stemProtected gives the stem of words that the rules would ruin: the words of
// state and the names of places in Oman, written without the article. Folded.
var stemProtected = map[string]string{
	"عمان": "عمان", "ولايه": "ولايه", "ولايات": "ولايه", "ولايتي": "ولايه", "ولايتان": "ولايه",
	"وزاره": "وزاره", "وزارات": "وزاره", "وزير": "وزير", "وزراء": "وزير", "وزيره": "وزير",
	"والي": "والي", "ولاه": "والي", "وطن": "وطن", "وطني": "وطن", "وطنيه": "وطن", "واحد": "واحد", "واحده": "واحد",
	"وفد": "وفد", "وقت": "وقت", "وقف": "وقف", "وسط": "وسط", "ورشه": "ورشه", "وفاه": "وفاه", "وكاله": "وكاله", "وكيل": "وكيل",
	"سلطنه": "سلطنه", "سلطان": "سلطان", "سلطاني": "سلطان", "سلطانيه": "سلطان",
	"محافظه": "محافظه", "محافظات": "محافظه", "محافظ": "محافظ", "الله": "الله", "لله": "الله", "والله": "الله",
	"مجلس": "مجلس", "بيان": "بيان", "مكان": "مكان", "زمان": "زمان", "ميدان": "ميدان", "برلمان": "برلمان",
	"رمضان": "رمضان", "انسان": "انسان", "لبنان": "لبنان", "ايران": "ايران", "سودان": "سودان", "قانون": "قانون",
	"مسقط": "مسقط", "مطرح": "مطرح", "سيب": "سيب", "بوشر": "بوشر", "عامرات": "عامرات", "قريات": "قريات",
	"مسندم": "مسندم", "خصب": "خصب", "بخاء": "بخاء", "دبا": "دبا", "مدحاء": "مدحاء",
	"بريمي": "بريمي", "محضه": "محضه", "سنينه": "سنينه", "ظاهره": "ظاهره", "عبري": "عبري", "ينقل": "ينقل", "ضنك": "ضنك",
	"داخليه": "داخليه", "نزوي": "نزوي", "بهلاء": "بهلاء", "بهلا": "بهلاء", "منح": "منح", "حمراء": "حمراء", "ادم": "ادم",
	"ازكي": "ازكي", "سمايل": "سمايل", "بدبد": "بدبد",
	"باطنه": "باطنه", "صحار": "صحار", "شناص": "شناص", "لوي": "لوي", "صحم": "صحم", "خابوره": "خابوره", "سويق": "سويق",
	"رستاق": "رستاق", "عوابي": "عوابي", "نخل": "نخل", "معاول": "معاول", "بركاء": "بركاء", "مصنعه": "مصنعه",
	"شرقيه": "شرقيه", "صور": "صور", "كامل": "كامل", "وافي": "وافي", "جعلان": "جعلان", "مصيره": "مصيره",
	"ابراء": "ابراء", "مضيبي": "مضيبي", "بديه": "بديه", "قابل": "قابل", "سناو": "سناو",
	"وسطي": "وسطي", "هيماء": "هيماء", "محوت": "محوت", "دقم": "دقم", "جازر": "جازر",
	"ظفار": "ظفار", "صلاله": "صلاله", "طاقه": "طاقه", "مرباط": "مرباط", "رخيوت": "رخيوت", "ثمريت": "ثمريت",
	"ضلكوت": "ضلكوت", "مزيونه": "مزيونه", "مقشن": "مقشن", "شليم": "شليم", "سدح": "سدح", "حلانيات": "حلانيات",
}
