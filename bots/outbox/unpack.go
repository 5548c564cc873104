package outbox

import (
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"slices"
	"strings"

	"github.com/nashra-bot/nashra/news"
)

// DecodeReceipts returns the receipts that packed holds, in order of
// subscribers. Its errors match ErrDamaged. It takes no more memory than a
// fixed multiple of len(packed), whatever stands in it.
func DecodeReceipts(packed []byte) ([]Receipt, error) {
	u, err := unpack(packed)
	if err != nil || u.n == 0 {
		return nil, err
	}
	receipts := make([]Receipt, 0, u.n)
	shapes := make([]byte, 0, u.n)
	err = u.columns(func(r Receipt, shape byte) {
		receipts = append(receipts, r)
		shapes = append(shapes, shape)
	})
	if err != nil {
		return nil, err
	}
	for i, shape := range shapes {
		ids, err := u.ids(shape)
		if err != nil {
			return nil, err
		}
		receipts[i].IDs = ids
	}
	if len(u.b) != 0 {
		return nil, damaged("trailing bytes")
	}
	return receipts, nil
}

// Settle returns packed with each of late in the place of the same subscriber's
// receipt, or added where there was none, and the outcomes that stood there
// before (Pending: none did).
func Settle(packed []byte, late ...Receipt) (settled []byte, before []news.Outcome, err error) {
	receipts, err := DecodeReceipts(packed)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range late {
		i := slices.IndexFunc(receipts, func(there Receipt) bool { return there.Subscriber == r.Subscriber })
		if i < 0 {
			before, receipts = append(before, news.Pending), append(receipts, r)
			continue
		}
		before = append(before, receipts[i].Outcome)
		receipts[i] = r
	}
	return EncodeReceipts(receipts), before, nil
}

// Outcomes calls yield with every packed receipt, without its ids, in order of
// subscribers. It is many times faster than DecodeReceipts.
func Outcomes(packed []byte, yield func(Receipt)) error {
	u, err := unpack(packed)
	if err != nil || u.n == 0 {
		return err
	}
	return u.columns(func(r Receipt, _ byte) { yield(r) })
}

type unpacker struct {
	b      []byte // what is still to be read
	n      int
	number int64
}

// unpack checks the frame and leaves u before the subscribers.
func unpack(packed []byte) (*unpacker, error) {
	if len(packed) == 0 {
		return &unpacker{}, nil
	}
	if len(packed) < 6 || packed[0] != packing {
		return nil, damaged("frame")
	}
	body, sum := packed[:len(packed)-4], packed[len(packed)-4:]
	if crc32.Checksum(body, castagnoli()) != binary.BigEndian.Uint32(sum) {
		return nil, damaged("checksum")
	}
	u := &unpacker{b: body[1:]}
	n, err := u.uvarint()
	if err != nil || n == 0 || n > uint64(len(u.b)) {
		return nil, damaged("number of receipts")
	}
	u.n = int(n)
	return u, nil
}

// columns reads subscribers and runs side by side and leaves u before the ids.
func (u *unpacker) columns(yield func(r Receipt, shape byte)) error {
	subscribers := unpacker{b: u.b}
	for range u.n {
		if _, err := u.uvarint(); err != nil {
			return err
		}
	}
	last := news.SubscriberID(0)
	for told := 0; told < u.n; {
		r, shape, length, err := u.run()
		if err != nil {
			return err
		}
		if length == 0 || length > uint64(u.n-told) {
			return damaged("length of a run")
		}
		for range length {
			by, err := subscribers.uvarint()
			if err != nil {
				return err
			}
			r.Subscriber = last + news.SubscriberID(by)
			if r.Subscriber <= last {
				return damaged("order of subscribers")
			}
			last = r.Subscriber
			yield(r, shape)
		}
		told += int(length)
	}
	return nil
}

func (u *unpacker) run() (r Receipt, shape byte, length uint64, err error) {
	if len(u.b) == 0 {
		return r, 0, 0, damaged("end of the runs")
	}
	head := u.b[0]
	u.b = u.b[1:]
	var fields [3]uint64
	for i := range fields {
		if fields[i], err = u.uvarint(); err != nil {
			return r, 0, 0, err
		}
	}
	r.Outcome, r.Media = news.Outcome(head&0x0f), head&mediaBit != 0
	r.Version, r.Variant = int(fields[0]), int(fields[1])
	mark := head&markBit != 0
	r.Rejected, r.Changed = mark && r.Outcome == news.Failed, mark && r.Outcome != news.Failed
	if r.Changed { // no receipt of a correction has a medium
		r.Lined, r.Media = r.Media, false
	}
	return r, head >> idsShift & idsBits, fields[2], nil
}

func (u *unpacker) ids(shape byte) ([]news.MessageID, error) {
	switch shape {
	case idsNone:
		return nil, nil
	case idsNumber:
		id, err := u.distance()
		return []news.MessageID{id}, err
	case idsList:
		n, err := u.uvarint()
		if err != nil || n == 0 || n > uint64(len(u.b)) {
			return nil, damaged("number of ids")
		}
		ids := make([]news.MessageID, n)
		for i := range ids {
			if ids[i], err = u.id(); err != nil {
				return nil, err
			}
		}
		return ids, nil
	}
	return nil, damaged("kind of ids")
}

func (u *unpacker) id() (news.MessageID, error) {
	head, err := u.uvarint()
	if err != nil {
		return "", err
	}
	length := head >> 2
	if length > uint64(len(u.b)) {
		return "", damaged("length of an id")
	}
	switch head & 3 {
	case idNumber:
		return u.distance()
	case idText:
		id := news.MessageID(u.b[:length])
		u.b = u.b[length:]
		return id, nil
	case idHex:
		id := news.MessageID(strings.ToUpper(hex.EncodeToString(u.b[:length])))
		u.b = u.b[length:]
		return id, nil
	}
	return "", damaged("kind of an id")
}

func (u *unpacker) distance() (news.MessageID, error) {
	by, n := binary.Varint(u.b)
	if n <= 0 {
		return "", damaged("distance of an id")
	}
	u.b = u.b[n:]
	u.number += by
	return formatNumber(u.number), nil
}

func (u *unpacker) uvarint() (uint64, error) {
	v, n := binary.Uvarint(u.b)
	if n <= 0 {
		return 0, damaged("number")
	}
	u.b = u.b[n:]
	return v, nil
}
