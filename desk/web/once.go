package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/desk"
)

// Answers remember what a request was answered, so that whoever asks again with
// the same key gets the same answer. Keys belong to a client.
type Answers interface {
	// Asked writes a request down, unless the key is there: then it returns what
	// was answered, Status 0 while nothing was, or ErrOtherRequest when the hash
	// is another one. What is older than forget is forgotten first.
	Asked(ctx context.Context, client desk.EditorID, key string, hash []byte, at, forget time.Time) (Answer, error)

	// AnswerKept keeps the answer; Status 0 forgets the request.
	AnswerKept(ctx context.Context, client desk.EditorID, key string, a Answer) error
}

// Answer is a status and a body of JSON.
type Answer struct {
	Status int
	Body   []byte
}

// ErrOtherRequest says that a key belongs to another request.
var ErrOtherRequest = errors.New("the key belongs to another request")

// remembered is how long a key gets the same answer.
const remembered = 48 * time.Hour

// actTime bounds an act. It goes on when its client hangs up: half an act is
// worse than one that nobody waits for.
const actTime = 20 * time.Second

// request is a key of a client.
type request struct {
	client desk.EditorID
	key    string
}

// once does what a request asks for, once for each of the client's keys. The
// same request again gets the same answer, also after a restart; while the
// first is being answered it is refused. What the act makes carries anchor, so
// that a process that died before it could keep the answer finds it again.
// A refusal is not kept: nothing was done, and the key is free.
func (c *call) once(in any, act func(ctx context.Context, anchor string) (status int, out any, err error)) (int, any, error) {
	key, err := c.key()
	if err != nil {
		return 0, nil, err
	}
	if !c.begin(request{c.client.ID, key}) {
		return 0, nil, &Problem{code: codeBusyKey, Detail: "ask again in a moment", after: time.Second}
	}
	defer c.end(request{c.client.ID, key})
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.r.Context()), actTime)
	defer cancel()
	hash, err := c.hash(in)
	if err != nil {
		return 0, nil, err
	}
	now := c.Now()
	switch a, err := c.Answers.Asked(ctx, c.client.ID, key, hash, now, now.Add(-remembered)); {
	case errors.Is(err, ErrOtherRequest):
		return 0, nil, problem(codeOtherKey, "this key was used for another request: take a new one for each thing to do")
	case err != nil:
		return 0, nil, err
	case a.Status != 0:
		c.w.Header().Set("Idempotent-Replayed", "true")
		c.locate(a.Body)
		return a.Status, a.Body, nil
	}
	status, out, err := act(ctx, anchor(c.client.ID, key, hash))
	if err != nil {
		if _, refused := desk.Refused(err); refused {
			err = errors.Join(err, c.Answers.AnswerKept(ctx, c.client.ID, key, Answer{}))
		}
		return 0, nil, err
	}
	var body bytes.Buffer
	if err := json.NewEncoder(&body).Encode(out); err != nil {
		return 0, nil, fmt.Errorf("encode an answer: %w", err)
	}
	if err := c.Answers.AnswerKept(ctx, c.client.ID, key, Answer{Status: status, Body: body.Bytes()}); err != nil {
		// It is done, and the anchor finds it again.
		c.Log.Warn("the answer to a client was not kept", "client", c.client.Name, "err", err)
	}
	c.locate(body.Bytes())
	return status, body.Bytes(), nil
}

// key is the request's Idempotency-Key, in quotes or without.
func (c *call) key() (string, error) {
	key := strings.TrimSpace(c.r.Header.Get("Idempotency-Key"))
	if n := len(key); n > 1 && key[0] == '"' && key[n-1] == '"' {
		key = key[1 : n-1]
	}
	odd := strings.ContainsFunc(key, func(r rune) bool { return r < '!' || r > '~' })
	if key == "" || len(key) > 255 || odd || len(c.r.Header.Values("Idempotency-Key")) > 1 {
		return "", problem(codeNoKey, "send a header Idempotency-Key, a new one for each thing to do and the same when you ask again: at most 255 visible ASCII characters, such as a UUID")
	}
	return key, nil
}

// hash is that of what is asked for, however it is spelled.
func (c *call) hash(in any) ([]byte, error) {
	text, err := json.Marshal(in)
	if err != nil {
		return nil, fmt.Errorf("encode a request: %w", err)
	}
	sum := sha256.Sum256([]byte(c.r.URL.Path + "\n" + string(text)))
	return sum[:], nil
}

// anchor is the key of what a request makes at the desk. It holds the request,
// too: after 48 hours the key is free for another one.
func anchor(client desk.EditorID, key string, hash []byte) string {
	sum := sha256.Sum256([]byte(key + "\n" + string(hash)))
	return fmt.Sprintf("client/%d/%x", client, sum[:16])
}

// locate says where to look for what was made.
func (c *call) locate(body []byte) {
	var made struct {
		Look string `json:"look"`
	}
	if json.Unmarshal(body, &made) == nil && made.Look != "" {
		c.w.Header().Set("Location", made.Look)
	}
}

func (a *API) begin(q request) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.busy == nil {
		a.busy = map[request]bool{}
	}
	if a.busy[q] {
		return false
	}
	a.busy[q] = true
	return true
}

func (a *API) end(q request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.busy, q)
}
