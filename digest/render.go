package digest

import (
	"strconv"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// Lengths in UTF-16 units. A lead in a list is shorter than one that stands
// alone; a poem that is longer than a message is cut between two lines.
const (
	listLead  = 160
	aloneLead = 400
	poemLines = 240
	poemWhole = 2800
	anyTitle  = 300
	anyName   = 80
	anyIntro  = 500
)

// Draft is an edition ready to be set: what it says, in order.
type Draft struct {
	Name     string // which one: a slot's label
	Time     time.Time
	Intro    string // an editor's words above it; plain text, may be empty
	Chapters []Chapter
}

// Chapter is one section of a draft, or what editors have put above all.
type Chapter struct {
	Section  news.Section
	Pinned   bool // the articles are of any section; Section is empty
	Articles []news.Article
	More     int // articles that were left out
}

// Count is the number of articles, those left out included.
func (d Draft) Count() int {
	n := 0
	for _, c := range d.Chapters {
		n += len(c.Articles) + c.More
	}
	return n
}

// Setter sets drafts and articles into messages. It is pure.
type Setter struct {
	Newsroom Newsroom
	Links    bool                                             // links stand behind words; otherwise their addresses are written out
	More     func(news.Section) (button news.Button, ok bool) // leads to the rest of a section where there are buttons; nil: nothing does

	leads map[news.ArticleID]string // how leads read in a list, as far as that is known
}

// Edition sets a digest: a head, a block for each article, a foot.
func (s Setter) Edition(d Draft) news.Message {
	w := words(s.Newsroom.Language)
	title := strings.ReplaceAll(w.Bulletin, "%s", s.Newsroom.Name)
	if d.Name != "" {
		title += " · " + d.Name
	}
	head := news.Join(
		news.T("📰 "), news.B(title),
		news.T("\n"+s.date(d.Time)+" · "+w.Count.of(d.Count())),
	)
	m := news.Say(head)
	if intro := strings.TrimSpace(d.Intro); intro != "" {
		m.Blocks = append(m.Blocks, news.T(arabic.Clip(intro, anyIntro)))
	}
	var row []news.Button
	for _, c := range d.Chapters {
		m.Blocks = append(m.Blocks, s.chapter(c)...)
		if s.More == nil || !s.Links || c.More == 0 || len(row) == 3 {
			continue
		}
		if b, ok := s.More(c.Section); ok {
			row = append(row, b)
		}
	}
	if len(row) > 0 {
		m.Buttons = append(m.Buttons, row)
	}
	m.Blocks = append(m.Blocks, news.Join(news.T(w.Leave+"\n"), news.B(s.Newsroom.signature())))
	return s.mark(m)
}

// chapter sets one section. Its heading stands in the block of its first
// article, so that no part of a message ends with a heading.
func (s Setter) chapter(c Chapter) []news.Text {
	w := words(s.Newsroom.Language)
	var blocks []news.Text
	for i, a := range c.Articles {
		block := s.entry(i+1, a)
		if i == 0 {
			heading := "▪️ " + c.Section.Name
			if c.Pinned {
				heading = "📌 " + w.Pinned
			}
			block = news.Join(news.B(heading), news.T("\n"), block)
		}
		blocks = append(blocks, block)
	}
	if c.More > 0 && len(blocks) > 0 {
		more := w.More
		if c.Section.Form == news.Poem {
			more = w.MorePoems
		}
		last := len(blocks) - 1
		rest := more.of(c.More)
		if !s.Links {
			rest += strings.ReplaceAll(w.MoreBy, "%s", c.Section.Name)
		}
		blocks[last] = news.Join(blocks[last], news.T("\n"+rest))
	}
	return blocks
}

// entry sets one article of a list.
func (s Setter) entry(n int, a news.Article) news.Text {
	w := words(s.Newsroom.Language)
	text := news.T(strconv.Itoa(n) + ". ")
	lead, known := s.leads[a.ID]
	if !known {
		lead = arabic.Lead(a.Lead, listLead)
	}
	switch a.Form {
	case news.Poem:
		lead = arabic.ClipLines(a.Body, poemLines)
		if by := s.by(a); by != "" {
			lead = by + "\n" + lead
		}
	case news.Check:
		text = append(text, news.Span{Text: w.Check + ": "})
	}
	text = append(text, s.link(arabic.Clip(a.Title, anyTitle), a, news.Bold)...)
	if lead = strings.TrimSpace(lead); lead != "" {
		text = append(text, news.Span{Text: "\n" + lead})
	}
	return text
}

// Alert sets breaking news: one editable message, whose link is previewed
// large where there is one.
func (s Setter) Alert(title, lead, link string, form news.Form, at time.Time) news.Message {
	w := words(s.Newsroom.Language)
	m := news.Say(news.Join(news.T("🔴 "), news.B(w.Breaking+" | "+title)))
	if lead = strings.TrimSpace(lead); lead != "" {
		m.Blocks = append(m.Blocks, news.T(arabic.Clip(lead, aloneLead)))
	}
	if link != "" {
		m.Blocks = append(m.Blocks, s.address(readMore(w, form), link))
		m.Preview = link
	}
	m.Blocks = append(m.Blocks, news.T(s.Newsroom.signature()+" · "+arabic.Clock(at)+"\n"+s.leaveAlerts()))
	return s.mark(m)
}

// leaveAlerts are the words that stop everything and, where no button does it,
// those that bring fewer alerts.
func (s Setter) leaveAlerts() string {
	w := words(s.Newsroom.Language)
	if s.Links {
		return w.LeaveAlerts
	}
	return w.LessAlerts
}

// Trial says over a message that it reaches editors alone, since the bot is not
// open yet.
func (s Setter) Trial(m news.Message) news.Message {
	said := s.mark(news.Say(news.T(words(s.Newsroom.Language).Trial)))
	m.Blocks = append(said.Blocks, m.Blocks...)
	return m
}

// Single sets one article for those who want each at once.
func (s Setter) Single(a news.Article) news.Message {
	w := words(s.Newsroom.Language)
	above := s.Newsroom.Tree.Name(a.Section)
	if a.Form == news.Check {
		above = w.Check
	}
	m := news.Say(news.Join(news.T("▪️ "+above+"\n"), news.B(arabic.Clip(a.Title, anyTitle))))
	body := arabic.Clip(a.Lead, aloneLead)
	if a.Form == news.Poem {
		body = arabic.ClipLines(a.Body, poemWhole)
		if by := s.by(a); by != "" {
			m.Blocks = append(m.Blocks, news.T(by))
		}
	}
	if body = strings.TrimSpace(body); body != "" {
		m.Blocks = append(m.Blocks, news.T(body))
	}
	m.Blocks = append(m.Blocks,
		s.address(readMore(w, a.Form), a.Link()),
		news.T(s.Newsroom.signature()+" · "+w.LeaveAlerts))
	m.Preview = a.Link()
	return s.mark(m)
}

// by names the author of a poem.
func (s Setter) by(a news.Article) string {
	if a.Author == "" {
		return ""
	}
	return strings.ReplaceAll(words(s.Newsroom.Language).By, "%s", arabic.Clip(a.Author, anyName))
}

func readMore(w phrases, form news.Form) string {
	switch form {
	case news.Poem:
		return w.ReadPoem
	case news.Check:
		return w.ReadCheck
	default:
		return w.Read
	}
}

// link sets words that lead to an article.
func (s Setter) link(text string, a news.Article, style news.Style) news.Text {
	if s.Links {
		return news.Text{{Text: text, Link: a.Link(), Style: style}}
	}
	return news.Text{{Text: text, Style: style}, {Text: "\n" + a.Link()}}
}

// address sets a link that stands alone.
func (s Setter) address(text, link string) news.Text {
	if s.Links {
		return news.L(text, link)
	}
	return news.T(text + ":\n" + link)
}

func (s Setter) date(t time.Time) string {
	if s.Newsroom.Language == English {
		return t.Format("Monday, 2 January 2006")
	}
	return arabic.Date(t)
}

// mark gives every line of an Arabic message its direction.
func (s Setter) mark(m news.Message) news.Message {
	if s.Newsroom.Language == English {
		return m
	}
	for i, b := range m.Blocks {
		m.Blocks[i] = b.Prefix("\u200f", arabic.NeedsMark)
	}
	return m
}
