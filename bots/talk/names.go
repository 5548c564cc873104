package talk

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// names finds sections by what readers call them: by name, synonym or slug,
// with and without the article, and by each half of a name made of two.
type names struct {
	lexicon *lexicon
	tree    news.Tree
	keys    map[string]news.Slug
	urgent  set // what breaking news is called
	longest int // words in the longest key
}

// objects are the things that words name.
type objects struct {
	sections []news.Slug
	alerts   bool     // breaking news
	all      bool     // everything
	rest     []string // words that name nothing
}

func (o objects) none() bool { return len(o.sections) == 0 && !o.alerts && !o.all }

// add takes a section in. Where it follows close upon one that it lies below,
// the two are one: the news of the weather.
func (o *objects) add(tree news.Tree, slug news.Slug, close bool) {
	if last := len(o.sections) - 1; close && last >= 0 && slices.Contains(tree.Path(slug)[1:], o.sections[last]) {
		o.sections = o.sections[:last]
	}
	if !slices.Contains(o.sections, slug) {
		o.sections = append(o.sections, slug)
	}
}

func newNames(l *lexicon, tree news.Tree) *names {
	n := &names{lexicon: l, tree: tree, keys: map[string]news.Slug{}, urgent: set{}}
	for phrase, m := range l.phrases {
		if m.do == doBreaking && m.arg == "" {
			n.urgent[joined(bareAll(strings.Fields(phrase)))] = true
		}
	}
	halves := map[string][]news.Slug{}
	for _, s := range tree.All() {
		for _, name := range append([]string{s.Name, string(s.Slug)}, s.Synonyms...) {
			n.learn(name, s.Slug)
		}
		if parts := bareWords(s.Name); len(parts) == 2 {
			if second, ok := cutAnd(parts[1]); ok {
				halves[parts[0]] = append(halves[parts[0]], s.Slug)
				halves[second] = append(halves[second], s.Slug)
			}
		}
	}
	for half, slugs := range halves {
		if len(slugs) == 1 {
			n.learn(half, slugs[0])
		}
	}
	return n
}

// learn keeps a name; the first section that claims one has it.
func (n *names) learn(name string, slug news.Slug) {
	words := bareWords(name)
	if len(words) == 0 {
		return
	}
	key := joined(words)
	if _, taken := n.keys[key]; !taken {
		n.keys[key] = slug
		n.longest = max(n.longest, len(words))
	}
}

// find reads the things that words name, several at once. Of a section and
// breaking news the longer name is meant.
func (n *names) find(words []string) objects {
	var o objects
	end := -1 // of the last section's name
	for i := 0; i < len(words); {
		slug, length := n.at(words[i:])
		urgent := n.alerts(words[i:])
		if length > 0 && length >= urgent {
			o.add(n.tree, slug, end == i && !strings.HasPrefix(words[i], prefixAnd))
			i += length
			end = i
			continue
		}
		if urgent > 0 {
			o.alerts = true
			i += urgent
			continue
		}
		word := words[i]
		bare, _ := cutAnd(word)
		switch {
		case n.lexicon.all[word] || n.lexicon.all[bare]:
			o.all = true
		case !n.lexicon.joiner[word] && !n.lexicon.joiner[bare]:
			o.rest = append(o.rest, word)
		}
		i++
	}
	return o
}

// at returns the section that words begin with, by its longest name.
func (n *names) at(words []string) (news.Slug, int) {
	for length := min(n.longest, len(words)); length > 0; length-- {
		rest := bareAll(words[1:length])
		for _, first := range variants(words[0]) {
			if slug, ok := n.keys[joined(append([]string{first}, rest...))]; ok {
				return slug, length
			}
		}
	}
	return "", 0
}

// alerts returns how many of the first words name breaking news.
func (n *names) alerts(words []string) int {
	for length := min(mostWords, len(words)); length > 0; length-- {
		rest := bareAll(words[1:length])
		for _, first := range variants(words[0]) {
			if n.urgent[joined(append([]string{first}, rest...))] {
				return length
			}
		}
	}
	return 0
}

// near returns the section whose name is a slip of the finger away. A written
// article counts as letters, so that short names are found by it.
func (n *names) near(words []string) (news.Slug, bool) {
	if len(words) == 0 {
		return "", false
	}
	best, at := 2, news.Slug("")
	for _, first := range variants(words[0]) {
		text := joined(append([]string{first}, bareAll(words[1:])...))
		written := ""
		if first != words[0] {
			written = article
		}
		for key, slug := range n.keys {
			if !arabic.Near(written+text, written+key) {
				continue
			}
			d := arabic.Distance(text, key)
			if d < best || d == best && slug < at {
				best, at = d, slug
			}
		}
	}
	return at, at != ""
}

// variants returns what is left of a word without the letters that Arabic
// writes onto its beginning.
func variants(word string) []string {
	out := []string{bare(word)}
	if rest, ok := cutAnd(word); ok {
		out = append(out, bare(rest))
	}
	for _, letter := range []string{prefixBy, prefixFor} {
		if rest, ok := strings.CutPrefix(word, letter); ok && utf8.RuneCountInString(rest) >= 3 {
			out = append(out, bare(rest))
		}
	}
	return out
}

// bare drops the article.
func bare(word string) string {
	for _, article := range []string{article, articleFor} {
		if rest, ok := strings.CutPrefix(word, article); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return word
}

func bareAll(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = bare(w)
	}
	return out
}

func bareWords(name string) []string { return bareAll(strings.Fields(arabic.FoldCommand(name))) }

// cutAnd drops the conjunction that is written onto a word.
func cutAnd(word string) (string, bool) {
	rest, ok := strings.CutPrefix(word, prefixAnd)
	if !ok || utf8.RuneCountInString(rest) < 3 {
		return word, false
	}
	return bare(rest), true
}

// The letters that Arabic writes onto the beginning of a word.
const (
	prefixAnd  = "\u0648"       // wa
	prefixBy   = "\u0628"       // bi
	prefixFor  = "\u0644"       // li
	article    = "\u0627\u0644" // al
	articleFor = "\u0644\u0644" // lil
)
