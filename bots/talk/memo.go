package talk

import (
	"encoding/json"
	"time"
)

// How long the bot remembers what it offered.
const (
	menuLife = 24 * time.Hour
	askLife  = time.Hour
)

// memo is the conversation's own state: what the bot said last, never what
// was said to it.
type memo struct {
	Version int      `json:"v"`
	Menu    []string `json:"m,omitempty"` // data of the choices that were offered, in order
	Shown   int64    `json:"t,omitempty"` // when
	Ask     string   `json:"a,omitempty"` // data of what a yes would do
	Asked   int64    `json:"q,omitempty"` // when
	Greeted bool     `json:"g,omitempty"` // a group was told what this is
}

// readMemo returns the zero memo for one that is unreadable: forgetting a menu
// does no harm.
func readMemo(data []byte) memo {
	var m memo
	if json.Unmarshal(data, &m) != nil || m.Version != 1 {
		return memo{}
	}
	return m
}

// Awaits reports whether a chat's memo holds a question of the conversation that
// a yes would answer now.
func Awaits(memo []byte, now time.Time) bool {
	_, ok := readMemo(memo).asked(now)
	return ok
}

// write returns nil for a memo that says nothing.
func (m memo) write() []byte {
	if len(m.Menu) == 0 && m.Ask == "" && !m.Greeted {
		return nil
	}
	m.Version = 1
	data, err := json.Marshal(m)
	if err != nil { // strings, numbers and a bool always marshal
		return nil
	}
	return data
}

// choice returns the data of the nth choice, from 1, of a menu that is not old.
func (m memo) choice(n int, now time.Time) (data string, ok bool) {
	if n < 1 || n > m.offered(now) {
		return "", false
	}
	return m.Menu[n-1], true
}

// offered returns how many choices the last menu has, 0 when it is old.
func (m memo) offered(now time.Time) int {
	if !fresh(m.Shown, menuLife, now) {
		return 0
	}
	return len(m.Menu)
}

// asked returns the data of the open question.
func (m memo) asked(now time.Time) (data string, ok bool) {
	return m.Ask, m.Ask != "" && fresh(m.Asked, askLife, now)
}

// fresh allows for a clock that was set back.
func fresh(unix int64, life time.Duration, now time.Time) bool {
	age := now.Sub(time.Unix(unix, 0))
	return age < life && age > -life
}
