package main

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/digest/feed/feedtest"
	"github.com/nashra-bot/nashra/news/arabic"
)

//go:embed page
var pageFiles embed.FS

// urgentSlug is the site's category of breaking news.
const urgentSlug = "urgent"

// state is everything that the page shows.
type state struct {
	Ready  bool                 `json:"ready"` // the program has read the site
	Zone   string               `json:"zone"`
	Now    string               `json:"now"`
	Next   string               `json:"next"`
	Site   siteState            `json:"site"`
	Phones map[string]phoneView `json:"phones"`
}

type siteState struct {
	Name       string         `json:"name"`
	Open       bool           `json:"open"` // articles can be published here
	Categories []siteCategory `json:"categories"`
	Articles   []siteArticle  `json:"articles"`
}

type siteCategory struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

type siteArticle struct {
	Title     string    `json:"title"`
	Lead      string    `json:"lead"`
	URL       string    `json:"url"`
	Section   string    `json:"section"`
	Urgent    bool      `json:"urgent"`
	Published time.Time `json:"published"`
}

func (s *stage) page(mux *http.ServeMux) {
	files, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic(err) // the folder is embedded under this name
	}
	mux.Handle("/", http.FileServerFS(files))
	mux.HandleFunc("GET /events", s.events)
	mux.HandleFunc("POST /say", act(s.say))
	mux.HandleFunc("POST /press", act(s.press))
	mux.HandleFunc("POST /publish", act(s.publish))
	mux.HandleFunc("POST /clock", act(s.forward))
}

// events pushes the state when it changes, and once a second for the clock.
func (s *stage) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	control := http.NewResponseController(w)
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for last := ""; ; {
		changed := s.changed.next()
		now, err := s.state(r.Context())
		if err != nil {
			return
		}
		text, err := json.Marshal(now)
		if err != nil {
			return
		}
		if string(text) != last {
			last = string(text)
			if _, err := fmt.Fprintf(w, "data: %s\n\n", text); err != nil || control.Flush() != nil {
				return
			}
		}
		select {
		case <-changed:
		case <-tick.C:
		case <-r.Context().Done():
			return
		}
	}
}

func (s *stage) state(ctx context.Context) (state, error) {
	room := s.program.Newsroom()
	now := s.clock.Now().In(room.Zone)
	out := state{
		Zone: room.Zone.String(), Now: arabic.Date(now) + " · " + arabic.Clock(now),
		Phones: map[string]phoneView{},
	}
	for name, p := range s.phones {
		out.Phones[name] = p.View()
	}
	if turn, ok := room.Calendar.Next(now); ok {
		out.Next = room.Calendar.Label(turn.Slot) + " · " + arabic.Clock(turn.At)
	}
	read, err := s.store.Latest(ctx, nil, 1)
	if err != nil {
		return out, err
	}
	out.Ready = len(read) > 0
	out.Site, err = s.siteState(ctx)
	return out, err
}

// siteState shows the site as it is, or what was read of a real one.
func (s *stage) siteState(ctx context.Context) (siteState, error) {
	room := s.program.Newsroom()
	out := siteState{Name: room.Name, Open: s.site != nil}
	if s.site == nil {
		articles, err := s.store.Latest(ctx, nil, 24)
		for _, a := range articles {
			out.Articles = append(out.Articles, siteArticle{
				Title: a.Title, Lead: a.Lead, URL: a.URL, Section: room.Tree.Name(a.Section), Urgent: a.Urgent, Published: a.Published,
			})
		}
		return out, err
	}
	names := map[int]feedtest.Category{}
	for _, c := range s.site.Categories() {
		names[c.ID] = c
		if c.Slug != urgentSlug {
			out.Categories = append(out.Categories, siteCategory{Slug: c.Slug, Name: c.Name})
		}
	}
	for _, p := range s.site.Posts() {
		a := siteArticle{Title: p.Title, Lead: p.Excerpt, URL: postURL("", p.ID), Published: p.Published}
		for _, id := range p.Categories {
			if names[id].Slug == urgentSlug {
				a.Urgent = true
			} else {
				a.Section = names[id].Name
			}
		}
		out.Articles = append(out.Articles, a)
	}
	return out, nil
}

// act answers a small JSON request of the page; an error is a sentence to show.
func act[In any](do func(context.Context, In) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in In
		var out any
		err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&in)
		if err == nil {
			out, err = do(r.Context(), in)
		}
		if err != nil {
			out = map[string]string{"error": err.Error()}
		} else if out == nil {
			out = struct{}{}
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_ = json.NewEncoder(w).Encode(out)
	}
}

type sayRequest struct{ Phone, Text string }

func (s *stage) say(_ context.Context, in sayRequest) (any, error) {
	if p, ok := s.phones[in.Phone]; ok {
		p.Say(in.Text)
	}
	return nil, nil
}

type pressRequest struct{ Phone, Message, Data string }

func (s *stage) press(ctx context.Context, in pressRequest) (any, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	p, ok := s.phones[in.Phone]
	if !ok {
		return nil, nil
	}
	toast, err := p.Press(ctx, in.Message, in.Data)
	return map[string]string{"toast": toast}, err
}

type publishRequest struct {
	Title, Body, Category string
	Urgent                bool
}

// publish puts an article on the site, as an editor does in WordPress.
func (s *stage) publish(_ context.Context, in publishRequest) (any, error) {
	if s.site == nil || strings.TrimSpace(in.Title) == "" || strings.TrimSpace(in.Body) == "" {
		return nil, errNothingToPublish
	}
	var categories []int
	for _, c := range s.site.Categories() {
		if c.Slug == in.Category || in.Urgent && c.Slug == urgentSlug {
			categories = append(categories, c.ID)
		}
	}
	paragraphs := strings.ReplaceAll(html.EscapeString(strings.TrimSpace(in.Body)), "\n", "</p><p>")
	s.site.Publish(feedtest.Post{Title: in.Title, Content: "<p>" + paragraphs + "</p>", Excerpt: arabic.Lead(in.Body, 200), Categories: categories})
	s.changed.ring()
	return nil, nil
}

// forward moves the clock to the next digest hour.
func (s *stage) forward(context.Context, struct{}) (any, error) {
	room := s.program.Newsroom()
	if turn, ok := room.Calendar.Next(s.clock.Now().In(room.Zone)); ok {
		s.clock.moveTo(turn.At.Add(time.Second))
		s.program.Woken()
		s.changed.ring()
	}
	return nil, nil
}

// postURL is the address of an article on the page's own server.
func postURL(base string, id int) string { return fmt.Sprintf("%s/site/?p=%d", base, id) }
