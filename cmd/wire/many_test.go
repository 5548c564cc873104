//go:build !race

package wire_test

// tenThousand is how many readers get the alert of TestDeskFromChat.
const tenThousand = 10_000
