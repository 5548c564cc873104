package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/nashra-bot/nashra/desk"
)

// Problem is why a request was not done, as RFC 9457 says it. Nothing was.
type Problem struct {
	Type     string   `json:"type"` // where it is explained; stable
	Title    string   `json:"title"`
	Status   int      `json:"status"`
	Code     string   `json:"code"` // the end of Type
	Detail   string   `json:"detail"`
	Warnings []Warned `json:"warnings,omitempty"` // of same-alert and doubtful

	code      code
	challenge string        // WWW-Authenticate
	after     time.Duration // Retry-After
}

func (p *Problem) Error() string { return p.Detail }

// Warned is one thing that an editor would think twice about.
type Warned struct {
	Kind desk.WarningKind `json:"kind"`
	Text string           `json:"text"`
}

// problems is where each code is explained.
const problems = "https://github.com/nashra-bot/nashra/blob/main/docs/api.md#"

// code is a kind of problem. Codes are never renamed.
type code struct {
	name   string
	status int
	title  string
}

var (
	codeToken    = code{"invalid-token", http.StatusUnauthorized, "No valid token"}
	codeScope    = code{"insufficient-scope", http.StatusForbidden, "The token is not for this"}
	codeSection  = code{"other-section", http.StatusForbidden, "Not one of the token's sections"}
	codeNowhere  = code{"not-found", http.StatusNotFound, "There is none"}
	codeMethod   = code{"method-not-allowed", http.StatusMethodNotAllowed, "Another method is expected"}
	codeTooLarge = code{"too-large", http.StatusRequestEntityTooLarge, "The body is too large"}
	codeNotJSON  = code{"not-json", http.StatusUnsupportedMediaType, "JSON is expected"}
	codeBad      = code{"bad-request", http.StatusBadRequest, "The body cannot be read"}
	codeFaulty   = code{"faulty", http.StatusUnprocessableEntity, "It cannot be done as it is"}
	codeNoSource = code{"no-source", http.StatusUnprocessableEntity, "No source is at this address"}
	codeNoKey    = code{"key-missing", http.StatusBadRequest, "An Idempotency-Key is expected"}
	codeOtherKey = code{"key-reused", http.StatusUnprocessableEntity, "The key belongs to another request"}
	codeBusyKey  = code{"key-busy", http.StatusConflict, "The first request with this key is being answered"}
	codeFrozen   = code{"frozen", http.StatusConflict, "All sending is frozen"}
	codeSame     = code{"same-alert", http.StatusConflict, "The same was sent already"}
	codeDoubtful = code{"doubtful", http.StatusUnprocessableEntity, "An editor would think twice"}
	codePerson   = code{"second-person", http.StatusConflict, "A second person is needed"}
	codeTooLate  = code{"too-late", http.StatusConflict, "It is past that point"}
	codeTooMany  = code{"too-many-requests", http.StatusTooManyRequests, "Too many requests"}
	codeOurs     = code{"internal", http.StatusInternalServerError, "It could not be done"}
)

func problem(c code, format string, args ...any) *Problem {
	return &Problem{code: c, Detail: fmt.Sprintf(format, args...)}
}

// refusals are the desk's reasons as codes. What a client cannot meet is not
// among them.
func refusals() map[desk.Code]code {
	return map[desk.Code]code{
		desk.Faulty: codeFaulty, desk.NotYours: codeScope, desk.NoEditor: codeToken, desk.OtherSection: codeSection,
		desk.Frozen: codeFrozen, desk.SamePerson: codePerson, desk.TooLate: codeTooLate, desk.NoSuch: codeNowhere, desk.Doubtful: codeDoubtful,
	}
}

// explain makes a problem of whatever went wrong. What is our own fault is told
// to the log, not to the client.
func (a *API) explain(r *http.Request, err error) *Problem {
	var known *Problem
	var refused *desk.RefusedError
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &refused):
		c, ok := refusals()[refused.Code]
		if !ok {
			c = codeTooLate
		}
		p := problem(c, "%s", refused.Reason)
		for _, w := range refused.Doubts {
			p.Warnings = append(p.Warnings, a.warned(w))
			if w.Kind == desk.WarnSame {
				p.code = codeSame
			}
		}
		switch p.code {
		case codeScope:
			p.challenge = `Bearer realm="nashra", error="insufficient_scope"`
		case codeToken: // revoked since the request came
			p.challenge = `Bearer realm="nashra", error="invalid_token"`
		}
		return p
	}
	a.Log.Error("a request of a client could not be answered", "path", r.URL.Path, "err", err)
	return problem(codeOurs, "the fault is on our side; ask again with the same Idempotency-Key")
}

func (a *API) warned(w desk.Warning) Warned {
	return Warned{Kind: w.Kind, Text: desk.PhrasesOf(desk.English).Warning(w, a.Now())}
}

func (a *API) refuse(w http.ResponseWriter, r *http.Request, err error) {
	p := a.explain(r, err)
	p.Type, p.Title, p.Status, p.Code = problems+p.code.name, p.code.title, p.code.status, p.code.name
	if p.challenge != "" {
		w.Header().Set("WWW-Authenticate", p.challenge)
	}
	if p.after > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(p.after.Seconds()))))
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

func say(w http.ResponseWriter, status int, out any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if raw, ok := out.([]byte); ok {
		_, _ = w.Write(raw)
		return
	}
	_ = json.NewEncoder(w).Encode(out)
}
