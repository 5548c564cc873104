package storetest

import (
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// writtenPromises are about who has ever written to us.
var writtenPromises = map[string]func(*house){
	"who has written is known, until they are forgotten": func(h *house) {
		written := func(at talk.Address) bool {
			yes, err := h.HasWritten(h.ctx, at.Account, at.Chat)
			h.must(err)
			return yes
		}
		imported := another(whatsappChat.Chat, "news")
		imported.Account = wa
		_, err := h.Import(h.ctx, h.now, []store.Subscriber{imported})
		h.must(err)
		want(h, "an import", written(whatsappChat), false)
		want(h, "somebody unknown", written(telegramChat), false)
		h.join("1", reader("news"))
		want(h, "who joined", written(telegramChat), true)
		h.must(second(h.Commit(h.ctx, talk.Commit{Account: wa, At: h.now, Chat: whatsappChat.Chat, Kind: news.Private})))
		want(h, "an import who wrote", written(whatsappChat), true)
		h.say(talk.Commit{Chat: "1", Leave: "stop"})
		want(h, "who has left", written(telegramChat), true)
		h.say(talk.Commit{Chat: "1", Forget: true})
		want(h, "who was forgotten", written(telegramChat), false)
	},
	"both chats of a linked reader have written": func(h *house) {
		h.join("1", reader("news"))
		h.joinAt(whatsappChat, reader("jobs"))
		h.link("news", "jobs")
		for _, at := range []talk.Address{telegramChat, whatsappChat} {
			yes, err := h.HasWritten(h.ctx, at.Account, at.Chat)
			h.must(err)
			want(h, string(at.Account), yes, true)
		}
	},
}
