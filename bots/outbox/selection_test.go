package outbox

import (
	"reflect"
	"testing"

	"github.com/nashra-bot/nashra/news"
)

func TestSelection(t *testing.T) {
	tree := news.NewTree([]news.Section{
		{Slug: "news"}, {Slug: "weather", Parent: "news"}, {Slug: "jobs"}, {Slug: "poetry"},
	})
	items := []news.Item{{Article: 5, Section: "weather"}, {Article: 9, Section: "news"}, {Article: 7, Section: "jobs"}}
	digest := news.Broadcast{Kind: news.Digest, Items: items, Audience: news.Audience{Sections: []news.Slug{"news", "weather", "jobs"}}}
	single := news.Broadcast{Kind: news.Single, Items: items[:1], Audience: news.Audience{Sections: []news.Slug{"news", "weather"}}}
	breaking := single
	breaking.Kind = news.Breaking
	everyone := news.Broadcast{Kind: news.Breaking, Items: items[:1], Audience: news.Audience{Everyone: true}}
	chosen := news.Broadcast{Kind: news.Breaking, Items: items[:1], Audience: news.Audience{Sections: []news.Slug{"jobs"}}}
	words := news.Broadcast{Kind: news.Breaking, Words: "x", Audience: news.Audience{Sections: []news.Slug{"jobs"}}}

	told := everyone
	told.Words = "x"
	important := chosen
	important.Audience.Important = true
	choosy, off := Recipient{ID: 1, Important: true}, Recipient{ID: 1, Off: true}

	for _, c := range []struct {
		name    string
		b       news.Broadcast
		follows []news.Slug
		floor   news.ArticleID
		had     []news.ArticleID
		want    []news.ArticleID
		send    bool
	}{
		{"one section", digest, []news.Slug{"jobs"}, 0, nil, []news.ArticleID{7}, true},
		{"a parent covers its children", digest, []news.Slug{"news"}, 0, nil, []news.ArticleID{5, 9}, true},
		{"a child does not cover its parent", digest, []news.Slug{"weather"}, 0, nil, []news.ArticleID{5}, true},
		{"the edition's order", digest, []news.Slug{"jobs", "news"}, 0, nil, []news.ArticleID{5, 9, 7}, true},
		{"behind the floor", digest, []news.Slug{"jobs", "news"}, 7, nil, []news.ArticleID{9}, true},
		{"what was sent before", digest, []news.Slug{"jobs", "news"}, 0, []news.ArticleID{9, 5, 4}, []news.ArticleID{7}, true},
		{"nothing new", digest, []news.Slug{"jobs"}, 0, []news.ArticleID{7}, nil, false},
		{"nothing for them", digest, []news.Slug{"poetry"}, 0, nil, nil, false},
		{"a single article behind the floor", single, []news.Slug{"news"}, 5, nil, nil, false},
		{"breaking news does not ask for the floor", breaking, []news.Slug{"news"}, 5, nil, []news.ArticleID{5}, true},
		{"breaking news that was sent before", breaking, []news.Slug{"news"}, 0, []news.ArticleID{5}, nil, false},
		{"everybody", everyone, []news.Slug{"poetry"}, 0, nil, []news.ArticleID{5}, true},
		{"for chosen readers, whatever its section", chosen, []news.Slug{"jobs"}, 0, nil, []news.ArticleID{5}, true},
		{"turned to another section meanwhile", chosen, []news.Slug{"poetry"}, 0, nil, nil, false},
		{"words are always new", words, []news.Slug{"jobs"}, 99, []news.ArticleID{5}, nil, true},
		{"words about an article that was sent before", told, []news.Slug{"jobs"}, 99, []news.ArticleID{5}, []news.ArticleID{5}, true},
	} {
		s := newSelector(c.b, tree)
		m := newMask(len(c.b.Items))
		send := s.choose(m, &Recipient{ID: 1, Follows: c.follows, Floor: c.floor}, s.mask(c.had))
		if got := s.articles(m); send != c.send || send && !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %v, %v", c.name, got, send)
		}
	}
	for _, c := range []struct {
		name string
		b    news.Broadcast
		to   Recipient
		send bool
	}{
		{"the important only, of another alert", chosen, choosy, false},
		{"the important only, of an important alert", important, choosy, true},
		{"the important only, of an alert to everybody", everyone, choosy, false},
		{"no breaking news, of an important alert", important, off, false},
		{"no breaking news, of an alert to everybody", told, off, false},
		{"no breaking news, of a digest", digest, off, true},
	} {
		s := newSelector(c.b, tree)
		c.to.Follows = []news.Slug{"jobs"}
		if send := s.choose(newMask(len(c.b.Items)), &c.to, newMask(len(c.b.Items))); send != c.send {
			t.Errorf("%s: got %v", c.name, send)
		}
	}
}

func TestHad(t *testing.T) {
	var items []news.Item
	for i := range 70 { // more than one word of a mask
		items = append(items, news.Item{Article: news.ArticleID(100 + i), Section: "jobs"})
	}
	s := newSelector(news.Broadcast{Kind: news.Digest, Items: items}, news.NewTree([]news.Section{{Slug: "jobs"}}))
	others := []Had{
		{Broadcast: 1, Variants: []Variant{{Version: 1, N: 0, Articles: []news.ArticleID{100, 3}}, {Version: 2, N: 0, Articles: []news.ArticleID{169}}},
			Receipts: EncodeReceipts([]Receipt{
				{Subscriber: 2, Outcome: news.Sent, Version: 1}, {Subscriber: 4, Outcome: news.Sent, Version: 2},
				{Subscriber: 5, Outcome: news.Failed, Version: 1}, {Subscriber: 7, Outcome: news.Unknown, Version: 1},
			})},
		{Broadcast: 2, Variants: []Variant{{Version: 1, N: 3, Articles: []news.ArticleID{150}}},
			Receipts: EncodeReceipts([]Receipt{{Subscriber: 4, Outcome: news.Sent, Version: 1, Variant: 3}, {Subscriber: 5, Outcome: news.Sent, Version: 1, Variant: 4}})},
	}
	masks, err := s.had([]Recipient{{ID: 1}, {ID: 4}, {ID: 5}, {ID: 7}}, others)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]news.ArticleID{nil, {150, 169}, nil, {100}}
	for i := range want {
		if got := s.articles(masks[i]); !reflect.DeepEqual(got, want[i]) {
			t.Errorf("recipient %d has %v, want %v", i, got, want[i])
		}
	}
	if _, err := s.had([]Recipient{{ID: 1}}, []Had{{Variants: others[0].Variants, Receipts: []byte("rubbish")}}); err == nil {
		t.Error("damaged receipts were taken for good ones")
	}
}
