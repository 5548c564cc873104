package telegramtest

import (
	"net/netip"
	"strconv"
	"strings"
)

// checkLink normalises a link as TDLib does, or says what is wrong with it in
// the words that follow "is invalid: ".
func checkLink(link string) (url, problem string) {
	lower := strings.ToLower(link)
	for _, scheme := range []string{"tg:", "ton:", "tonsite:"} {
		if strings.HasPrefix(lower, scheme) {
			return scheme + "//" + strings.TrimPrefix(link[len(scheme):], "//"), ""
		}
	}
	protocol, rest := "http", link
	if i := strings.IndexAny(link, ":/?#@[]"); i >= 0 && strings.HasPrefix(link[i:], "://") {
		protocol, rest = lower[:i], link[i+3:]
		if protocol != "http" && protocol != "https" {
			return "", "Unsupported URL protocol"
		}
	}
	authority, path := rest, ""
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority, path = rest[:i], rest[i:]
	}
	host, problem := checkAuthority(authority)
	if problem != "" {
		return "", problem
	}
	return protocol + "://" + host + cleanPath(path), ""
}

// checkAuthority returns userinfo@host:port with the host in lower case.
func checkAuthority(authority string) (normal, problem string) {
	userinfo, host := "", authority
	port := ""
	if i := strings.LastIndexAny(host, ":]@"); i > 0 && host[i] == ':' {
		n, err := strconv.Atoi(host[i+1:])
		if err != nil || n <= 0 || n > 65535 {
			return "", "Wrong port number specified in the URL"
		}
		host, port = host[:i], ":"+strconv.Itoa(n)
	}
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		userinfo, host = host[:i+1], host[i+1:]
	}
	if host == "" {
		return "", "URL host is empty"
	}
	host = strings.ToLower(host)
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		if _, err := netip.ParseAddr(host[1 : len(host)-1]); err != nil {
			return "", "Wrong IPv6 address specified in the URL"
		}
		return userinfo + host + port, ""
	}
	for _, r := range host {
		if r < 0x80 && !alnum(byte(r)) && !strings.ContainsRune(".-_!$,~*'();&+=%", r) {
			return "", "Disallowed character in URL host"
		}
	}
	if !strings.Contains(host, ".") {
		return "", "Wrong HTTP URL"
	}
	return userinfo + host + port, ""
}

func cleanPath(path string) string {
	path = strings.TrimRight(path, " \t\r\n")
	if path == "" || path[0] != '/' {
		path = "/" + path
	}
	if !strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' }) {
		return path
	}
	var b strings.Builder
	for i := range len(path) {
		if c := path[i]; c <= ' ' {
			b.WriteString("%" + string("0123456789ABCDEF"[c/16]) + string("0123456789ABCDEF"[c%16]))
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// linkEntity makes a text_link, or a text_mention of tg://user?id=…; false if
// the link is none, and then the text stays plain.
func linkEntity(e *Entity, url string) bool {
	if id, ok := strings.CutPrefix(strings.ToLower(url), "tg://user?id="); ok {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil && n > 0 {
			e.Type, e.User = "text_mention", &wireUser{ID: n}
			return true
		}
	}
	link, problem := checkLink(url)
	if problem != "" {
		return false
	}
	e.Type, e.URL = "text_link", link
	return true
}
