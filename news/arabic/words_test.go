package arabic

import (
	"maps"
	"slices"
	"testing"
)

// TestFoldedTables proves that every key looked up with folded text is folded:
// one that is not could never be found.
func TestFoldedTables(t *testing.T) {
	tables := map[string][]string{
		"monthNames":    slices.Collect(maps.Keys(monthNames)),
		"weekdayNames":  slices.Collect(maps.Keys(weekdayNames)),
		"dayParts":      slices.Collect(maps.Keys(dayParts)),
		"dateNoise":     slices.Collect(maps.Keys(dateNoise)),
		"dateZones":     slices.Collect(maps.Keys(dateZones)),
		"agencies":      slices.Collect(maps.Keys(agencies)),
		"stemProtected": append(slices.Collect(maps.Keys(stemProtected)), slices.Collect(maps.Values(stemProtected))...),
		"stemPrefixes":  stemPrefixes[:],
		"stemSuffixes":  stemSuffixes[:],
		"others":        {stemAnd, stemOman, wordAD},
	}
	for name, keys := range tables {
		for _, key := range keys {
			if folded := Fold(key); folded != key || key == "" {
				t.Errorf("%s holds %q, which folds to %q", name, key, folded)
			}
		}
	}
}

// TestProtectedStemsAreFixed proves that a protected word's stem is its own, so
// that a word and its stem are never two different things.
func TestProtectedStemsAreFixed(t *testing.T) {
	for word, stem := range stemProtected {
		if again := Stem(stem); again != stem {
			t.Errorf("%q has the stem %q, whose stem is %q", word, stem, again)
		}
	}
}

func TestOwnNamesCanBeRead(t *testing.T) {
	for i, name := range months {
		if monthNames[Fold(name)] != i+1 {
			t.Errorf("month %q is not read as %d", name, i+1)
		}
	}
	for i, name := range weekdays {
		if got, ok := weekdayNames[Fold(name)]; !ok || got != i {
			t.Errorf("weekday %q is not read as %d", name, i)
		}
	}
}
