package feedtest

import (
	"net/http"
)

// WeakETags is a cache in front that makes ETags weak, which WordPress then
// never finds to match.
func WeakETags() Fault {
	return rewrite(func(w http.ResponseWriter, a *answer) {
		if tag := w.Header().Get("ETag"); tag != "" {
			w.Header().Set("ETag", "W/"+tag)
		}
		w.WriteHeader(a.status)
		_, _ = w.Write(a.body.Bytes())
	})
}

// Stale is a cache in front that goes on giving out its first answer to each
// address, and 304 to whoever has it.
func Stale() Fault {
	return func(s *Site, site http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			key := r.URL.RequestURI()
			s.mu.Lock()
			a := s.kept[key]
			s.mu.Unlock()
			if a == nil {
				plain := r.Clone(r.Context())
				plain.Header.Del("If-None-Match")
				plain.Header.Del("If-Modified-Since")
				a = newAnswer()
				site.ServeHTTP(a, plain)
				s.mu.Lock()
				if s.kept == nil {
					s.kept = map[string]*answer{}
				}
				s.kept[key] = a
				s.mu.Unlock()
			}
			for k, v := range a.header {
				w.Header()[k] = v
			}
			if tag := a.header.Get("ETag"); tag != "" && r.Header.Get("If-None-Match") == tag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			w.WriteHeader(a.status)
			_, _ = w.Write(a.body.Bytes())
		})
	}
}
