package arabic

// This file is a phrase file: the nouns the program counts. Each function
// returns one noun with all its forms; a test proves that none is empty.

// News counts items of news.
func News() Noun {
	return Noun{
		Zero: "لا أخبار جديدة", None: "لا أخبار",
		One: "خبر واحد", OneAccusative: "خبرًا واحدًا",
		Two: "خبران", TwoOblique: "خبرين",
		Few: "أخبار", Many: "خبرًا", Other: "خبر",
	}
}

// Article counts articles.
func Article() Noun {
	return Noun{
		Zero: "لا مقالات جديدة", None: "لا مقالات",
		One: "مقال واحد", OneAccusative: "مقالًا واحدًا",
		Two: "مقالان", TwoOblique: "مقالين",
		Few: "مقالات", Many: "مقالًا", Other: "مقال",
	}
}

// Job counts vacancies.
func Job() Noun {
	return Noun{
		Zero: "لا وظائف جديدة", None: "لا وظائف",
		One: "وظيفة واحدة", OneAccusative: "وظيفة واحدة",
		Two: "وظيفتان", TwoOblique: "وظيفتين",
		Few: "وظائف", Many: "وظيفة", Other: "وظيفة",
	}
}

// Poem counts poems.
func Poem() Noun {
	return Noun{
		Zero: "لا قصائد جديدة", None: "لا قصائد",
		One: "قصيدة واحدة", OneAccusative: "قصيدة واحدة",
		Two: "قصيدتان", TwoOblique: "قصيدتين",
		Few: "قصائد", Many: "قصيدة", Other: "قصيدة",
	}
}

// Subscriber counts subscribers.
func Subscriber() Noun {
	return Noun{
		Zero: "لا مشتركين", None: "لا مشتركين",
		One: "مشترك واحد", OneAccusative: "مشتركًا واحدًا",
		Two: "مشتركان", TwoOblique: "مشتركين",
		Few: "مشتركين", Many: "مشتركًا", Other: "مشترك",
	}
}

// Section counts sections.
func Section() Noun {
	return Noun{
		Zero: "لا أقسام", None: "لا أقسام",
		One: "قسم واحد", OneAccusative: "قسمًا واحدًا",
		Two: "قسمان", TwoOblique: "قسمين",
		Few: "أقسام", Many: "قسمًا", Other: "قسم",
	}
}

// Message counts messages.
func Message() Noun {
	return Noun{
		Zero: "لا رسائل", None: "لا رسائل",
		One: "رسالة واحدة", OneAccusative: "رسالة واحدة",
		Two: "رسالتان", TwoOblique: "رسالتين",
		Few: "رسائل", Many: "رسالة", Other: "رسالة",
	}
}

// Channel counts channels.
func Channel() Noun {
	return Noun{
		Zero: "لا قنوات", None: "لا قنوات",
		One: "قناة واحدة", OneAccusative: "قناة واحدة",
		Two: "قناتان", TwoOblique: "قناتين",
		Few: "قنوات", Many: "قناة", Other: "قناة",
	}
}

// Conversation counts chats.
func Conversation() Noun {
	return Noun{
		Zero: "لا محادثات", None: "لا محادثات",
		One: "محادثة واحدة", OneAccusative: "محادثة واحدة",
		Two: "محادثتان", TwoOblique: "محادثتين",
		Few: "محادثات", Many: "محادثة", Other: "محادثة",
	}
}

// Result counts what a search found.
func Result() Noun {
	return Noun{
		Zero: "لا نتائج", None: "لا نتائج",
		One: "نتيجة واحدة", OneAccusative: "نتيجة واحدة",
		Two: "نتيجتان", TwoOblique: "نتيجتين",
		Few: "نتائج", Many: "نتيجة", Other: "نتيجة",
	}
}

// Copy counts copies, such as backups.
func Copy() Noun {
	return Noun{
		Zero: "لا نسخ", None: "لا نسخ",
		One: "نسخة واحدة", OneAccusative: "نسخة واحدة",
		Two: "نسختان", TwoOblique: "نسختين",
		Few: "نسخ", Many: "نسخة", Other: "نسخة",
	}
}

// Times counts how often something happened.
func Times() Noun {
	return Noun{
		Zero: "ولا مرة", None: "ولا مرة",
		One: "مرة واحدة", OneAccusative: "مرة واحدة",
		Two: "مرتان", TwoOblique: "مرتين",
		Few: "مرات", Many: "مرة", Other: "مرة",
	}
}

// Second counts seconds.
func Second() Noun {
	return Noun{
		Zero: "لا ثواني", None: "لا ثواني",
		One: "ثانية واحدة", OneAccusative: "ثانية واحدة",
		Two: "ثانيتان", TwoOblique: "ثانيتين",
		Few: "ثوانٍ", Many: "ثانية", Other: "ثانية",
	}
}

// Minute counts minutes.
func Minute() Noun {
	return Noun{
		Zero: "لا دقائق", None: "لا دقائق",
		One: "دقيقة واحدة", OneAccusative: "دقيقة واحدة",
		Two: "دقيقتان", TwoOblique: "دقيقتين",
		Few: "دقائق", Many: "دقيقة", Other: "دقيقة",
	}
}

// Hour counts hours.
func Hour() Noun {
	return Noun{
		Zero: "لا ساعات", None: "لا ساعات",
		One: "ساعة واحدة", OneAccusative: "ساعة واحدة",
		Two: "ساعتان", TwoOblique: "ساعتين",
		Few: "ساعات", Many: "ساعة", Other: "ساعة",
	}
}

// Day counts days.
func Day() Noun {
	return Noun{
		Zero: "لا أيام", None: "لا أيام",
		One: "يوم واحد", OneAccusative: "يومًا واحدًا",
		Two: "يومان", TwoOblique: "يومين",
		Few: "أيام", Many: "يومًا", Other: "يوم",
	}
}
