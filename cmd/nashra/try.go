package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/digest/feed"
)

type tryCommand struct {
	Source      string `arg:"" name:"url|file" help:"A site, a feed, or a file with what one answered; - reads standard input."`
	ContentType string `placeholder:"TYPE" help:"The Content-Type that a file came with, like \"text/xml; charset=windows-1256\"."`
	JSON        bool   `name:"json" help:"Print one JSON object a line: id, title, link, section, section_why, published, lead, image, warnings."`
}

// largestFile bounds a file as the network bounds a document.
const largestFile = 10 << 20

// Run reads and prints. Sections are those of the configuration, where there is
// one. Nothing is remembered.
func (c tryCommand) Run(s *session) error {
	var p *wire.Plan
	if _, err := os.Stat(s.config); err == nil || s.config != defaultConfig {
		if p, err = s.plan(); err != nil {
			return err
		}
	}
	source, in, err := c.inspect(s, p)
	if err != nil {
		return s.unread(err)
	}
	readings := p.Readings(in, source)
	if c.JSON {
		return c.printJSON(s, in, readings)
	}
	zone := cmp.Or(source.Zone, time.UTC)
	c.print(s, in, readings, zone)
	return nil
}

func (c tryCommand) inspect(s *session, p *wire.Plan) (feed.Source, feed.Inspection, error) {
	if strings.HasPrefix(c.Source, "http://") || strings.HasPrefix(c.Source, "https://") {
		if c.ContentType != "" {
			return feed.Source{}, feed.Inspection{}, usageError("--content-type is for files: a site says its own")
		}
		source := p.SourceAt(c.Source)
		in, err := feed.Inspect(s.ctx, wire.NewFetcher(s.Sources, s.Now, version()), source)
		return source, in, err
	}
	data, err := c.file(s)
	if err != nil {
		return feed.Source{}, feed.Inspection{}, err
	}
	source := p.SourceAt("")
	in, err := feed.InspectData(data, c.ContentType, source)
	in.URL = cmp.Or(in.URL, c.Source)
	if err != nil {
		err = fmt.Errorf("read %s: %w", c.Source, err)
	}
	return source, in, err
}

func (c tryCommand) file(s *session) ([]byte, error) {
	r := s.Stdin
	if c.Source != "-" {
		f, err := os.Open(c.Source)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no file %s; an address begins with https://", c.Source)
		}
		if err != nil {
			return nil, fmt.Errorf("read the file: %w", err)
		}
		defer f.Close()
		r = f
	}
	data, err := io.ReadAll(io.LimitReader(r, largestFile+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", c.Source, err)
	}
	if len(data) > largestFile {
		return nil, fmt.Errorf("%s is larger than %d MB, the most that is taken from a source", c.Source, largestFile>>20)
	}
	return data, nil
}

func (c tryCommand) printJSON(s *session, in feed.Inspection, readings []wire.Reading) error {
	out := json.NewEncoder(s.Stdout)
	out.SetEscapeHTML(false)
	for _, r := range readings {
		if err := out.Encode(r); err != nil {
			return fmt.Errorf("print: %w", err)
		}
	}
	for _, w := range in.Warnings {
		fmt.Fprintln(s.Stderr, "nashra:", w)
	}
	return nil
}

func (c tryCommand) print(s *session, in feed.Inspection, readings []wire.Reading, zone *time.Location) {
	fmt.Fprintf(s.Stdout, "%s read as %s: %s\n", wire.Shown(in.URL), in.Kind, number(len(readings), "article"))
	for _, w := range in.Warnings {
		fmt.Fprintf(s.Stdout, "! %s\n", w)
	}
	for i, r := range readings {
		fmt.Fprintf(s.Stdout, "\n%d. %s\n", i+1, cmp.Or(r.Title, "(no title)"))
		date := "no date"
		if t, err := time.Parse(time.RFC3339, r.Published); err == nil {
			date = t.In(zone).Format("2006-01-02 15:04")
		}
		section := cmp.Or(r.Section, "no section")
		fmt.Fprintf(s.Stdout, "   %s · %s · %s (%s)\n", r.ID, date, section, r.SectionWhy)
		for _, line := range []string{r.Link, r.Lead} {
			if line != "" {
				fmt.Fprintf(s.Stdout, "   %s\n", strings.ReplaceAll(line, "\n", "\n   "))
			}
		}
		if r.Image != "" {
			fmt.Fprintf(s.Stdout, "   picture %s\n", r.Image)
		}
		for _, w := range r.Warnings {
			fmt.Fprintf(s.Stdout, "   ! %s\n", w)
		}
	}
}
