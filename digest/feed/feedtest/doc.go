// Package feedtest is a news site like those that WordPress makes, for tests
// and for the demo: its API at both addresses, its feeds with their paging and
// their conditional requests, its pages, and the ways in which such sites
// misbehave.
//
// A Site is an http.Handler. In a test it is called in process through
// Site.Client, which opens no socket and so works under testing/synctest; the
// demo serves it on loopback.
//
//	site := &feedtest.Site{Base: "https://news.example"}
//	news := site.AddCategory(feedtest.Category{Name: "…", Slug: "news"})
//	id := site.Publish(feedtest.Post{Title: "…", Content: "<p>…</p>", Categories: []int{news}})
//	site.Misbehave(feedtest.API, feedtest.Challenge())
//
// It keeps to what WordPress's core answers: dates without a zone, titles with
// entities, errors by their codes, 304 only when both validators agree.
package feedtest
