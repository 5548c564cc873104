package telegramtest

import (
	"encoding/json"
	"strconv"
	"time"
)

const (
	maxDelete = 100            // ids of one deleteMessages
	oldest    = 48 * time.Hour // the age at which a bot may no longer delete
)

func (s *Server) deleteMessage(b *Bot, q *request) (any, *Error) {
	if q.params["chat_id"] == "" {
		return nil, bad("chat identifier is not specified")
	}
	if q.number("message_id") == 0 {
		return nil, bad("message identifier is not specified")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m, fail := s.message(b, q, "message to delete")
	if fail != nil {
		return nil, fail
	}
	if fail := s.mayDelete(b, c, m); fail != nil {
		return nil, fail
	}
	m.Deleted = true
	s.notify()
	return true, nil
}

// deleteMessages skips what isn't there, as the real one does.
func (s *Server) deleteMessages(b *Bot, q *request) (any, *Error) {
	ids, fail := readIDs(q.params["message_ids"])
	if fail != nil {
		return nil, fail
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, fail := s.chat(b, q.params["chat_id"])
	if fail == nil {
		fail = c.access(b)
	}
	if fail != nil {
		return nil, fail
	}
	var found []*Message
	for _, id := range ids {
		m := c.find(id)
		if m == nil {
			continue
		}
		if fail := s.mayDelete(b, c, m); fail != nil {
			return nil, fail
		}
		found = append(found, m)
	}
	for _, m := range found {
		m.Deleted = true
	}
	s.notify()
	return true, nil
}

func readIDs(raw string) ([]int, *Error) {
	if raw == "" {
		return nil, bad("message identifiers are not specified")
	}
	if !json.Valid([]byte(raw)) {
		return nil, bad("can't parse message_ids JSON object")
	}
	var items []any
	if json.Unmarshal([]byte(raw), &items) != nil {
		return nil, bad("expected an Array of message identifiers")
	}
	switch {
	case len(items) == 0:
		return nil, bad("message identifiers are not specified")
	case len(items) > maxDelete:
		return nil, bad("too many message identifiers specified")
	}
	ids := make([]int, len(items))
	for i, item := range items {
		switch n := item.(type) {
		case float64:
			ids[i] = int(n)
		case string:
			parsed, err := strconv.Atoi(n)
			if err != nil {
				return nil, bad("can't parse message identifier as a Number")
			}
			ids[i] = parsed
		default:
			return nil, bad("message identifier must be a Number")
		}
		if ids[i] <= 0 {
			return nil, bad("invalid message identifier specified")
		}
	}
	return ids, nil
}

// mayDelete: for 48 hours; in groups and channels others' messages only with
// the right. The lock is held.
func (s *Server) mayDelete(b *Bot, c *Chat, m *Message) *Error {
	own := m.sender == Account(b) || m.posted == b.id
	me := c.members[b.id]
	cleaner := me.admin() && me.rights.Delete
	poster := me.admin() && me.rights.Post
	switch {
	case c.kind != Private && !own && !cleaner, c.kind == Channel && !poster && !cleaner:
		return bad("message can't be deleted")
	case s.now().Sub(m.Date) <= oldest:
		return nil
	case c.kind == Supergroup || c.kind == Channel:
		return bad("message can't be deleted")
	}
	return bad("message can't be deleted for everyone")
}
