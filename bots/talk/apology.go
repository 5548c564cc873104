package talk

// Apology is what an adapter shows in a language when an event could not even
// be handed to the conversation.
func Apology(l Language) string { return phrasesOf(l).Other.Sorry }
