package arabic

// Form is one of the six forms an Arabic noun takes beside a number.
type Form int

// The forms, named as Unicode's plural rules name them.
const (
	Zero  Form = iota // 0
	One               // 1
	Two               // 2, the dual
	Few               // remainders 3 to 10 of a hundred: plural, genitive
	Many              // remainders 11 to 99: singular, accusative
	Other             // 100, 101, 102, 200, 1000 …: singular, genitive
)

// FormOf returns the form that goes with n. A negative number takes the form
// of its absolute value.
func FormOf(n int) Form {
	switch n {
	case 0:
		return Zero
	case 1, -1:
		return One
	case 2, -2:
		return Two
	}
	rest := n % 100
	if rest < 0 {
		rest = -rest
	}
	switch {
	case rest >= 3 && rest <= 10:
		return Few
	case rest >= 11:
		return Many
	}
	return Other
}

// Noun is a thing that can be counted, in all the forms a sentence may need.
// The first group stands alone, the second follows a number.
type Noun struct {
	Zero          string // said by Count of none; for news it says that none is new
	None          string // said of none without a word about newness
	One           string // nominative and genitive, with the word for one
	OneAccusative string // accusative, with the word for one
	Two           string // dual, nominative
	TwoOblique    string // dual, genitive and accusative

	Few   string // after 3 to 10
	Many  string // after 11 to 99
	Other string // after 100 and its multiples; also the bare singular
}

// Plain returns the noun whose Count(0) says that there is none, where the
// noun itself would say that there is none new.
func (n Noun) Plain() Noun {
	n.Zero = n.None
	return n
}

// Count returns count and noun as the subject of a sentence or as a heading.
// One and two are written in words, the rest with digits.
func (n Noun) Count(count int) string {
	switch count {
	case 0:
		return n.Zero
	case 1:
		return n.One
	case 2:
		return n.Two
	}
	return n.after(count)
}

// Oblique returns count and noun as they follow a preposition or another noun.
// None is written with the digit, because the negation cannot follow either.
func (n Noun) Oblique(count int) string {
	switch count {
	case 1:
		return n.One
	case 2:
		return n.TwoOblique
	}
	return n.after(count)
}

// Accusative returns count and noun as the object of a verb. It differs from
// Oblique in the form of one alone.
func (n Noun) Accusative(count int) string {
	if count == 1 {
		return n.OneAccusative
	}
	return n.Oblique(count)
}

// span returns the oblique form without the word for one: the wording of
// times ("an hour ago").
func (n Noun) span(count int) string {
	if count == 1 {
		return n.Other
	}
	return n.Oblique(count)
}

// after returns the noun behind its digits.
func (n Noun) after(count int) string {
	noun := n.Other
	switch FormOf(count) {
	case Few:
		noun = n.Few
	case Many:
		noun = n.Many
	}
	digits := Number(count)
	if count < 0 {
		digits = Ltr(digits)
	}
	return digits + " " + noun
}
