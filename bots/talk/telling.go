package talk

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/desk"
)

// Tip is what a commit does about a tip of its chat.
type Tip struct {
	Do      TipDo
	Key     string       // of the tip, which is written once for it
	Words   string       // of TipTold and TipHeld
	File    desk.TipFile // of the same; the account is that of the chat
	Forward bool         // a message that they had received
	Name    string       // of TipNamed: the editors see it from now on
}

// TipDo says what becomes of a tip.
type TipDo string

// What becomes of tips.
const (
	TipTold    TipDo = "told"    // it is in the newsroom's queue
	TipHeld    TipDo = "held"    // it waits for a word of the reader, in the place of an earlier one, and is seen by nobody
	TipMeant   TipDo = "meant"   // the held one goes to the queue
	TipDropped TipDo = "dropped" // the held one is deleted
	TipNamed   TipDo = "named"   // one that waits for an answer gets a name
)

// Tellings is what a chat has told the newsroom.
type Tellings struct {
	Told  int  // tips in the time that was asked about, held ones left out
	There bool // the one that was asked about is kept
	Held  bool // it is held
	Waits bool // it waits for an answer
}

// The most that one chat tells the newsroom in the time.
const (
	mostTips = 5
	tipsTime = 24 * time.Hour
)

// tipKey names the tip that an event tells, the same when the event comes
// twice, the same for all that was sent together, and short enough for a button.
func tipKey(e bots.Event) string {
	key := e.Key
	if e.Album != "" {
		key = "album\x00" + e.Album
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s", e.Account, e.Chat, key))
	return hex.EncodeToString(sum[:keyBytes])
}

const keyBytes = 12

// isTipKey reports whether a word can be the key of a tip.
func isTipKey(word string) bool {
	return len(word) == 2*keyBytes && strings.Trim(word, "0123456789abcdef") == ""
}
