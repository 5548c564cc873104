package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"unicode/utf8"
)

// largest bounds the body of a client's request.
const largest = 64 << 10

// read returns the body of a request, which has to be one JSON object that
// says every thing once.
func (c *call) read() ([]byte, error) {
	kind, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return nil, problem(codeNotJSON, "expected the header Content-Type: application/json")
	}
	body, err := io.ReadAll(c.r.Body)
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		return nil, problem(codeTooLarge, "the body has more than %d bytes", over.Limit)
	case err != nil:
		return nil, problem(codeBad, "the body ended early")
	case !utf8.Valid(body):
		return nil, problem(codeBad, "the body is not UTF-8")
	}
	return body, plainObject(body)
}

// plainObject refuses what is no JSON object, or says something twice: two
// readers could understand it in two ways.
func plainObject(body []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil || fields == nil {
		return problem(codeBad, "expected one JSON object")
	}
	d := json.NewDecoder(bytes.NewReader(body))
	_, _ = d.Token() // the brace
	seen := map[string]bool{}
	for d.More() {
		name, err := d.Token()
		var value json.RawMessage
		if err == nil {
			err = d.Decode(&value)
		}
		key, ok := name.(string)
		if err != nil || !ok || seen[key] {
			return problem(codeBad, "the body says %q twice", key)
		}
		seen[key] = true
	}
	return nil
}

// decode reads a body into in, whose fields are the only ones there may be,
// spelled as they are. Unicode's look-alikes of a name are none of ours.
func (c *call) decode(in any) error {
	body, err := c.read()
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(in); err != nil {
		return problem(codeBad, "the body is not what this address takes: %s", err)
	}
	var sent, known map[string]json.RawMessage
	again, err := json.Marshal(in)
	if err == nil {
		err = errors.Join(json.Unmarshal(body, &sent), json.Unmarshal(again, &known))
	}
	if err != nil {
		return problem(codeBad, "expected one JSON object")
	}
	for name := range sent {
		if _, ok := known[name]; !ok {
			return problem(codeBad, "there is no field %q", name)
		}
	}
	return nil
}
