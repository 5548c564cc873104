package sqlite

import "github.com/nashra-bot/nashra/news"

// The queries whose plans are held by a test.
func TakeAll(b news.Broadcast) string { return takeAll(b) }

func TakeSections(n int, each bool) string { return takeSections(n, each) }

func TakeTrial(b news.Broadcast, n int) string { return takeTrial(b, n) }

const LogSince = logSince

const (
	Arrival = arrivalQuery
	Wishes  = wishes
)

const PurgeEvents, PurgeMemos, PurgeFiles = purgeEvents, purgeMemos, purgeFiles

// Steps returns how many migrations there are.
func Steps() (int, error) {
	all, err := steps()
	return len(all), err
}

// The queries about floods of proposals.
const (
	Rationed = rationed
	Floods   = floods
)

// The queries about what went out and was no alert.
const (
	Brought   = broughtQuery
	Carrying  = carryingQuery
	LinkQuery = "SELECT id FROM proposal " + linkQuery
)
