package sqlite

import (
	"fmt"
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// seated are the readers who sit at the desk: by the chat that broadcasts go
// to, or by a further one. They are few.
const seated = `(SELECT x.id FROM seat CROSS JOIN subscriber AS x ON x.account = seat.account AND x.chat = seat.chat
	UNION SELECT f.subscriber FROM seat CROSS JOIN further AS f ON f.account = seat.account AND f.chat = seat.chat)`

// trial reports whether a broadcast that is being published is one for editors
// alone: the bot is not open, or was not when that was decided.
func (t tx) trial(b news.Broadcast) (bool, error) {
	open := false
	_, err := t.one("SELECT open FROM desk", nil, &open)
	return b.Trial || !open, err
}

// takeTrial walks the editors among the readers of a trial. It begins with the
// seats, so that the public is not even looked at. Sections: of n of them; 0:
// all readers, whatever they follow, who want one for everybody.
func takeTrial(b news.Broadcast, n int) string {
	within := welcome(b)
	if n > 0 {
		list := make([]string, n)
		for i := range list {
			list[i] = fmt.Sprintf("?%d", 9+i)
		}
		within = " AND EXISTS (SELECT 1 FROM subscription AS b WHERE b.subscriber = s.id AND b.section IN (" + strings.Join(list, ", ") +
			") AND b.account = ?1 AND b.channel = ?2 AND b.since <= ?5 AND b.wants & ?8)"
	}
	return "SELECT " + recipientColumns + " FROM " + seated + ` AS found CROSS JOIN subscriber AS s ON s.id = found.id
		WHERE s.account = ?1 AND s.channel = ?2 AND s.id > ?3 AND s.id <= ?4 AND ` + present + within + `
		ORDER BY s.id LIMIT ?7`
}

// stillSeated reports whether a reader sits at the desk now.
func (t tx) stillSeated(id news.SubscriberID) (bool, error) {
	return t.one("SELECT 1 FROM "+seated+" AS found WHERE found.id = ?", args(id), new(int))
}
