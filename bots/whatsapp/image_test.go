package whatsapp

import (
	"bytes"
	"image"
	"image/jpeg"
	"runtime"
	"testing"
)

// TestThumbnailMemory shows a picture of a few bytes that asks for 300 MB: four
// channels, progressive, of 16 million pixels. It has none; a photo of a
// phone's camera has.
func TestThumbnailMemory(t *testing.T) {
	head := []byte{0xff, 0xd8, 0xff, 0xc2, 0, 20, 8, 0x0f, 0xa0, 0x0f, 0xa0, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0}
	scan := []byte{0xff, 0xda, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 0, 0, 1, 2, 3, 4, 0xff, 0xd9}
	filled := append([]byte{0xff, 0xd8, 0xff}, head[2:]...) // a byte that decoders skip
	disguised := append([]byte{0xff, 0xd8, 0xff, 0xd0, 0, 2, 0xff, 0xc0, 0, 4}, head[2:]...)
	for name, data := range map[string][]byte{"plain": append(head, scan...), "filled": append(filled, scan...), "disguised": append(disguised, scan...)} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got := thumbnail(data)
		runtime.ReadMemStats(&after)
		if cost := (after.TotalAlloc - before.TotalAlloc) >> 20; got != nil || cost > 64 {
			t.Errorf("%s: %d bytes, for %d MB", name, len(got), cost)
		}
	}
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewYCbCr(image.Rect(0, 0, 4000, 3000), image.YCbCrSubsampleRatio420), nil); err != nil {
		t.Fatal(err)
	}
	if thumbnail(photo.Bytes()) == nil {
		t.Error("a photo of a phone has no thumbnail")
	}
}
