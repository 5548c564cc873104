package wire

import "testing"

func TestWordsForPairing(t *testing.T) {
	for _, said := range []string{"اربط واتساب", "ربط الواتساب", "أربط الواتساب!", "link whatsapp", "Pair WhatsApp"} {
		if asked, picture := pairs(said); !asked || picture {
			t.Errorf("%q does not pair by a code", said)
		}
	}
	for _, said := range []string{"اربط واتساب بالصورة", "اربط الواتساب برمز QR", "ربط واتساب qr", "link whatsapp by picture", "Pair WhatsApp QR"} {
		if asked, picture := pairs(said); !asked || !picture {
			t.Errorf("%q does not pair by a picture", said)
		}
	}
	for _, said := range []string{"ربط", "واتساب", "اربط واتساب غدًا", "link", "اربط واتسابQR"} {
		if asked, _ := pairs(said); asked {
			t.Errorf("%q pairs", said)
		}
	}
}
