package talk

import (
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// dataVersion opens the data of every button. Raising it makes all older
// buttons answer that they are old.
const dataVersion = "1"

// encode writes what a button does: "1:tick:weather".
func encode(do verb, args ...string) string {
	return strings.Join(append([]string{dataVersion, string(do)}, args...), ":")
}

func encodeSection(do verb, slugs ...news.Slug) string {
	words := make([]string, len(slugs))
	for i, s := range slugs {
		words[i] = string(s)
	}
	return encode(do, strings.Join(words, ","))
}

// decode reads the data of a button. It is never trusted: what is not exactly
// what encode writes, with sections of the tree, is refused.
func (t *Talk) decode(data string, s Settings) (intent, bool) {
	version, rest, ok := strings.Cut(data, ":")
	if !ok || version != dataVersion || len(data) > maxData {
		return intent{}, false
	}
	name, arg, hasArg := strings.Cut(rest, ":")
	c, ok := t.table[verb(name)]
	if !ok || c.button == noButton {
		return intent{}, false
	}
	w := intent{do: c.verb}
	switch {
	case !hasArg:
		return w, c.button&plainButton != 0
	case c.button&sectionButton != 0:
		w.sections, ok = sections(arg, s.Tree)
		return w, ok
	case c.button&tipButton != 0:
		w.arg = arg
		return w, isTipKey(arg)
	case c.button&slotButton != 0:
		_, ok = s.slot(news.Slot(arg))
		w.arg = arg
		return w, ok
	case c.button&wordButton != 0:
		for _, word := range c.args {
			if word == arg {
				w.arg = arg
				return w, true
			}
		}
	}
	return intent{}, false
}

func sections(list string, tree news.Tree) ([]news.Slug, bool) {
	var out []news.Slug
	for slug := range strings.SplitSeq(list, ",") {
		if _, ok := tree.Find(news.Slug(slug)); !ok {
			return nil, false
		}
		out = append(out, news.Slug(slug))
	}
	return out, true
}
