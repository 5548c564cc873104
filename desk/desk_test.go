package desk_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

type press struct{ got []news.Broadcast }

func (p *press) Publish(_ context.Context, b news.Broadcast) (news.BroadcastID, error) {
	p.got = append(p.got, b)
	return news.BroadcastID(len(p.got)), nil
}

func newDesk(p *press) *desk.Desk {
	tree := news.NewTree([]news.Section{{Slug: "news", Name: "أخبار"}, {Slug: "weather", Parent: "news", Name: "الطقس"}})
	return &desk.Desk{
		Publisher: p, Tree: func() news.Tree { return tree },
		Now: func() time.Time { return time.Date(2025, 11, 23, 10, 0, 0, 0, time.UTC) },
	}
}

func TestAlertReachesReadersOfParents(t *testing.T) {
	p := &press{}
	id, err := newDesk(p).Send(t.Context(), desk.Alert{Words: " \u202eإغلاق الطريق\u202c ", Sections: []news.Slug{"weather"}, Link: "https://n.example/1"})
	if err != nil || id != 1 {
		t.Fatalf("%d %v", id, err)
	}
	b := p.got[0]
	if b.Words != "إغلاق الطريق" {
		t.Errorf("words %q", b.Words)
	}
	if b.Kind != news.Breaking || !slices.Equal(b.Audience.Sections, []news.Slug{"news", "weather"}) || b.Audience.Everyone {
		t.Errorf("kind %s for %+v", b.Kind, b.Audience)
	}
	if !b.Expires.After(b.Published) || !b.Since.Before(b.Published) {
		t.Errorf("since %v, published %v, expires %v", b.Since, b.Published, b.Expires)
	}
}

func TestAlertIsRefused(t *testing.T) {
	some := []news.Slug{"news"}
	for name, a := range map[string]desk.Alert{
		"no words":         {Sections: some},
		"only marks":       {Words: "\u200f\u202e \n", Sections: some},
		"too long":         {Words: strings.Repeat("أ", desk.MaxWords+1), Sections: some},
		"nobody":           {Words: "خبر"},
		"both":             {Words: "خبر", Sections: some, Everyone: true},
		"unknown section":  {Words: "خبر", Sections: []news.Slug{"sport"}},
		"not a link":       {Words: "خبر", Sections: some, Link: "n.example/1"},
		"a dangerous link": {Words: "خبر", Sections: some, Link: "javascript:alert(1)"},
	} {
		p := &press{}
		_, err := newDesk(p).Send(t.Context(), a)
		if reason, refused := desk.Refused(err); !refused || reason == "" {
			t.Errorf("%s: %v", name, err)
		}
		if len(p.got) != 0 {
			t.Errorf("%s: sent all the same", name)
		}
	}
}
