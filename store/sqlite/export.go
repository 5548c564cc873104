package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// exportPage is how many readers are read at a time.
const exportPage = 500

// Export calls yield with every reader, ascending ids. A page of them is read
// at a time, so that nobody who writes has to wait for yield.
func (s *Store) Export(ctx context.Context, yield func(Subscriber) error) error {
	for behind := news.SubscriberID(0); ; {
		page, err := s.page(ctx, behind)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, one := range page {
			if err := yield(one); err != nil {
				return err
			}
			behind = one.ID
		}
	}
}

func (s *Store) page(ctx context.Context, behind news.SubscriberID) (page []Subscriber, err error) {
	err = s.read(ctx, "read the readers", func(t tx) error {
		page = nil
		all, err := t.slots()
		if err != nil {
			return err
		}
		err = t.each("SELECT "+readerColumns+readerTables+"WHERE subscriber.id > ? AND gone = 0 ORDER BY subscriber.id LIMIT ?", args(behind, exportPage), func(r row) error {
			k, err := scanReader(r, all)
			page = append(page, Subscriber{Reader: k.Reader})
			return err
		})
		if err != nil {
			return err
		}
		for i := range page {
			if page[i].Consent, err = t.consentOf(page[i].ID); err != nil {
				return err
			}
		}
		return nil
	})
	return page, err
}

// consentOf is the last line of a reader's consent log in words.
func (t tx) consentOf(id news.SubscriberID) (string, error) {
	var how, words string
	var at time.Time
	found, err := t.one("SELECT how, words, at FROM consent WHERE subscriber = ? ORDER BY id DESC LIMIT 1", args(id), &how, &words, clock{&at})
	if err != nil || !found {
		return "", err
	}
	return strings.Join(strings.Fields(how+" "+words+" "+at.Format(time.RFC3339)), " "), nil
}

// Import writes readers, all or none. Those who were forgotten, who have left,
// or who are there already are skipped and counted.
func (s *Store) Import(ctx context.Context, at time.Time, readers []Subscriber) (done Imported, err error) {
	err = s.write(ctx, "import readers", func(t tx) error {
		done = Imported{}
		keys, err := t.forgottenKeys()
		if err != nil {
			return err
		}
		var newest news.ArticleID
		if _, err := t.one("SELECT coalesce(max(id), 0) FROM article", nil, &newest); err != nil {
			return err
		}
		for i, one := range readers {
			if one.Floor > newest { // from another database
				one.Floor = 0
			}
			if err := t.importReader(one, at, keys, &done); err != nil {
				return fmt.Errorf("reader %d of %d: %w", i+1, len(readers), err)
			}
		}
		return nil
	})
	if err != nil {
		return Imported{}, err
	}
	return done, nil
}

func (t tx) importReader(one Subscriber, at time.Time, keys [][]byte, done *Imported) error {
	if one.Chat == "" || one.Kind == "" {
		return errors.New("the chat or its kind is missing")
	}
	forgotten, err := t.isForgotten(keys, one.Account.Platform(), one.Chat)
	if err != nil {
		return err
	}
	account, err := t.account(one.Account)
	if err != nil {
		return err
	}
	gone := false
	found, err := t.one(`SELECT gone > 0 FROM subscriber WHERE account = ?1 AND chat = ?2
		OR id = (SELECT subscriber FROM further WHERE account = ?1 AND chat = ?2)`, args(account, one.Chat), &gone)
	switch {
	case err != nil:
		return err
	case forgotten:
		done.Forgotten++
		return nil
	case gone:
		done.Left++
		return nil
	case found:
		done.There++
		return nil
	}
	done.Added++
	id, err := t.joinReader(account, one.Reader, 0, at)
	if err != nil {
		return err
	}
	return t.consent(id, at, talk.Consent{How: "import", Words: one.Consent})
}
