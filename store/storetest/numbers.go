package storetest

import (
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// numberPromises are about what is counted.
var numberPromises = map[string]func(*house){
	"an audience is counted as it would be taken": func(h *house) {
		h.join("1", reader("news", "jobs"))
		h.join("2", reader("weather"))
		h.join("3", reader("jobs"))
		choosy, calm := reader("jobs"), reader("jobs")
		choosy.Important, calm.Breaking = true, false
		h.join("4", choosy)
		h.join("5", calm)
		by := map[news.Slug]int{}
		count := func(a news.Audience) int {
			c, err := h.Audience(h.ctx, a, []news.Platform{news.Telegram, news.WhatsApp})
			h.must(err)
			want(h, "networks", len(c), 2)
			want(h, "on WhatsApp", c[1].Readers, 0)
			by = c[0].Sections
			return c[0].Readers
		}
		want(h, "everybody", count(news.Audience{Everyone: true}), 3)
		want(h, "everybody, and important", count(news.Audience{Everyone: true, Important: true}), 4)
		want(h, "important", count(news.Audience{Sections: []news.Slug{"jobs"}, Important: true}), 3)
		want(h, "each once", count(news.Audience{Sections: []news.Slug{"news", "jobs"}}), 2)
		want(h, "weather", count(news.Audience{Sections: []news.Slug{"weather", "news"}}), 2)
		want(h, "a section nobody follows", count(news.Audience{Sections: []news.Slug{"poetry"}}), 0)
		want(h, "with a child beside its parent", count(news.Audience{Sections: []news.Slug{"news", "weather", "jobs", "poetry"}}), 3)
		want(h, "of them by section", fmt.Sprint(by), "map[jobs:2 news:1 weather:2]")
	},
	"days are those of the zone": func(h *house) {
		zone := time.FixedZone("", 5*3600+1800)
		h.now = time.Date(2025, 11, 22, 18, 40, 0, 0, time.UTC) // the 23rd there
		h.join("1", reader("news"))
		r, err := h.Counted(h.ctx, "2025-11-22", "2025-11-24", zone)
		h.must(err)
		wantList(h, "days", r.Days, []desk.Day{{Date: "2025-11-22"}, {Date: "2025-11-23", Joined: 1}, {Date: "2025-11-24"}})
		want(h, "subscribers", r.Subscribers[news.Telegram], 1)
		want(h, "of a section", r.Sections["news"], 1)
	},
}
