package sqlite

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// known is a stored reader.
type known struct {
	news.Reader
	account int64
	gone    bool
}

const readerColumns = `subscriber.id, subscriber.account, account.name, chat, kind, pace, slots, follows,
	breaking, quiet, important, paused, floor, joined, gone > 0`

const readerTables = " FROM subscriber JOIN account ON account.id = subscriber.account "

// scanReader reads readerColumns.
func scanReader(r row, all slots) (k known, err error) {
	var mask, paused int64
	var follows string
	err = r.Scan(&k.ID, &k.account, &k.Account, &k.Chat, &k.Kind, &k.Pace, &mask, &follows,
		&k.Breaking, &k.Quiet, &k.Important, &paused, &k.Floor, clock{&k.Joined}, &k.gone)
	k.Slots = all.of(mask)
	k.Follows = split(follows)
	k.Paused = paused != 0
	if paused != forever {
		k.PausedUntil = moment(paused)
	}
	return k, err
}

func split(follows string) []news.Slug {
	if follows == "" {
		return nil
	}
	parts := strings.Split(follows, ",")
	out := make([]news.Slug, len(parts))
	for i, p := range parts {
		out[i] = news.Slug(p)
	}
	return out
}

func join(follows []news.Slug) string {
	parts := make([]string, len(follows))
	for i, f := range follows {
		parts[i] = string(f)
	}
	return strings.Join(parts, ",")
}

func pausedUntil(r news.Reader) int64 {
	switch {
	case !r.Paused:
		return 0
	case r.PausedUntil.IsZero():
		return forever
	}
	return millis(r.PausedUntil)
}

// wants is the mask of a reader's subscriptions.
func wants(r news.Reader, slots int64) (mask int64) {
	switch {
	case r.Breaking && r.Important:
		mask |= wantsImportant
	case r.Breaking:
		mask |= wantsBreaking
	}
	if r.Pace == news.PaceEach {
		mask |= wantsEach
	}
	if r.Pace == news.PaceEach || r.Pace == news.PaceDigest {
		mask |= slots << slotShift
	}
	return mask
}

// The bits of subscription.wants. A reader has one of wantsBreaking, for all of
// it, and wantsImportant, which is the one bit that slots leave above them.
const (
	wantsBreaking  int64 = 1
	wantsEach      int64 = 2
	wantsImportant int64 = 1 << (slotShift + slotBits)
	slotShift            = 2
)

// reader finds the reader of a chat, be it a further one, and one who has left
// too; ID 0: there is none.
func (t tx) reader(account int64, chat news.ChatID) (known, error) {
	k, err := t.findReader("WHERE subscriber.account = ? AND chat = ?", account, chat)
	if err != nil || k.ID != 0 {
		return k, err
	}
	return t.findReader("WHERE subscriber.id = (SELECT subscriber FROM further WHERE account = ? AND chat = ?)", account, chat)
}

// readerAt is reader by the name of the account.
func (t tx) readerAt(account news.AccountID, chat news.ChatID) (known, error) {
	a, err := t.addressed(talk.Address{Account: account, Chat: chat})
	if err != nil || a.account == 0 {
		return known{}, err
	}
	return t.reader(a.account, chat)
}

func (t tx) readerByID(id news.SubscriberID) (known, error) {
	return t.findReader("WHERE subscriber.id = ?", id)
}

func (t tx) findReader(where string, a ...any) (k known, err error) {
	all, err := t.slots()
	if err != nil {
		return k, err
	}
	err = t.each("SELECT "+readerColumns+readerTables+where, a, func(r row) (err error) {
		k, err = scanReader(r, all)
		return err
	})
	return k, err
}

// joinReader makes r a reader: a new one, or, when old.ID is set, one who
// comes back under the old number.
func (t tx) joinReader(account int64, r news.Reader, old news.SubscriberID, at time.Time) (news.SubscriberID, error) {
	seq, err := t.tick()
	if err != nil {
		return 0, err
	}
	if r.Floor == 0 {
		if r.Floor, err = t.floor(at); err != nil {
			return 0, err
		}
	}
	r.ID = old
	if old == 0 {
		id, err := t.insert(`INSERT INTO subscriber (account, chat, kind, channel, pace, slots, follows, breaking, quiet, paused, floor, seq, joined)
			VALUES (?, ?, ?, ?, '', 0, '', 0, 0, 0, 0, ?, ?)`, account, r.Chat, r.Kind, r.Kind == news.Channel, seq, millis(at))
		if err != nil {
			return 0, err
		}
		r.ID = news.SubscriberID(id)
	} else if _, err := t.exec("UPDATE subscriber SET gone = 0, reason = '', seq = ?, joined = ? WHERE id = ?", seq, millis(at), old); err != nil {
		return 0, err
	}
	return r.ID, t.writeReader(account, r, seq)
}

// floor is the article behind which a joiner begins: where the newest edition
// ended, or, before the first one, a day ago.
func (t tx) floor(at time.Time) (id news.ArticleID, err error) {
	found, err := t.one("SELECT window_to FROM broadcast WHERE kind = 'digest' ORDER BY published DESC, id DESC LIMIT 1", nil, &id)
	if err != nil || found && id > 0 {
		return id, err
	}
	_, err = t.one("SELECT coalesce(max(id), 0) FROM article WHERE arrived < ?", args(millis(at.Add(-24*time.Hour))), &id)
	return id, err
}

// writeReader writes the choices of r, who is a reader, and makes the
// subscriptions agree with them. One who joins does so at joined; it is 0 for
// everybody else.
func (t tx) writeReader(account int64, r news.Reader, joined news.Seq) error {
	mask, err := t.slotMask(r.Slots)
	if err != nil {
		return err
	}
	_, err = t.exec(`UPDATE subscriber SET kind = ?, channel = ?, pace = ?, slots = ?, follows = ?, breaking = ?, quiet = ?,
		important = ?, paused = ?, floor = ? WHERE id = ?`, r.Kind, r.Kind == news.Channel, r.Pace, mask, join(r.Follows), r.Breaking, r.Quiet,
		r.Important, pausedUntil(r), r.Floor, r.ID)
	if err != nil {
		return err
	}
	return t.subscribe(account, r, wants(r, mask), joined)
}

// followed is one subscription row.
type followed struct {
	slug    news.Slug
	section int64
	since   news.Seq
	wants   int64
	stays   bool
}

func (t tx) followed(r news.Reader) (old []followed, err error) {
	err = t.each(`SELECT slug, section, since, wants, channel FROM subscription JOIN section ON id = section
		WHERE subscriber = ?`, args(r.ID), func(row row) error {
		var f followed
		var channel bool
		err := row.Scan(&f.slug, &f.section, &f.since, &f.wants, &channel)
		f.stays = channel == (r.Kind == news.Channel) && slices.Contains(r.Follows, f.slug)
		old = append(old, f)
		return err
	})
	return old, err
}

// subscribe writes the difference between what r follows and the stored rows.
// A section that covers a followed one, or is covered by it, is followed since
// then: a reader who unticks one child of a section loses no broadcast that is
// on its way to the others.
func (t tx) subscribe(account int64, r news.Reader, mask int64, now news.Seq) error {
	old, err := t.followed(r)
	if err != nil {
		return err
	}
	for _, f := range old {
		switch {
		case !f.stays:
			_, err = t.exec("DELETE FROM subscription WHERE section = ? AND account = ? AND channel IN (0, 1) AND subscriber = ?", f.section, account, r.ID)
		case f.wants != mask:
			_, err = t.exec("UPDATE subscription SET wants = ? WHERE section = ? AND account = ? AND channel IN (0, 1) AND subscriber = ?", mask, f.section, account, r.ID)
		}
		if err != nil {
			return err
		}
	}
	for _, slug := range r.Follows {
		if slices.ContainsFunc(old, func(f followed) bool { return f.stays && f.slug == slug }) {
			continue
		}
		section, err := t.section(slug)
		if err != nil {
			return err
		}
		since, err := t.since(slug, old, &now)
		if err != nil {
			return err
		}
		_, err = t.exec("INSERT OR IGNORE INTO subscription (section, account, channel, subscriber, since, wants) VALUES (?, ?, ?, ?, ?, ?)",
			section, account, r.Kind == news.Channel, r.ID, since, mask)
		if err != nil {
			return fmt.Errorf("follow %s: %w", slug, err)
		}
	}
	return nil
}

// since is the moment from which a new subscription counts. It sets now when
// that is this very moment.
func (t tx) since(slug news.Slug, old []followed, now *news.Seq) (seq news.Seq, err error) {
	if len(old) > 0 {
		family, err := t.kin()
		if err != nil {
			return 0, err
		}
		for _, f := range old {
			if family.related(f.slug, slug) && (seq == 0 || f.since < seq) {
				seq = f.since
			}
		}
	}
	if seq != 0 {
		return seq, nil
	}
	if *now == 0 {
		*now, err = t.tick()
	}
	return *now, err
}
