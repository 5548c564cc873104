package telegramtest

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// Error is an answer that refuses a call: the fields of the Bot API's error
// response ("Making requests" and ResponseParameters).
type Error struct {
	Code        int
	Description string
	RetryAfter  int   // seconds; with code 429
	MigrateTo   int64 // the supergroup that a group became
}

func (e *Error) Error() string { return strconv.Itoa(e.Code) + " " + e.Description }

func bad(description string) *Error {
	return &Error{Code: http.StatusBadRequest, Description: "Bad Request: " + description}
}

func forbidden(description string) *Error {
	return &Error{Code: http.StatusForbidden, Description: "Forbidden: " + description}
}

func tooMany(seconds int) *Error {
	return &Error{
		Code:        http.StatusTooManyRequests,
		Description: "Too Many Requests: retry after " + strconv.Itoa(seconds),
		RetryAfter:  seconds,
	}
}

type wireParameters struct {
	RetryAfter int   `json:"retry_after,omitempty"`
	MigrateTo  int64 `json:"migrate_to_chat_id,omitempty"`
}

type wireAnswer struct {
	OK          bool            `json:"ok"`
	Result      any             `json:"result,omitempty"`
	ErrorCode   int             `json:"error_code,omitempty"`
	Description string          `json:"description,omitempty"`
	Parameters  *wireParameters `json:"parameters,omitempty"`
}

func writeResult(w http.ResponseWriter, result any) {
	writeJSON(w, http.StatusOK, wireAnswer{OK: true, Result: result})
}

func writeError(w http.ResponseWriter, e *Error) {
	answer := wireAnswer{ErrorCode: e.Code, Description: e.Description}
	if e.RetryAfter != 0 || e.MigrateTo != 0 {
		answer.Parameters = &wireParameters{RetryAfter: e.RetryAfter, MigrateTo: e.MigrateTo}
	}
	if e.RetryAfter != 0 {
		w.Header().Set("Retry-After", strconv.Itoa(e.RetryAfter))
	}
	writeJSON(w, e.Code, answer)
}

func writeJSON(w http.ResponseWriter, status int, answer wireAnswer) {
	body, err := json.Marshal(answer)
	if err != nil {
		panic(err) // our own types: cannot fail
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
