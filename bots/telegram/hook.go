package telegram

import (
	"context"
	"crypto/subtle"
	"errors"
	"io"
	"net/http"
	"sync"

	"github.com/nashra-bot/nashra/news"
)

const (
	secretHeader = "X-Telegram-Bot-Api-Secret-Token"
	maxUpdate    = 1 << 20
	remembered   = 4096 // update ids, against repeats
)

// hook takes updates from Telegram. It says 200 after an update was handled,
// and 500 when it is to be brought again.
type hook struct {
	inbox  *inbox
	secret []byte
	path   string
	turns  turns
	seen   recent
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path != h.path:
		w.WriteHeader(http.StatusNotFound)
		return
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	case subtle.ConstantTimeCompare([]byte(r.Header.Get(secretHeader)), h.secret) != 1:
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	case err != nil:
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	u, ok := h.inbox.adapter.read(raw)
	switch {
	case u.ID == 0:
		w.WriteHeader(http.StatusBadRequest)
	case ok && !h.bring(r.Context(), u):
		w.WriteHeader(http.StatusInternalServerError)
	default:
		w.WriteHeader(http.StatusOK)
	}
}

// bring handles an update, unless it was handled before. It is false when the
// update is to be brought again.
func (h *hook) bring(ctx context.Context, u *update) bool {
	a := h.inbox.adapter
	it, ok := a.item(u)
	if !ok {
		return true
	}
	defer h.turns.take(it.event.Chat)()
	if h.seen.has(u.ID) {
		return true
	}
	answer, err := a.handle(ctx, h.inbox.handler, it.event)
	if err != nil && !errors.Is(err, errPanicked) {
		a.log.Warn("an update could not be handled", "event", it.event.Key, "error", a.redact.text(err.Error()))
		return false
	}
	h.seen.add(u.ID)
	a.answer(ctx, it, answer, err)
	return true
}

// turns lets one at a time through for each chat.
type turns struct {
	mu    sync.Mutex
	chats map[news.ChatID]*turn
}

type turn struct {
	mu      sync.Mutex
	holders int
}

// take waits for the chat's turn and returns what gives it on.
func (t *turns) take(chat news.ChatID) func() {
	t.mu.Lock()
	if t.chats == nil {
		t.chats = map[news.ChatID]*turn{}
	}
	own := t.chats[chat]
	if own == nil {
		own = new(turn)
		t.chats[chat] = own
	}
	own.holders++
	t.mu.Unlock()
	own.mu.Lock()
	return func() {
		own.mu.Unlock()
		t.mu.Lock()
		defer t.mu.Unlock()
		if own.holders--; own.holders == 0 {
			delete(t.chats, chat)
		}
	}
}

// recent remembers the last update ids.
type recent struct {
	mu    sync.Mutex
	known map[int64]bool
	ring  []int64
	at    int
}

func (r *recent) has(id int64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.known[id]
}

func (r *recent) add(id int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil {
		r.known, r.ring = map[int64]bool{}, make([]int64, remembered)
	}
	delete(r.known, r.ring[r.at])
	r.known[id], r.ring[r.at] = true, id
	r.at = (r.at + 1) % remembered
}
