// Package news names the things that a newsroom and its readers talk about:
// articles, sections, readers, broadcasts, and what a message says. Every
// other room speaks these words; this one imports none of them and knows no
// network, no database and no clock.
package news

import (
	"log/slog"
	"time"
)

// Platform is a chat network: "telegram" or "whatsapp".
type Platform string

// The networks that have an adapter.
const (
	Telegram Platform = "telegram"
	WhatsApp Platform = "whatsapp"
)

// AccountID names one bot account on one network, as "platform:id", where id
// is the bot's own id or number. It never holds a token.
type AccountID string

// Short is how the account is named in logs and errors: of a telephone number
// no more than the last digits.
func (a AccountID) Short() string {
	number := len(WhatsApp) + 1
	if a.Platform() != WhatsApp || len(a) <= number+4 {
		return string(a)
	}
	return string(WhatsApp) + ":…" + string(a[len(a)-4:])
}

// LogValue is the short name.
func (a AccountID) LogValue() slog.Value { return slog.StringValue(a.Short()) }

// Platform returns the part before the colon.
func (a AccountID) Platform() Platform {
	for i := range len(a) {
		if a[i] == ':' {
			return Platform(a[:i])
		}
	}
	return Platform(a)
}

// ChatID is a network's own address of a chat. Only the adapter of that network
// makes and reads one, but for this: the topic of a group is the group's
// address, a slash, and the network's name of the topic.
type ChatID string

// Topics returns the bounds between which the addresses of a group's topics lie,
// byte by byte: after the first one and before the second.
func (c ChatID) Topics() (after, before ChatID) { return c + "/", c + "0" } // "0" is the byte after "/"

// UserID is a network's own id of a person. Only the adapter makes and reads
// one.
type UserID string

// MessageID is a network's own id of one message in one chat. Only the
// adapter makes and reads one.
type MessageID string

// ChatKind says who stands behind a chat.
type ChatKind string

// The kinds of chats.
const (
	Private ChatKind = "private"
	Group   ChatKind = "group" // groups, supergroups and single topics of them
	Channel ChatKind = "channel"
)

// Seq is a number of the store's own clock: it grows by one with every
// joining and every publishing, so that "subscribed before it was published"
// can be said without comparing times.
type Seq int64

// Date is a civil date, "2025-11-23", in the newsroom's zone.
type Date string

// DateOf returns the civil date of t in t's own zone.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// In returns midnight of d in loc; ok is false when d is no date.
func (d Date) In(loc *time.Location) (t time.Time, ok bool) {
	t, err := time.ParseInLocation(time.DateOnly, string(d), loc)
	return t, err == nil
}
