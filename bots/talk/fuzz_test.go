package talk_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/talk"
	"github.com/nashra-bot/nashra/news"
)

// FuzzTurn plays whatever strangers send. A commit is sound (see sound); a
// person who writes is subscribed to something, stopped, or has asked about
// their data; nobody who writes is met with silence; the words are never kept.
func FuzzTurn(f *testing.F) {
	for _, text := range []string{
		"/start", "السلام عليكم", "إلغاء", "إلغاء الطقس", "اشترك في الشعر والوظائف", "7", "نعم", "؟", "", "/start weather",
		"\u202eاشتراك\u200f", "\xff\xfe", "ربط 204060", "فك الربط", "على واتساب", "استبيان", "stop \x00", "موجز", "احذف بياناتي", "اشتراط خواتر", strings.Repeat("و", 5000),
	} {
		f.Add(text, "1:tick:weather", "weather", "voice", uint16(0))
		f.Add("بلّغ "+text, "ref", "video/mp4", "video", uint16(0x8018))
		f.Add(text, "+1:vote:weather\n-1:vote:jobs\n=1:vote:news", "link-204060", "sticker", uint16(0xf840))
		f.Add(text, "1:slot:morning", "x", "edit", uint16(0xffff))
		f.Add(text, "1:tip", "application/pdf", "document", uint16(0x8058))
	}
	f.Add("/star\x00\x00heatwer", "1:slot:morning", "x", "edit", uint16(0xffce)) // words that claim to be of an album
	f.Add("ربط", "1:tick:weather", "weather", "voice", uint16(68))               // for a code
	b := talk.New(talk.Talk{})
	f.Fuzz(func(t *testing.T, text, data, payload, media string, bits uint16) {
		on := func(n int) bool { return bits&(1<<n) != 0 }
		in := input(text, data, payload, media, on)
		need := b.Needs(in)
		if need.Admin {
			in.Facts.Admin = on(8)
		}
		if need.Give {
			in.Facts.Code = "204060"
		}
		turn := b.Turn(in)
		if turn.Idle {
			return
		}
		if err := sound(turn.Commit); err != nil {
			t.Fatalf("%v\nafter %+v\n%+v", err, in.Event, turn.Commit)
		}
		if e := in.Event; e.Kind == bots.Wrote && e.ChatKind == news.Private {
			subscribed(t, in, turn)
		}
		if len(text) > 40 && strings.Contains(string(turn.Commit.Memo), text) {
			t.Errorf("the words are kept: %s", turn.Commit.Memo)
		}
	})
}

func subscribed(t *testing.T, in talk.Input, turn talk.Turn) {
	c := turn.Commit
	r := in.Chat.Reader
	if c.Reader != nil {
		r = *c.Reader
	}
	stranger := in.Chat.Reader.ID == 0 && !in.Chat.Left
	switch {
	case c.Leave != "" || c.Forget || in.Chat.Left && c.Reader == nil:
	case stranger && c.Reader == nil:
		// Who asks to stop, or about their data, is answered and not kept.
		if len(c.Replies) != 1 || c.Memo != nil {
			t.Errorf("a stranger who is not taken in gets %d answers, memo %s", len(c.Replies), c.Memo)
		}
	case len(r.Follows) == 0 || len(r.Slots) == 0 || r.Pace == "":
		t.Errorf("subscribed to nothing: %+v", r)
	}
	if len(c.Replies) == 0 {
		t.Errorf("silence after %q", in.Event.Text)
	}
}

// input makes an event in a chat of every kind.
func input(text, data, payload, media string, on func(int) bool) talk.Input {
	set := settings(talk.Arabic)
	if on(0) {
		set = settings(talk.English)
	}
	in := talk.Input{
		Now: time.Unix(1_800_000_000, 0), Settings: set, Network: talk.Network{Buttons: on(1), Links: on(1), Each: on(2), Polls: on(11), Later: on(1)}, Full: on(12),
		Event: bots.Event{
			Account: telegram, Key: "1", Kind: bots.Wrote, Chat: "42", ChatKind: news.Private, From: "sara",
			Text: text, Start: payload, Data: data, Media: media, Message: "7", Addressed: true, To: "43",
		},
		Facts: talk.Facts{News: sample(time.Unix(1_800_000_000, 0)), Latest: sample(time.Unix(1_800_000_000, 0))},
	}
	kinds := []bots.EventKind{bots.Wrote, bots.Wrote, bots.Pressed, bots.Sent}
	n := 0
	if on(3) {
		n++
	}
	if on(4) {
		n += 2
	}
	in.Event.Kind = kinds[n]
	if on(5) {
		in.Event.ChatKind = news.Group
	}
	if on(13) {
		in.Chat.Others = []talk.Address{{Account: whatsapp, Chat: "9@lid"}}
		in.Chat.Reader.Account, in.Chat.Reader.Chat = telegram, "42"
	}
	if on(14) {
		in.Facts.Code, in.Facts.Offered = "204060", true
		in.Facts.Offer.Reader = news.Reader{
			ID: 9, Account: whatsapp, Chat: "9@lid", Kind: news.Private, Pace: news.PaceEach, Slots: []news.Slot{"morning"}, Follows: []news.Slug{"jobs"},
		}
	}
	if on(15) {
		in.Event.File = bots.File{Ref: data, Kind: news.MediaKind(media), Name: text, MIME: payload, Size: int64(len(text)) << 20}
		in.Facts.Tellings = talk.Tellings{There: on(9), Told: len(payload)}
		if on(10) {
			in.Event.Album = payload
		}
	}
	switch {
	case on(6) && on(15):
		in.Chat.Reader = news.Reader{
			ID: 1, Account: telegram, Chat: "42", Kind: in.Event.ChatKind, Pace: news.PaceDigest, Slots: []news.Slot{"evening"}, Follows: []news.Slug{"weather"},
		}
		in.Chat.Memo = []byte(`{"v":1,"a":"1:tip","q":1800000000}`)
	case on(6):
		in.Chat.Reader = news.Reader{
			ID: 1, Account: telegram, Chat: "42", Kind: in.Event.ChatKind, Pace: news.PaceDigest, Slots: []news.Slot{"evening"},
			Follows: []news.Slug{"weather"}, Breaking: on(9), Paused: on(10),
		}
		in.Chat.Memo = []byte(`{"v":1,"m":["1:tick:weather","` + strings.Map(letters, data) + `"],"t":1800000000,"a":"1:erase","q":1800000000}`)
	case on(7):
		in.Chat.Left = true
		in.Chat.Memo = []byte(data)
	}
	return in
}

func letters(r rune) rune {
	if r < ' ' || r == '"' || r == '\\' {
		return -1
	}
	return r
}
