package outbox

import (
	"encoding/binary"
	"hash/crc32"
	"slices"

	"github.com/nashra-bot/nashra/news"
)

// A set of readers is packed as
//
//	byte        packing, the version of this format
//	uvarint     n, how many readers
//	n uvarint   readers, ascending, each as the distance from the one before
//	4 bytes     CRC32C of all that stands before

// EncodeReaders packs a set of readers, in whatever order they come. Ids are
// above zero. No readers are packed as nil.
func EncodeReaders(readers []news.SubscriberID) []byte {
	if len(readers) == 0 {
		return nil
	}
	readers = slices.Compact(slices.Sorted(slices.Values(readers)))
	b := make([]byte, 0, 8+2*len(readers))
	b = append(b, packing)
	b = binary.AppendUvarint(b, uint64(len(readers)))
	last := news.SubscriberID(0)
	for _, id := range readers {
		b = binary.AppendUvarint(b, uint64(id-last))
		last = id
	}
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b, castagnoli()))
}

// DecodeReaders returns a packed set, ascending. Its errors match ErrDamaged.
func DecodeReaders(packed []byte) ([]news.SubscriberID, error) {
	u, err := unpack(packed)
	if err != nil || u.n == 0 {
		return nil, err
	}
	readers := make([]news.SubscriberID, 0, u.n)
	last := news.SubscriberID(0)
	for range u.n {
		by, err := u.uvarint()
		if err != nil {
			return nil, err
		}
		next := last + news.SubscriberID(by)
		if next <= last {
			return nil, damaged("order of readers")
		}
		readers, last = append(readers, next), next
	}
	if len(u.b) != 0 {
		return nil, damaged("trailing bytes")
	}
	return readers, nil
}
