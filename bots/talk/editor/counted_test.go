package editor_test

import (
	"strings"

	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// joins makes a reader: a name, a network, sections.
func (w *world) joins(words []string) {
	w.t.Helper()
	r := news.Reader{Account: news.AccountID(words[1] + ":7"), Chat: news.ChatID(words[0]), Kind: news.Private, Pace: news.PaceBreaking, Breaking: true}
	for slug := range strings.SplitSeq(words[2], ",") {
		r.Follows = append(r.Follows, news.Slug(slug))
	}
	_, err := w.store.Commit(w.ctx, talk.Commit{Account: r.Account, At: w.now, Chat: r.Chat, Kind: r.Kind, Reader: &r, Join: &talk.Consent{How: "chat", Words: "w"}})
	w.must(err)
}
