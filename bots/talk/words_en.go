package talk

func englishWords() Words {
	return Words{
		Start:     Wording{Word: "start", Words: []string{"begin", "come back", "restart"}, About: "begin, or come back after stopping"},
		Subscribe: Wording{Word: "subscribe", Words: []string{"subscribe to", "follow", "join", "add", "sign up", "sign me up"}, About: "follow a section, like: subscribe {section}"},
		Drop:      Wording{Word: "unfollow", Words: []string{"remove", "drop", "without …", "turn|switch off …", "mute …"}, About: "leave a section, like: unfollow {section}"},
		Sections:  Wording{Word: "sections", Words: []string{"section", "menu", "topics", "choose sections", "categories", "change sections|topics", "change my|the sections|topics"}, About: "choose what you follow"},
		Poll:      Wording{Word: "poll", Words: []string{"vote", "survey", "ballot"}, About: "choose your sections in a poll"},
		Digest:    Wording{Word: "digest", Words: []string{"digest now", "summary", "bulletin", "briefing", "news digest|summary|bulletin", "today|todays|morning|evening digest|summary", "today s digest|summary", "digest|summary of|for today"}, About: "what is new in your sections, now"},
		Latest:    Wording{Word: "latest", Words: []string{"latest news", "latest in", "latest from", "news", "new", "more", "more from", "more news", "what is new", "what s new", "whats new", "news today", "today|todays news", "today s news", "latest today"}, About: "the latest in your sections, or in one you name"},
		Time:      Wording{Word: "time", Words: []string{"times", "hours", "hour", "schedule", "pace", "digest hours", "digest time", "when is|comes the digest", "change time|times|hours", "change my|the time|times|hours"}, About: "what you get and the digest hours"},
		Breaking:  Wording{Word: "breaking", Words: []string{"breaking news", "alerts", "alert"}, About: "breaking news on or off"},
		Quiet:     Wording{Word: "night", Words: []string{"quiet", "quiet hours", "do not disturb", "night hours"}, About: "breaking news at night or not"},
		Pause:     Wording{Word: "pause", Words: []string{"snooze", "break", "holiday", "stop for a while"}, About: "stop for a while"},
		Resume:    Wording{Word: "resume", Words: []string{"continue", "unpause", "go on"}, About: "come back after a pause"},
		Settings:  Wording{Word: "settings", Words: []string{"my settings", "my choices", "status", "my sections"}, About: "all that you have chosen"},
		Data:      Wording{Word: "my data", Words: []string{"mydata", "what do you know about me", "what do you keep"}, About: "what we keep about you"},
		Forget:    Wording{Word: "delete my data", Words: []string{"forget me", "forget", "delete me", "erase me", "delete|erase|remove my|the data|account|number|information", "delete|erase|remove all my data", "delete account", "delete|erase everything"}, About: "delete everything we keep about you"},
		Tip:       Wording{Word: "tip", Words: []string{"tip off", "report", "report a rumour", "report a rumor", "tell the newsroom", "have news", "have a tip", "is it|this|that true", "is this|the news true"}, About: "tell the newsroom what you heard or saw, like: tip the valley road is closed"},
		Help:      Wording{Word: "help", Words: []string{"?", "commands", "how", "info"}, About: "what you can send"},
		Stop: Wording{Word: "stop", Words: []string{"stop all", "stopall", "unsubscribe", "unsubscribe from", "unsubscribe me", "cancel", "end", "quit", "optout", "opt out", "stop promotions", "stop messages", "no more", "delete", "exit", "leave", "leave me alone", "remove me", "go away", "unsub", "cancel|end my subscription",
			"do not send|want|text|message", "don t send|want|text|message", "dont send|want|text|message", "no messages", "stop sending"}, About: "stop all messages"},
		Link:       Wording{Word: "link", Words: []string{"link code", "link my chats", "connect"}, About: "link your chats on Telegram and WhatsApp"},
		Unlink:     Wording{Word: "unlink", Words: []string{"disconnect", "stop linking"}, About: "part your linked chats"},
		ToTelegram: Wording{Word: "send to Telegram", Words: []string{"telegram", "on telegram", "to telegram", "send it on telegram", "send me telegram"}, About: "get the news on Telegram"},
		ToWhatsApp: Wording{Word: "send to WhatsApp", Words: []string{"whatsapp", "on whatsapp", "to whatsapp", "send it on whatsapp", "send me whatsapp"}, About: "get the news on WhatsApp"},
		Privacy:    Wording{Word: "privacy", Words: []string{"privacy policy"}, About: "privacy in short"},

		AlertsAll:       Wording{Word: "all breaking", Words: []string{"all breaking news", "every alert", "all alerts"}, About: "get all breaking news"},
		AlertsImportant: Wording{Word: "important only", Words: []string{"important", "only important", "only the important", "important news only", "important breaking only"}, About: "get the important breaking news alone"},
		AlertsNight:     Wording{Word: "none at night", Words: []string{"no breaking at night", "no breaking news at night", "nothing at night", "no alerts at night"}, About: "get no breaking news at night"},
		Less:            Wording{Word: "less", Words: []string{"less of this", "fewer", "fewer alerts|messages", "less breaking|messages", "too many messages|alerts"}, About: "get less breaking news"},

		PaceBreaking: Wording{Word: "breaking only", Words: []string{"only breaking", "only breaking news", "breaking news only"}, About: "get breaking news alone"},
		PaceDigest:   Wording{Word: "daily digest", Words: []string{"daily", "digest daily", "digests"}, About: "get the digest at its hours"},
		PaceEach:     Wording{Word: "every item", Words: []string{"everything", "all news", "each", "every article"}, About: "get every item as it is published"},

		Yes:     []string{"yes", "y", "yep", "confirm", "ok", "okay", "sure", "yeah", "alright"},
		No:      []string{"no", "n", "nope", "no thanks", "keep"},
		On:      []string{"on", "yes", "enable"},
		Off:     []string{"off", "no", "disable"},
		Day:     []string{"day", "today", "a day"},
		Week:    []string{"week", "a week"},
		All:     []string{"all", "everything"},
		Night:   []string{"night", "nights", "at night"},
		Thanks:  []string{"thanks", "thank you", "thank you very much", "many thanks", "thx"},
		Except:  []string{"except", "except for", "anything|nothing|everything|all but", "other than", "apart from"},
		Only:    []string{"only", "just", "alone"},
		Sent:    []string{"these", "this", "those", "messages", "message", "subscription", "list", "anything", "any", "more", "it", "ever", "again", "anymore", "today", "from", "your", "receiving", "getting", "sending"},
		Span:    []string{"day", "days", "week", "weeks", "month", "months", "hour", "hours", "one", "while", "tomorrow", "sunday|monday|tuesday|wednesday|thursday|friday|saturday"},
		Several: []string{"two", "three", "four", "five", "six", "seven", "ten", "few", "some", "several", "sunday|monday|tuesday|wednesday|thursday|friday|saturday"},
		How:     []string{"how", "how do|can|could|to", "how do|can|could i|we"},
		Enough:  []string{"enough", "that is enough", "thats enough", "that s enough"},
		Filler:  []string{"please", "show", "send", "give", "me", "i", "want", "would", "like", "to", "the", "my", "now", "can", "you"},
		Joiner:  []string{"and", "in", "from", "to", "the", "section", "sections", "news", "of", "on", "also", "only", "me", "please", "a", "an", "at", "for", "during", "until", "till"},
	}
}

func englishGreetings() []Greeting {
	return []Greeting{
		{[]string{"hello", "hi", "hey", "hallo", "hello there", "hi there"}, "Hello to you."},
		{[]string{"good morning"}, "Good morning to you."},
		{[]string{"good evening"}, "Good evening to you."},
		{[]string{"good afternoon"}, "Good afternoon to you."},
		{[]string{"how are you"}, "Very well, thank you."},
		{[]string{"salam", "assalamu alaikum", "السلام عليكم", "سلام عليكم", "السلام عليكم ورحمة الله", "السلام عليكم ورحمة الله وبركاته", "سلام"}, "Wa alaikum assalam."},
		{[]string{"مرحبا", "أهلا", "هلا", "صباح الخير", "مساء الخير"}, "Welcome to you."},
	}
}
