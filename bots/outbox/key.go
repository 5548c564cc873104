package outbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// Key returns the key of one part of one reader's copy: 32 upper-case
// hexadecimal digits, the same whenever and wherever it is computed with the
// same secret, and not to be guessed without it. Replies have broadcast 0 and
// their own number in the place of the subscriber's.
func Key(secret []byte, broadcast news.BroadcastID, version int, subscriber news.SubscriberID, part int) string {
	var name [32]byte
	binary.BigEndian.PutUint64(name[0:], uint64(broadcast))
	binary.BigEndian.PutUint64(name[8:], uint64(version))
	binary.BigEndian.PutUint64(name[16:], uint64(subscriber))
	binary.BigEndian.PutUint64(name[24:], uint64(part))
	mac := hmac.New(sha256.New, secret)
	mac.Write(name[:])
	return strings.ToUpper(hex.EncodeToString(mac.Sum(nil)[:16]))
}
