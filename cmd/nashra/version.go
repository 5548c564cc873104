package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/nashra-bot/nashra/cmd/wire"
)

// built is set by -ldflags "-X main.built=v1.2.3"; otherwise the build's own
// record says which version this is.
var built string

// version is this program's.
func version() string {
	if built != "" {
		return built
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "dev"
}

type versionCommand struct{}

// Run prints what a report of a problem needs.
func (versionCommand) Run(s *session) error {
	fmt.Fprintf(s.Stdout, "nashra %s\n%s %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	lite, err := wire.SQLiteVersion(s.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Stdout, "SQLite %s\n", lite)
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil
	}
	for _, m := range info.Deps {
		switch m.Path {
		case "modernc.org/sqlite", "github.com/go-telegram/bot", "go.mau.fi/whatsmeow", "github.com/mmcdole/gofeed", "github.com/robfig/cron/v3":
			if m.Replace != nil {
				m = m.Replace
			}
			fmt.Fprintf(s.Stdout, "%s %s\n", m.Path, m.Version)
		}
	}
	return nil
}
