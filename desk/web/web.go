// Package web is the desk's two HTTP doors.
//
// The control socket ([Handler]) is how the commands reach a running program.
// Whoever can open it may do everything; it is a Unix socket that only its owner
// can open (mode 0600).
//
// The API ([API]) is for the newsroom's own programs, over TCP. Each has a token
// with what it is for. Nothing of the control socket can be reached there.
package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// maxBody bounds a request: an import of a million readers fits.
const maxBody = 256 << 20

// Acts are the things that a command may ask of the running program. Each
// returns something to show, encoded as JSON.
type Acts struct {
	Alert   func(ctx context.Context, a desk.Alert) (news.BroadcastID, error)
	Amend   func(ctx context.Context, a Amend) (news.BroadcastID, error)
	Claim   func(ctx context.Context) (code string, err error)
	Log     func(ctx context.Context, since news.Date, lines io.Writer) error
	Open    func(ctx context.Context) error // to the public
	Import  func(ctx context.Context, csv io.Reader) (any, error)
	Backup  func(ctx context.Context, path string) error
	Control func(ctx context.Context, id news.BroadcastID, state news.State) error
	Status  func(ctx context.Context) (any, error)
	Places  func(ctx context.Context) (any, error) // what may be published where, asked of the networks
	Reload  func(ctx context.Context) error

	Enroll  func(ctx context.Context, n desk.NewClient) (Enrolled, error)
	Clients func(ctx context.Context) ([]desk.Client, error)
	Revoke  func(ctx context.Context, name string) error
}

// Control is the body of a control request.
type Control struct {
	Broadcast news.BroadcastID `json:"broadcast"` // 0: all that are not done
	State     news.State       `json:"state"`     // running, paused or stopped
}

// Amend is the body of a request to correct or withdraw what went out.
type Amend struct {
	Key       string           `json:"key,omitempty"` // of the request: the same one is done once
	Broadcast news.BroadcastID `json:"broadcast"`
	Words     string           `json:"words"` // the whole new text; of a withdrawal, the line that stays
	Link      string           `json:"link,omitempty"`
	Typo      bool             `json:"typo,omitempty"`     // changed in place, and nobody is told
	Withdraw  bool             `json:"withdraw,omitempty"` // taken back instead
}

// Claim is the answer to a claim: a code that makes an owner of the desk.
type Claim struct {
	Code string `json:"code"`
}

// Backup is the body of a backup request.
type Backup struct {
	Path string `json:"path"` // absolute path of a file that does not exist
}

// Enrolled is the answer to a new client: its token, which nobody can ask for
// again.
type Enrolled struct {
	Token  string      `json:"token"`
	Client desk.Client `json:"client"`
}

// Revoke is the body of a request to end a client.
type Revoke struct {
	Name string `json:"name"`
}

// Sent is the answer to an alert or an amendment.
type Sent struct {
	Broadcast news.BroadcastID `json:"broadcast"`
}

// Handler returns the door. Errors come as {"error": "sentence"}: 400 what the
// caller can mend, 500 what they cannot.
func Handler(a Acts) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/alerts", doUpTo(maxAlert, func(r *http.Request, in desk.Alert) (any, error) {
		id, err := a.Alert(r.Context(), in)
		return Sent{Broadcast: id}, err
	}))
	mux.HandleFunc("POST /v1/amendments", do(func(r *http.Request, in Amend) (any, error) {
		id, err := a.Amend(r.Context(), in)
		return Sent{Broadcast: id}, err
	}))
	mux.HandleFunc("POST /v1/editors/claim", func(w http.ResponseWriter, r *http.Request) {
		code, err := a.Claim(r.Context())
		answer(w, Claim{Code: code}, err)
	})
	mux.HandleFunc("GET /v1/editors/log", exported(a))
	mux.HandleFunc("POST /v1/open", func(w http.ResponseWriter, r *http.Request) {
		answer(w, struct{}{}, a.Open(r.Context()))
	})
	mux.HandleFunc("POST /v1/backup", do(func(r *http.Request, in Backup) (any, error) {
		return struct{}{}, a.Backup(r.Context(), in.Path)
	}))
	mux.HandleFunc("POST /v1/control", do(func(r *http.Request, in Control) (any, error) {
		switch in.State {
		case news.Running, news.Paused, news.Stopped:
			return struct{}{}, a.Control(r.Context(), in.Broadcast, in.State)
		}
		return nil, &desk.RefusedError{Reason: fmt.Sprintf("%q is no state: running, paused or stopped", in.State)}
	}))
	mux.HandleFunc("POST /v1/tokens", do(func(r *http.Request, in desk.NewClient) (any, error) { return a.Enroll(r.Context(), in) }))
	mux.HandleFunc("POST /v1/tokens/revoke", do(func(r *http.Request, in Revoke) (any, error) { return struct{}{}, a.Revoke(r.Context(), in.Name) }))
	mux.HandleFunc("GET /v1/tokens", func(w http.ResponseWriter, r *http.Request) {
		out, err := a.Clients(r.Context())
		answer(w, out, err)
	})
	mux.HandleFunc("POST /v1/reload", func(w http.ResponseWriter, r *http.Request) {
		answer(w, struct{}{}, a.Reload(r.Context()))
	})
	mux.HandleFunc("POST /v1/import", func(w http.ResponseWriter, r *http.Request) {
		out, err := a.Import(r.Context(), http.MaxBytesReader(w, r.Body, maxBody))
		answer(w, out, err)
	})
	mux.HandleFunc("GET /v1/status", func(w http.ResponseWriter, r *http.Request) {
		out, err := a.Status(r.Context())
		answer(w, out, err)
	})
	mux.HandleFunc("GET /v1/channels", func(w http.ResponseWriter, r *http.Request) {
		out, err := a.Places(r.Context())
		answer(w, out, err)
	})
	return mux
}

// maxAlert bounds an alert: its file comes in base64.
const maxAlert = desk.MaxFile/3*4 + 1<<20

// do decodes a small JSON body, strictly.
func do[In any](act func(*http.Request, In) (any, error)) http.HandlerFunc {
	return doUpTo(1<<20, act)
}

// doUpTo decodes a JSON body of at most so many bytes, strictly.
func doUpTo[In any](most int64, act func(*http.Request, In) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in In
		d := json.NewDecoder(http.MaxBytesReader(w, r.Body, most))
		d.DisallowUnknownFields()
		if err := d.Decode(&in); err != nil {
			answer(w, nil, &desk.RefusedError{Reason: "the request is not what this door takes: " + err.Error()})
			return
		}
		out, err := act(r, in)
		answer(w, out, err)
	}
}

func answer(w http.ResponseWriter, out any, err error) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if err != nil {
		status := http.StatusInternalServerError
		if _, refused := desk.Refused(err); refused {
			status = http.StatusBadRequest
		}
		w.WriteHeader(status)
		out = map[string]string{"error": err.Error()}
	}
	_ = json.NewEncoder(w).Encode(out)
}

// Serve answers on a Unix socket at path until ctx ends. A socket that an
// earlier run left behind is replaced; the caller holds the lock that says
// that no other run is alive.
func Serve(ctx context.Context, path string, h http.Handler, log *slog.Logger) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove the old control socket: %w", err)
	}
	l, err := listen(ctx, path)
	if err != nil {
		return fmt.Errorf("open the control socket: %w", err)
	}
	return serve(ctx, "the control socket", l, &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	})
}

// listen opens the socket and closes it to everybody but its owner. The folder
// of the database must not be open to others: between the two calls it is what
// guards the socket.
func listen(ctx context.Context, path string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}
