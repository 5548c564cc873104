package arabic

import "strings"

// Stem returns the light stem of one folded word: the word without the article,
// the particles written onto it and the common endings, where enough of it
// remains. Words that this would ruin, and the names of places in Oman, keep
// their form. It is for comparing and never empty for a word that is not.
func Stem(word string) string {
	if stem, ok := protected(word); ok {
		return stem
	}
	word = cutStemPrefix(word)
	if stem, ok := protected(word); ok {
		return stem
	}
	const least = 3
	for _, suffix := range stemSuffixes {
		if bare, ok := strings.CutSuffix(word, suffix); ok && Runes(bare) >= least {
			return bare
		}
	}
	return word
}

// Stems returns the stems of the words of s, which may be of any spelling, in
// their order and with repetitions.
func Stems(s string) []string {
	words := strings.Fields(Fold(s))
	for i, word := range words {
		words[i] = Stem(word)
	}
	return words
}

// cutStemPrefix drops the article with what is written onto it, and an "and"
// before it. An "and" without the article goes only from a long word or a
// protected one, since many words begin with that letter.
func cutStemPrefix(word string) string {
	const leastAnd = 5 // letters that must remain where no article follows
	if bare, ok := cutArticle(word); ok {
		return bare
	}
	bare, ok := strings.CutPrefix(word, stemAnd)
	if !ok {
		return word
	}
	if _, known := protected(bare); !known && Runes(bare) < leastAnd {
		return word
	}
	bare, _ = cutArticle(bare)
	return bare
}

// cutArticle drops the first prefix that leaves enough of word.
func cutArticle(word string) (string, bool) {
	const least = 3
	for _, prefix := range stemPrefixes {
		if bare, ok := strings.CutPrefix(word, prefix); ok && Runes(bare) >= least {
			return bare, true
		}
	}
	return word, false
}

// protected returns the fixed stem of a word that has one.
func protected(word string) (string, bool) {
	if strings.HasPrefix(word, stemOman) {
		return stemOman, true
	}
	stem, ok := stemProtected[word]
	return stem, ok
}
