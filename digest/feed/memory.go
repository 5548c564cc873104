package feed

import (
	"time"
)

const (
	fullEvery  = 6 * time.Hour // how long "not modified" is believed
	longestOff = 6 * time.Hour // how long a failing address is left alone
)

// fresh reports whether the validators may be sent at t.
func (m Memory) fresh(t time.Time) bool {
	return !m.FullAt.IsZero() && t.Sub(m.FullAt) < fullEvery && !t.Before(m.FullAt)
}

// worked returns the memory after a good answer at t. Problem is what there
// is to say though all went well.
func (m Memory) worked(t time.Time, a Answer, problem string) Memory {
	if !a.NotModified {
		m.FullAt = t
		m.ETag, m.LastModified = a.Header.Get("ETag"), a.Header.Get("Last-Modified")
	}
	m.CheckedAt, m.OKAt = t, t
	m.Failures, m.RetryAt = 0, time.Time{}
	m.Status, m.Problem = OK, problem
	return m
}

// failed returns the memory after a failure at t. What the site says about
// when to come back goes first; otherwise the pause doubles. An address that
// was only tried, never worked and plainly is not there is left alone at once.
func (m Memory) failed(t time.Time, p *Problem, tried bool) Memory {
	m.Failures++
	pause := time.Minute << min(m.Failures-1, 10)
	if tried && m.OKAt.IsZero() && p.Code != 0 && p.Code < 500 {
		pause = longestOff
	}
	if p.After > 0 {
		pause = p.After
	} else {
		pause = min(pause, longestOff)
	}
	m.CheckedAt, m.RetryAt = t, t.Add(pause)
	m.Status, m.Problem = p.Status, p.Error()
	return m
}
