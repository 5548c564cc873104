// Command demo plays all of Nashra on this machine: a news site, the real
// program, an editor's phone and two readers', on one page. It needs no token and, unless
// --source names a real site, no network.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
)

// options are the demo's flags.
type options struct {
	Listen string `help:"Address to serve the page on; port 0 takes a free one." default:"127.0.0.1:8421"`
	Source string `help:"Pull this real site instead of the sample newsroom." placeholder:"URL"`
	Log    bool   `help:"Show the program's log."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	var o options
	flags, err := kong.New(&o, kong.Name("demo"), kong.Description("Plays Nashra on this machine: a news site, the program, and the phones of an editor and two readers."))
	if err != nil {
		return err
	}
	if _, err := flags.Parse(args); err != nil {
		return err
	}
	log := slog.New(slog.DiscardHandler)
	if o.Log {
		log = slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
	l, err := listen(ctx, o.Listen)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "nashra-demo-")
	if err != nil {
		return fmt.Errorf("make a folder for the demo: %w", err)
	}
	defer os.RemoveAll(folder)
	stage, err := newStage(ctx, stageOptions{Folder: folder, Base: "http://" + l.Addr().String(), Source: o.Source, Log: log})
	if err != nil {
		return errors.Join(err, l.Close())
	}
	fmt.Printf("\n  نشرة: افتح هذه الصفحة في المتصفح\n  Open this page in a browser:  http://%s/\n\n", l.Addr())
	return serve(ctx, l, stage)
}

// listen takes the asked-for address, or a free port when somebody has it.
func listen(ctx context.Context, address string) (net.Listener, error) {
	listen := new(net.ListenConfig).Listen
	l, err := listen(ctx, "tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		host, _, _ := net.SplitHostPort(address)
		l, err = listen(ctx, "tcp", net.JoinHostPort(host, "0"))
	}
	if err != nil {
		return nil, fmt.Errorf("open the page's address: %w", err)
	}
	return l, nil
}

// serve runs the program and the page until ctx ends.
func serve(ctx context.Context, l net.Listener, s *stage) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	server := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	err := s.Run(ctx)
	stop()
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}
