package web

import (
	"io"
	"net/http"

	"github.com/nashra-bot/nashra/news"
)

// exported answers with the desk's log, line by line as it is read.
func exported(a Acts) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/jsonl")
		lines := &begun{w: w}
		err := a.Log(r.Context(), news.Date(r.URL.Query().Get("since")), lines)
		switch {
		case err != nil && lines.any:
			panic(http.ErrAbortHandler) // the connection breaks off: half a log passes for none
		case err != nil:
			answer(w, nil, err)
		}
	}
}

// begun knows whether something was written.
type begun struct {
	w   io.Writer
	any bool
}

func (b *begun) Write(p []byte) (int, error) {
	b.any = true
	return b.w.Write(p)
}
