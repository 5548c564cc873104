package sqlite

// The queries whose plans are held by a test.
const TakeAll = takeAll

func TakeSections(n int, each bool) string { return takeSections(n, each) }

// Steps returns how many migrations there are.
func Steps() (int, error) {
	all, err := steps()
	return len(all), err
}
