package botstest

import (
	"testing/synctest"
	"time"
)

// Settle lets what is on its way arrive, where the clock is a bubble's
// (testing/synctest); elsewhere it returns at once. whatsmeow leaves a goroutine
// behind when a frame arrives in the moment in which it disconnects, and a
// bubble that has one left never ends: settle before you stop an account.
func Settle() {
	if time.Now().Year() < 2020 { // a bubble's clock begins with the year 2000
		synctest.Wait()
	}
}
