package digest

import (
	"strings"
	"time"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// wrongQuote is how much of a wrong text is quoted, in UTF-16 units.
const wrongQuote = 160

// Correction sets the message that follows a copy which was wrong: the right
// text, and briefly what was wrong. It goes out as an answer to that copy.
func (s Setter) Correction(title, lead, was, link string, form news.Form, at time.Time) news.Message {
	w := words(s.Newsroom.Language)
	m := news.Say(news.Join(news.T("✏️ "), news.B(w.Correction+" | "+title)))
	if lead = strings.TrimSpace(lead); lead != "" {
		m.Blocks = append(m.Blocks, news.T(arabic.Clip(lead, aloneLead)))
	}
	if quote := s.wrong(was, title); quote != "" {
		m.Blocks = append(m.Blocks, news.T(quote))
	}
	if link != "" {
		m.Blocks = append(m.Blocks, s.address(readMore(w, form), link))
		m.Preview = link
	}
	m.Blocks = append(m.Blocks, news.T(s.Newsroom.signature()+" · "+arabic.Clock(at)+"\n"+s.leaveAlerts()))
	return s.mark(m)
}

// Revision sets an edition again for those whose copy cannot be changed.
func (s Setter) Revision(d Draft) news.Message {
	m := s.Edition(d)
	head := news.Join(news.T("✏️ "), news.B(words(s.Newsroom.Language).Correction))
	m.Blocks = append([]news.Text{head}, m.Blocks...)
	return s.mark(m)
}

// Withdrawal sets the line that stands in the place of a text that was taken
// back, or follows it. Line is the newsroom's own, and may be empty.
func (s Setter) Withdrawal(line string, at time.Time) news.Message {
	w := words(s.Newsroom.Language)
	m := news.Say(news.Join(news.T("🚫 "), news.B(w.Withdrawn)))
	if line = strings.TrimSpace(line); line != "" {
		m.Blocks = append(m.Blocks, news.T(arabic.Clip(line, aloneLead)))
	}
	m.Blocks = append(m.Blocks, news.T(s.Newsroom.signature()+" · "+arabic.Clock(at)))
	return s.mark(m)
}

// wrong quotes a wrong text, on one line; nothing when there is nothing to
// tell it from the right one.
func (s Setter) wrong(was, title string) string {
	was = strings.Join(strings.Fields(was), " ")
	if was == "" || was == strings.Join(strings.Fields(title), " ") {
		return ""
	}
	return strings.ReplaceAll(words(s.Newsroom.Language).Wrong, "%s", arabic.Clip(was, wrongQuote))
}
