package sqlite

import (
	"fmt"
	"math"
	"strings"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/news"
)

// walk is a question for the recipients of a lane, in order of subscribers.
type walk struct {
	lane      laneKey
	broadcast news.Broadcast
	after, to news.SubscriberID // after < id <= to
	now       int64
	limit     int // -1: none
}

const everyone news.SubscriberID = math.MaxInt64

// recipientColumns is what a recipient is read from, of subscriber s.
const recipientColumns = "s.id, s.chat, s.kind, s.follows, s.floor, s.quiet, s.breaking = 0, s.important"

func scanRecipient(r row) (to outbox.Recipient, err error) {
	var follows string
	err = r.Scan(&to.ID, &to.Chat, &to.Kind, &follows, &to.Floor, &to.Quiet, &to.Off, &to.Important)
	to.Follows = split(follows)
	return to, err
}

// present is what every recipient has to be: here, joined in time, not paused.
// The numbered parameters are the same in all queries of a walk.
const present = "s.gone = 0 AND s.seq <= ?5 AND s.paused <= ?6"

// takeAll walks all readers of an account, whatever they follow. Breaking news
// passes by those who want none, or the important only.
func takeAll(b news.Broadcast) string {
	return "SELECT " + recipientColumns + ` FROM subscriber AS s INDEXED BY subscriber_active
	WHERE s.account = ?1 AND s.channel = ?2 AND s.id > ?3 AND s.id <= ?4 AND ` + present + welcome(b) + `
	ORDER BY s.id LIMIT ?7`
}

// welcome is what subscriber s has to want of a broadcast for everybody.
func welcome(b news.Broadcast) string {
	switch {
	case b.Kind != news.Breaking:
		return ""
	case b.Audience.Important:
		return " AND s.breaking = 1"
	}
	return " AND s.breaking = 1 AND s.important = 0"
}

// takeSections walks the readers of n sections: one ordered, limited arm for
// each, merged. A query over all sections at once would sort everybody behind
// the cursor for every chunk.
func takeSections(n int, each bool) string {
	index := ""
	if each {
		index = " INDEXED BY subscription_each" // few want each article: never pass by the others
	}
	arms := make([]string, n)
	for i := range arms {
		arms[i] = fmt.Sprintf(`SELECT id FROM (SELECT b.subscriber AS id FROM subscription AS b%s CROSS JOIN subscriber AS s ON s.id = b.subscriber
			WHERE b.section = ?%d AND b.account = ?1 AND b.channel = ?2 AND b.subscriber > ?3 AND b.subscriber <= ?4
			AND b.since <= ?5 AND %s AND %s ORDER BY b.subscriber LIMIT ?7)`, index, 9+i, wanting(each), present)
	}
	return "SELECT " + recipientColumns + " FROM (" + strings.Join(arms, "\nUNION\n") +
		"\nORDER BY id LIMIT ?7) AS found CROSS JOIN subscriber AS s ON s.id = found.id ORDER BY found.id"
}

func wanting(each bool) string {
	if each {
		return "b.wants & 2 AND ?8 = 2"
	}
	return "b.wants & ?8"
}

// recipients runs a walk. A trial's goes over the editors alone: what went out
// before the opening never reaches the public, and nobody's channel.
func (t tx) recipients(w walk) (out []outbox.Recipient, err error) {
	query := takeAll(w.broadcast)
	if w.broadcast.Trial {
		query = takeTrial(w.broadcast, 0)
	}
	a := args(w.lane.account, w.lane.channels, w.after, w.to, w.broadcast.Asof, w.now, w.limit)
	if !w.broadcast.Audience.Everyone {
		want, err := t.wanted(w.broadcast)
		if err != nil || want == 0 {
			return nil, err
		}
		sections, err := t.sectionsOf(w.broadcast.Audience)
		if err != nil || len(sections) == 0 {
			return nil, err
		}
		query = takeSections(len(sections), want == wantsEach)
		if w.broadcast.Trial {
			query = takeTrial(w.broadcast, len(sections))
		}
		a = append(append(a, want), sections...)
	}
	err = t.each(query, a, func(r row) error {
		to, err := scanRecipient(r)
		out = append(out, to)
		return err
	})
	return out, err
}

// wanted is the bits of which a reader of b has one set; 0: nobody can.
func (t tx) wanted(b news.Broadcast) (int64, error) {
	switch b.Kind {
	case news.Breaking:
		return breakingBits(b.Audience), nil
	case news.Single:
		return wantsEach, nil
	case news.Digest:
		bit, err := t.slotBit(b.Slot)
		return 1 << (bit + slotShift), err
	}
	return 0, nil
}

// breakingBits are what readers of breaking news have set.
func breakingBits(a news.Audience) int64 {
	if a.Important {
		return wantsBreaking | wantsImportant
	}
	return wantsBreaking
}

// sectionsOf returns the numbers of the sections that anybody ever followed.
func (t tx) sectionsOf(a news.Audience) (out []any, err error) {
	known := map[news.Slug]bool{}
	for _, slug := range a.Sections {
		var id int64
		found, err := t.one("SELECT id FROM section WHERE slug = ?", args(slug), &id)
		if err != nil {
			return nil, err
		}
		if found && !known[slug] {
			out = append(out, id)
		}
		known[slug] = true
	}
	return out, nil
}
