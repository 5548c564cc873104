package desk

// Weight says whether an alert is for those readers, too, who want the
// important of breaking news only.
type Weight string

// The weights. Nobody has said: what is for everybody is important, what is for
// sections is not.
const (
	Unsaid    Weight = ""
	Important Weight = "important"
	Ordinary  Weight = "ordinary"
)

// Important reports whether a draft is for those who want the important only.
// Corrections and withdrawals are for all who got the original, whatever they
// want.
func (d Draft) Important() bool {
	return d.Form != FormAlert || d.Content.important()
}

func (c Content) important() bool {
	if c.Weight == Unsaid {
		return c.Everyone
	}
	return c.Weight == Important
}
