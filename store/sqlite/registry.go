package sqlite

import (
	"errors"
	"fmt"
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// slotBits is how many slots there can ever be: a mask is a signed 64-bit
// number whose two lowest bits and whose highest one stand for other wishes.
const slotBits = 60

// account returns the number of an account, which is given one when it is new.
func (t tx) account(name news.AccountID) (id int64, err error) {
	if name == "" {
		return 0, errors.New("the account has no name")
	}
	found, err := t.one("SELECT id FROM account WHERE name = ?", args(name), &id)
	if err != nil || found {
		return id, err
	}
	return t.insert("INSERT INTO account (name) VALUES (?)", name)
}

// section returns the number of a section, which is given one when it is new.
func (t tx) section(slug news.Slug) (id int64, err error) {
	if strings.Contains(string(slug), ",") || slug == "" {
		return 0, fmt.Errorf("%q is no name of a section", slug)
	}
	found, err := t.one("SELECT id FROM section WHERE slug = ?", args(slug), &id)
	if err != nil || found {
		return id, err
	}
	return t.insert("INSERT INTO section (slug) VALUES (?)", slug)
}

// slotBit returns the bit of a slot, which is given one when it is new.
func (t tx) slotBit(slot news.Slot) (bit int64, err error) {
	found, err := t.one("SELECT bit FROM slot WHERE name = ?", args(slot), &bit)
	if err != nil || found {
		return bit, err
	}
	if _, err := t.one("SELECT count(*) FROM slot", nil, &bit); err != nil {
		return 0, err
	}
	if bit >= slotBits {
		return 0, fmt.Errorf("there were %d digest hours already: give %s the name of an old one", slotBits, slot)
	}
	_, err = t.exec("INSERT INTO slot (bit, name) VALUES (?, ?)", bit, slot)
	return bit, err
}

func (t tx) slotMask(slots []news.Slot) (mask int64, err error) {
	for _, slot := range slots {
		bit, err := t.slotBit(slot)
		if err != nil {
			return 0, err
		}
		mask |= 1 << bit
	}
	return mask, nil
}

// slots are all slots in order of the day.
type slots []struct {
	name news.Slot
	bit  int64
}

func (t tx) slots() (all slots, err error) {
	err = t.each("SELECT name, bit FROM slot ORDER BY place < 0, place, bit", nil, func(r row) error {
		all = append(all, struct {
			name news.Slot
			bit  int64
		}{})
		last := &all[len(all)-1]
		return r.Scan(&last.name, &last.bit)
	})
	return all, err
}

func (all slots) of(mask int64) (out []news.Slot) {
	for _, s := range all {
		if mask&(1<<s.bit) != 0 {
			out = append(out, s.name)
		}
	}
	return out
}

// kin tells for each section which ones are above it, itself included.
type kin map[news.Slug]map[news.Slug]bool

func (t tx) kin() (kin, error) {
	parent := map[news.Slug]news.Slug{}
	err := t.each("SELECT slug, parent FROM section", nil, func(r row) error {
		var slug, above news.Slug
		err := r.Scan(&slug, &above)
		parent[slug] = above
		return err
	})
	all := make(kin, len(parent))
	for slug := range parent {
		all[slug] = map[news.Slug]bool{}
		for s := slug; s != "" && !all[slug][s]; s = parent[s] {
			all[slug][s] = true
		}
	}
	return all, err
}

// related reports whether one of a and b covers the other.
func (k kin) related(a, b news.Slug) bool { return k[a][b] || k[b][a] }
