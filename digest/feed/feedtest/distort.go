package feedtest

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// Empty answers with a feed, or a list, without articles.
func Empty() Fault {
	return rewrite(func(w http.ResponseWriter, a *answer) {
		body := a.body.String()
		if strings.HasPrefix(body, "[") {
			body = "[]"
		}
		body = item.ReplaceAllString(body, "")
		w.Header().Del("ETag")
		w.Header().Del("Last-Modified")
		_, _ = w.Write([]byte(body))
	})
}

// Undated leaves out every date.
func Undated() Fault {
	return rewrite(func(w http.ResponseWriter, a *answer) {
		body := date.ReplaceAllString(a.body.String(), "")
		body = jsonDate.ReplaceAllString(body, `"$1":"0000-00-00T00:00:00"`)
		_, _ = w.Write([]byte(body))
	})
}

// Untitled leaves out every title of an article.
func Untitled() Fault {
	return rewrite(func(w http.ResponseWriter, a *answer) {
		body := item.ReplaceAllStringFunc(a.body.String(), func(s string) string { return title.ReplaceAllString(s, "<title></title>") })
		body = jsonTitle.ReplaceAllString(body, `"title":{"rendered":""}`)
		_, _ = w.Write([]byte(body))
	})
}

// SameID gives every article one and the same number.
func SameID() Fault {
	return rewrite(func(w http.ResponseWriter, a *answer) {
		body := guid.ReplaceAllString(a.body.String(), "?p=7</guid>")
		body = jsonID.ReplaceAllString(body, `"excerpt":$1,"id":7,`)
		_, _ = w.Write([]byte(body))
	})
}

// Mislabelled writes Windows-1256 under whatever label was there.
func Mislabelled() Fault {
	return rewrite(func(w http.ResponseWriter, a *answer) {
		encoder := encoding.ReplaceUnsupported(charmap.Windows1256.NewEncoder())
		body, err := encoder.Bytes(a.body.Bytes())
		if err != nil {
			panic(fmt.Sprintf("feedtest: %v", err))
		}
		w.Header().Set("Content-Type", "text/xml")
		_, _ = w.Write(body)
	})
}

var (
	item      = regexp.MustCompile(`(?s)\s*<(?:item|entry)>.*?</(?:item|entry)>`)
	date      = regexp.MustCompile(`\s*<(?:pubDate|published|updated)>[^<]*</[a-zA-Z]+>`)
	title     = regexp.MustCompile(`(?s)<title[^>]*>.*?</title>`)
	guid      = regexp.MustCompile(`\?p=\d+</guid>`)
	jsonDate  = regexp.MustCompile(`"(date|date_gmt|modified|modified_gmt)":"[^"]*"`)
	jsonTitle = regexp.MustCompile(`"title":\{"rendered":"(?:[^"\\]|\\.)*"\}`)
	jsonID    = regexp.MustCompile(`"excerpt":(\{[^{}]*\}),(?:"featured_media":\d+,)?(?:"guid":\{[^{}]*\},)?"id":\d+,`)
)
