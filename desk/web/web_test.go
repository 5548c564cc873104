package web_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/desk/web"
	"github.com/nashra-bot/nashra/news"
)

// open serves acts on a socket until the test ends.
func open(t *testing.T, acts web.Acts) (*web.Client, string) {
	t.Helper()
	folder, err := os.MkdirTemp("", "nashra") // a short path: sockets take about a hundred bytes
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "s")
	if err := os.WriteFile(path, []byte("left behind"), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- web.Serve(ctx, path, web.Handler(acts), slog.New(slog.DiscardHandler)) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("the socket ended with %v", err)
		}
		os.RemoveAll(folder)
	})
	client := web.Dial(path)
	for {
		err := client.Call(t.Context(), http.MethodGet, "/v1/ready", nil, nil)
		if !errors.Is(err, web.ErrNotRunning) && err != nil {
			return client, path
		}
	}
}

func TestAlertThroughTheSocket(t *testing.T) {
	var got desk.Alert
	client, path := open(t, web.Acts{Alert: func(_ context.Context, a desk.Alert) (news.BroadcastID, error) {
		got = a
		if a.Words == "" {
			return 0, &desk.RefusedError{Reason: "the alert has no words"}
		}
		return 7, nil
	}})
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the socket is %v, %v", info.Mode(), err)
	}
	var sent web.Sent
	in := desk.Alert{Words: "خبر", Sections: []news.Slug{"news"}, Silent: true}
	if err := client.Call(t.Context(), http.MethodPost, "/v1/alerts", in, &sent); err != nil || sent.Broadcast != 7 {
		t.Errorf("%+v %v", sent, err)
	}
	if got.Words != in.Words || !got.Silent || len(got.Sections) != 1 {
		t.Errorf("%+v arrived", got)
	}
	err := client.Call(t.Context(), http.MethodPost, "/v1/alerts", desk.Alert{}, &sent)
	if reason, refused := desk.Refused(err); !refused || reason != "the alert has no words" {
		t.Errorf("said %v", err)
	}
	err = client.Call(t.Context(), http.MethodPost, "/v1/alerts", strings.NewReader(`{"words":"x","everybody":true}`), &sent)
	if _, refused := desk.Refused(err); !refused {
		t.Errorf("a setting that is not there was taken: %v", err)
	}
}

func TestOtherActs(t *testing.T) {
	var imported string
	var control web.Control
	client, _ := open(t, web.Acts{
		Import: func(_ context.Context, csv io.Reader) (any, error) {
			data, err := io.ReadAll(csv)
			imported = string(data)
			return map[string]int{"Added": 2}, err
		},
		Control: func(_ context.Context, id news.BroadcastID, s news.State) error {
			control = web.Control{Broadcast: id, State: s}
			return nil
		},
		Backup: func(context.Context, string) error { return errors.New("the disk is full") },
		Reload: func(context.Context) error { return nil },
		Status: func(context.Context) (any, error) { return map[string]string{"Version": "test"}, nil },
		Places: func(context.Context) (any, error) { return []string{"a channel"}, nil },
	})
	var added struct{ Added int }
	if err := client.Call(t.Context(), http.MethodPost, "/v1/import", strings.NewReader("a,b\n"), &added); err != nil || added.Added != 2 || imported != "a,b\n" {
		t.Errorf("%v, %q, %v", added, imported, err)
	}
	if err := client.Call(t.Context(), http.MethodPost, "/v1/control", web.Control{Broadcast: 3, State: news.Paused}, nil); err != nil || control.State != news.Paused || control.Broadcast != 3 {
		t.Errorf("%+v %v", control, err)
	}
	if err := client.Call(t.Context(), http.MethodPost, "/v1/control", web.Control{State: "sleeping"}, nil); err == nil {
		t.Error("a state that is none was taken")
	}
	err := client.Call(t.Context(), http.MethodPost, "/v1/backup", web.Backup{Path: "/x"}, nil)
	if _, refused := desk.Refused(err); refused || err == nil || err.Error() != "the disk is full" {
		t.Errorf("said %v", err)
	}
	if err := client.Call(t.Context(), http.MethodPost, "/v1/reload", nil, nil); err != nil {
		t.Error(err)
	}
	var status struct{ Version string }
	if err := client.Call(t.Context(), http.MethodGet, "/v1/status", nil, &status); err != nil || status.Version != "test" {
		t.Errorf("%v %v", status, err)
	}
	var places []string
	if err := client.Call(t.Context(), http.MethodGet, "/v1/channels", nil, &places); err != nil || len(places) != 1 {
		t.Errorf("%v %v", places, err)
	}
}

func TestNobodyAnswers(t *testing.T) {
	err := web.Dial(filepath.Join(t.TempDir(), "s")).Call(t.Context(), http.MethodGet, "/v1/status", nil, nil)
	if !errors.Is(err, web.ErrNotRunning) {
		t.Errorf("said %v", err)
	}
}
