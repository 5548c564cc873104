package feed

import (
	"errors"
	"regexp"
	"strings"
)

var (
	feedRoot  = regexp.MustCompile(`<(?:[\w.-]+:)?(rss|feed|RDF)(?:\s[^<>]*)?>`)
	itemStart = regexp.MustCompile(`<(item|entry)[\s>]`)
	htmlStart = regexp.MustCompile(`(?i)^\s*(?:<\?xml[^>]*\?>|<!--.*?-->|\s)*(?:<!doctype\s+html|<html[\s>])`)
)

// maxItems is how many articles one document may hold.
const maxItems = 2000

// maxCategories is how many categories and tags one of them may have.
const maxCategories = 100

var (
	errHTML  = errors.New("a web page, not a feed")
	errItems = errors.New("its items are not kept apart")
	errEmpty = errors.New("empty")
	errKind  = errors.New("neither a feed nor WordPress's posts")
)

func looksHTML(body []byte) bool {
	return htmlStart.Match(body[:min(len(body), 4096)])
}

// xmlFeed returns an XML feed from its root on, under a declaration that is
// true: s is UTF-8 by now. What stands before the root, such as a warning of
// PHP, is cut.
func xmlFeed(s string) (string, error) {
	if htmlStart.MatchString(s[:min(len(s), 4096)]) {
		return "", errHTML
	}
	at := feedRoot.FindStringIndex(s)
	if at == nil {
		return "", errKind
	}
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + s[at[0]:], nil
}

// pieces takes a broken feed apart: each complete item under the feed's own
// root, so that one can be read without the others. The end of a feed that
// was cut is lost with the item it was in.
func pieces(s string) []string {
	root := feedRoot.FindStringSubmatchIndex(s)
	if root == nil || root[1]-root[0] > 16<<10 { // it is repeated for each item
		return nil
	}
	head, name := s[root[0]:root[1]], s[root[2]:root[3]]
	tag := strings.TrimPrefix(strings.Fields(strings.Trim(head, "<>"))[0], "<")
	open, end := head, "</"+tag+">"
	if name == "rss" {
		open, end = head+"<channel>", "</channel>"+end
	}
	var out []string
	for rest := s[root[1]:]; len(out) < maxItems; {
		at := itemStart.FindStringSubmatchIndex(rest)
		if at == nil {
			break
		}
		rest = rest[at[0]:]
		item := rest[at[2]-at[0] : at[3]-at[0]]
		stop := strings.Index(rest, "</"+item+">")
		if stop < 0 {
			break
		}
		stop += len("</" + item + ">")
		from := 0 // an item that begins before the last one ended is the broken one
		for _, inner := range itemStart.FindAllStringIndex(rest[1:stop], -1) {
			from = inner[0] + 1
		}
		out = append(out, open+rest[from:stop]+end)
		rest = rest[stop:]
	}
	return out
}
