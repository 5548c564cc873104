package whatsapp_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/bots/whatsapp"
)

func TestFetcher(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/ok", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("page")) })
	mux.HandleFunc("/big", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(strings.Repeat("x", 101))) })
	mux.Handle("/away", http.RedirectHandler("ftp://127.0.0.1/", http.StatusFound))
	mux.Handle("/round", http.RedirectHandler("/round", http.StatusFound))
	site := httptest.NewServer(mux)
	defer site.Close()
	local := &whatsapp.Fetcher{Private: true, Size: 100}
	if data, err := local.Get(t.Context(), site.URL+"/ok"); err != nil || string(data) != "page" {
		t.Errorf("Get gives %q, %v", data, err)
	}
	for address, want := range map[string]error{
		site.URL + "/big": whatsapp.ErrTooBig, site.URL + "/away": whatsapp.ErrAddress, site.URL + "/round": whatsapp.ErrAddress,
		"file:///etc/passwd": whatsapp.ErrAddress, "ftp://x/": whatsapp.ErrAddress, "https://user@x/": whatsapp.ErrAddress, "": whatsapp.ErrAddress,
	} {
		if _, err := local.Get(t.Context(), address); !errors.Is(err, want) {
			t.Errorf("%q gives %v", address, err)
		}
	}
	if _, err := local.Get(t.Context(), site.URL+"/none"); err == nil {
		t.Error("a page that is not there was found")
	}
	public := new(whatsapp.Fetcher)
	port := site.URL[strings.LastIndex(site.URL, ":"):]
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "10.1.2.3", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "[64:ff9b::a00:1]", "[::ffff:127.0.0.1]"} {
		if _, err := public.Get(t.Context(), "http://"+host+port+"/ok"); !errors.Is(err, whatsapp.ErrAddress) {
			t.Errorf("%s gives %v", host, err)
		}
	}
}
