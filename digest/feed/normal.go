package feed

import (
	"bytes"
	"mime"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// toUTF8 returns a document as valid UTF-8 without byte order mark, whatever
// it was written in and whatever it says about that. In this order: a byte
// order mark or the zeros of UTF-16 and UTF-32; text that is valid UTF-8 is
// UTF-8, since nothing else is by chance; the label of the HTTP header; the
// document's own label; Windows-1256 if that makes Arabic of it; UTF-8 with
// its broken bytes left out.
func toUTF8(data []byte, contentType string) string {
	if s, ok := wide(data); ok {
		return s
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if utf8.Valid(data) {
		return string(data)
	}
	for _, label := range []string{httpLabel(contentType), ownLabel(data)} {
		e, err := htmlindex.Get(label)
		if err != nil || e == encoding.Replacement || isUTF8(e) {
			continue
		}
		if western(e) && arabicIn(data, charmap.Windows1256) {
			break
		}
		if s, err := e.NewDecoder().Bytes(data); err == nil {
			return strings.ToValidUTF8(string(s), "")
		}
	}
	if arabicIn(data, charmap.Windows1256) {
		if s, err := charmap.Windows1256.NewDecoder().Bytes(data); err == nil {
			return strings.ToValidUTF8(string(s), "")
		}
	}
	return strings.ToValidUTF8(string(data), "")
}

// wide decodes UTF-32 and UTF-16, with or without a byte order mark.
func wide(data []byte) (string, bool) {
	if len(data) < 4 {
		return "", false
	}
	order := func(width int, little bool) (string, bool) { return decodeWide(data, width, little), true }
	switch b := [4]byte(data); {
	case b == [4]byte{0xff, 0xfe, 0, 0}, b[0] != 0 && b[1] == 0 && b[2] == 0 && b[3] == 0:
		return order(4, true)
	case b == [4]byte{0, 0, 0xfe, 0xff}, b[0] == 0 && b[1] == 0 && b[2] == 0 && b[3] != 0:
		return order(4, false)
	case b[0] == 0xff && b[1] == 0xfe, b[0] == '<' && b[1] == 0:
		return order(2, true)
	case b[0] == 0xfe && b[1] == 0xff, b[0] == 0 && b[1] == '<':
		return order(2, false)
	}
	return "", false
}

func decodeWide(data []byte, width int, little bool) string {
	unit := func(b []byte) rune {
		var u uint32
		for i := range b {
			k := i
			if little {
				k = len(b) - 1 - i
			}
			u = u<<8 | uint32(b[k])
		}
		if u > unicode.MaxRune {
			return utf8.RuneError
		}
		return rune(u) //nolint:gosec // bounded above
	}
	var out strings.Builder
	var high rune
	for ; len(data) >= width; data = data[width:] {
		r := unit(data[:width])
		switch {
		case width == 2 && r >= 0xd800 && r < 0xdc00:
			high = r
			continue
		case width == 2 && high != 0:
			r = utf16.DecodeRune(high, r)
		}
		high = 0
		if r != 0xfeff && r != utf8.RuneError {
			out.WriteRune(r)
		}
	}
	return strings.ToValidUTF8(out.String(), "")
}

func httpLabel(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return params["charset"]
}

var declaredLabel = regexp.MustCompile(`(?i)(?:encoding|charset)\s*=\s*["']?([\w.:-]+)`)

// ownLabel returns what a document's first bytes say it is written in.
func ownLabel(data []byte) string {
	if m := declaredLabel.FindSubmatch(data[:min(len(data), 1024)]); m != nil {
		return string(m[1])
	}
	return ""
}

func isUTF8(e encoding.Encoding) bool {
	name, err := htmlindex.Name(e)
	return err == nil && name == "utf-8"
}

// western reports an encoding that servers put on everything by default.
func western(e encoding.Encoding) bool {
	return e == charmap.Windows1252 || e == charmap.ISO8859_1 || e == charmap.ISO8859_15
}

// arabicIn reports whether most bytes above ASCII are Arabic letters in e.
func arabicIn(data []byte, e *charmap.Charmap) bool {
	high, arabic := 0, 0
	for _, b := range data {
		if b < 0x80 {
			continue
		}
		high++
		if unicode.Is(unicode.Arabic, e.DecodeByte(b)) {
			arabic++
		}
	}
	return arabic > 8 && arabic*10 > high*8
}

var characterRef = regexp.MustCompile(`&#([xX]?)([0-9a-fA-F]+);`)

// legal drops what XML 1.0 does not allow and the noncharacters from U+FDD0,
// written out or as a reference.
func legal(s string) string {
	s = strings.Map(func(r rune) rune {
		if !legalRune(r) {
			return -1
		}
		return r
	}, s)
	if !strings.Contains(s, "&#") {
		return s
	}
	return characterRef.ReplaceAllStringFunc(s, func(ref string) string {
		m := characterRef.FindStringSubmatch(ref)
		base := 10
		if m[1] != "" {
			base = 16
		}
		n, err := strconv.ParseUint(m[2], base, 32)
		if err != nil || n > unicode.MaxRune || !legalRune(rune(n)) {
			return ""
		}
		return ref
	})
}

func legalRune(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' ||
		r >= 0x20 && r <= 0xd7ff || r >= 0xe000 && r < 0xfdd0 || r > 0xfdef && r <= 0xfffd || r >= 0x10000
}
