package wire

import (
	"bytes"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"time"
	"unicode"

	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
)

//go:embed scaffold.tmpl
var scaffoldText string

// Scaffold writes a commented configuration for a site that was probed: its
// sections as a tree with slugs, the way to read it, its zone, and the defaults
// of everything else. Whatever the site calls itself and its categories,
// ParseConfig takes the result.
func Scaffold(site feed.Site) []byte {
	top, left, urgent := growTree(site.Categories)
	s := scaffold{
		Site: site.URL, Name: shortLine(site.Name), Description: shortLine(site.Description),
		Language: "ar", Urgent: urgent, Left: left, Notes: site.Notes,
	}
	if s.Name == "" {
		s.Name = site.URL
	}
	if strings.HasPrefix(strings.ToLower(site.Language), "en") {
		s.Language = "en"
	}
	s.Zone, s.ZoneRemark = zoneFor(site.Zone)
	if len(top) == 0 {
		top = []*branch{{name: newsName, slug: "news", all: true}}
	}
	s.Default = top[0].slug
	if i := slices.IndexFunc(top, func(b *branch) bool { return b.slug == "news" }); i >= 0 {
		s.Default = "news"
	}
	s.Sources = sourcesOf(site, top)
	s.Sections = sectionLines(top)
	return s.write()
}

// scaffold is what the template asks for.
type scaffold struct {
	Site, Name, Description, Language string
	Zone, ZoneRemark                  string
	Urgent                            string
	Sources                           []sourceLine
	Default                           news.Slug
	Sections                          string
	Left, Notes                       []string
}

// Slot is what readers call a digest hour, in the newsroom's language.
func (s scaffold) Slot(name news.Slot) string {
	for _, one := range defaultSlots(s.Language) {
		if one.Name == name {
			return one.Label
		}
	}
	return string(name)
}

func (s scaffold) write() []byte {
	t := template.Must(template.New("scaffold").Funcs(template.FuncMap{"quote": quoteYAML, "remark": shortLine}).Parse(scaffoldText))
	var b bytes.Buffer
	if err := t.Execute(&b, s); err != nil {
		panic(fmt.Sprintf("wire: the scaffold's template: %v", err)) // of our own making
	}
	return b.Bytes()
}

// zoneFor returns the zone to write for what a site says, and a remark where
// that is a guess.
func zoneFor(said string) (zone, remark string) {
	if _, err := time.LoadLocation(said); err == nil && said != "" && said != "Local" {
		return said, ""
	}
	t, err := time.Parse("-07:00", said)
	if err != nil {
		return DefaultZone, "The site does not say which: look."
	}
	_, offset := t.Zone()
	remark = "The site says " + said + " only: look."
	switch {
	case offset == 4*3600:
		return DefaultZone, remark
	case offset == 3*3600:
		return "Asia/Riyadh", remark
	case offset == 0:
		return "UTC", remark
	case offset%3600 == 0 && offset >= -12*3600 && offset <= 14*3600:
		return fmt.Sprintf("Etc/GMT%+d", -offset/3600), remark // POSIX counts westward
	}
	return DefaultZone, remark
}

var plainYAML = regexp.MustCompile(`^\p{L}[\p{L}\p{M}\p{Nd}]*( [\p{L}\p{M}\p{Nd}]+)*$`)

// quoteYAML writes s as a scalar: bare where it cannot be taken for anything
// else.
func quoteYAML(s string) string {
	switch strings.ToLower(s) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf":
		return strconv.Quote(s)
	}
	if plainYAML.MatchString(s) {
		return s
	}
	return strconv.Quote(s)
}

const longestLine = 160

// shortLine makes one printable line of whatever a site says.
func shortLine(s string) string {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, ""), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)
	}), " ")
	if runes := []rune(s); len(runes) > longestLine {
		s = strings.TrimSpace(string(runes[:longestLine-1])) + "…"
	}
	return s
}
