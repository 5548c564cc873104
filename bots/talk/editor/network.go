package editor

import (
	"context"
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// through chooses the networks of the newest open draft; none means all.
func (t *turn) through(chosen ...news.Platform) func(context.Context, string) (bool, error) {
	return func(ctx context.Context, rest string) (bool, error) {
		for _, n := range chosen {
			if !slices.Contains(t.door.Desk.Networks(), n) {
				return t.elsewhere(ctx, n, rest)
			}
		}
		return t.set(func(c *desk.Content) { c.Networks = chosen })(ctx, rest)
	}
}

// elsewhere says that the bot is not on a network, to whom that would matter.
func (t *turn) elsewhere(ctx context.Context, n news.Platform, rest string) (bool, error) {
	_, ok, err := t.mine(ctx)
	if err != nil || !ok || rest != "" {
		return false, err
	}
	t.say(put(t.door.phrases.NoNetwork, "network", t.door.said.Network(n)))
	return true, nil
}

// toggled is a draft's networks with one more or less; one always stays.
func (d *Door) toggled(c desk.Content, n news.Platform) []news.Platform {
	all := d.Desk.Networks()
	left := slices.DeleteFunc(slices.Clone(all), func(x news.Platform) bool {
		on := len(c.Networks) == 0 || slices.Contains(c.Networks, x)
		return on == (x == n)
	})
	if len(left) == len(all) {
		return nil
	}
	if len(left) == 0 {
		return c.Networks
	}
	return left
}

// networks are the buttons of a draft's networks, where there is a choice.
func (d *Door) networks(c desk.Content, b func(news.Platform) news.Button) (row []news.Button) {
	all := d.Desk.Networks()
	if len(all) < 2 {
		return nil
	}
	for _, n := range all {
		one := b(n)
		one.Label, one.On = d.said.Network(n), len(c.Networks) == 0 || slices.Contains(c.Networks, n)
		row = append(row, one)
	}
	return row
}

// only says that a draft goes to some of the networks alone.
func (d *Door) only(c desk.Content) []string {
	if len(c.Networks) == 0 {
		return nil
	}
	var names []string
	for _, n := range c.Networks {
		names = append(names, d.said.Network(n))
	}
	return []string{put(d.phrases.Only, "networks", strings.Join(names, d.phrases.Comma))}
}
