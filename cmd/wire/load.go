package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// ConfigError is everything that is wrong with a configuration file, one
// problem a line, each with its place and what was expected.
type ConfigError struct{ Problems []Problem }

// Problem is one thing that is wrong.
type Problem struct {
	File string
	Line int // 0: the whole file
	Text string
}

func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Text
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text)
}

func (e *ConfigError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// LoadConfig reads and checks the file at path. Relative paths in it are
// relative to its folder. The error is a *ConfigError when the file is there
// but wrong.
func LoadConfig(path string) (*Plan, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("there is no configuration at %s; write one with: nashra init https://your-site", path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the configuration: %w", err)
	}
	return ParseConfig(path, data)
}

// ParseConfig is LoadConfig on data. The name stands in its errors.
func ParseConfig(name string, data []byte) (*Plan, error) {
	c, file, err := decode(data)
	if err != nil {
		return nil, &ConfigError{Problems: []Problem{yamlProblem(name, err)}}
	}
	folder := filepath.Dir(name)
	k := &checker{file: name, tree: file}
	k.parts("$", reflect.ValueOf(&c).Elem())
	plan := k.plan(c, folder)
	if len(k.problems) > 0 {
		return nil, &ConfigError{Problems: k.problems}
	}
	return plan, nil
}

// decode reads YAML strictly. The library panics on some malformed tags; that
// is an error like any other here.
func decode(data []byte) (c Config, file *ast.File, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("this is not YAML")
		}
	}()
	if err = yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&c); err != nil && !errors.Is(err, io.EOF) {
		return c, nil, err
	}
	file, err = parser.ParseBytes(data, 0)
	return c, file, err
}

func yamlProblem(name string, err error) Problem {
	p := Problem{File: name, Text: err.Error()}
	var at yaml.Error
	if errors.As(err, &at) {
		p.Text = at.GetMessage()
		if t := at.GetToken(); t != nil && t.Position != nil {
			p.Line = t.Position.Line
		}
	}
	var typed *yaml.TypeError
	if errors.As(err, &typed) {
		p.Text = fmt.Sprintf("expected %s here", kindName(typed.DstType.Kind().String()))
	}
	var shape *yaml.UnexpectedNodeTypeError
	if errors.As(err, &shape) {
		p.Text = fmt.Sprintf("expected %s here, not %s", kindName(shape.Expected.YAMLName()), kindName(shape.Actual.YAMLName()))
	}
	if field, ok := strings.CutPrefix(p.Text, "unknown field "); ok {
		p.Text = "there is no setting called " + field + "; look for a spelling mistake, or at the indentation"
	}
	return p
}

func kindName(kind string) string {
	switch kind {
	case "slice", "sequence":
		return "a list"
	case "struct", "map", "ptr", "mapping", "value":
		return "settings, indented below"
	case "bool", "boolean":
		return "true or false"
	case "string":
		return "a text"
	default:
		return "a number"
	}
}

// checker collects problems with their lines.
type checker struct {
	file     string
	tree     *ast.File
	problems []Problem
}

// bad notes a problem at a path like "$.sources[0].url"; where that is not
// written, its nearest parent says the line.
func (k *checker) bad(path, format string, args ...any) {
	k.problems = append(k.problems, Problem{File: k.file, Line: k.line(path), Text: fmt.Sprintf(format, args...)})
}

func (k *checker) line(path string) int {
	for path != "" && path != "$" {
		if node := k.node(path); node != nil {
			return lineOf(node)
		}
		cut := strings.LastIndexAny(path, ".[")
		if cut < 0 {
			break
		}
		path = path[:cut]
	}
	return 0
}

func lineOf(node ast.Node) int {
	for {
		switch n := node.(type) {
		case *ast.MappingNode:
			if len(n.Values) == 0 {
				return n.GetToken().Position.Line
			}
			node = n.Values[0]
		case *ast.MappingValueNode:
			return n.Key.GetToken().Position.Line
		case *ast.SequenceNode:
			if len(n.Values) == 0 {
				return n.GetToken().Position.Line
			}
			node = n.Values[0]
		default:
			return n.GetToken().Position.Line
		}
	}
}
