package feed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Problem is why an address could not be read, for code and for people. Its
// text never holds a password or the values of an address's parameters.
type Problem struct {
	URL    string // without credentials and parameters' values
	Status Status // Broken or Blocked
	Code   int    // HTTP status; 0 when no answer came
	Rest   string // WordPress's own error code, like "rest_no_route"
	After  time.Duration
	Reason string // what is wrong, in words
	Err    error  // may be nil
}

func (p *Problem) Error() string {
	if p.Err != nil {
		return fmt.Sprintf("read %s: %s: %v", p.URL, p.Reason, p.Err)
	}
	return fmt.Sprintf("read %s: %s", p.URL, p.Reason)
}

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Err }

func broken(address, reason string, err error) *Problem {
	return &Problem{URL: redact(address), Status: Broken, Reason: reason, Err: err}
}

// unreachable says in words why no answer came.
func unreachable(address string, err error) *Problem {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err // its text would repeat the whole address
	}
	var dns *net.DNSError
	var timeout net.Error
	reason := "no answer"
	switch {
	case errors.Is(err, context.Canceled):
		reason = "stopped"
	case errors.As(err, &dns) && dns.IsNotFound:
		reason = "there is no such host"
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		reason = "no answer in time"
	case errors.Is(err, errPrivate):
		reason = "the site sends us to a private address"
	}
	return broken(address, reason, err)
}

// unconnected reports whether err came before there was a connection to the
// site.
func unconnected(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect")
}

// refused makes a Problem of an answer that is not a good one.
func refused(a Answer, now time.Time) *Problem {
	p := &Problem{
		URL: redact(a.URL), Status: Broken, Code: a.Status,
		After:  retryAfter(a.Header.Get("Retry-After"), now),
		Reason: fmt.Sprintf("answered %d %s", a.Status, http.StatusText(a.Status)),
	}
	var body struct {
		Code    string
		Message string
	}
	if json.Unmarshal(a.Body, &body) == nil && body.Code != "" {
		p.Rest = body.Code
	}
	if blocked(a) {
		p.Status = Blocked
		p.Reason += "; the site's guard turns us away: ask its owner to let this program's User-Agent or address through"
	}
	return p
}

// blocked tells a guard's answer from a site in trouble.
func blocked(a Answer) bool {
	if a.Header.Get("Cf-Mitigated") != "" {
		return true
	}
	switch a.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		return true
	case http.StatusServiceUnavailable:
		return a.html() && !maintenance(a.Body) || challenge(a)
	}
	return challenge(a)
}

// challenge knows the pages that ask a visitor to prove being human.
func challenge(a Answer) bool {
	if !a.html() {
		return false
	}
	head := strings.ToLower(string(a.Body[:min(len(a.Body), 16<<10)]))
	for _, mark := range []string{
		"<title>just a moment", "cf-chl-", "/cdn-cgi/challenge-platform/", "<title>attention required",
		"sucuri website firewall", "ddos-guard", "_incapsula_resource", "g-recaptcha-response",
	} {
		if strings.Contains(head, mark) {
			return true
		}
	}
	return false
}

// maintenance knows WordPress's own pages for "be right back".
func maintenance(body []byte) bool {
	page := strings.ToLower(string(body[:min(len(body), 16<<10)]))
	return strings.Contains(page, "scheduled maintenance") || strings.Contains(page, "database connection")
}

// retryAfter reads the header of RFC 9110, 10.2.3: seconds or a date. More
// than a day is a day.
func retryAfter(h string, now time.Time) time.Duration {
	if h == "" {
		return 0
	}
	var d time.Duration
	if s, err := strconv.Atoi(strings.TrimSpace(h)); err == nil {
		d = time.Duration(min(s, 86400)) * time.Second
	} else if t, err := http.ParseTime(h); err == nil {
		d = t.Sub(now)
	}
	return min(max(d, 0), 24*time.Hour)
}

// redact returns address without a password and without the values of
// parameters that are not WordPress's own.
func redact(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "an address that cannot be read"
	}
	u.User, u.Fragment = nil, ""
	q := u.Query()
	for k, values := range q {
		switch k {
		case "rest_route", "paged", "page", "per_page", "p", "feed", "orderby", "order":
		default:
			for i := range values {
				values[i] = "…"
			}
		}
	}
	u.RawQuery = strings.ReplaceAll(q.Encode(), url.QueryEscape("…"), "…")
	return u.String()
}
