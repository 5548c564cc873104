package outbox

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strconv"

	"github.com/nashra-bot/nashra/news"
)

// A chunk's receipts are packed column by column:
//
//	byte        packing, the version of this format
//	uvarint     n, how many receipts
//	n uvarint   subscribers, ascending, each as the distance from the one before
//	runs        neighbours that differ in nothing but the ids, until n are told:
//	            byte      outcome (bits 0 to 3), medium or, where it is changed, lined (bit 4),
//	                    how ids are kept (bits 5 and 6),
//	                    changed or, where the outcome is Failed, rejected (bit 7)
//	            uvarint   version, variant, length of the run
//	ids         of those that have some, in the same order
//	4 bytes     CRC32C of all that stands before
//
// A message id that is a plain number, as Telegram's are, is kept as its
// distance from the number before it: two bytes where ids ascend, four where
// they jump about. Upper-case hexadecimal, as WhatsApp's are, takes a byte for
// two digits. Everything else is kept as it is.
const packing = 1

// How the ids of a receipt are kept.
const (
	idsNone   = 0 // no id
	idsNumber = 1 // one, a number
	idsList   = 2 // uvarint count, then each with its kind
)

// The kinds of ids in a list: the low bits of a uvarint whose other bits are
// the length in bytes.
const (
	idNumber = 0 // a distance follows
	idText   = 1
	idHex    = 2
)

const (
	mediaBit = 1 << 4
	idsShift = 5
	idsBits  = 3
	markBit  = 1 << 7
)

// ErrDamaged says that packed receipts are not what EncodeReceipts has made.
var ErrDamaged = errors.New("the receipts are damaged")

// EncodeReceipts packs receipts, in order of subscribers whatever order they
// come in; of two for one subscriber the later stays. Subscriber ids are above
// zero. No receipts are packed as nil.
func EncodeReceipts(receipts []Receipt) []byte {
	if len(receipts) == 0 {
		return nil
	}
	receipts = ordered(receipts)
	b := make([]byte, 0, 16+6*len(receipts))
	b = append(b, packing)
	b = binary.AppendUvarint(b, uint64(len(receipts)))
	last := news.SubscriberID(0)
	for i := range receipts {
		b = binary.AppendUvarint(b, uint64(receipts[i].Subscriber-last))
		last = receipts[i].Subscriber
	}
	p := packer{b: b}
	for i := 0; i < len(receipts); {
		i += p.run(receipts[i:])
	}
	for i := range receipts {
		p.ids(&receipts[i])
	}
	return binary.BigEndian.AppendUint32(p.b, crc32.Checksum(p.b, castagnoli()))
}

// ordered returns receipts with strictly ascending subscribers.
func ordered(receipts []Receipt) []Receipt {
	bySubscriber := func(a, b Receipt) int { return compare(a.Subscriber, b.Subscriber) }
	ascending := true
	for i := 1; i < len(receipts) && ascending; i++ {
		ascending = receipts[i-1].Subscriber < receipts[i].Subscriber
	}
	if ascending {
		return receipts
	}
	sorted := slices.Clone(receipts)
	slices.SortStableFunc(sorted, bySubscriber)
	out := sorted[:0]
	for _, r := range sorted {
		if n := len(out); n > 0 && out[n-1].Subscriber == r.Subscriber {
			out[n-1] = r
			continue
		}
		out = append(out, r)
	}
	return out
}

type packer struct {
	b      []byte
	number int64 // the last number among the ids
}

// run packs the longest run that receipts begin with and returns its length.
func (p *packer) run(receipts []Receipt) int {
	first := &receipts[0]
	head := headOf(first)
	n := 1
	for n < len(receipts) && receipts[n].Version == first.Version &&
		receipts[n].Variant == first.Variant && headOf(&receipts[n]) == head {
		n++
	}
	p.b = append(p.b, head)
	p.b = binary.AppendUvarint(p.b, uint64(first.Version))
	p.b = binary.AppendUvarint(p.b, uint64(first.Variant))
	p.b = binary.AppendUvarint(p.b, uint64(n))
	return n
}

func headOf(r *Receipt) byte {
	head := byte(r.Outcome) & 0x0f
	if r.Media || r.Lined && r.Changed {
		head |= mediaBit
	}
	if r.marked() {
		head |= markBit
	}
	shape := byte(idsList)
	switch len(r.IDs) {
	case 0:
		shape = idsNone
	case 1:
		if _, ok := number(r.IDs[0]); ok {
			shape = idsNumber
		}
	}
	return head | shape<<idsShift
}

// marked is Rejected of a Failed receipt, Changed of any other.
func (r *Receipt) marked() bool {
	if r.Outcome == news.Failed {
		return r.Rejected
	}
	return r.Changed
}

func (p *packer) ids(r *Receipt) {
	if len(r.IDs) == 0 {
		return
	}
	n, ok := number(r.IDs[0])
	if len(r.IDs) == 1 && ok {
		p.distance(n)
		return
	}
	p.b = binary.AppendUvarint(p.b, uint64(len(r.IDs)))
	for _, id := range r.IDs {
		if n, ok := number(id); ok {
			p.b = append(p.b, idNumber)
			p.distance(n)
			continue
		}
		if packed, ok := appendHex(nil, id); ok {
			p.b = binary.AppendUvarint(p.b, uint64(len(packed))<<2|idHex)
			p.b = append(p.b, packed...)
			continue
		}
		p.b = binary.AppendUvarint(p.b, uint64(len(id))<<2|idText)
		p.b = append(p.b, id...)
	}
}

func (p *packer) distance(n int64) {
	p.b = binary.AppendVarint(p.b, n-p.number)
	p.number = n
}

// number reads an id that is a number written the only way we would write it.
func number(id news.MessageID) (int64, bool) {
	if len(id) == 0 || len(id) > 18 || id[0] == '0' && len(id) > 1 {
		return 0, false
	}
	n := int64(0)
	for i := range len(id) {
		c := id[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int64(c)
	}
	return n, true
}

func appendHex(b []byte, id news.MessageID) ([]byte, bool) {
	if len(id) == 0 || len(id)%2 != 0 {
		return nil, false
	}
	for i := 0; i < len(id); i += 2 {
		hi, lo := hexDigit(id[i]), hexDigit(id[i+1])
		if hi > 15 || lo > 15 {
			return nil, false
		}
		b = append(b, hi<<4|lo)
	}
	return b, true
}

func hexDigit(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return 255
}

func formatNumber(n int64) news.MessageID { return news.MessageID(strconv.FormatInt(n, 10)) }

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

func compare[T ~int | ~int64](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func damaged(what string) error { return fmt.Errorf("%s: %w", what, ErrDamaged) }
