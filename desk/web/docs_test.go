package web_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/textproto"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// example is a call of the documentation and the answer that it promises.
type example struct {
	method, path, body string
	headers            []string
	status             string
	answered           textproto.MIMEHeader
	json               string
}

// TestDocs plays every example of docs/api.md, in order, on one door over a real
// store: status, headers and body are what the page says.
func TestDocs(t *testing.T) {
	text, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	s := newStand(t).known()
	played := 0
	for _, block := range regexp.MustCompile("(?s)```console\n(\\$ curl.*?)```").FindAllStringSubmatch(string(text), -1) {
		e := readExample(t, block[1], s.token)
		w := s.call(e.method, e.path, e.body, e.headers...)
		if got := http.StatusText(w.Code); !strings.HasSuffix(e.status, got) || !strings.HasPrefix(e.status, "HTTP/1.1 ") {
			t.Errorf("%s %s: said %d, and the page says %s\n%s", e.method, e.path, w.Code, e.status, w.Body)
		}
		for name := range e.answered {
			if got, want := w.Header().Get(name), e.answered.Get(name); got != want {
				t.Errorf("%s %s: %s is %q, and the page says %q", e.method, e.path, name, got, want)
			}
		}
		var got, want any
		if err := json.Unmarshal([]byte(e.json), &want); err != nil {
			t.Errorf("the page has %s: %v", e.json, err)
		}
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s %s: said\n%s\nand the page says\n%s", e.method, e.path, w.Body, e.json)
		}
		played++
	}
	if played < 9 {
		t.Errorf("played %d examples only", played)
	}
}

// TestDocsExplainEveryCode: where a problem's type points to, there is a word
// about it.
func TestDocsExplainEveryCode(t *testing.T) {
	text, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("problem.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := regexp.MustCompile(`code\{"([a-z-]+)", http`).FindAllStringSubmatch(string(source), -1)
	for _, c := range codes {
		if !strings.Contains(string(text), "\n### "+c[1]+"\n") {
			t.Errorf("docs/api.md does not explain %s", c[1])
		}
	}
	if len(codes) < 15 {
		t.Errorf("found %d codes only", len(codes))
	}
}

// readExample takes a block of the page apart: a call of curl, and what comes
// back.
func readExample(t *testing.T, block, token string) (e example) {
	t.Helper()
	command, answer, ok := strings.Cut(block, "\nHTTP/")
	if !ok {
		t.Fatalf("an example without an answer:\n%s", block)
	}
	e.method = http.MethodGet
	words := shellWords(strings.ReplaceAll(strings.TrimPrefix(command, "$ "), "$NASHRA_TOKEN", token))
	e.headers = []string{"Content-Type", "", "Authorization", ""}
	for i := 1; i < len(words); i++ {
		value := func() string { i++; return words[i] }
		switch w := words[i]; w {
		case "-i":
		case "-X":
			e.method = value()
		case "-H":
			name, v, _ := strings.Cut(value(), ": ")
			e.headers = append(e.headers, name, v)
		case "-d":
			e.body = value()
			e.method = http.MethodPost
		default:
			e.path = strings.TrimPrefix(w, "http://127.0.0.1:8080")
		}
	}
	head, body, _ := strings.Cut("HTTP/"+answer, "\n\n")
	status, headers, _ := strings.Cut(head+"\n", "\n")
	e.status, e.json = status, body
	var err error
	if e.answered, err = textproto.NewReader(bufio.NewReader(strings.NewReader(headers + "\n"))).ReadMIMEHeader(); err != nil {
		t.Fatalf("the headers of an example: %v\n%s", err, block)
	}
	return e
}

// shellWords parts a command as a shell does: quotes of both kinds, and lines
// that go on behind a backslash.
func shellWords(command string) (words []string) {
	for _, m := range regexp.MustCompile(`'([^']*)'|"([^"]*)"|([^\s\\]+)`).FindAllStringSubmatch(command, -1) {
		words = append(words, m[1]+m[2]+m[3])
	}
	return words
}
