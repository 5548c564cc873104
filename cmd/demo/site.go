package main

import (
	_ "embed"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"github.com/nashra-bot/nashra/digest/feed/feedtest"
	"github.com/nashra-bot/nashra/news/arabic"
)

//go:embed site/pages.html
var sitePages string

// sitePage is what a page of the site shows.
type sitePage struct {
	Base, Name, Title string
	Articles          []sitePost
}

type sitePost struct {
	Title, Lead, URL, Meta string
	Body                   template.HTML // our own sample, or escaped by publish
}

// newSite is the sample newsroom's site, with pages for people.
func newSite(c *clock, base string) (*feedtest.Site, error) {
	pages := template.Must(template.New("site").Parse(sitePages))
	sample, err := feedtest.NewSample(c.Now())
	if err != nil {
		return nil, fmt.Errorf("read the sample newsroom: %w", err)
	}
	site := &feedtest.Site{Base: base + "/site", Now: c.Now, PerFeed: 30}
	site.Fill(sample)
	show := func(w http.ResponseWriter, name, title string, posts []feedtest.Post) {
		page := sitePage{Base: base + "/site", Name: site.Name, Title: title}
		for _, p := range posts {
			page.Articles = append(page.Articles, sitePost{
				Title: p.Title, Lead: p.Excerpt, URL: postURL(base, p.ID), Meta: meta(site, p), Body: template.HTML(p.Content),
			})
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = pages.ExecuteTemplate(w, name, page)
	}
	site.Home = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		show(w, "home", site.Name, site.Posts())
	})
	site.Article = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p, ok := site.PostAt(r); ok {
			show(w, "article", p.Title, []feedtest.Post{p})
			return
		}
		http.NotFound(w, r)
	})
	return site, nil
}

// meta is the line above an article: its sections, its author, its hour.
func meta(site *feedtest.Site, p feedtest.Post) string {
	var parts []string
	for _, c := range site.Categories() {
		for _, id := range p.Categories {
			if c.ID == id {
				parts = append(parts, c.Name)
			}
		}
	}
	if p.Author != "" {
		parts = append(parts, p.Author)
	}
	return strings.Join(append(parts, arabic.Date(p.Published)+" "+arabic.Clock(p.Published)), " · ")
}
