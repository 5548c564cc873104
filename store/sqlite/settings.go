package sqlite

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// Settings makes the store agree with the configuration. Readers of a section or
// a slot that is gone keep it. Channels that are no longer named leave.
func (s *Store) Settings(ctx context.Context, set Settings) error {
	now := s.now()
	return s.write(ctx, "store the settings", func(t tx) error {
		if err := t.setSlots(set.Slots); err != nil {
			return err
		}
		if err := t.setSections(set.Tree); err != nil {
			return err
		}
		keep := set.Purge
		if keep <= 0 {
			keep = defaultPurge
		}
		if _, err := t.exec("INSERT OR REPLACE INTO meta VALUES ('purge', ?)", strconv.FormatInt(keep.Milliseconds(), 10)); err != nil {
			return err
		}
		return t.setChannels(set.Channels, now)
	})
}

func (t tx) setSlots(slots []news.Slot) error {
	if _, err := t.exec("UPDATE slot SET place = -1"); err != nil {
		return err
	}
	for place, slot := range slots {
		bit, err := t.slotBit(slot)
		if err != nil {
			return err
		}
		if _, err := t.exec("UPDATE slot SET place = ? WHERE bit = ?", place, bit); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) setSections(tree news.Tree) error {
	if _, err := t.exec("UPDATE section SET place = -1"); err != nil {
		return err
	}
	for place, one := range tree.All() {
		id, err := t.section(one.Slug)
		if err != nil {
			return err
		}
		if _, err := t.exec("UPDATE section SET parent = ?, place = ? WHERE id = ?", one.Parent, place, id); err != nil {
			return err
		}
	}
	return nil
}

// channelsHere goes by the index, past a million people.
const channelsHere = "WHERE subscriber.account IN (SELECT id FROM account) AND channel = 1 AND gone = 0"

// setChannels makes the channels among the readers those that are named.
func (t tx) setChannels(channels []ChannelReader, at time.Time) error {
	all, err := t.slots()
	if err != nil {
		return err
	}
	var old []known
	err = t.each("SELECT "+readerColumns+readerTables+channelsHere, nil, func(r row) error {
		k, err := scanReader(r, all)
		old = append(old, k)
		return err
	})
	if err != nil {
		return err
	}
	for _, c := range channels {
		if err := t.setChannel(c, at); err != nil {
			return fmt.Errorf("channel %s: %w", c.Chat, err)
		}
	}
	for _, k := range old {
		named := slices.ContainsFunc(channels, func(c ChannelReader) bool { return c.Account == k.Account && c.Chat == k.Chat })
		if !named {
			if err := t.leave(k.ID, "configuration", at); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t tx) setChannel(c ChannelReader, at time.Time) error {
	account, err := t.account(c.Account)
	if err != nil {
		return err
	}
	old, err := t.reader(account, c.Chat)
	if err != nil {
		return err
	}
	r := news.Reader{
		ID: old.ID, Account: c.Account, Chat: c.Chat, Kind: news.Channel,
		Pace: c.Pace, Slots: c.Slots, Follows: c.Sections, Breaking: c.Breaking, Floor: old.Floor,
	}
	if old.ID != 0 && !old.gone {
		return t.writeReader(account, r, 0)
	}
	r.Floor = 0
	id, err := t.joinReader(account, r, old.ID, at)
	if err != nil {
		return err
	}
	return t.consent(id, at, talk.Consent{How: "configuration"})
}
