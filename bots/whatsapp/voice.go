package whatsapp

import (
	"bytes"
	"encoding/binary"
)

// Opus in Ogg counts its samples at 48 kHz, whatever it was recorded at (RFC
// 7845); a page says behind its mark, version and flags how many are over (RFC
// 3533).
const (
	opusRate   = 48_000
	granuleAt  = 6
	longestOgg = 24 * 60 * 60 // seconds that are believed
)

// seconds is how long a voice note is, as phones show it before they play it;
// 0: not known.
func seconds(data []byte) uint32 {
	at := bytes.LastIndex(data, []byte("OggS"))
	if at < 0 || len(data) < at+granuleAt+8 {
		return 0
	}
	n := binary.LittleEndian.Uint64(data[at+granuleAt:]) / opusRate
	if n > longestOgg {
		return 0
	}
	return uint32(n)
}
