package wire

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/news"
)

// maxHourly is more breaking news than any hour has.
const maxHourly = 60

// bounds checks the numbers and times of the parts that no other check looks
// at. What is written must make sense; only what is not written has a default.
func (k *checker) bounds(c Config) {
	number(k, "$.digest.per_section", c.Digest.PerSection, 1, 100)
	number(k, "$.digest.catch_up", c.Digest.CatchUp, time.Minute, 24*time.Hour)
	if c.Breaking.Wait != nil {
		number(k, "$.breaking.wait", *c.Breaking.Wait, 0, time.Hour)
	}
	if c.Breaking.PerHour != nil {
		number(k, "$.breaking.per_hour", *c.Breaking.PerHour, 0, maxHourly)
	}
	if c.Telegram != nil {
		number(k, "$.telegram.rate", c.Telegram.Rate, 1, 1000)
	}
	if c.Backup != nil {
		number(k, "$.backup.keep", c.Backup.Keep, 1, 10000)
	}
	if w := c.WhatsApp; w != nil {
		if _, err := whatsapp.ParseClientVersion(w.Client); err != nil {
			k.bad("$.whatsapp.client_version", "expected a version like %q, not %q", whatsapp.ClientVersion(), w.Client)
		}
		k.unlimited("$.whatsapp.per_minute", w.PerMinute)
		k.unlimited("$.whatsapp.per_day", w.PerDay)
		k.unlimited("$.whatsapp.new_per_day", w.NewPerDay)
		k.positive("$.whatsapp.readers", w.Readers)
		number(k, "$.whatsapp.breaking_within", w.Within, time.Minute, 12*time.Hour)
		number(k, "$.whatsapp.edit_for", w.EditFor, time.Minute, time.Hour)
		number(k, "$.whatsapp.delete_for", w.TakeFor, time.Minute, 72*time.Hour)
		number(k, "$.whatsapp.channel_edit_for", w.PostFor, time.Minute, 30*24*time.Hour)
	}
}

// number checks one that is written against its bounds.
func number[T cmp.Ordered](k *checker, path string, got, least, most T) {
	if k.written(path) && (got < least || got > most) {
		k.bad(path, "expected %s from %v to %v, not %v", quantity(got), least, most, got)
	}
}

func quantity(v any) string {
	if _, ok := v.(time.Duration); ok {
		return "a time"
	}
	return "a number"
}

// positive checks a number whose upper bound is its owner's affair.
func (k *checker) positive(path string, got int) {
	if k.written(path) && got < 1 {
		k.bad(path, "expected a number from 1, not %d", got)
	}
}

// unlimited checks a cap that can be lifted.
func (k *checker) unlimited(path string, got int) {
	if k.written(path) && got < 1 && got != -1 {
		k.bad(path, "expected a number from 1, or -1 for no limit, not %d", got)
	}
}

// matches checks what sections' rules name.
func (k *checker) matches(path string, list []SectionConfig, sources []SourceConfig) {
	for i, s := range list {
		at := fmt.Sprintf("%s[%d]", path, i)
		for j, name := range s.Match.Sources {
			if !slices.ContainsFunc(sources, func(one SourceConfig) bool { return one.Name == name }) {
				k.bad(fmt.Sprintf("%s.match.sources[%d]", at, j), "expected the name of a source, not %q", name)
			}
		}
		for j, id := range s.Match.IDs {
			if id < 1 {
				k.bad(fmt.Sprintf("%s.match.ids[%d]", at, j), "expected the number of a WordPress category, not %d", id)
			}
		}
		k.matches(at+".sections", s.Sections, sources)
	}
}

// Wait is how long an urgent article waits before it is read again.
func (p *Plan) Wait() time.Duration {
	if w := p.Config.Breaking.Wait; w != nil {
		return *w
	}
	return defaultWait
}

// trusts reports whether urgent articles of a source may go out by themselves.
// Without any an hour none does.
func (p *Plan) trusts(source news.SourceID) bool {
	hourly := p.Config.Breaking.PerHour
	return p.Newsroom.Auto[source] && (hourly == nil || *hourly > 0)
}

// hourly is how many may in an hour; 0: the desk's default.
func (p *Plan) hourly() int {
	if n := p.Config.Breaking.PerHour; n != nil {
		return *n
	}
	return 0
}
