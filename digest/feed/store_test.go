package feed_test

import (
	"context"
	"sync"

	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/news"
)

// shelf is a feed.Store that keeps the promises of the interface in memory.
type shelf struct {
	mu       sync.Mutex
	memory   map[string]feed.Memory
	articles []news.Article
	complete map[news.SourceID]bool
	pulls    []feed.Pull
	broken   error // what Pulled returns
}

func newShelf() *shelf {
	return &shelf{memory: map[string]feed.Memory{}, complete: map[news.SourceID]bool{}}
}

func (s *shelf) Memory(_ context.Context, source news.SourceID, url string) (feed.Memory, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.memory[string(source)+" "+url], nil
}

func (s *shelf) Remember(_ context.Context, source news.SourceID, url string, m feed.Memory) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.memory[string(source)+" "+url] = m
	return nil
}

func (s *shelf) Known(_ context.Context, source news.SourceID, keys []string) (map[string]bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := map[string]bool{}
	for _, k := range keys {
		if s.find(source, k) >= 0 {
			known[k] = true
		}
	}
	return known, nil
}

func (s *shelf) Pulled(_ context.Context, p feed.Pull) (feed.Taken, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken != nil {
		return feed.Taken{}, s.broken
	}
	var t feed.Taken
	s.pulls = append(s.pulls, p)
	for _, a := range p.Articles {
		if i := s.find(p.Source, a.Key); i >= 0 {
			a.ID, a.Archive = s.articles[i].ID, s.articles[i].Archive
			if a.Title != s.articles[i].Title || a.Body != s.articles[i].Body {
				t.Changed++
			}
			s.articles[i] = a
			continue
		}
		a.ID = news.ArticleID(len(s.articles) + 1)
		if a.Archive = a.Archive || !s.complete[p.Source]; a.Archive {
			t.Archive++
		} else {
			t.New = append(t.New, a.ID)
		}
		s.articles = append(s.articles, a)
	}
	s.complete[p.Source] = s.complete[p.Source] || p.Complete
	return t, nil
}

func (s *shelf) find(source news.SourceID, key string) int {
	for i, a := range s.articles {
		if a.Source == source && a.Key == key {
			return i
		}
	}
	return -1
}

func (s *shelf) titles() []string {
	var out []string
	for _, a := range s.articles {
		out = append(out, a.Title)
	}
	return out
}

func (s *shelf) last() feed.Pull { return s.pulls[len(s.pulls)-1] }
