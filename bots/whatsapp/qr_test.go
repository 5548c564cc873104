package whatsapp_test

import (
	"bytes"
	"errors"
	"image/png"
	"slices"
	"strings"
	"testing"

	"rsc.io/qr"

	"github.com/nashra-bot/nashra/bots/whatsapp"
)

// pairingCode has the length of the network's codes.
var pairingCode = "https://wa.me/settings/linked_devices#2@" + strings.Repeat("aB3+", 24) + strings.Repeat(","+strings.Repeat("xY/9", 11), 3) + ",1"

func TestTerminal(t *testing.T) {
	code, err := qr.Encode(pairingCode, qr.L)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ columns, rows, width, height int }{{80, 24, 2, 3}, {120, 50, 1, 2}} {
		drawn, err := whatsapp.Terminal(pairingCode, c.columns, c.rows)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(strings.NewReplacer("\x1b[30;107m", "", "\x1b[0m", "").Replace(drawn), "\n"), "\n")
		if len(lines) >= c.rows || len([]rune(lines[0])) > c.columns {
			t.Errorf("%d lines of %d", len(lines), len([]rune(lines[0])))
		}
		for y := -2; y < code.Size+2; y++ {
			for x := -2; x < code.Size+2; x++ {
				sign := []rune(lines[(y+2)/c.height])[(x+2)/c.width]
				if dark(sign, (x+2)%c.width, (y+2)%c.height) != code.Black(x, y) {
					t.Fatalf("at %d, %d stands %q", x, y, sign)
				}
			}
		}
	}
	if _, err := whatsapp.Terminal(pairingCode, 40, 12); !errors.Is(err, whatsapp.ErrTooSmall) {
		t.Errorf("a tiny terminal gives %v", err)
	}
}

// sextants are the block's signs in the order of Unicode, as sets of the six
// places of a cell: it leaves out none, the left and right half, and all.
var sextants = func() (sets []int) {
	for set := range 64 {
		if !slices.Contains([]int{0, 0b010101, 0b101010, 0b111111}, set) {
			sets = append(sets, set)
		}
	}
	return sets
}()

// dark reads one place of a sign.
func dark(sign rune, x, y int) bool {
	switch sign {
	case ' ':
		return false
	case '█':
		return true
	case '▀':
		return y == 0
	case '▄':
		return y == 1
	case '▌':
		return x == 0
	case '▐':
		return x == 1
	}
	return sextants[sign-0x1fb00]&(1<<(2*y+x)) != 0
}

func TestPNG(t *testing.T) {
	picture, err := whatsapp.PNG(pairingCode)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	code, _ := qr.Encode(pairingCode, qr.L)
	if want := 8 * (code.Size + 8); decoded.Bounds().Dx() != want || decoded.Bounds().Dy() != want {
		t.Errorf("the picture is %v, want %d pixels with four white modules around", decoded.Bounds(), want)
	}
}
