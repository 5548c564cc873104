package whatsapp

import (
	"errors"
	"fmt"
	"strings"

	"rsc.io/qr"
)

// ErrTooSmall says that a code does not fit the terminal. It fits a PNG.
var ErrTooSmall = errors.New("the terminal is too small for this code")

const (
	quiet    = 2 // empty modules around a code on a terminal
	pngScale = 8 // pixels of a module
	onWhite  = "\x1b[30;107m"
	asBefore = "\x1b[0m"
)

// Terminal draws a code for a terminal of so many columns and rows: in half
// blocks, which every font has, and where these are too tall, in sextants
// (Unicode 13), so that a pairing code fits 80 by 24 with a line to spare.
func Terminal(text string, columns, rows int) (string, error) {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return "", fmt.Errorf("draw a code: %w", err)
	}
	side := code.Size + 2*quiet
	switch {
	case side <= columns && (side+1)/2 < rows:
		return draw(code, 1, 2, func(dark int) rune { return []rune(" ▀▄█")[dark] }), nil
	case (side+1)/2 <= columns && (side+2)/3 < rows:
		return draw(code, 2, 3, sextant), nil
	}
	return "", fmt.Errorf("draw a code of %d modules: %w", code.Size, ErrTooSmall)
}

// PNG draws a code as a picture.
func PNG(text string) ([]byte, error) {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return nil, fmt.Errorf("draw a code: %w", err)
	}
	code.Scale = pngScale
	return code.PNG(), nil
}

// draw sets a code in cells of width by height modules, black on white
// whatever the terminal's colours. Sign gets the dark modules of a cell as
// bits, from the top left, line by line.
func draw(code *qr.Code, width, height int, sign func(dark int) rune) string {
	var out strings.Builder
	side := code.Size + 2*quiet
	for y := 0; y < side; y += height {
		out.WriteString(onWhite)
		for x := 0; x < side; x += width {
			dark := 0
			for i := range width * height {
				if code.Black(x+i%width-quiet, y+i/width-quiet) {
					dark |= 1 << i
				}
			}
			out.WriteRune(sign(dark))
		}
		out.WriteString(asBefore + "\n")
	}
	return out.String()
}

// sextant is the sign of a cell of two by three modules. The block has no
// signs of its own for the four that are older.
func sextant(dark int) rune {
	switch dark {
	case 0:
		return ' '
	case 0b010101:
		return '▌'
	case 0b101010:
		return '▐'
	case 0b111111:
		return '█'
	}
	sign := rune(0x1fb00 + dark - 1)
	if dark > 0b010101 {
		sign--
	}
	if dark > 0b101010 {
		sign--
	}
	return sign
}
