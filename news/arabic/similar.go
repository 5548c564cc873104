package arabic

import "strings"

// The measured thresholds of SameStory: on hand-labelled pairs of headlines
// from different outlets they never joined two stories.
const (
	sameTitle     = 0.75
	similarTitle  = 0.5
	similarBody   = 0.3
	leastWords    = 3    // distinct words a title must have to be compared at all
	shingle       = 3    // words
	comparedWords = 2000 // words of a body that are looked at
)

// SameStory reports whether two articles of different sources tell one story:
// their titles are nearly the same, or alike while their bodies share a good part of
// their wording. A title of one or two words matches nothing. It is made to
// miss a copy rather than to lose a story, and says nothing about two articles of one
// source, whose serial headlines differ by a word.
func SameStory(titleA, bodyA, titleB, bodyB string) bool {
	a, b := set(Stems(titleA)), set(Stems(titleB))
	if len(a) < leastWords || len(b) < leastWords {
		return false
	}
	switch alike := jaccard(a, b); {
	case alike >= sameTitle:
		return true
	case alike < similarTitle:
		return false
	}
	return jaccard(shingles(bodyA), shingles(bodyB)) >= similarBody
}

// Similarity returns how much of their vocabulary two texts share, by stems and from 0 to 1
// (Jaccard). Two texts without words share nothing.
func Similarity(a, b string) float64 { return jaccard(set(Stems(a)), set(Stems(b))) }

// shingles returns the runs of three words in a body.
func shingles(body string) map[string]bool {
	words := strings.Fields(Fold(body))
	words = words[:min(len(words), comparedWords)]
	runs := make(map[string]bool, len(words))
	for i := 0; i+shingle <= len(words); i++ {
		runs[strings.Join(words[i:i+shingle], " ")] = true
	}
	return runs
}

func set(words []string) map[string]bool {
	s := make(map[string]bool, len(words))
	for _, word := range words {
		s[word] = true
	}
	return s
}

func jaccard(a, b map[string]bool) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	both := 0
	for word := range a {
		if b[word] {
			both++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
