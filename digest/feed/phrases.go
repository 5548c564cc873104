package feed

// Words of other people's sites that the reader must know.

// urgentNames are the folded names and slugs of categories for breaking news.
func urgentNames() []string { return []string{"عاجل", "urgent", "breaking", "breaking news"} }

// footers are what plugins put below every article: how such a line begins,
// and what else it must hold.
func footers() [][2]string {
	return [][2]string{
		{"The post ", " appeared first on "},
		{"The post ", " first appeared on "},
		{"ظهرت المقالة ", " على "},
		{"ظهر المقال ", " على "},
		{"التدوينة ", " ظهرت أول"},
		{"المقال ", " ظهر أول"},
	}
}

// moreWords stand at the end of a shortened text, as links to the rest.
func moreWords() []string {
	return []string{"Read more", "Continue reading", "اقرأ المزيد", "متابعة القراءة", "قراءة المزيد", "المزيد"}
}

// inBrackets holds the ways to write that a text goes on.
func inBrackets() []string { return []string{"[…]", "[...]", "[ … ]", "(…)"} }
