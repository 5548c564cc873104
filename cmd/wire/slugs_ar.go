package wire

import (
	"strconv"
	"strings"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// knownSlugs are latin names of sections that many newsrooms have, by their
// folded Arabic name.
func knownSlugs() map[string]string {
	return map[string]string{
		"اخبار": "news", "الاخبار": "news", "الطقس": "weather", "طقس": "weather", "مقالات": "articles", "راي": "opinion", "اراء": "opinion",
		"وظائف": "jobs", "وظائف وتدريب": "jobs", "تدريب": "training", "ثقافه": "culture", "ثقافه وادب": "culture", "ادب": "literature",
		"شعر": "poetry", "خواطر": "reflections", "قصص": "stories", "قصص وروايات": "stories", "روايات": "novels",
		"مجلس الخليلي للشعر": "khalili", "تلفزيون": "tv", "بث ارضي للقناه الرياضيه": "sports-tv", "لا للشائعات": "rumours", "شائعات": "rumours",
		"المنتديات": "forums", "منتديات": "forums", "جريده عمان": "oman-daily", "رياضه": "sports", "الرياضه": "sports",
		"اقتصاد": "economy", "الاقتصاد": "economy", "محليات": "local", "سياسه": "politics", "عالم": "world", "العالم": "world", "دولي": "world",
		"صحه": "health", "تقنيه": "tech", "تكنولوجيا": "tech", "تعليم": "education", "سياحه": "tourism", "منوعات": "misc", "مجتمع": "society",
		"عاجل": "urgent", "فيديو": "video", "صور": "photos", "غير مصنف": "other",
	}
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
	for n := 2; taken[slug]; n++ {
		slug = news.Slug(base + "-" + strconv.Itoa(n))
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
	word := strings.Trim(b.String()[:min(b.Len(), 28)], "-")
	if word == "" {
		return "section"
	}
	return word
}

// newsroomPhrases are the words of a fresh configuration.
const (
	checkWord = "شائعات"
	poemWord  = "شعر"
)

// formFor proposes how a section's articles are set, by its name.
func formFor(name string) news.Form {
	switch folded := arabic.Fold(name); {
	case strings.Contains(folded, checkWord):
		return news.Check
	case strings.Contains(folded, poemWord):
		return news.Poem
	default:
		return news.Plain
	}
}
