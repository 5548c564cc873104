package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"
)

// Listen opens the address of the API. That somebody else has it is said as
// such: it is a mistake to mend before anything runs.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("api.listen: another program listens at %s already; choose another port, or end it", address)
	}
	if err != nil {
		return nil, fmt.Errorf("api.listen: %w", err)
	}
	return l, nil
}

// ServeAPI answers clients until ctx ends. Who dawdles is cut off.
func ServeAPI(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	return serve(ctx, "the API", l, &http.Server{
		Handler: h, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn), MaxHeaderBytes: 16 << 10,
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: 45 * time.Second, IdleTimeout: time.Minute,
	})
}

// serve serves until ctx ends, or nobody can be let in any more, and lets what
// is being answered end.
func serve(ctx context.Context, what string, l net.Listener, s *http.Server) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan struct{})
	go func() {
		defer close(done)
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if s.Shutdown(grace) != nil {
			_ = s.Close()
		}
	}()
	err := s.Serve(l)
	stop()
	<-done
	if !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve %s: %w", what, err)
	}
	return nil
}
