package talk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

// Talk is the conversation with readers. New makes one ready.
type Talk struct {
	Store    Store
	Digest   Digester
	Settings func() Settings

	// Network says what an account's network can show. Nil: buttons, links and
	// every pace on Telegram, polls on WhatsApp, and none of them elsewhere.
	Network func(account news.AccountID) Network

	// Admin reports whether somebody runs a group now. Nil: nobody does.
	Admin func(ctx context.Context, account news.AccountID, chat news.ChatID, user news.UserID) (bool, error)

	// Changed is called after a commit for a reader who is to be written to less,
	// or not any more: who left, was forgotten, paused, or turned breaking news
	// down. May be nil.
	Changed func(account news.AccountID, reader news.SubscriberID)

	// Wake is called after a commit that left replies to be sent. May be nil.
	Wake func(account news.AccountID)

	// Forgot is called after a commit for every chat that was forgotten, so that
	// whoever keeps something about it elsewhere forgets it, too. May be nil.
	Forgot func(account news.AccountID, chat news.ChatID)

	// Told is called after a commit that put a tip into the newsroom's queue. May
	// be nil.
	Told func()

	// Code makes the codes that link two chats: six digits that nobody guesses.
	// Nil: random ones.
	Code func() string

	Now func() time.Time
	Log *slog.Logger

	commands []command
	table    map[verb]*command
	phrases  map[Language]*Phrases
	plural   map[Language]*Phrases // of groups
	lexicon  *lexicon
	floods   *floods
	tries    *tries
	chats    *Locks
}

// Digester makes the digest of everything that is new to a reader, and says
// where the reader's floor is once it is sent. A message without blocks means
// that nothing is new.
type Digester interface {
	DigestNow(ctx context.Context, r news.Reader) (news.Message, news.ArticleID, error)
}

var _ bots.Handler = (*Talk)(nil)

// New returns t, ready to handle events.
func New(t Talk) *Talk {
	t.commands = commands()
	t.table = make(map[verb]*command, len(t.commands))
	for i := range t.commands {
		t.table[t.commands[i].verb] = &t.commands[i]
	}
	t.phrases = map[Language]*Phrases{Arabic: phrasesOf(Arabic), English: phrasesOf(English)}
	t.plural = map[Language]*Phrases{Arabic: groupPhrasesOf(Arabic), English: groupPhrasesOf(English)}
	t.lexicon = newLexicon(t.commands)
	t.floods = &floods{chats: map[string]*bucket{}}
	t.tries = &tries{chats: map[Address][]time.Time{}}
	t.chats = &Locks{}
	if t.Code == nil {
		t.Code = randomCode
	}
	return &t
}

// Handle answers one event. It returns after the event's key, what follows
// from it and the replies are committed together; an error means that nothing
// was. An event that was committed before is answered with nothing.
func (t *Talk) Handle(ctx context.Context, e bots.Event) (bots.Answer, error) {
	defer t.chats.Lock(Address{Account: e.Account, Chat: e.Chat})()
	in := Input{Event: e, Now: t.Now(), Settings: t.Settings(), Network: t.network(e.Account)}
	in.Full = in.Settings.Full != nil && in.Settings.Full(e.Account)
	if !concerns(e) {
		return bots.Answer{}, nil
	}
	pace := t.judge(in)
	urgent := pace != pass && t.stops(in)
	if pace == hush && !urgent {
		return bots.Answer{}, nil
	}
	chat, err := t.Store.Chat(ctx, e.Account, e.Chat)
	if err != nil {
		return bots.Answer{}, fmt.Errorf("read the chat of an event: %w", err)
	}
	in.Chat = chat
	if pace != pass && (!urgent || chat.Reader.ID == 0) {
		if pace == hush {
			return bots.Answer{}, nil
		}
		return t.commit(ctx, in, t.slow(in))
	}
	turn, err := t.answer(ctx, in)
	if err != nil {
		return bots.Answer{}, err
	}
	return t.commit(ctx, in, turn)
}

// concerns sorts out cheaply what is never answered: channels, and talk in
// groups that is not addressed to the bot.
func concerns(e bots.Event) bool {
	switch e.Kind {
	case bots.Wrote, bots.Sent:
		return e.ChatKind == news.Private || e.ChatKind == news.Group && e.Addressed
	}
	return e.ChatKind == news.Private || e.ChatKind == news.Group
}

// answer reads what is needed and plays the turn. A panic in it costs the
// reader an apology, and nobody else anything.
func (t *Talk) answer(ctx context.Context, in Input) (turn Turn, err error) {
	defer func() {
		if r := recover(); r != nil {
			// The value may hold what the reader wrote; the stack does not.
			t.Log.Error("an answer could not be made", "account", in.Event.Account, "event", in.Event.Kind,
				"panic", fmt.Sprintf("%T", r), "stack", string(debug.Stack()))
			turn, err = t.sorry(in), nil
		}
	}()
	if err := t.read(ctx, &in); err != nil {
		return Turn{}, err
	}
	return t.Turn(in), nil
}

// read fills in the facts that the answer needs.
func (t *Talk) read(ctx context.Context, in *Input) (err error) {
	need, f := t.Needs(*in), &in.Facts
	e := in.Event
	if need.Admin {
		f.Admin, f.NoAdmin = t.admin(ctx, e)
		if err := ctx.Err(); err != nil {
			return err
		}
		if !f.Admin {
			return nil
		}
	}
	if need.News {
		if f.News, err = t.Store.Latest(ctx, need.NewsOf, welcomeItems); err != nil {
			return fmt.Errorf("read the newest articles: %w", err)
		}
	}
	if need.Latest > 0 {
		if f.Latest, err = t.Store.Latest(ctx, need.Sections, need.Latest); err != nil {
			return fmt.Errorf("read the newest articles: %w", err)
		}
	}
	if need.Counts {
		if f.Counts, err = t.Store.Counts(ctx, in.Now.Add(-24*time.Hour)); err != nil {
			return fmt.Errorf("count articles: %w", err)
		}
	}
	if need.Kept {
		if f.Kept, err = t.Store.Kept(ctx, e.Account, e.Chat); err != nil {
			return fmt.Errorf("read what is kept: %w", err)
		}
	}
	if need.Tips {
		if f.Tellings, err = t.Store.Tellings(ctx, e.Account, e.Chat, in.Now.Add(-tipsTime), need.Tip); err != nil {
			return fmt.Errorf("read what a chat has told: %w", err)
		}
	}
	if need.Give {
		f.Code = t.Code()
	}
	if need.Code != "" {
		return t.offered(ctx, need.Code, in)
	}
	if need.Digest {
		return t.digest(ctx, in)
	}
	return nil
}

// admin asks who runs a group. Not knowing is an answer too.
func (t *Talk) admin(ctx context.Context, e bots.Event) (yes, unknown bool) {
	if t.Admin == nil || e.From == "" {
		return false, false
	}
	yes, err := t.Admin(ctx, e.Account, e.Chat, e.From)
	if err != nil {
		t.Log.Warn("who runs a group is not known", "account", e.Account, "err", err)
	}
	return yes && err == nil, err != nil
}

// digest makes the digest that was asked for. One that cannot be made is an
// answer too, so that it does not come back for ever.
func (t *Talk) digest(ctx context.Context, in *Input) (err error) {
	f := &in.Facts
	r := in.Chat.Reader
	r.Account, r.Chat, r.Kind = in.Event.Account, in.Event.Chat, in.Event.ChatKind
	if r.ID == 0 && !in.Chat.Left {
		floor := r.Floor
		r = in.Settings.newcomer()
		r.Account, r.Chat, r.Kind, r.Floor = in.Event.Account, in.Event.Chat, in.Event.ChatKind, floor
	}
	f.Digest, f.Floor, err = t.Digest.DigestNow(ctx, r)
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	t.Log.Error("a digest could not be made", "account", in.Event.Account, "err", err)
	f.Digest, f.Floor, f.NoDigest = news.Message{}, 0, true
	return nil
}

// commit writes a turn and tells the others.
func (t *Talk) commit(ctx context.Context, in Input, turn Turn) (bots.Answer, error) {
	if turn.Idle {
		return turn.Answer, nil
	}
	done, err := t.Store.Commit(ctx, turn.Commit)
	if errors.Is(err, ErrCode) { // taken since it was looked up
		turn = t.Turn(in.without())
		done, err = t.Store.Commit(ctx, turn.Commit)
	}
	switch {
	case errors.Is(err, ErrSeen):
		return bots.Answer{}, nil
	case err != nil:
		return bots.Answer{}, fmt.Errorf("commit an answer: %w", err)
	}
	t.tell(in, turn, done)
	return turn.Answer, nil
}

func (t *Talk) network(account news.AccountID) Network {
	if t.Network != nil {
		return t.Network(account)
	}
	platform := account.Platform()
	telegram := platform == news.Telegram
	return Network{Buttons: telegram, Links: telegram, Polls: platform == news.WhatsApp, Each: telegram, Later: telegram}
}
