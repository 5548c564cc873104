package feed

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/nashra-bot/nashra/news/arabic"
)

// absolute resolves ref against base and returns it if it is an http or https
// address that can be sent, else the empty string.
func absolute(ref, base string) string {
	ref = strings.TrimSpace(arabic.Clean(ref))
	if ref == "" || len(ref) > 2000 {
		return ""
	}
	u, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	if !u.IsAbs() {
		b, err := url.Parse(base)
		if err != nil || base == "" {
			return ""
		}
		u = b.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return ""
	}
	u.User = nil
	out := u.String()
	if strings.ContainsFunc(out, func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune(`"<>`, r) }) {
		return ""
	}
	return out
}

// Canonical returns the form of an address by which two spellings of it are
// known to be one: lower-case host without www, https, no fragment, no
// parameters of campaigns, the path decoded, composed and encoded again.
func Canonical(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	u.Scheme, u.User, u.Fragment, u.RawFragment = "https", nil, "", ""
	u.Host = strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	u.Host = strings.TrimSuffix(strings.TrimSuffix(u.Host, ":443"), ":80")
	u.Path, u.RawPath = norm.NFC.String(u.Path), ""
	if u.Path != "/" {
		u.Path = strings.TrimSuffix(u.Path, "/")
	}
	q := u.Query()
	for k := range q {
		if campaign(k) {
			delete(q, k)
		}
	}
	u.RawQuery = q.Encode()
	return u.String()
}

func campaign(parameter string) bool {
	p := strings.ToLower(parameter)
	return strings.HasPrefix(p, "utm_") ||
		slices.Contains([]string{"fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "yclid", "ref", "_ga"}, p)
}

var postNumber = regexp.MustCompile(`^[1-9]\d{0,9}$`)

// postID returns the post that a WordPress guid or short link names, 0 if none.
func postID(address string) int {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" {
		return 0
	}
	p := u.Query().Get("p")
	if !postNumber.MatchString(p) {
		return 0
	}
	id, err := strconv.Atoi(p)
	if err != nil {
		return 0
	}
	return id
}

// shortLink returns WordPress's short address of a post: home is the site's
// own address.
func shortLink(home string, id int) string {
	u, err := url.Parse(home)
	if err != nil || u.Host == "" || id <= 0 {
		return ""
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	if u.Path = strings.TrimSuffix(u.Path, "/") + "/"; u.RawPath != "" {
		u.RawPath = strings.TrimSuffix(u.RawPath, "/") + "/"
	}
	u.RawQuery = "p=" + strconv.Itoa(id)
	return u.String()
}

// sameHost reports whether two addresses are of one site, www or not.
func sameHost(a, b string) bool {
	u, errU := url.Parse(a)
	v, errV := url.Parse(b)
	if errU != nil || errV != nil {
		return false
	}
	bare := func(h string) string { return strings.TrimPrefix(strings.ToLower(h), "www.") }
	return u.Host != "" && bare(u.Hostname()) == bare(v.Hostname())
}
