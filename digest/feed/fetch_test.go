package feed_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/digest/feed"
	"github.com/nashra-bot/nashra/digest/feed/feedtest"
)

// TestFetcherTimesOut uses the bubble's clock: nobody waits.
func TestFetcherTimesOut(t *testing.T) {
	for name, fault := range map[string]feedtest.Fault{"no answer": feedtest.Timeout(), "slow body": feedtest.Slow(100, time.Second)} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				site := &feedtest.Site{Base: "https://news.example"}
				site.Publish(feedtest.Post{Title: "خبر", Content: "<p>نص</p>"})
				site.Misbehave(feedtest.All, fault)
				f := &feed.Fetcher{Transport: feedtest.Transport{Handler: site}}
				start := time.Now()
				_, err := f.Get(t.Context(), feed.Request{URL: "https://news.example/feed/"})
				var p *feed.Problem
				if !errors.As(err, &p) || !strings.Contains(p.Reason, "in time") || time.Since(start) != 30*time.Second {
					t.Errorf("after %v: %v", time.Since(start), err)
				}
			})
		})
	}
}

// TestFetcherIsPolite asks one host from many sides at once.
func TestFetcherIsPolite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		site := &feedtest.Site{Base: "https://news.example"}
		site.Misbehave(feedtest.All, feedtest.Slow(1, 2*time.Second))
		f := &feed.Fetcher{Transport: feedtest.Transport{Handler: site}}
		start := time.Now()
		done := make(chan error)
		for range 4 {
			go func() {
				_, err := f.Get(t.Context(), feed.Request{URL: "https://news.example/"})
				done <- err
			}()
		}
		go func() {
			_, err := f.Get(t.Context(), feed.Request{URL: "https://other.example/"})
			if took := time.Since(start); took != 2*time.Second {
				t.Errorf("another host waited %v", took)
			}
			done <- err
		}()
		for range 5 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if took := time.Since(start); took != 11*time.Second { // 4 × 2 s and 3 gaps
			t.Errorf("took %v", took)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := f.Get(ctx, feed.Request{URL: "https://news.example/"}); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	})
}

func TestFetcherKeepsSecrets(t *testing.T) {
	site := &feedtest.Site{}
	site.Misbehave(feedtest.All, feedtest.Cut())
	f := &feed.Fetcher{Transport: feedtest.Transport{Handler: site}, Gap: -1}
	for _, u := range []string{"https://ali:hunter2@news.example/feed/?key=hunter2&paged=2", "https://news.example/%zz?key=hunter2", "ftp://ali:hunter2@news.example/"} {
		_, err := f.Get(t.Context(), feed.Request{URL: u})
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("error is %v", err)
		}
	}
}

func TestFetcherSaysWhoItIs(t *testing.T) {
	var got http.Header
	f := &feed.Fetcher{Agent: feed.UserAgent("1.2"), Gap: -1, Transport: feedtest.Transport{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r.Header.Clone()
		_, _ = w.Write([]byte("x"))
	})}}
	_, err := f.Get(t.Context(), feed.Request{URL: "https://news.example/", ETag: `W/"a b"`, LastModified: "yesterday"})
	if err != nil {
		t.Fatal(err)
	}
	if got.Get("User-Agent") != "Nashra/1.2 (+https://github.com/nashra-bot/nashra)" || got.Get("If-None-Match") != `W/"a b"` || got.Get("If-Modified-Since") != "yesterday" {
		t.Errorf("headers %v", got)
	}
}

// TestFetcherGuardsRealConnections runs over loopback: a source there is
// fine, being sent there from elsewhere is not.
func TestFetcherGuardsRealConnections(t *testing.T) {
	site := &feedtest.Site{Name: "محلي"}
	site.Publish(feedtest.Post{Title: "خبر", Content: "<p>نص</p>"})
	address := serve(t, site)
	f := &feed.Fetcher{}
	if _, err := f.Get(t.Context(), feed.Request{URL: address + "/feed/"}); err != nil {
		t.Errorf("a source on this machine: %v", err)
	}
	_, err := f.Get(t.Context(), feed.Request{URL: address + "/feed/", Origin: "https://news.example/"})
	var p *feed.Problem
	if !errors.As(err, &p) || !strings.Contains(p.Reason, "private address") {
		t.Errorf("sent here from elsewhere: %v", err)
	}
	for _, origin := range []string{"", address} {
		_, err := f.Get(t.Context(), feed.Request{URL: address + "/feed/", Origin: origin, Public: true})
		if !errors.As(err, &p) || !strings.Contains(p.Reason, "private address") {
			t.Errorf("an address from outside: %v", err)
		}
	}
	for _, fault := range []feedtest.Fault{feedtest.Cut(), feedtest.Huge(11 << 20), feedtest.Truncated(0.5)} {
		site.Behave()
		site.Misbehave(feedtest.All, fault)
		a, err := f.Get(t.Context(), feed.Request{URL: address + "/feed/"})
		if err == nil && !a.Cut {
			t.Errorf("no error, %d bytes", len(a.Body))
		}
	}
	site.Behave()
	f.MaxBytes = 100
	if _, err := f.Get(t.Context(), feed.Request{URL: address + "/feed/"}); !errors.Is(err, feed.ErrTooLarge) {
		t.Errorf("cap: %v", err)
	}
}

// TestFetcherCapsWhatUnpacks packs 50 MB into a few kilobytes.
func TestFetcherCapsWhatUnpacks(t *testing.T) {
	packed := gzipped(bytes.Repeat([]byte("<item></item>"), 50<<20/13))
	for _, encoded := range []bool{true, false} {
		address := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if encoded {
				w.Header().Set("Content-Encoding", "gzip")
			}
			_, _ = w.Write(packed)
		}))
		if _, err := new(feed.Fetcher).Get(t.Context(), feed.Request{URL: address}); !errors.Is(err, feed.ErrTooLarge) {
			t.Errorf("encoded %v: %v", encoded, err)
		}
	}
}
