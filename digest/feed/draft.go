package feed

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// draft is an article as a decoder read it: text is still HTML, links may be
// relative.
type draft struct {
	post       int    // WordPress id, 0 elsewhere
	guid       string // what else the source calls it
	home       string // the site's own address, for the short link
	base       string // what relative links are relative to
	link       string
	title      string
	excerpt    string
	content    string
	image      string
	author     string
	categories []news.Category
	published  time.Time
	modified   time.Time
	warnings   []string
}

// The most that is kept of one article. Longer ones are cut at a word.
const (
	titleUnits = 400
	leadUnits  = 220
	bodyUnits  = 60000
)

// article cleans a draft. It returns false for one that cannot be sent: one
// without an address, or without a word of text.
func (d *draft) article(s Source) (a news.Article, editors bool, ok bool) {
	a = news.Article{
		Source: s.Name, Published: d.published, Modified: d.modified,
		Image:  absolute(d.image, d.base),
		Author: arabic.Clip(plainLine(d.author), 100),
	}
	for _, c := range d.categories {
		if c.Name = arabic.Clip(plainLine(c.Name), 100); c.Name != "" || c.ID != 0 {
			a.Categories = append(a.Categories, c)
		}
	}
	if !d.address(&a) {
		d.warn("left out: it has no usable link")
		return a, false, false
	}
	d.texts(&a)
	if a.Title = arabic.Clip(plainLine(d.title), titleUnits); a.Title == "" {
		if a.Title = firstWords(a); a.Title == "" {
			d.warn("left out: it has neither title nor text")
			return a, false, false
		}
		d.warn("no title: its first words serve as one")
	}
	editors = a.Lead != ""
	if !editors {
		a.Lead = arabic.Lead(opening(a.Body), leadUnits)
	}
	if a.Lead == a.Title || arabic.Similarity(a.Lead, a.Title) > 0.8 {
		a.Lead, editors = "", false
	}
	if a.Published.IsZero() {
		d.warn("no date, or one that cannot be read")
	}
	return a, editors, true
}

func (d *draft) warn(s string) { d.warnings = append(d.warnings, s) }

// address sets URL, ShortURL and Key.
func (d *draft) address(a *news.Article) bool {
	if d.post == 0 {
		d.post = postID(d.guid)
	}
	a.URL = absolute(d.link, d.base)
	if a.URL == "" && d.guid != "" {
		a.URL = absolute(d.guid, "")
	}
	if d.post != 0 {
		home := d.home
		if home == "" {
			home, _, _ = strings.Cut(d.guid, "?")
		}
		if short := absolute(shortLink(home, d.post), ""); short != "" && (a.URL == "" || sameHost(short, a.URL)) {
			a.ShortURL = short
		}
		if a.URL == "" {
			a.URL = a.ShortURL
		}
		a.Key = "wp:" + strconv.Itoa(d.post)
	}
	if a.Key == "" {
		a.Key = Canonical(a.URL)
	}
	if a.ShortURL == a.URL {
		a.ShortURL = ""
	}
	return a.URL != ""
}

// texts sets Body, and Lead where the editors wrote one. A feed without the
// full text has it shortened in the excerpt's place; a site without excerpts
// writes the beginning of the text there.
func (d *draft) texts(a *news.Article) {
	body, _ := withoutFooter(plainText(d.content))
	excerpt, short := withoutFooter(plainText(d.excerpt))
	if body == "" {
		a.Body = arabic.ClipLines(excerpt, bodyUnits)
		return
	}
	a.Body = arabic.ClipLines(body, bodyUnits)
	lead := flatten(excerpt)
	if lead == "" || short || strings.HasPrefix(letters(body), letters(lead)) {
		return
	}
	if news.Units(lead) > 2*leadUnits {
		lead = arabic.Lead(lead, leadUnits)
	}
	a.Lead = lead
}

func firstWords(a news.Article) string {
	text, _, _ := strings.Cut(a.Body, "\n")
	if text == "" {
		text = a.Lead
	}
	return arabic.Clip(arabic.Dateline(text), 80)
}

// letters returns s without what differs between two ways of setting it.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

func flatten(s string) string { return strings.Join(strings.Fields(s), " ") }

// withoutFooter cuts from the end of a text what is not the author's: the
// line with which plugins sign it, the words of a link to the rest, the mark
// of a text that goes on. It reports whether there was such a mark. Nobody
// signs more than a few times.
func withoutFooter(s string) (text string, shortened bool) {
	for range 8 {
		before := s
		line := s[strings.LastIndexByte(s, '\n')+1:]
		if footer(line) {
			s = s[:len(s)-len(line)]
		} else if at := inlineFooter(line); at >= 0 {
			s = s[:len(s)-len(line)+at]
		}
		s = strings.TrimSpace(s)
		for _, mark := range inBrackets() {
			if rest, ok := strings.CutSuffix(s, mark); ok {
				s, shortened = strings.TrimRight(rest, " \n"), true
			}
		}
		if s == before {
			break
		}
	}
	return s, shortened
}

func footer(line string) bool {
	if slices.Contains(moreWords(), strings.Trim(line, " .…»←→")) {
		return true
	}
	return signature(line)
}

func signature(line string) bool {
	for _, f := range footers() {
		if strings.HasPrefix(line, f[0]) && strings.Contains(line[len(f[0]):], f[1]) {
			return true
		}
	}
	return false
}

// inlineFooter finds a signature behind the text of the last line.
func inlineFooter(line string) int {
	for _, f := range footers() {
		for _, gap := range []string{"] ", "… ", ". "} {
			if i := strings.LastIndex(line, gap+f[0]); i >= 0 && signature(line[i+len(gap):]) {
				return i + len(gap)
			}
		}
	}
	return -1
}

// shortOpening is the length up to which a first paragraph is a heading or a
// dateline rather than the opening of a text.
const shortOpening = 40

// opening returns the part of a body that a lead may be made of: the first
// paragraph, with the second behind a very short one, and no list.
func opening(body string) string {
	first, rest, _ := strings.Cut(body, "\n\n")
	if arabic.Units(first) <= shortOpening {
		second, _, _ := strings.Cut(rest, "\n\n")
		first += "\n\n" + second
	}
	if text, _, list := strings.Cut(first, "\n• "); list && strings.TrimSpace(text) != "" {
		return text
	}
	return first
}
