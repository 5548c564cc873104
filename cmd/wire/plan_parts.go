package wire

import (
	"fmt"
	"reflect"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// parts looks for settings that are written without anything under them, at
// and below path. A part is on then, with its defaults: whoever writes its name
// wants it. What has none, and says so in its tag, is refused.
func (k *checker) parts(path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			k.parts(path, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			k.parts(fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			k.part(path, v.Type().Field(i), v.Field(i))
		}
	}
}

func (k *checker) part(path string, f reflect.StructField, v reflect.Value) {
	name := f.Tag.Get("yaml")
	path += "." + name
	want := f.Tag.Get("empty")
	part := v.Kind() == reflect.Pointer && f.Type.Elem().Kind() == reflect.Struct
	switch {
	case want != "" && v.IsZero() && k.empty(path):
		k.bad(path, "expected %s below %s, or a \"#\" before it", want, name)
	case part && v.IsNil() && k.empty(path):
		v.Set(reflect.New(f.Type.Elem()))
	default:
		k.parts(path, v)
	}
}

// empty reports whether path is written, and nothing under it.
func (k *checker) empty(path string) bool {
	node := k.node(path)
	return node != nil && node.Type() == ast.NullType
}

// written reports whether the file says something at path.
func (k *checker) written(path string) bool {
	node := k.node(path)
	return node != nil && node.Type() != ast.NullType
}

// node is what the file has at path; nil: nothing.
func (k *checker) node(path string) ast.Node {
	p, err := yaml.PathString(path)
	if err != nil {
		return nil
	}
	node, err := p.FilterFile(k.tree)
	if err != nil {
		return nil
	}
	return node
}
