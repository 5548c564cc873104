package wire

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestPagesOfOutside gets pictures and pages that an article names: from the
// source's own host, wherever that is, and from nothing else that is private.
func TestPagesOfOutside(t *testing.T) {
	asked := 0
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("picture")) }))
	defer site.Close()
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer inside.Close()
	port := inside.URL[strings.LastIndex(inside.URL, ":"):]

	p := &Program{fetcher: NewFetcher(nil, time.Now, "test")}
	p.plan.Store(&Plan{Sources: []SourcePlan{
		{SourceConfig: SourceConfig{Name: "public", URL: "https://news.example/"}},
		{SourceConfig: SourceConfig{Name: "here", URL: site.URL + "/feed/"}},
	}})
	if data, err := p.page(t.Context(), site.URL+"/1.jpg"); err != nil || string(data) != "picture" {
		t.Errorf("the source's own: %q, %v", data, err)
	}
	for _, address := range []string{
		inside.URL + "/admin", "http://localhost" + port + "/", "http://[::ffff:127.0.0.1]" + port + "/", "http://[64:ff9b::7f00:1]" + port + "/",
		"http://127.1" + port + "/", "http://2130706433" + port + "/", "",
	} {
		if data, err := p.page(t.Context(), address); err == nil {
			t.Errorf("%s gives %d bytes", address, len(data))
		}
	}
	if asked > 0 {
		t.Errorf("what is private was asked %d times", asked)
	}
}
