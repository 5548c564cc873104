package wire

import "testing"

func TestWordsForPairing(t *testing.T) {
	for _, said := range []string{"اربط واتساب", "ربط الواتساب", "أربط الواتساب!", "link whatsapp", "Pair WhatsApp"} {
		if !pairs(said) {
			t.Errorf("%q does not pair", said)
		}
	}
	for _, said := range []string{"ربط", "واتساب", "اربط واتساب غدًا", "link"} {
		if pairs(said) {
			t.Errorf("%q pairs", said)
		}
	}
}
