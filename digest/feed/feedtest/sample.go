package feedtest

import (
	"embed"
	"fmt"
	"html"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed testdata/sample/*.txt
var sampleFiles embed.FS

// Sample is a newsroom's worth of articles of our own writing: its events and
// people are invented.
type Sample struct {
	Name        string
	Description string
	Categories  []Category
	Posts       []Post // dated back from now, oldest first
	Next        []Post // not published yet: suggestions for who tries out the site
}

// NewSample returns the sample articles as of now. Each is a file: lines of
// "key: value", an empty line, and the text, whose paragraphs are parted by
// empty lines. Lines that begin with "- " are a list, and lines with an
// ellipsis between spaces two halves of a verse, or a name and its value.
func NewSample(now time.Time) (Sample, error) {
	var s Sample
	site, err := sampleFiles.ReadFile("testdata/sample/site.txt")
	if err != nil {
		return s, fmt.Errorf("read sample: %w", err)
	}
	s.Name, s.Description, _ = strings.Cut(strings.TrimSpace(string(site)), "\n")
	text, err := sampleFiles.ReadFile("testdata/sample/categories.txt")
	if err != nil {
		return s, fmt.Errorf("read sample: %w", err)
	}
	if s.Categories, err = parseCategories(string(text)); err != nil {
		return s, fmt.Errorf("read sample: %w", err)
	}
	names, err := fs.Glob(sampleFiles, "testdata/sample/[0-9]*.txt")
	if err != nil {
		return s, fmt.Errorf("read sample: %w", err)
	}
	for _, name := range names {
		text, err := sampleFiles.ReadFile(name)
		if err != nil {
			return s, fmt.Errorf("read sample: %w", err)
		}
		p, next, err := parsePost(string(text), s.Categories, now)
		if err != nil {
			return s, fmt.Errorf("read sample %s: %w", path.Base(name), err)
		}
		if next {
			s.Next = append(s.Next, p)
		} else {
			s.Posts = append(s.Posts, p)
		}
	}
	slices.SortStableFunc(s.Posts, func(a, b Post) int { return a.Published.Compare(b.Published) })
	return s, nil
}

// Fill gives the site the name, the categories and the posts of the sample.
// It must be called before the site serves.
func (s *Site) Fill(sample Sample) {
	s.Name, s.Description = sample.Name, sample.Description
	for _, c := range sample.Categories {
		s.AddCategory(c)
	}
	for _, p := range sample.Posts {
		s.Publish(p)
	}
}

func parseCategories(text string) ([]Category, error) {
	var out []Category
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.SplitN(line, " ", 4)
		if len(f) < 4 {
			return nil, fmt.Errorf("category %q: want id, slug, parent, name", line)
		}
		id, err := strconv.Atoi(f[0])
		if err != nil {
			return nil, fmt.Errorf("category %q: %w", line, err)
		}
		c := Category{ID: id, Slug: f[1], Name: f[3]}
		for _, p := range out {
			if p.Slug == f[2] {
				c.Parent = p.ID
			}
		}
		if c.Parent == 0 && f[2] != "-" {
			return nil, fmt.Errorf("category %q: no parent %q above it", line, f[2])
		}
		out = append(out, c)
	}
	return out, nil
}

func parsePost(text string, categories []Category, now time.Time) (p Post, next bool, err error) {
	head, body, ok := strings.Cut(text, "\n\n")
	if !ok {
		return p, false, fmt.Errorf("no empty line behind the head")
	}
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "title":
			p.Title = value
		case "lead":
			p.Excerpt = value
		case "by":
			p.Author = value
		case "tags":
			p.Tags = list(value, "،")
		case "next":
			next = true
		case "in":
			if p.Categories, err = categoryIDs(list(value, ","), categories); err != nil {
				return p, false, err
			}
		case "hours":
			hours, err := strconv.ParseFloat(value, 64)
			if err != nil {
				return p, false, fmt.Errorf("hours: %w", err)
			}
			p.Published = now.Add(-time.Duration(hours * float64(time.Hour))).Truncate(time.Minute)
			p.Modified = p.Published
		default:
			return p, false, fmt.Errorf("unknown key %q", key)
		}
	}
	if next {
		p.Published, p.Modified = time.Time{}, time.Time{}
	}
	p.Content = markup(body)
	return p, next, nil
}

func list(s, separator string) []string {
	var out []string
	for v := range strings.SplitSeq(s, separator) {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}

func categoryIDs(slugs []string, categories []Category) ([]int, error) {
	var out []int
	for _, slug := range slugs {
		i := slices.IndexFunc(categories, func(c Category) bool { return c.Slug == slug })
		if i < 0 {
			return nil, fmt.Errorf("no category %q", slug)
		}
		out = append(out, categories[i].ID)
	}
	return out, nil
}

// markup makes the HTML that an editor would have made of a text.
func markup(body string) string {
	var b strings.Builder
	for block := range strings.SplitSeq(strings.TrimSpace(body), "\n\n") {
		lines := strings.Split(strings.TrimSpace(block), "\n")
		switch {
		case every(lines, func(l string) bool { return strings.HasPrefix(l, "- ") }):
			b.WriteString("<ul>\n")
			for _, l := range lines {
				fmt.Fprintf(&b, "<li>%s</li>\n", html.EscapeString(l[2:]))
			}
			b.WriteString("</ul>\n")
		case every(lines, func(l string) bool { return strings.Count(l, " … ") == 1 }):
			b.WriteString("<figure class=\"wp-block-table\"><table><tbody>\n")
			for _, l := range lines {
				first, second, _ := strings.Cut(l, " … ")
				fmt.Fprintf(&b, "<tr><td>%s</td><td>%s</td></tr>\n", html.EscapeString(first), html.EscapeString(second))
			}
			b.WriteString("</tbody></table></figure>\n")
		default:
			fmt.Fprintf(&b, "<p>%s</p>\n", strings.ReplaceAll(html.EscapeString(strings.Join(lines, "\n")), "\n", "<br />\n"))
		}
	}
	return b.String()
}

func every(lines []string, is func(string) bool) bool {
	return !slices.ContainsFunc(lines, func(l string) bool { return !is(l) })
}
