package arabic

// Distance returns how many letters must be added, dropped, changed or swapped
// with their neighbour to make a of b (optimal string alignment: no letter is
// touched twice). It counts code points and compares as spelt: fold first. Its
// cost is the product of the lengths.
func Distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before := make([]int, len(y)+1)
	above := make([]int, len(y)+1)
	row := make([]int, len(y)+1)
	for j := range row {
		above[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(y)]
}

// Near reports whether two folded words are one slip of the finger apart, or
// equal. Words under five letters are never near: among them one letter makes
// another word, and a word for stopping must not be read as one for the time.
func Near(a, b string) bool {
	const shortest = 5
	x, y := Runes(a), Runes(b)
	if x < shortest || y < shortest || x-y > 1 || y-x > 1 {
		return false
	}
	return Distance(a, b) <= 1
}
