package feed

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/nashra-bot/nashra/news/arabic"
)

// plainText returns what a reader sees of a piece of HTML: paragraphs parted
// by an empty line, line breaks kept, list items behind a bullet, the cells of
// a table row on one line. Scripts, pictures, forms and what plugins put
// around an article are left out.
//
// The two halves of a line of verse, which sites part with a table or with
// wide spaces, are parted by an ellipsis between spaces.
func plainText(markup string) string {
	markup = legal(strings.ToValidUTF8(markup[:min(len(markup), maxMarkup)], ""))
	if !strings.ContainsAny(markup, "<&") { // plain text: its lines are meant
		return tidy(strings.ReplaceAll(markup, "\n", lineBreak))
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(plainInside(markup)), body)
	if err != nil { // nested too deep
		return tidy(withoutTags(markup))
	}
	var w walker
	for _, n := range nodes {
		w.node(n)
	}
	text := w.b.String()
	if !strings.ContainsAny(text, lineBreak+blockBreak) { // no tag that breaks a line: the source's lines do
		text = strings.ReplaceAll(text, "\n", lineBreak)
	}
	return tidy(text)
}

// maxMarkup is how much of one field is looked at, in bytes.
const maxMarkup = 1 << 20

// plainLine is plainText for titles and names: one line, and entities that
// were escaped twice are read twice.
func plainLine(markup string) string {
	s := plainText(markup)
	if entity.MatchString(s) {
		s = plainText(html.UnescapeString(s))
	}
	return strings.Join(strings.Fields(s), " ")
}

var entity = regexp.MustCompile(`&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);`)

// walker writes text as it goes through a tree. It leaves one space or line
// feed too many, never one too few; tidy sees to that.
type walker struct {
	b     strings.Builder
	pre   int
	lists []int // the next number of each open list, -1 for bullets
	boxes int   // the items and cells around
}

// maxBoxes is how deep items and cells are set within each other: each goes
// over all text within. What is deeper is text like any other.
const maxBoxes = 6

func (w *walker) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
	case html.ElementNode:
		if !dropped(n) {
			w.element(n)
		}
	case html.DocumentNode:
		w.children(n)
	}
}

func (w *walker) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

func (w *walker) text(s string) {
	if strings.ContainsAny(s, lineBreak+blockBreak) { // a character reference without its semicolon
		s = strings.NewReplacer(lineBreak, "", blockBreak, "").Replace(s)
	}
	if w.pre > 0 {
		s = strings.ReplaceAll(s, "\n", lineBreak)
	}
	w.b.WriteString(s)
}

func (w *walker) element(n *html.Node) {
	a := n.DataAtom
	if w.boxes >= maxBoxes && (a == atom.Li || a == atom.Table) {
		a = atom.Div
	}
	switch a {
	case atom.Br:
		w.b.WriteString(lineBreak)
	case atom.Pre:
		w.b.WriteString(blockBreak)
		w.pre++
		w.children(n)
		w.pre--
		w.b.WriteString(blockBreak)
	case atom.Ul, atom.Ol:
		w.list(n)
	case atom.Li:
		w.item(n)
	case atom.Table:
		w.table(n)
	case atom.Figure:
		w.figure(n)
	default:
		if !block(a) {
			w.children(n)
			return
		}
		w.b.WriteString(blockBreak)
		w.children(n)
		w.b.WriteString(blockBreak)
	}
}

func (w *walker) list(n *html.Node) {
	next := -1
	if n.DataAtom == atom.Ol {
		next = 1
		if start, err := strconv.Atoi(attr(n, "start")); err == nil && start >= 0 && start < 10000 {
			next = start
		}
	}
	edge := blockBreak
	if len(w.lists) > 0 {
		edge = lineBreak
	}
	w.b.WriteString(edge)
	w.lists = append(w.lists, next)
	w.children(n)
	w.lists = w.lists[:len(w.lists)-1]
	w.b.WriteString(edge)
}

// item writes one item on lines of its own, however many blocks it holds.
func (w *walker) item(n *html.Node) {
	mark := "• "
	if k := len(w.lists) - 1; k >= 0 && w.lists[k] >= 0 {
		mark = strconv.Itoa(w.lists[k]) + ". "
		w.lists[k]++
	}
	inner := walker{pre: w.pre, lists: w.lists, boxes: w.boxes + 1}
	inner.children(n)
	lines := strings.FieldsFunc(tidy(inner.b.String()), func(r rune) bool { return r == '\n' })
	if len(lines) > 0 {
		w.b.WriteString(lineBreak + mark + strings.Join(lines, lineBreak))
	}
}

// table writes a row a line. Rows of two cells are taken for lines of verse,
// whose halves stand side by side, or for a name and its value: an ellipsis
// serves both.
func (w *walker) table(n *html.Node) {
	w.b.WriteString(blockBreak)
	for row := range n.Descendants() {
		if row.DataAtom != atom.Tr || nearest(row.Parent, atom.Table) != n {
			continue
		}
		var cells []string
		for c := row.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
				continue
			}
			inner := walker{boxes: w.boxes + 1}
			inner.children(c)
			if text := tidy(inner.b.String()); text != "" {
				cells = append(cells, strings.ReplaceAll(text, "\n", lineBreak))
			}
		}
		between := " | "
		if len(cells) == 2 {
			between = halves
		}
		w.b.WriteString(strings.Join(cells, between) + lineBreak)
	}
	w.b.WriteString(blockBreak)
}

// figure keeps what the block editor wraps in a figure though it is text.
func (w *walker) figure(n *html.Node) {
	for c := range n.Descendants() {
		inside := c.DataAtom == atom.Table || c.DataAtom == atom.Blockquote
		if inside && nearest(c.Parent, atom.Figure) == n && nearest(c.Parent, atom.Table) == nil {
			w.element(c)
		}
	}
}

func withoutTags(markup string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(markup))
	z.SetMaxBuf(1 << 20)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
			b.WriteByte(' ')
		}
	}
}

// The breaks that are meant, as opposed to those of the source's lines. They
// are noncharacters, which legal text never holds.
const (
	lineBreak  = "\ufdd0"
	blockBreak = "\ufdd1"
	halves     = " … "
)

// verse is the wide gap between two halves of a line of verse.
var verse = regexp.MustCompile("[ \u00a0]*[\u2001\u2003][ \u00a0\u2001-\u200a]*|\u00a0[ \u00a0]{5,}")

// tidy turns the meant breaks into line feeds, all other white space into
// single spaces, and leaves trimmed lines and at most one empty line between
// two.
func tidy(s string) string {
	s = strings.NewReplacer("\n", " ", "\r", " ", lineBreak, "\n", blockBreak, "\n\n").Replace(arabic.Clean(s))
	var b strings.Builder
	blank := false
	for line := range strings.SplitSeq(s, "\n") {
		line = tidyLine(line)
		if line == "" {
			blank = b.Len() > 0
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		if blank {
			b.WriteByte('\n')
		}
		blank = false
		b.WriteString(line)
	}
	return b.String()
}

func tidyLine(line string) string {
	line = strings.TrimFunc(line, unicode.IsSpace)
	if strings.ContainsAny(line, "\u2001\u2003\u00a0") {
		line = verse.ReplaceAllString(line, halves)
	}
	line = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, line)
	return strings.Join(strings.Fields(line), " ")
}
