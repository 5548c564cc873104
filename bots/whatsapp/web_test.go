package whatsapp_test

import (
	"bytes"
	"net/http"
)

var _ http.RoundTripper = pages(nil)

// pages is a web of pages by address.
type pages map[string]string

func (p pages) RoundTrip(q *http.Request) (*http.Response, error) {
	w := &bytes.Buffer{}
	status := http.StatusOK
	body, ok := p[q.URL.String()]
	if !ok {
		status = http.StatusNotFound
	}
	w.WriteString(body)
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: readCloser{w}, Request: q}, nil
}

type readCloser struct{ *bytes.Buffer }

func (readCloser) Close() error { return nil }
