package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/nashra-bot/nashra/cmd/wire"
)

// Exit codes.
const (
	exitOK      = 0
	exitProblem = 1 // said on Stderr
	exitUsage   = 2 // the command line is not one of ours
)

// env is the world that the commands act in. Tests hand in their own.
type env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Now            func() time.Time
	Sources        http.RoundTripper                 // to the newsroom's sites; nil: the network
	Network        http.RoundTripper                 // to Telegram; nil: the network
	WhatsApp       *http.Client                      // to WhatsApp; nil: the network
	Secret         func(name string) (string, error) // from the environment, or a file that it names
	Socket         bool                              // a running program opens its control socket, and commands use it
	Hangup         func() <-chan os.Signal           // asks a running program to read its configuration again; nil: never
}

// system is the real world.
func system() env {
	return env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Now: time.Now,
		Secret: wire.Secret, Socket: true,
		Hangup: func() <-chan os.Signal {
			hangup := make(chan os.Signal, 1)
			signal.Notify(hangup, syscall.SIGHUP)
			return hangup
		},
	}
}

// defaultConfig is the configuration's name where none is given.
const defaultConfig = "nashra.yaml"

// commands is the command line.
type commands struct {
	Config string `short:"c" default:"nashra.yaml" placeholder:"FILE" help:"The configuration (default nashra.yaml)."`

	Init        initCommand        `cmd:"" help:"Ask a site what it is, and write a configuration for it."`
	Check       checkCommand       `cmd:"" help:"Look whether everything is right: configuration, sources, tokens, database, clock."`
	Run         runCommand         `cmd:"" help:"Run: pull the sources, talk with readers, send digests."`
	Try         tryCommand         `cmd:"" help:"Show what is read from a source, article by article."`
	Preview     previewCommand     `cmd:"" help:"Print the digests that would go out now. Nothing is sent."`
	Stats       statsCommand       `cmd:"" help:"Count readers, joiners and leavers by day, alerts and whom they reached."`
	Status      statusCommand      `cmd:"" help:"Show how the program, its accounts, sources and last broadcasts are doing."`
	Deliveries  deliveriesCommand  `cmd:"" help:"List the last broadcasts, or read one back, reader by reader."`
	Alert       alertCommand       `cmd:"" help:"Send breaking news at once."`
	Correct     correctCommand     `cmd:"" help:"Correct a broadcast: copies that went out are edited, and readers who were misinformed are told."`
	Withdraw    withdrawCommand    `cmd:"" help:"Take a broadcast back: a line takes the place of the copies and of their corrections where the network allows, else a message says so."`
	Editors     editorsCommand     `cmd:"" help:"Look after the desk: who may send by hand, from a chat."`
	Pause       pauseCommand       `cmd:"" help:"Halt a broadcast, or all that are on their way."`
	Resume      resumeCommand      `cmd:"" help:"Go on with a paused broadcast, or with all."`
	Stop        stopCommand        `cmd:"" help:"End a broadcast for good: whom it has not reached, it does not reach."`
	Subscribers subscribersCommand `cmd:"" help:"Export and import readers."`
	Tokens      tokensCommand      `cmd:"" help:"Look after the tokens of the newsroom's own programs, for the HTTP interface."`
	Pair        pairCommand        `cmd:"" help:"Link a number to the program."`
	WhatsApp    whatsappCommand    `cmd:"" name:"whatsapp" help:"Look after the number on WhatsApp."`
	Backup      backupCommand      `cmd:"" help:"Write a whole copy of the database, while everything goes on."`
	Restore     restoreCommand     `cmd:"" help:"Put a backup in the place of the database. Unfinished broadcasts are paused."`
	Version     versionCommand     `cmd:"" help:"Print the versions of the program and of what it is built with."`
}

// session is one call of one command.
type session struct {
	env
	ctx    context.Context
	config string
}

// run acts on args in the given world, and returns the exit code.
func run(ctx context.Context, e env, args []string) int {
	var c commands
	ended := -1
	parser, err := kong.New(&c,
		kong.Name("nashra"),
		kong.Description("Nashra carries a newsroom's news into its readers' chats: digests by section, and breaking news."),
		kong.Writers(e.Stdout, e.Stderr),
		kong.Exit(func(code int) { ended = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		fmt.Fprintln(e.Stderr, "nashra:", err)
		return exitProblem
	}
	called, err := parser.Parse(args)
	if ended >= 0 { // help was asked for, and printed
		return ended
	}
	if err != nil {
		fmt.Fprintf(e.Stderr, "nashra: %v\nnashra --help says what there is.\n", err)
		return exitUsage
	}
	return conclude(e, called.Run(&session{env: e, ctx: ctx, config: c.Config}))
}

// usageError is a command line that no flag's own rules refuse.
type usageError string

func (e usageError) Error() string { return string(e) }

// errSaid ends a command that has said already what is wrong.
var errSaid = errors.New("see above")

// conclude says what went wrong, to people.
func conclude(e env, err error) int {
	var wrong *wire.ConfigError
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errSaid):
		return exitProblem
	case errors.As(err, &usage):
		fmt.Fprintln(e.Stderr, "nashra:", err)
		return exitUsage
	case errors.As(err, &wrong):
		fmt.Fprintln(e.Stderr, "nashra: the configuration cannot be used:")
		for _, p := range wrong.Problems {
			fmt.Fprintln(e.Stderr, "  "+p.String())
		}
	case errors.Is(err, fs.ErrPermission):
		fmt.Fprintf(e.Stderr, "nashra: %s\nRun the command as the user that nashra runs as, for example with: sudo -u nashra nashra …\n", oneParagraph(err))
	default:
		fmt.Fprintln(e.Stderr, "nashra:", oneParagraph(err))
	}
	return exitProblem
}

// oneParagraph drops empty lines of joined errors.
func oneParagraph(err error) string { return mask(strings.TrimSpace(err.Error())) }
