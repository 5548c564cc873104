package telegramtest

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// Entity is a MessageEntity: Offset and Length are in UTF-16 code units.
type Entity struct {
	Type     string    `json:"type"`
	Offset   int       `json:"offset"`
	Length   int       `json:"length"`
	URL      string    `json:"url,omitempty"`      // text_link
	User     *wireUser `json:"user,omitempty"`     // text_mention
	Language string    `json:"language,omitempty"` // pre
	EmojiID  string    `json:"custom_emoji_id,omitempty"`
	UnixTime int64     `json:"unix_time,omitempty"` // date_time
}

func (e Entity) end() int { return e.Offset + e.Length }

// splittable entities may overlap others: they are cut to nest.
func (e Entity) splittable() bool {
	switch e.Type {
	case "bold", "italic", "underline", "strikethrough", "spoiler":
		return true
	}
	return false
}

func (e Entity) quote() bool { return e.Type == "blockquote" || e.Type == "expandable_blockquote" }

// solid entities hold no others inside.
func (e Entity) solid() bool { return e.Type == "code" || e.Type == "pre" }

// parseEntities reads an entities parameter; unknown and found-by-the-server
// types are dropped as TDLib drops them.
func parseEntities(raw string) ([]Entity, *Error) {
	if !strings.HasPrefix(raw, "[") || !json.Valid([]byte(raw)) {
		return nil, nil // the real server ignores what is no array
	}
	var list []json.RawMessage
	if err := json.Unmarshal([]byte(raw), &list); err != nil {
		return nil, bad("can't parse entities JSON object")
	}
	var entities []Entity
	for _, item := range list {
		var e Entity
		if err := json.Unmarshal(item, &e); err != nil {
			return nil, bad("can't parse MessageEntity: expected an Object")
		}
		switch e.Type {
		case "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote",
			"expandable_blockquote", "custom_emoji", "date_time",
			"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number":
		case "text_link":
			link, problem := checkLink(e.URL)
			if problem != "" {
				continue
			}
			e.URL = link
		case "text_mention":
			if e.User == nil {
				continue
			}
		default:
			continue
		}
		entities = append(entities, e)
	}
	return entities, nil
}

func sortEntities(entities []Entity) {
	slices.SortStableFunc(entities, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length), cmp.Compare(rank(a), rank(b)))
	})
}

// rank orders entities of one place from outer to inner.
func rank(e Entity) int {
	switch {
	case e.quote():
		return 0
	case e.splittable():
		return 1
	}
	return 2
}

// nestEntities makes entities nest: what may not overlap is dropped, what may
// be cut is cut. The result is sorted.
func nestEntities(entities []Entity) []Entity {
	entities = slices.DeleteFunc(entities, func(e Entity) bool { return e.Length <= 0 })
	if len(entities) < 2 {
		return entities
	}
	sortEntities(entities)
	if nested(entities) {
		return entities
	}
	var fixed, cut []Entity
	for _, e := range entities {
		if e.splittable() {
			cut = append(cut, e)
		} else if !slices.ContainsFunc(fixed, func(f Entity) bool { return clashes(f, e) }) {
			fixed = append(fixed, e)
		}
	}
	result := fixed
	for _, e := range mergeSame(cut) {
		result = append(result, pieces(e, result)...)
	}
	sortEntities(result)
	return result
}

// nested tells whether sorted entities need no mending, the usual case: each
// lies in those around it, and only splittable ones share a place with others.
func nested(entities []Entity) bool {
	for i, e := range entities {
		for j := i + 1; j < len(entities) && entities[j].Offset < e.end(); j++ {
			next := entities[j]
			if next.end() > e.end() || next.Type == e.Type || e.solid() || next.solid() || !e.splittable() && !next.splittable() && !e.quote() {
				return false
			}
		}
	}
	return true
}

// clashes tells whether a later entity cannot stand beside an earlier one.
func clashes(first, next Entity) bool {
	if next.Offset >= first.end() || first.Offset >= next.end() {
		return false
	}
	if first.quote() == next.quote() {
		return true // neither links in links nor quotes in quotes
	}
	inside := next.end() <= first.end() && next.Offset >= first.Offset
	around := next.end() >= first.end() && next.Offset <= first.Offset
	allowed := first.quote() && inside || next.quote() && around
	return !allowed
}

// mergeSame joins overlapping ranges of one type, keeping the order.
func mergeSame(entities []Entity) []Entity {
	var merged []Entity
	for _, e := range entities {
		i := slices.IndexFunc(merged, func(m Entity) bool {
			return m.Type == e.Type && e.Offset < m.end() && m.Offset < e.end()
		})
		if i < 0 {
			merged = append(merged, e)
		} else if e.end() > merged[i].end() {
			merged[i].Length = e.end() - merged[i].Offset
		}
	}
	return merged
}

// pieces cuts an entity where it would cross the borders of others, and out of
// code.
func pieces(e Entity, others []Entity) []Entity {
	cuts := []int{e.Offset, e.end()}
	for _, o := range others {
		crosses := o.Offset < e.Offset && e.Offset < o.end() && o.end() < e.end() ||
			e.Offset < o.Offset && o.Offset < e.end() && e.end() < o.end()
		if crosses || o.solid() {
			for _, at := range []int{o.Offset, o.end()} {
				if at > e.Offset && at < e.end() {
					cuts = append(cuts, at)
				}
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var result []Entity
	for i := range len(cuts) - 1 {
		part := e
		part.Offset, part.Length = cuts[i], cuts[i+1]-cuts[i]
		inCode := slices.ContainsFunc(others, func(o Entity) bool {
			return o.solid() && o.Offset <= part.Offset && part.end() <= o.end()
		})
		if !inCode {
			result = append(result, part)
		}
	}
	return result
}

// addFound adds the entities that the server finds by itself where the
// sender's leave room.
func addFound(entities, found []Entity) []Entity {
	if len(found) == 0 {
		return entities
	}
	for _, f := range found {
		taken := slices.ContainsFunc(entities, func(e Entity) bool {
			if e.splittable() || e.quote() {
				return false
			}
			return f.Offset < e.end() && e.Offset < f.end()
		})
		if !taken {
			entities = append(entities, f)
		}
	}
	return nestEntities(entities)
}

func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// utf16Slice is the part of a text that an entity covers.
func utf16Slice(s string, offset, length int) string {
	var b strings.Builder
	at := 0
	for _, r := range s {
		if at >= offset && at < offset+length {
			b.WriteRune(r)
		}
		at++
		if r > 0xFFFF {
			at++
		}
	}
	return b.String()
}
