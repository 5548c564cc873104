// Package feed brings a source's articles in: it asks politely, reads what
// comes back whatever its shape, cleans it, and hands it to the store.
//
//	Fetcher ── bytes ──▶ decode ── drafts ──▶ clean ── news.Article ──▶ Puller ──▶ Store
//	           (guarded)  wp-json, RSS, Atom, JSON Feed   plain text        sections
//
// A pull of a source asks its addresses in this order and stays with the
// first that answers:
//
//	wp-json ──blocked, silent, missing──▶ ?rest_route= ──▶ feed ──▶ the page's own feed links
//
// Each address has its own Memory. One that failed is not asked before its
// RetryAt, which doubles from a minute to six hours (Retry-After goes first),
// so a site that closes wp-json is read by its feed and asked again later. An
// address that never answered as WordPress costs one small request every six
// hours. The Memory under the source's own address sums up how the whole
// source is doing.
//
// Validators are written after the articles are stored: a crash in between
// costs one more download and no article.
//
// Clocks: RetryAt, the six hours of a full read and the dates of articles go
// by Now; time-outs and the gap between two requests to a host are monotonic.
//
// Everything that arrives is hostile until read: sizes, depths, redirects,
// private addresses and time are bounded, and no text leaves the package with
// markup, control characters, direction marks or links that are not http(s).
package feed
