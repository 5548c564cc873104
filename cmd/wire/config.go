package wire

import (
	"time"

	"github.com/nashra-bot/nashra/news"
)

// Config is the configuration file, as it is written. Every setting but the
// sources and the sections has a default. Secrets are never in it. A part that
// stands there with nothing under it is on, with its defaults; the tag empty
// names what is missing where there are none.
type Config struct {
	Newsroom NewsroomConfig  `yaml:"newsroom"`
	Database string          `yaml:"database"` // path of the SQLite file. Default nashra.db, beside the configuration.
	Telegram *TelegramConfig `yaml:"telegram"` // nil: not on Telegram
	WhatsApp *WhatsAppConfig `yaml:"whatsapp"` // nil: not on WhatsApp
	Owner    OwnerConfig     `yaml:"owner" empty:"telegram"`
	Sources  []SourceConfig  `yaml:"sources"`
	Sections []SectionConfig `yaml:"sections"`
	Default  news.Slug       `yaml:"default_section"`                        // of articles that no rule matches. Default the first section.
	Slots    []SlotConfig    `yaml:"slots"`                                  // default: morning 07:00, noon 13:00, evening 20:00
	Presets  []PresetConfig  `yaml:"calendars" empty:"a name and its hours"` // exceptions of the hours that editors switch on by name
	Night    *NightConfig    `yaml:"night"`                                  // default 22:00 to 07:00
	Digest   DigestConfig    `yaml:"digest"`
	Breaking BreakingConfig  `yaml:"breaking"`
	Desk     DeskConfig      `yaml:"desk"`
	Readers  ReadersConfig   `yaml:"readers"`
	Backup   *BackupConfig   `yaml:"backup"`    // nil: none on a schedule
	Beat     *BeatConfig     `yaml:"heartbeat"` // nil: none
	API      *APIConfig      `yaml:"api"`       // nil: none
	Log      LogConfig       `yaml:"log"`
}

// NewsroomConfig says who speaks.
type NewsroomConfig struct {
	Name        string `yaml:"name"`
	Description string `yaml:"description"` // one line of the welcome: what the newsroom is
	Signature   string `yaml:"signature"`   // default the name
	Language    string `yaml:"language"`    // of the bot's own words: ar (default) or en
	Zone        string `yaml:"zone"`        // IANA name. Default Asia/Muscat.
	Contact     string `yaml:"contact"`     // where readers ask about their data; may be empty
}

// TelegramConfig is the bot on Telegram. Its token comes from the environment.
type TelegramConfig struct {
	ServerURL string          `yaml:"server_url"` // of a Bot API server. Default https://api.telegram.org.
	Rate      float64         `yaml:"rate"`       // messages per second. Default 30, Telegram's free limit.
	Webhook   *WebhookConfig  `yaml:"webhook"`    // nil: long polling
	Channels  []ChannelConfig `yaml:"channels" empty:"a channel"`
}

// WebhookConfig has Telegram deliver to us instead of being asked.
type WebhookConfig struct {
	URL    string `yaml:"url"`    // public https address
	Listen string `yaml:"listen"` // address to listen on, behind a proxy. Default 127.0.0.1:8443.
}

// ChannelConfig is a channel that the newsroom owns and the bot may post to.
type ChannelConfig struct {
	Chat     string      `yaml:"chat"`     // @name, or the id that begins with -100
	Sections []news.Slug `yaml:"sections"` // default: all
	Pace     string      `yaml:"pace"`     // each, digest (default) or breaking
	Slots    []news.Slot `yaml:"slots"`    // default: all
	Breaking *bool       `yaml:"breaking"` // default true
}

// WhatsAppConfig is the bot on WhatsApp: a number of its own, linked with
// `nashra pair whatsapp`. The client is unofficial; docs/operating.md says what
// that risks. The caps are conservative on purpose.
type WhatsAppConfig struct {
	Number    string          `yaml:"number"`                     // the bot's own, with the country code: "+968…"
	Name      string          `yaml:"name"`                       // shown to readers. Default the newsroom's name.
	PerMinute int             `yaml:"per_minute"`                 // messages to people; -1: no limit, here and in the next two. Default 20.
	PerDay    int             `yaml:"per_day"`                    // default 1000
	NewPerDay int             `yaml:"new_per_day"`                // of them to people without a conversation yet. Default 20.
	Readers   int             `yaml:"readers"`                    // from so many on, new readers are offered the channel or Telegram. Default 250.
	Within    time.Duration   `yaml:"breaking_within"`            // breaking news that waited longer is not sent any more: its article is in the digest. Default 45m.
	Client    string          `yaml:"client_version"`             // of the web client, like "2.3000.1": for when WhatsApp refuses the one of this program, until there is a newer program. An older one is not used.
	Channel   *PointerConfig  `yaml:"channel"`                    // where readers are pointed to for breaking news
	Channels  []ChannelConfig `yaml:"channels" empty:"a channel"` // WhatsApp Channels to publish to: "…@newsletter"
	EditFor   time.Duration   `yaml:"edit_for"`                   // how long a message to a person can be edited. Default 15m.
	TakeFor   time.Duration   `yaml:"delete_for"`                 // how long it can be taken back. Default 48h.
	PostFor   time.Duration   `yaml:"channel_edit_for"`           // how long a post in a Channel can be edited and taken back. Default 720h.
}

// PointerConfig is a channel that readers are shown.
type PointerConfig struct {
	Name string `yaml:"name"`
	Link string `yaml:"link"`
}

// OwnerConfig is who is told when an account is in trouble.
type OwnerConfig struct {
	Telegram string `yaml:"telegram"` // the owner's chat id with the bot; the bot tells it: /mydata
}

// SourceConfig is a site to pull.
type SourceConfig struct {
	Name        news.SourceID `yaml:"name"`
	URL         string        `yaml:"url"`          // of the site, or of a feed
	Kind        string        `yaml:"kind"`         // auto (default), wordpress or feed
	Schedule    string        `yaml:"schedule"`     // cron. Default "*/3 * * * *".
	Breaking    string        `yaml:"breaking"`     // propose (default), auto or off
	TrustPrefix bool          `yaml:"trust_prefix"` // a title that begins with «عاجل» is breaking, too
	Zone        string        `yaml:"zone"`         // of dates without one. Default the newsroom's.
}

// SectionConfig is a section and those below it.
type SectionConfig struct {
	Slug     news.Slug       `yaml:"slug"`
	Name     string          `yaml:"name"`
	Synonyms []string        `yaml:"synonyms" empty:"a word"`
	Form     string          `yaml:"form"` // plain (default), poem or check
	Match    MatchConfig     `yaml:"match" empty:"a condition"`
	Sections []SectionConfig `yaml:"sections" empty:"a section"`
}

// MatchConfig says which articles belong to a section. One condition is
// enough.
type MatchConfig struct {
	Categories []string        `yaml:"categories" empty:"a name"` // names or slugs
	IDs        []int           `yaml:"ids" empty:"a number"`      // WordPress category ids
	Sources    []news.SourceID `yaml:"sources" empty:"the name of a source"`
	Links      []string        `yaml:"links" empty:"the beginning of an address"` // beginnings of addresses
	Words      []string        `yaml:"words" empty:"a word"`                      // in the title
}

// SlotConfig is a digest hour.
type SlotConfig struct {
	Name     news.Slot        `yaml:"name"`
	Label    string           `yaml:"label"`
	At       string           `yaml:"at"` // "07:00", or a cron line that comes once a day
	Calendar []CalendarConfig `yaml:"calendar" empty:"an exception"`
}

// CalendarConfig is an exception of a slot. The first that covers a date
// decides.
type CalendarConfig struct {
	Weekdays []string  `yaml:"weekdays"` // english names; default every day
	From     news.Date `yaml:"from"`
	To       news.Date `yaml:"to"`
	At       string    `yaml:"at"`
	Off      bool      `yaml:"off"`
}

// PresetConfig is a named set of digest hours, like those of Ramadan, that
// editors switch on for a while.
type PresetConfig struct {
	Name     string               `yaml:"name"`
	At       map[news.Slot]string `yaml:"at" empty:"an hour"`            // "22:00", or "off"; slots that are not named keep their hours
	Calendar []PresetDaysConfig   `yaml:"calendar" empty:"an exception"` // other hours on some days of the week
}

// PresetDaysConfig is an exception of a ready calendar. Of each slot the first
// that covers a day decides.
type PresetDaysConfig struct {
	Weekdays []string             `yaml:"weekdays"`           // english names
	At       map[news.Slot]string `yaml:"at" empty:"an hour"` // "09:00", or "off"; slots that are not named come as on other days
	Off      bool                 `yaml:"off"`                // no digest at all
}

// NightConfig is when single articles wait.
type NightConfig struct {
	From string `yaml:"from"`
	To   string `yaml:"to"`
}

// DigestConfig bounds digests.
type DigestConfig struct {
	PerSection int           `yaml:"per_section"` // default 5
	CatchUp    time.Duration `yaml:"catch_up"`    // default 3h
}

// BreakingConfig bounds breaking news.
type BreakingConfig struct {
	Wait    *time.Duration `yaml:"wait"`     // default 3m; 0s: not at all
	PerHour *int           `yaml:"per_hour"` // default 3; 0: none goes out by itself
}

// DeskConfig is what the newsroom has decided about what people send by hand.
type DeskConfig struct {
	Countdown time.Duration `yaml:"countdown"`          // between confirming and sending. Default 5s.
	Careful   time.Duration `yaml:"countdown_whatsapp"` // where WhatsApp takes part, which cannot take back at once. Default 15s.
	Second    bool          `yaml:"second_person"`      // an alert to everybody needs a second editor's word
	PerDay    int           `yaml:"alerts_per_day"`     // before the editor is warned. Default 8.
	PerReader int           `yaml:"alerts_per_reader"`  // of a day that one reader would get. Default 5.
	Proposals time.Duration `yaml:"proposals_wait"`     // before they are left to the digests. Default 30m.
	Letters   int           `yaml:"proposal_letters"`   // of one source in an hour; what is beyond is counted in one more. Default 5.
	Codes     time.Duration `yaml:"codes_last"`         // of invitations. Default 24h.
	Ahead     time.Duration `yaml:"digest_ahead"`       // how long before its hour editors see a digest. Default 15m.
}

// ReadersConfig is what a new reader gets who chooses nothing.
type ReadersConfig struct {
	Pace     string      `yaml:"pace"`     // digest (default), each or breaking
	Slots    []news.Slot `yaml:"slots"`    // default: the last slot of the day
	Sections []news.Slug `yaml:"sections"` // default: all top sections
}

// BackupConfig is the schedule of backups.
type BackupConfig struct {
	Schedule string `yaml:"schedule"` // cron. Default "30 3 * * *".
	Folder   string `yaml:"folder"`   // default "backups", beside the database
	Keep     int    `yaml:"keep"`     // default 14
}

// BeatConfig asks an outside watcher to notice when the program is silent.
type BeatConfig struct {
	Schedule string `yaml:"schedule"` // cron. Default "*/5 * * * *".
	URLFile  string `yaml:"url_file"` // the address is a secret: from a file, or from HEARTBEAT_URL
}

// APIConfig opens the HTTP door for the newsroom's own programs. It speaks
// plain HTTP: between machines, a proxy that speaks TLS stands before it.
type APIConfig struct {
	Listen string `yaml:"listen"`          // "127.0.0.1:8080", or a port alone
	Beyond bool   `yaml:"beyond_loopback"` // listen may name another address than this machine's own loopback
}

// LogConfig is how the log looks.
type LogConfig struct {
	Format string `yaml:"format"` // text (default) or json
	Level  string `yaml:"level"`  // debug, info (default), warn or error
}
