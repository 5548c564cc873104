package whatsapp

import (
	"bytes"
	"image"
	"image/color"
	_ "image/gif" // pictures of older pages
	"image/jpeg"
	_ "image/png" // and of others
)

const (
	mostPixels    = 40_000_000 // a larger picture is a trap, or useless on a phone
	mostShrunk    = 16_000_000 // pixels that are gone through for a thumbnail
	mostDecoded   = 48 << 20   // bytes of memory that a thumbnail is worth: a stranger's few bytes may ask for hundreds of megabytes
	thumbnailSide = 160
	thumbnailMost = 16 << 10 // bytes
)

// look is what a message says about a picture.
type look struct {
	width, height uint32
	mime          string
	thumbnail     []byte // JPEG; nil: none could be made
}

// inspect is inspect for one picture at a time: decoded, each is many megabytes.
func (a *Adapter) inspect(data []byte) (look, error) {
	a.decoding.Lock()
	defer a.decoding.Unlock()
	return inspect(data)
}

// thumbnail likewise.
func (a *Adapter) thumbnail(data []byte) []byte {
	a.decoding.Lock()
	defer a.decoding.Unlock()
	return thumbnail(data)
}

// inspect reads a picture. Only JPEG and PNG are shown by every phone.
func inspect(data []byte) (look, error) {
	head, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || format != "jpeg" && format != "png" {
		return look{}, errNoPicture
	}
	if head.Width <= 0 || head.Height <= 0 || head.Width*head.Height > mostPixels {
		return look{}, errNoPicture
	}
	l := look{width: uint32(head.Width), height: uint32(head.Height), mime: "image/" + format}
	l.thumbnail = thumbnail(data)
	return l, nil
}

// thumbnail makes a small JPEG of a picture; nil when it cannot be read.
func thumbnail(data []byte) []byte {
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || head.Width <= 0 || head.Height <= 0 || head.Width*head.Height > min(mostShrunk, mostDecoded/pixelBytes(head, data)) {
		return nil
	}
	whole, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	small := shrink(whole, thumbnailSide)
	for quality := 75; quality >= 25; quality -= 25 {
		var out bytes.Buffer
		if jpeg.Encode(&out, small, &jpeg.Options{Quality: quality}) == nil && out.Len() <= thumbnailMost {
			return out.Bytes()
		}
	}
	return nil
}

// pixelBytes is how much memory decoding takes for each pixel, at most. Of a
// progressive JPEG all coefficients are kept until its end, four bytes each.
func pixelBytes(head image.Config, data []byte) int {
	samples := 4
	switch head.ColorModel {
	case color.GrayModel:
		samples = 1
	case color.YCbCrModel:
		samples = 3
	case color.CMYKModel:
		samples = 8 // its channels are turned into a second picture
	case color.RGBA64Model, color.NRGBA64Model, color.Gray16Model:
		samples = 8
	}
	if bytes.HasPrefix(data, []byte{0xff, 0xd8}) && !baseline(data) {
		return 5 * samples
	}
	return samples
}

// baseline reports whether a JPEG is put together in one pass. What is not
// plainly so is not.
func baseline(data []byte) bool {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		switch kind := data[at+1]; {
		case kind == 0xc0 || kind == 0xc1:
			return true
		case kind < 0xe0 && kind != 0xc4 && kind != 0xdb && kind != 0xdd || kind > 0xef && kind != 0xfe: // no table, no note
			return false
		}
		at += 2 + int(data[at+2])<<8 + int(data[at+3])
	}
	return false
}

// shrink averages blocks of pixels, so that the longer side has at most side.
func shrink(src image.Image, side int) image.Image {
	b := src.Bounds()
	longer := max(b.Dx(), b.Dy())
	if longer <= side {
		return src
	}
	w, h := max(1, b.Dx()*side/longer), max(1, b.Dy()*side/longer)
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			dst.Set(x, y, average(src, image.Rect(
				b.Min.X+x*b.Dx()/w, b.Min.Y+y*b.Dy()/h,
				b.Min.X+(x+1)*b.Dx()/w, b.Min.Y+(y+1)*b.Dy()/h)))
		}
	}
	return dst
}

// average looks at no more than 16 pixels of a block.
func average(src image.Image, block image.Rectangle) color.Color {
	stepX, stepY := max(1, block.Dx()/4), max(1, block.Dy()/4)
	var r, g, b, n uint32
	for y := block.Min.Y; y < block.Max.Y; y += stepY {
		for x := block.Min.X; x < block.Max.X; x += stepX {
			pr, pg, pb, _ := src.At(x, y).RGBA()
			r, g, b, n = r+pr>>8, g+pg>>8, b+pb>>8, n+1
		}
	}
	n = max(n, 1)
	return color.RGBA{R: uint8(r / n), G: uint8(g / n), B: uint8(b / n), A: 255}
}
