package editor_test

import (
	"github.com/nashra-bot/nashra/bots/talk/editor"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
)

// room is a newsroom in its language.
type room struct {
	language desk.Language
	name     string
	tree     news.Tree
	hours    []hour
	preset   string
	summer   string // a ready calendar with hours of its own at the weekend
}

type hour struct {
	editor.Slot
	at string
}

func arabicRoom() room {
	return room{
		language: desk.Arabic, name: "عاشق عُمان", preset: "ليالي رمضان", summer: "الدوام الصيفي",
		tree: news.NewTree([]news.Section{
			{Slug: "news", Name: "أخبار"}, {Slug: "weather", Parent: "news", Name: "الطقس"}, {Slug: "jobs", Name: "وظائف"},
		}),
		hours: []hour{
			{editor.Slot{Name: "morning", Label: "الصباح"}, "07:00"}, {editor.Slot{Name: "noon", Label: "الظهيرة"}, "13:00"}, {editor.Slot{Name: "evening", Label: "المساء"}, "20:00"},
		},
	}
}

func englishRoom() room {
	return room{
		language: desk.English, name: "The Wadi Post", preset: "Ramadan nights", summer: "Summer hours",
		tree: news.NewTree([]news.Section{
			{Slug: "news", Name: "News"}, {Slug: "weather", Parent: "news", Name: "Weather"}, {Slug: "jobs", Name: "Jobs"},
		}),
		hours: []hour{
			{editor.Slot{Name: "morning", Label: "Morning"}, "07:00"}, {editor.Slot{Name: "noon", Label: "Noon"}, "13:00"}, {editor.Slot{Name: "evening", Label: "Evening"}, "20:00"},
		},
	}
}

func (w *world) newsroom() digest.Newsroom {
	return digest.Newsroom{Name: w.room.name, Language: digest.Language(w.room.language), Zone: muscat, Tree: w.room.tree}
}
