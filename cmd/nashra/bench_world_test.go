package main_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "embed"

	"github.com/nashra-bot/nashra/cmd/wire"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// benchNews is an edition's worth of invented articles, a line each: section,
// title and lead, parted by bars.
//
//go:embed testdata/bench-news.txt
var benchNews string

const (
	benchToken   = "123456:AAabbccddeeffgghhiijjkkllmmnnoopp"
	benchAccount = news.AccountID("telegram:123456")
	benchSlot    = news.Slot("morning")
)

// benchConfig is the newsroom of all rows: twelve sections, one source.
func benchConfig(database, telegram, site string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "newsroom: {name: عاشق عُمان}\ndatabase: %s\ntelegram: {server_url: %q}\n", database, telegram)
	fmt.Fprintf(&b, "sources: [{name: site, url: %q}]\nsections:\n", site)
	for _, s := range [...][2]string{
		{"news", "أخبار"}, {"weather", "الطقس"}, {"economy", "اقتصاد"}, {"jobs", "وظائف وتدريب"}, {"sport", "رياضة"},
		{"culture", "ثقافة وأدب"}, {"health", "صحة"}, {"education", "تعليم"}, {"technology", "تقنية"}, {"travel", "سياحة"},
		{"opinion", "مقالات"}, {"rumours", "لا للشائعات"},
	} {
		fmt.Fprintf(&b, "  - {slug: %s, name: %s, match: {categories: [%s]}}\n", s[0], s[1], s[0])
	}
	return b.String()
}

func benchPlan(dir string) (*wire.Plan, error) {
	return wire.ParseConfig(filepath.Join(dir, "nashra.yaml"), []byte(benchConfig("nashra.db", "", "https://news.example")))
}

// taste says how a crowd chooses its sections.
type taste string

const (
	usual  taste = "usual"  // some sections are dearer than others, and some readers want all
	coined taste = "coined" // each section by the toss of a coin: as many selections as there can be
)

// crowd makes readers who choose by taste, the same ones every time.
func crowd(n int, as taste, tree news.Tree) []store.Subscriber {
	r := rand.New(rand.NewPCG(1, 12)) //nolint:gosec // the same on purpose
	all := tree.All()
	readers := make([]store.Subscriber, n)
	for i := range readers {
		var follows []news.Slug
		for range howMany(r, as, len(all)) {
			// The lesser of two draws: the first sections of the menu are followed most.
			at := min(r.IntN(len(all)), r.IntN(len(all)))
			follows = tree.Follow(follows, all[at].Slug)
		}
		if as == coined {
			for len(follows) == 0 {
				for _, s := range all {
					if r.IntN(2) == 0 {
						follows = append(follows, s.Slug)
					}
				}
			}
		}
		readers[i] = store.Subscriber{Reader: news.Reader{
			Account: benchAccount, Chat: news.ChatID(fmt.Sprint(100_000_000 + i)), Kind: news.Private,
			Pace: news.PaceDigest, Slots: []news.Slot{benchSlot}, Follows: follows, Breaking: true,
		}, Consent: "bench"}
	}
	return readers
}

func howMany(r *rand.Rand, as taste, all int) int {
	if as == coined {
		return 0
	}
	switch at := r.IntN(100); {
	case at < 30:
		return 1
	case at < 75:
		return 2 + r.IntN(3)
	case at < 90:
		return 5 + r.IntN(4)
	}
	return 6 * all // all of them, almost surely
}

// seed is how many readers are imported; more are copies of them.
const seed = 20_000

// makeWorld writes a database with n readers, and closes it.
func makeWorld(ctx context.Context, path string, n int, as taste) (err error) {
	plan, err := benchPlan(filepath.Dir(path))
	if err != nil {
		return err
	}
	st, err := store.Open(ctx, path, store.Options{})
	if err != nil {
		return err
	}
	defer func() {
		if closed := st.Close(); err == nil {
			err = closed
		}
	}()
	settings := store.Settings{Tree: plan.Newsroom.Tree}
	for _, s := range plan.Newsroom.Calendar {
		settings.Slots = append(settings.Slots, s.Name)
	}
	if err := st.Settings(ctx, settings); err != nil {
		return err
	}
	if _, err := st.Import(ctx, time.Now(), crowd(min(n, seed), as, plan.Newsroom.Tree)); err != nil {
		return err
	}
	if err := st.Opened(ctx, desk.Entry{At: time.Now(), Act: desk.ActOpen}); err != nil {
		return err
	}
	return multiply(ctx, st, n)
}

// bringNews has the articles of an edition arrive.
func bringNews(ctx context.Context, st *sqlite.Store) error {
	pull := feed.Pull{Source: "site", At: time.Now(), Complete: true}
	if _, err := st.Pulled(ctx, pull); err != nil { // what a first pull brings is archive
		return err
	}
	for i, line := range strings.Split(strings.TrimSpace(benchNews), "\n") {
		part := strings.Split(line, " | ")
		if len(part) != 3 {
			return fmt.Errorf("read the news: line %d is not section, title and lead", i+1)
		}
		pull.Articles = append(pull.Articles, news.Article{
			Source: "site", Key: fmt.Sprint("wp:", 4100+i), URL: fmt.Sprintf("https://news.example/?p=%d", 4100+i),
			Section: news.Slug(part[0]), Matched: true, Title: part[1], Lead: part[2], Published: pull.At.Add(-time.Hour),
		})
	}
	_, err := st.Pulled(ctx, pull)
	return err
}

// multiply copies the readers until there are n: to import a million one by one
// would take longer than all the rest.
func multiply(ctx context.Context, st *sqlite.Store, n int) error {
	for have := min(n, seed); have < n; have = min(2*have, n) {
		for _, query := range []string{
			`INSERT INTO subscriber (id, account, chat, kind, channel, pace, slots, follows, breaking, quiet, paused, floor, seq, joined)
				SELECT id + ?1, account, CAST(CAST(chat AS INTEGER) + ?1 AS TEXT), kind, channel, pace, slots, follows, breaking, quiet, paused, floor, seq, joined
				FROM subscriber WHERE id <= ?2 - ?1 ORDER BY id`,
			`INSERT INTO subscription (section, account, channel, subscriber, since, wants)
				SELECT section, account, channel, subscriber + ?1, since, wants FROM subscription WHERE subscriber <= ?2 - ?1
				ORDER BY section, account, channel, subscriber`,
		} {
			if _, err := st.DB().ExecContext(ctx, query, have, n); err != nil {
				return fmt.Errorf("copy readers: %w", err)
			}
		}
	}
	return nil
}

// edition builds the edition of the articles in st.
func edition(ctx context.Context, st *sqlite.Store, tree news.Tree, date news.Date) (digest.Publication, error) {
	window, err := st.Window(ctx, 0, time.Time{})
	if err != nil {
		return digest.Publication{}, err
	}
	b := news.Broadcast{
		Kind: news.Digest, Version: 1, Slot: benchSlot, Date: date, Items: digest.Build(tree, window), Published: time.Now(),
	}
	b.Since = b.Published
	var slugs []news.Slug
	for _, item := range b.Items {
		slugs = append(slugs, item.Section)
		b.To = max(b.To, item.Article)
	}
	b.Audience.Sections = tree.Reach(slugs...)
	return digest.Publication{Broadcast: b, Accounts: []news.AccountID{benchAccount}}, nil
}

// copyWorld copies a closed database.
func copyWorld(from, to string) error {
	data, err := os.Open(from)
	if err != nil {
		return err
	}
	defer data.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := out.ReadFrom(data); err != nil {
		_ = out.Close()
		return err
	}
	return out.Close()
}
