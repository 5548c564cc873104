package wire

import (
	"fmt"
	"log/slog"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the zones travel with the binary

	"github.com/nashra-bot/nashra/bots/talk/editor"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/digest/section"
	"github.com/nashra-bot/nashra/news"
)

// Plan is a checked configuration with its defaults filled in.
type Plan struct {
	Config   Config
	Newsroom digest.Newsroom
	Rules    section.Rules
	Presets  []editor.Preset
	Sources  []SourcePlan
	Database string
	Backup   digest.Schedule // zero: none

	BackupFolder string
	Beat         digest.Schedule // zero: none
	LogLevel     slog.Level
	Listen       string // of the API; empty: none
}

// SourcePlan is a checked source.
type SourcePlan struct {
	SourceConfig
	Schedule digest.Schedule
	Zone     *time.Location
}

// Defaults that the documentation names.
const (
	DefaultZone     = "Asia/Muscat"
	DefaultSchedule = "*/3 * * * *"
	defaultWait     = 3 * time.Minute
)

var (
	slugShape = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)
	chatShape = regexp.MustCompile(`^(@[A-Za-z][A-Za-z0-9_]{3,31}|-100[0-9]{5,16})$`)

	newsletterShape = regexp.MustCompile(`^[0-9]{5,24}@newsletter$`)
	numberShape     = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	ownerShape      = regexp.MustCompile(`^[0-9]{1,16}$`)
)

// keep is how long receipts are kept: longer than any edition looks back.
const keep = 30 * 24 * time.Hour

// Keep is how long a record of what was sent to whom is kept.
func (p *Plan) Keep() time.Duration { return keep }

// plan checks c and fills in its defaults.
func (k *checker) plan(c Config, folder string) *Plan {
	p := &Plan{Config: c}
	if strings.TrimSpace(c.Newsroom.Name) == "" {
		k.bad("$.newsroom.name", "expected the newsroom's name, as readers know it")
	}
	zone := k.zone("$.newsroom.zone", c.Newsroom.Zone, DefaultZone)
	tree, rules := k.sections(c.Sections)
	p.Newsroom = digest.Newsroom{
		Name: c.Newsroom.Name, Signature: c.Newsroom.Signature, Zone: zone, Tree: tree,
		Language: digest.Language(k.oneOf("$.newsroom.language", c.Newsroom.Language, "ar", "en")),
		Calendar: k.calendar(c.Slots, c.Newsroom.Language),
		Night:    k.night(c.Night),
		Limits:   digest.Limits{PerSection: c.Digest.PerSection, Late: c.Digest.CatchUp},
		Auto:     map[news.SourceID]bool{}, Propose: map[news.SourceID]bool{},
	}
	p.Presets = k.presets(c.Presets, p.Newsroom.Calendar)
	p.Rules = section.New(tree, rules, k.fallback(c, tree))
	p.Sources = k.sources(c, zone, p.Newsroom.Auto, p.Newsroom.Propose)
	k.telegram(c.Telegram, tree, p.Newsroom.Calendar)
	k.whatsapp(c.WhatsApp, tree, p.Newsroom.Calendar)
	if c.Owner.Telegram != "" && !ownerShape.MatchString(c.Owner.Telegram) {
		k.bad("$.owner.telegram", "expected the number of a chat, not %q", c.Owner.Telegram)
	}
	k.matches("$.sections", c.Sections, c.Sources)
	k.bounds(c)
	k.desk(c.Desk)
	k.readers(c.Readers, tree, p.Newsroom.Calendar)
	p.Listen = k.api(c.API)
	p.Database = beside(folder, orDefault(c.Database, "nashra.db"))
	if c.Backup != nil {
		p.BackupFolder = beside(folder, orDefault(c.Backup.Folder, "backups"))
		if c.Backup.Keep == 0 {
			p.Config.Backup.Keep = 14
		}
		p.Backup = k.schedule("$.backup.schedule", orDefault(c.Backup.Schedule, "30 3 * * *"))
	}
	if c.Beat != nil {
		p.Beat = k.schedule("$.heartbeat.schedule", orDefault(c.Beat.Schedule, "*/5 * * * *"))
	}
	k.oneOf("$.log.format", c.Log.Format, "text", "json")
	if err := p.LogLevel.UnmarshalText([]byte(orDefault(c.Log.Level, "info"))); err != nil {
		k.bad("$.log.level", "expected debug, info, warn or error, not %q", c.Log.Level)
	}
	return p
}

func (k *checker) zone(path, name, fallback string) *time.Location {
	loc, err := time.LoadLocation(orDefault(name, fallback))
	if err != nil || name == "Local" {
		k.bad(path, "expected a zone like Asia/Muscat, not %q", name)
		return time.UTC
	}
	return loc
}

func (k *checker) oneOf(path, got string, allowed ...string) string {
	if got == "" {
		return allowed[0]
	}
	if !slices.Contains(allowed, got) {
		k.bad(path, "expected %s, not %q", strings.Join(allowed, " or "), got)
	}
	return got
}

func (k *checker) schedule(path, spec string) digest.Schedule {
	s, err := digest.ParseSchedule(spec)
	if err != nil {
		k.bad(path, "expected five cron fields like %q, or a time like \"07:30\": %v", DefaultSchedule, err)
	}
	return s
}

// sections flattens the tree, parents first, and collects the rules.
func (k *checker) sections(top []SectionConfig) (news.Tree, []section.Rule) {
	var (
		flat  []news.Section
		rules []section.Rule
		walk  func(path string, parent news.Slug, list []SectionConfig)
		seen  = map[news.Slug]bool{}
	)
	walk = func(path string, parent news.Slug, list []SectionConfig) {
		for i, s := range list {
			at := fmt.Sprintf("%s[%d]", path, i)
			switch {
			case !slugShape.MatchString(string(s.Slug)):
				k.bad(at+".slug", "expected a short latin name of lower-case letters, digits and hyphens, not %q", s.Slug)
			case seen[s.Slug]:
				k.bad(at+".slug", "expected a slug of its own: %q is taken by an earlier section", s.Slug)
			}
			if strings.TrimSpace(s.Name) == "" {
				k.bad(at+".name", "expected the section's name, as readers know it")
			}
			seen[s.Slug] = true
			form := k.oneOf(at+".form", s.Form, "plain", "poem", "check")
			if form == "plain" {
				form = ""
			}
			flat = append(flat, news.Section{Slug: s.Slug, Parent: parent, Name: s.Name, Synonyms: s.Synonyms, Form: news.Form(form)})
			rules = append(rules, section.Rule{
				Section: s.Slug, Categories: s.Match.Categories, IDs: s.Match.IDs,
				Sources: s.Match.Sources, Links: s.Match.Links, Words: s.Match.Words,
			})
			walk(at+".sections", s.Slug, s.Sections)
		}
	}
	walk("$.sections", "", top)
	if len(flat) == 0 {
		k.bad("$.sections", "expected at least one section")
	}
	return news.NewTree(flat), rules
}

func (k *checker) fallback(c Config, tree news.Tree) news.Slug {
	if c.Default != "" {
		k.known("$.default_section", tree, c.Default)
		return c.Default
	}
	if all := tree.All(); len(all) > 0 {
		return all[0].Slug
	}
	return ""
}

func (k *checker) known(path string, tree news.Tree, slugs ...news.Slug) {
	for _, s := range slugs {
		if _, ok := tree.Find(s); !ok {
			k.bad(path, "expected the slug of a section, not %q", s)
		}
	}
}

func (k *checker) sources(c Config, zone *time.Location, auto, propose map[news.SourceID]bool) []SourcePlan {
	var plans []SourcePlan
	if len(c.Sources) == 0 {
		k.bad("$.sources", "expected at least one source")
	}
	seen := map[news.SourceID]bool{}
	for i, s := range c.Sources {
		at := fmt.Sprintf("$.sources[%d]", i)
		if !slugShape.MatchString(string(s.Name)) || seen[s.Name] {
			k.bad(at+".name", "expected a short latin name of its own, not %q", s.Name)
		}
		seen[s.Name] = true
		if u, err := url.Parse(s.URL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			k.bad(at+".url", "expected an address that begins with https://, not %q", s.URL)
		}
		s.Kind = k.oneOf(at+".kind", s.Kind, "auto", "wordpress", "feed")
		s.Breaking = k.oneOf(at+".breaking", s.Breaking, "propose", "off", "auto")
		switch s.Breaking {
		case "auto":
			auto[s.Name] = true
		case "propose":
			propose[s.Name] = true
		}
		p := SourcePlan{SourceConfig: s, Zone: zone}
		p.Schedule = k.schedule(at+".schedule", orDefault(s.Schedule, DefaultSchedule))
		if s.Zone != "" {
			p.Zone = k.zone(at+".zone", s.Zone, DefaultZone)
		}
		plans = append(plans, p)
	}
	return plans
}

func (k *checker) telegram(t *TelegramConfig, tree news.Tree, slots digest.Calendar) {
	if t == nil {
		return
	}
	if t.ServerURL != "" && !webAddress(t.ServerURL) {
		k.bad("$.telegram.server_url", "expected the address of a Bot API server, not %q", t.ServerURL)
	}
	if t.Webhook != nil && !strings.HasPrefix(t.Webhook.URL, "https://") {
		k.bad("$.telegram.webhook.url", "expected a public https address, not %q", t.Webhook.URL)
	}
	for i, c := range t.Channels {
		at := fmt.Sprintf("$.telegram.channels[%d]", i)
		if !chatShape.MatchString(c.Chat) {
			k.bad(at+".chat", "expected @name or an id that begins with -100, not %q", c.Chat)
		}
		k.channel(at, c, tree, slots)
	}
}

func (k *checker) whatsapp(w *WhatsAppConfig, tree news.Tree, slots digest.Calendar) {
	if w == nil {
		return
	}
	if !numberShape.MatchString(strings.ReplaceAll(w.Number, " ", "")) {
		k.bad("$.whatsapp.number", "expected the bot's own number with its country code, like \"+968 0000 0000\", not %q", w.Number)
	}
	if w.Channel != nil && !webAddress(w.Channel.Link) {
		k.bad("$.whatsapp.channel.link", "expected the channel's link, not %q", w.Channel.Link)
	}
	for i, c := range w.Channels {
		at := fmt.Sprintf("$.whatsapp.channels[%d]", i)
		if !newsletterShape.MatchString(c.Chat) {
			k.bad(at+".chat", "expected an id that ends in @newsletter (nashra whatsapp channels lists them), not %q", c.Chat)
		}
		k.channel(at, c, tree, slots)
	}
}

func (k *checker) channel(at string, c ChannelConfig, tree news.Tree, slots digest.Calendar) {
	k.known(at+".sections", tree, c.Sections...)
	k.oneOf(at+".pace", c.Pace, "digest", "each", "breaking")
	k.slotNames(at+".slots", slots, c.Slots)
}

func (k *checker) readers(r ReadersConfig, tree news.Tree, slots digest.Calendar) {
	k.oneOf("$.readers.pace", r.Pace, "digest", "each", "breaking")
	k.known("$.readers.sections", tree, r.Sections...)
	k.slotNames("$.readers.slots", slots, r.Slots)
}

func (k *checker) slotNames(path string, slots digest.Calendar, names []news.Slot) {
	for _, name := range names {
		if _, ok := slots.Find(name); !ok {
			k.bad(path, "expected the name of a slot, not %q", name)
		}
	}
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

func orDefault(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

func beside(folder, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}
