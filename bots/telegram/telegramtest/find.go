package telegramtest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// findEntities finds what Telegram marks by itself in every text: links,
// e-mail addresses, @mentions, #hashtags and /commands.
func findEntities(text string) []Entity {
	if !strings.ContainsAny(text, "/@#.") {
		return nil
	}
	var found []Entity
	units, i := 0, 0
	previous := ' '
	for i < len(text) {
		kind, size := "", 0
		if !wordRune(previous) {
			kind, size = entityAt(text[i:], previous)
		}
		if kind == "" {
			r, n := utf8.DecodeRuneInString(text[i:])
			i += n
			units += utf16Len(string(r))
			previous = r
			continue
		}
		length := utf16Len(text[i : i+size])
		found = append(found, Entity{Type: kind, Offset: units, Length: length})
		i += size
		units += length
		previous, _ = utf8.DecodeLastRuneInString(text[:i])
	}
	return found
}

func wordRune(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// entityAt looks for one entity at the start of s; size is in bytes.
func entityAt(s string, previous rune) (kind string, size int) {
	switch s[0] {
	case '/':
		if previous != '/' && previous != ':' && previous != '.' {
			return commandAt(s)
		}
	case '@':
		if n := asciiWord(s[1:]); n >= 3 && n <= 32 && previous != '.' {
			return "mention", n + 1
		}
	case '#':
		return hashtagAt(s)
	default:
		if alnum(s[0]) {
			return linkAt(s)
		}
	}
	return "", 0
}

func asciiWord(s string) int {
	n := 0
	for n < len(s) && (alnum(s[n]) || s[n] == '_') {
		n++
	}
	return n
}

func commandAt(s string) (string, int) {
	n := asciiWord(s[1:])
	if n == 0 || n > 64 {
		return "", 0
	}
	end := 1 + n
	if end < len(s) && s[end] == '@' {
		if m := asciiWord(s[end+1:]); m >= 3 {
			end += 1 + m
		}
	}
	if r, _ := utf8.DecodeRuneInString(s[end:]); end < len(s) && (wordRune(r) || r == '/') {
		return "", 0
	}
	return "bot_command", end
}

func hashtagAt(s string) (string, int) {
	end, letters := 1, false
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if !wordRune(r) && r != 0x200C {
			break
		}
		letters = letters || !unicode.IsDigit(r)
		end += n
	}
	if !letters {
		return "", 0
	}
	return "hashtag", end
}

// linkAt finds http(s) links, bare names of well-known domains and e-mail
// addresses.
func linkAt(s string) (string, int) {
	end := strings.IndexFunc(s, func(r rune) bool {
		return r <= ' ' || unicode.IsSpace(r) || strings.ContainsRune("<>\"«»،؛", r)
	})
	if end < 0 {
		end = len(s)
	}
	word := strings.TrimRight(s[:end], ".,:;!?')]}؟…")
	lower := strings.ToLower(word)
	if strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") {
		if _, problem := checkLink(word); problem == "" {
			return "url", len(word)
		}
		return "", 0
	}
	host, _, _ := strings.Cut(lower, "/")
	if name, domain, ok := strings.Cut(host, "@"); ok {
		if name != "" && knownDomain(domain) {
			return "email", len(host)
		}
		return "", 0
	}
	if knownDomain(host) {
		return "url", len(word)
	}
	return "", 0
}

// knownDomain stands for Telegram's long list of top-level domains.
func knownDomain(host string) bool {
	i := strings.LastIndexByte(host, '.')
	if i <= 0 || strings.ContainsFunc(host, func(r rune) bool { return r != '.' && r != '-' && !wordRune(r) }) {
		return false
	}
	return slices.Contains([]string{"com", "net", "org", "info", "om", "me", "tv", "news", "dev", "io"}, host[i+1:])
}
