package telegramtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// The real server's bound for an upload is 50 MB.
const maxBody = 52 << 20

// File is the content of an upload or of a fetched URL.
type File struct {
	Name string // as the bot named it
	Type string // MIME type; may be empty
	Data []byte
}

// request is a call's parameters, whichever way they were encoded.
type request struct {
	params map[string]string
	files  map[string]File
}

func readRequest(r *http.Request) (*request, error) {
	req := &request{params: map[string]string{}}
	for key, values := range r.URL.Query() {
		req.params[key] = values[0]
	}
	if r.Body == nil || r.Method == http.MethodGet {
		return req, nil
	}
	body := http.MaxBytesReader(nil, r.Body, maxBody)
	kind, options, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "multipart/form-data":
		return req, req.readMultipart(body, options["boundary"])
	case "application/x-www-form-urlencoded":
		return req, req.readForm(body)
	case "application/json":
		return req, req.readJSON(body)
	}
	return req, nil // the real server ignores a body it doesn't know
}

func (q *request) readMultipart(body io.Reader, boundary string) error {
	data, err := io.ReadAll(body)
	if err != nil || len(data) == 0 {
		return err // an empty form is a form without parameters
	}
	form := multipart.NewReader(bytes.NewReader(data), boundary)
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		if part.FileName() == "" {
			q.params[part.FormName()] = string(content)
			continue
		}
		if q.files == nil {
			q.files = map[string]File{}
		}
		q.files[part.FormName()] = File{Name: part.FileName(), Type: part.Header.Get("Content-Type"), Data: content}
	}
}

func (q *request) readForm(body io.Reader) error {
	data, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	values, err := url.ParseQuery(string(data))
	for key := range values {
		q.params[key] = values.Get(key)
	}
	return err
}

func (q *request) readJSON(body io.Reader) error {
	data, err := io.ReadAll(body)
	if err != nil || len(data) == 0 {
		return err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	for key, raw := range fields {
		if string(raw) == "null" {
			continue
		}
		if raw[0] != '"' {
			q.params[key] = string(raw)
			continue
		}
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return err
		}
		q.params[key] = text
	}
	return nil
}

// number is 0 for a parameter that is absent or not a number, as the real
// server reads it.
func (q *request) number(key string) int64 {
	n, _ := strconv.ParseInt(strings.TrimSpace(q.params[key]), 10, 64)
	return n
}

func (q *request) truth(key string) bool {
	switch strings.ToLower(strings.TrimSpace(q.params[key])) {
	case "true", "yes", "1":
		return true
	}
	return false
}

// drain empties and closes a request's body: clients that feed it from a pipe
// hang otherwise.
func drain(r *http.Request) {
	if r.Body != nil {
		_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxBody))
		_ = r.Body.Close()
	}
}
