package wire

import (
	"slices"
	"strconv"
	"strings"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// knownSlugs are latin names of sections that many newsrooms have, by their
// folded Arabic name.
func knownSlugs() map[string]string {
	known := map[string]string{
		"أخبار": "news", "الأخبار": "news", "أخبار عامة": "news", "الطقس": "weather", "طقس": "weather", "مقالات": "articles",
		"المقالات": "articles", "رأي": "opinion", "الرأي": "opinion", "آراء": "opinion", "وظائف": "jobs", "الوظائف": "jobs",
		"وظائف وتدريب": "jobs", "تدريب": "training", "ثقافة": "culture", "الثقافة": "culture", "ثقافة وأدب": "culture",
		"ثقافة وفنون": "culture", "أدب": "literature", "شعر": "poetry", "الشعر": "poetry", "خواطر": "reflections",
		"قصص": "stories", "قصص وروايات": "stories", "روايات": "novels", "مجلس الخليلي للشعر": "khalili",
		"تلفزيون": "tv", "التلفزيون": "tv", "بث أرضي للقناة الرياضية": "sports-tv", "لا للشائعات": "rumours",
		"شائعات": "rumours", "المنتديات": "forums", "منتديات": "forums", "جريدة عمان": "oman-daily", "رياضة": "sports",
		"الرياضة": "sports", "اقتصاد": "economy", "الاقتصاد": "economy", "محليات": "local", "أخبار محلية": "local",
		"سياسة": "politics", "السياسة": "politics", "عالم": "world", "العالم": "world", "دولي": "world", "أخبار دولية": "world",
		"صحة": "health", "الصحة": "health", "تقنية": "tech", "تكنولوجيا": "tech", "تعليم": "education", "التعليم": "education",
		"سياحة": "tourism", "السياحة": "tourism", "منوعات": "misc", "مجتمع": "society", "المجتمع": "society", "فيديو": "video",
		"صور": "photos", "حوادث": "incidents", "تحقيقات": "reports", "تقارير": "reports", "حوارات": "interviews", "دين": "religion",
	}
	folded := make(map[string]string, len(known))
	for name, slug := range known {
		folded[arabic.Fold(name)] = slug
	}
	return folded
}

// letters spell a folded Arabic word in latin ones, for a section that is in
// no list: readable, not scientific.
func letters() map[rune]string {
	return map[rune]string{
		'ا': "a", 'ب': "b", 'ت': "t", 'ث': "th", 'ج': "j", 'ح': "h", 'خ': "kh", 'د': "d", 'ذ': "dh", 'ر': "r", 'ز': "z",
		'س': "s", 'ش': "sh", 'ص': "s", 'ض': "d", 'ط': "t", 'ظ': "z", 'ع': "a", 'غ': "gh", 'ف': "f", 'ق': "q", 'ك': "k",
		'ل': "l", 'م': "m", 'ن': "n", 'ه': "h", 'و': "w", 'ي': "y",
	}
}

// longestSpelling leaves room for a number behind a slug.
const longestSpelling = 28

// slugFor proposes a slug for a section: a known one, else the site's own when
// it is latin, else the name spelled in latin letters. Slugs in taken get a
// number.
func slugFor(name, own string, taken map[news.Slug]bool) news.Slug {
	folded := arabic.Fold(name)
	base := knownSlugs()[folded]
	if base == "" && slugShape.MatchString(own) {
		base = own
	}
	if base == "" {
		base = spell(folded)
	}
	slug := news.Slug(base)
	short := strings.TrimRight(base[:min(len(base), longestSpelling)], "-")
	for n := 2; taken[slug]; n++ {
		slug = news.Slug(short + "-" + strconv.Itoa(n))
	}
	taken[slug] = true
	return slug
}

func spell(folded string) string {
	var b strings.Builder
	table := letters()
	for _, r := range folded {
		switch latin, ok := table[r]; {
		case ok:
			b.WriteString(latin)
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	word := strings.Trim(b.String()[:min(b.Len(), longestSpelling)], "-")
	if word == "" {
		return "section"
	}
	return word
}

// newsName is the section of a site that has none.
const newsName = "الأخبار"

// formFor proposes how a section's articles are set, by the words of its name.
func formFor(name string) news.Form {
	words := strings.Fields(arabic.Fold(name))
	has := func(known ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool {
			for _, prefix := range []string{"وال", "لل", "ال", "و"} {
				if rest, ok := strings.CutPrefix(w, prefix); ok && slices.Contains(known, rest) {
					return true
				}
			}
			return slices.Contains(known, w)
		})
	}
	switch {
	case has(arabic.Fold("شائعات"), arabic.Fold("إشاعات"), arabic.Fold("شائعة"), "rumors", "rumours"):
		return news.Check
	case has("شعر", arabic.Fold("قصائد"), arabic.Fold("قصيدة"), "شعراء", arabic.Fold("شعرية"), "poetry", "poems"):
		return news.Poem
	default:
		return news.Plain
	}
}

// marksUrgent knows the category that calls an article breaking news: it is
// no section.
func marksUrgent(name, slug string) bool {
	return isOneOf([]string{"عاجل", "أخبار عاجلة", "urgent", "breaking", "breaking news"}, name, slug)
}

// sortsNothing knows the category of articles that have none.
func sortsNothing(name, slug string) bool {
	return isOneOf([]string{"غير مصنف", "بدون تصنيف", "uncategorized", "uncategorised"}, name, slug)
}

func isOneOf(known []string, names ...string) bool {
	for _, k := range known {
		for _, n := range names {
			if n != "" && arabic.Fold(n) == arabic.Fold(k) {
				return true
			}
		}
	}
	return false
}
