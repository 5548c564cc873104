package editor

import (
	"fmt"
	"maps"
	"slices"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/news/arabic"
)

// mostProposals of one source are listed at once, the oldest first: a site that
// calls everything urgent hides no other one's.
const mostProposals = 10

// proposals lists what waits; what is left out is counted, by source.
func (t *turn) proposals(waiting []desk.Proposal) (lines []string) {
	w := t.door.phrases
	listed := map[news.SourceID]int{}
	for _, p := range waiting {
		if listed[p.Article.Source]++; listed[p.Article.Source] <= mostProposals || p.Article.Source == "" {
			lines = append(lines, put(w.Proposal, "n", fmt.Sprint(p.ID), "words", brief(p.Article.Title)))
		}
	}
	for _, source := range slices.Sorted(maps.Keys(listed)) {
		if more := listed[source] - mostProposals; more > 0 && source != "" {
			lines = append(lines, put(w.ProposalsMore, "source", string(source), "n", arabic.Number(more)))
		}
	}
	if len(lines) == 0 {
		lines = append(lines, w.NoProposals)
	}
	return lines
}
