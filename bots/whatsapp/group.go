package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// What may stand between the bot's name and the words: "@bot: latest".
const afterName = " \t\n,:;\u060c\u061b\u2068\u2069\u200e\u200f"

// calledBy finds out whether a text in a group is for the bot: it mentions or
// quotes it, begins with one of its names or with a slash. The mention or the
// name is taken out of the text.
func (a *Adapter) calledBy(client *whatsmeow.Client, c content) (text string, called bool) {
	text = c.text
	for _, mentioned := range c.info.GetMentionedJID() {
		jid, err := types.ParseJID(mentioned)
		if err != nil || !ourselves(client, jid.ToNonAD()) {
			continue
		}
		called = true
		before, after, _ := strings.Cut(text, "@"+jid.User)
		text = strings.TrimSpace(strings.TrimRight(before, "\u2068") + strings.TrimLeft(after, afterName))
	}
	if quoted, err := types.ParseJID(c.info.GetParticipant()); err == nil && c.info.GetStanzaID() != "" {
		called = called || ourselves(client, quoted.ToNonAD())
	}
	if called || strings.HasPrefix(text, "/") {
		return text, true
	}
	for _, name := range a.config.Called {
		rest, ok := strings.CutPrefix(strings.TrimLeft(text, "\u200e\u200f "), name)
		if name == "" || !ok || rest != "" && !strings.ContainsRune(afterName, []rune(rest)[0]) {
			continue
		}
		return strings.TrimLeft(rest, afterName), true
	}
	return text, false
}

// joined tells that the bot was taken into a group.
func (a *Adapter) joined(g *events.JoinedGroup) bool {
	// The notice has no time and no name of its own.
	version := g.ParticipantVersionID
	if version == "" {
		version = a.theirs().Truncate(time.Minute).String()
	}
	return a.cameOrWent(bots.Added, g.JID, g.Sender, version)
}

// groupChanged tells when the bot was taken out of a group.
func (a *Adapter) groupChanged(client *whatsmeow.Client, g *events.GroupInfo) bool {
	gone := g.Delete != nil
	for _, who := range g.Leave {
		gone = gone || ourselves(client, who.ToNonAD())
	}
	came := false
	for _, who := range g.Join {
		came = came || ourselves(client, who.ToNonAD())
	}
	switch {
	case gone:
		return a.cameOrWent(bots.Removed, g.JID, g.Sender, strconv.FormatInt(g.Timestamp.Unix(), 10))
	case came:
		return a.cameOrWent(bots.Added, g.JID, g.Sender, strconv.FormatInt(g.Timestamp.Unix(), 10))
	}
	return true
}

func (a *Adapter) cameOrWent(kind bots.EventKind, group types.JID, by *types.JID, version string) bool {
	a.mu.Lock()
	in := a.inbox
	a.mu.Unlock()
	if in == nil {
		return false
	}
	e := bots.Event{
		Account: a.Account(), Kind: kind, Time: a.theirs(), Chat: chatID(group), ChatKind: news.Group,
		Key: eventKey(group.User, string(kind), version),
	}
	if by != nil {
		e.From = userID(*by)
	}
	return in.take(&item{key: e.Key, chat: string(e.Chat), at: e.Time, events: []bots.Event{e}})
}

// Admin asks the network who runs a group now.
func (a *Adapter) Admin(ctx context.Context, chat news.ChatID, user news.UserID) (bool, error) {
	group, ok := parseChat(chat)
	if !ok || group.Server != types.GroupServer {
		return false, fmt.Errorf("ask for administrators: no group: %w", bots.ErrMissing)
	}
	a.line.hold()
	defer a.line.release()
	if err := a.ready(ctx); err != nil {
		return false, fmt.Errorf("ask for administrators: %w", err)
	}
	info, err := a.library().GetGroupInfo(ctx, group)
	switch {
	case errors.Is(err, whatsmeow.ErrNotInGroup), errors.Is(err, whatsmeow.ErrGroupNotFound):
		return false, fmt.Errorf("ask for administrators: %w", bots.ErrGone)
	case err != nil:
		return false, fmt.Errorf("ask for administrators: %w", beforeSending(ctx, err))
	}
	for _, p := range info.Participants {
		for _, jid := range []types.JID{p.JID, p.LID, p.PhoneNumber} {
			if !jid.IsEmpty() && userID(jid) == user {
				return p.IsAdmin || p.IsSuperAdmin, nil
			}
		}
	}
	return false, nil
}
