package talk

import (
	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// judge decides whether an event comes too fast. What the network itself
// tells is no chatter. In groups everybody has a measure of their own.
func (t *Talk) judge(in Input) verdict {
	e := in.Event
	switch e.Kind {
	case bots.Added, bots.Removed, bots.Moved:
		return pass
	}
	who := string(e.Account) + "\x00" + string(e.Chat)
	if e.ChatKind == news.Group {
		who += "\x00" + string(e.From)
	}
	return t.floods.judge(who, in.Now)
}

// stops reports whether an event asks to stop something: readers are heard
// with that at any pace. What cannot be read asks for nothing.
func (t *Talk) stops(in Input) (yes bool) {
	defer func() {
		if recover() != nil {
			yes = false
		}
	}()
	w, ok := t.exchange(in).what()
	return ok && (w.do == doStop || w.do == doDrop)
}

// slow is the notice to somebody who is too fast.
func (t *Talk) slow(in Input) Turn {
	x := t.exchange(in)
	if x.pressed() {
		x.tell(x.p.Other.Flood, nil)
		return x.turn()
	}
	x.say(nil, news.T(x.p.Other.Flood))
	return x.turn()
}

// sorry is the apology for a mistake of ours.
func (t *Talk) sorry(in Input) Turn {
	x := t.exchange(in)
	x.say(nil, news.T(x.p.Other.Sorry))
	return x.turn()
}
