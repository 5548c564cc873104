package nashra_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

const module = "github.com/nashra-bot/nashra"

// floors says which folder stands on which floor. Imports go down, never
// sideways and never up. A folder that is not listed fails the test.
var floors = map[string]int{
	"cmd/nashra": 6, "cmd/demo": 6,
	"cmd/wire":        5,
	"store/storetest": 5, "bots/botstest": 5,
	"digest/feed/feedtest": 5, "bots/telegram/telegramtest": 5, "bots/whatsapp/whatsapptest": 5,
	"store":        4,
	"store/sqlite": 3, "bots/talk/editor": 3,
	"digest/feed": 2, "bots/outbox": 2, "bots/talk": 2, "bots/telegram": 2, "bots/whatsapp": 2, "desk/web": 2,
	"digest": 1, "digest/section": 1, "desk": 1, "bots": 1,
	"news": 0, "news/arabic": 0,
	"": 7,
}

// fences says where a library may be imported, so that it can be replaced in
// one place.
var fences = map[string][]string{
	"modernc.org/sqlite":         {"store/sqlite"},
	"go.mau.fi/whatsmeow":        {"bots/whatsapp", "bots/whatsapp/whatsapptest"},
	"go.mau.fi/libsignal":        {"bots/whatsapp", "bots/whatsapp/whatsapptest"},
	"github.com/go-telegram/bot": {"bots/telegram"},
	"github.com/mmcdole/gofeed":  {"digest/feed"},
	"github.com/robfig/cron":     {"digest"},
}

// TestFloors reads the files itself: a test that asked the go command would be
// cached, and stay green when an import changes.
func TestFloors(t *testing.T) {
	broken, files := survey(t, os.DirFS("."))
	for _, b := range broken {
		t.Error(b)
	}
	if files < 50 {
		t.Errorf("looked at %d files only: is this the top of the repository?", files)
	}
}

// TestFloorsNotice plants imports that are not allowed.
func TestFloorsNotice(t *testing.T) {
	plant := func(dir, imports string) fstest.MapFS {
		return fstest.MapFS{dir + "/x.go": {Data: []byte("package x\nimport _ " + strconv.Quote(imports) + "\n")}}
	}
	for _, c := range []struct{ dir, imports string }{
		{"news", module + "/digest"},
		{"digest/feed", module + "/bots/outbox"},
		{"bots/talk", module + "/bots/telegram"},
		{"store/sqlite", module + "/store"},
		{"digest", "modernc.org/sqlite"},
		{"bots", "github.com/go-telegram/bot/models"},
		{"cmd/wire", "github.com/robfig/cron/v3"},
		{"util", "fmt"},
	} {
		if broken, _ := survey(t, plant(c.dir, c.imports)); len(broken) != 1 {
			t.Errorf("%s importing %s: %d complaints, want 1: %v", c.dir, c.imports, len(broken), broken)
		}
	}
}

func survey(t *testing.T, tree fs.FS) (broken []string, files int) {
	t.Helper()
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && name != "."):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		files++
		data, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, data, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir := filepath.ToSlash(path.Dir(name))
		if dir == "." {
			dir = ""
		}
		if _, ok := floors[dir]; !ok {
			broken = append(broken, fmt.Sprintf("%s is on no floor: add it to the plan or move it", dir))
			return nil
		}
		for _, i := range f.Imports {
			to, _ := strconv.Unquote(i.Path.Value)
			if why := forbidden(dir, to); why != "" {
				broken = append(broken, fmt.Sprintf("%s imports %s: %s", name, to, why))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return broken, files
}

func forbidden(from, to string) string {
	for lib, rooms := range fences {
		if to == lib || strings.HasPrefix(to, lib+"/") {
			for _, r := range rooms {
				if r == from {
					return ""
				}
			}
			return "only " + strings.Join(rooms, ", ") + " may"
		}
	}
	room, ours := strings.CutPrefix(to, module+"/")
	if !ours {
		return ""
	}
	floor, known := floors[room]
	switch {
	case !known:
		return room + " is on no floor"
	case floor > floors[from]:
		return "that is up"
	case floor == floors[from]:
		return "that is sideways"
	}
	return ""
}
