package main

import (
	"sync/atomic"
	"time"
)

// clock is the demo's time: the machine's, moved forward. The program and the
// stand-ins share it.
type clock struct{ ahead atomic.Int64 }

func (c *clock) Now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// moveTo moves the clock forward to t; it never goes back.
func (c *clock) moveTo(t time.Time) {
	if by := t.Sub(c.Now()); by > 0 {
		c.ahead.Add(int64(by))
	}
}
