package wire_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"
	"time"

	"rsc.io/qr/coding"
)

// scan reads a QR code as the library draws it: eight pixels a module, four
// empty modules around, the first mask, bytes.
func scan(t *testing.T, picture []byte) string {
	t.Helper()
	drawn, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	const pixels, margin = 8, 4
	side := drawn.Bounds().Dx()/pixels - 2*margin
	plan, err := coding.NewPlan(coding.Version((side-17)/4), coding.L, 0)
	if err != nil {
		t.Fatal(err)
	}
	data := make([]byte, plan.DataBytes)
	for y, row := range plan.Pixel {
		for x, pixel := range row {
			light, _, _, _ := drawn.At((x+margin)*pixels, (y+margin)*pixels).RGBA()
			if dark := light == 0; pixel.Role() == coding.Data && dark != (pixel&coding.Black != 0) {
				data[pixel.Offset()/8] |= 0x80 >> (pixel.Offset() % 8)
			}
		}
	}
	take := func(from, n int) (value int) { // n bits
		for i := from; i < from+n; i++ {
			value = value<<1 | int(data[i/8]>>(7-i%8))&1
		}
		return value
	}
	counted := 16 // bits of the length, behind four of the mode
	if plan.Version < 10 {
		counted = 8
	}
	text := make([]byte, take(4, counted))
	for i := range text {
		text[i] = byte(take(4+counted+8*i, 8))
	}
	return string(text)
}

// unlinked is a world whose number is not linked, which its owner knows.
func unlinked(t *testing.T) (*world, *reader) {
	t.Helper()
	w := newUnpaired(t)
	owner := w.owner()
	w.start()
	owner.asks("/start")
	owner.got()
	return w, owner
}

// The owner asks for a picture instead of a code: each comes while it is good,
// an old one opens nothing, and the number is linked by scanning the newest.
func TestOwnerPairsByPicture(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w, owner := unlinked(t)
		owner.phone.SendText(owner.chat, "اربط واتساب بالصورة")
		w.pass(10 * time.Second)
		owner.gets("ووجّه الكاميرا إلى هذا الرمز")
		_, picture := owner.carries("ووجّه الكاميرا")
		first := scan(t, picture)
		w.pass(time.Minute)
		owner.gets("رمز جديد يصلح حتى")
		m, picture := owner.carries("رمز جديد")
		if until := w.clock.Now().Add(20 * time.Second).In(muscat()).Format("15:04"); !strings.Contains(m.Text, until) {
			t.Errorf("good until %s: %s", until, m.Text)
		}
		if again := scan(t, picture); again == first {
			t.Error("the same code came twice")
		}
		if err := w.whatsapp.ScanQR(scan(t, picture)); err != nil {
			t.Fatal(err)
		}
		w.pass(time.Minute)
		owner.gets("ارتبط رقم واتساب من جديد")
		if strings.Contains(w.log.String(), first) {
			t.Error("the log holds a code")
		}
	})
}

// Codes that nobody scans end, and who asks again gets others at once.
func TestOwnerPairsAgain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w, owner := unlinked(t)
		owner.phone.SendText(owner.chat, "اربط واتساب بالصورة")
		w.pass(3 * time.Minute)
		got := owner.got()
		if last := got[len(got)-1]; len(got) < 3 || !strings.Contains(last, "تعذّر الربط") {
			t.Errorf("after three minutes %q", got)
		}
		w.pass(10 * time.Minute)
		owner.gets()

		owner.phone.SendText(owner.chat, "اربط واتساب برمز QR")
		w.pass(10 * time.Second)
		owner.gets("ووجّه الكاميرا")
		w.pairByCode(owner) // instead of the picture
		w.pass(time.Minute)
		owner.gets("ارتبط رقم واتساب من جديد")
	})
}
