//go:build race

package wire_test

// tenThousand is fewer under the race detector, which makes the test many times
// as slow: what could race is the same for each of them.
const tenThousand = 1_500
