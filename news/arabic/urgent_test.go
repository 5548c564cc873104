package arabic_test

import (
	"testing"

	"github.com/nashra-bot/nashra/news/arabic"
)

func TestUrgentPrefix(t *testing.T) {
	for in, want := range map[string]string{
		"عاجل: زلزال في البحر":            "زلزال في البحر",
		"عاجل | زلزال":                    "زلزال",
		"عاجل|زلزال":                      "زلزال",
		"عاجل - زلزال":                    "زلزال",
		"عاجل – زلزال":                    "زلزال",
		"عاجل — زلزال":                    "زلزال",
		"عاجل ـ زلزال":                    "زلزال",
		"عاجلـ زلزال":                     "زلزال",
		"عــاجل: زلزال":                   "زلزال",
		"عاجِل: زلزال":                    "زلزال",
		"عاجل / زلزال":                    "زلزال",
		"عاجل! زلزال":                     "زلزال",
		"عاجل!! زلزال":                    "زلزال",
		"عاجل.. زلزال":                    "زلزال",
		"عاجل… زلزال":                     "زلزال",
		"عاجل":                            "",
		"  عاجل  ":                        "",
		"🔴 عاجل | زلزال":                  "زلزال",
		"🔴🔴عاجل: زلزال":                   "زلزال",
		"‼️ عاجل: زلزال":                  "زلزال",
		"⚡️عاجل: زلزال":                   "زلزال",
		"🚨 عاجل: زلزال":                   "زلزال",
		"#عاجل | زلزال":                   "زلزال",
		"#عاجل: زلزال":                    "زلزال",
		"[عاجل]: زلزال":                   "زلزال",
		"(عاجل) - زلزال":                  "زلزال",
		"«عاجل» | زلزال":                  "زلزال",
		"خبر عاجل: زلزال":                 "زلزال",
		"🔴 خبر  عاجل | زلزال":             "زلزال",
		"\u200f\u202bعاجل:\u202c زلزال":   "زلزال",
		"عاجل | عاجل: زلزال":              "زلزال",
		"عاجل: اجتماع عاجل للجنة الطوارئ": "اجتماع عاجل للجنة الطوارئ",
	} {
		if rest, ok := arabic.UrgentPrefix(in); !ok || rest != want {
			t.Errorf("UrgentPrefix(%q) = %q, %v, want %q", in, rest, ok, want)
		}
	}
}

func TestUrgentPrefixRefuses(t *testing.T) {
	for _, in := range []string{
		"", " ", "زلزال",
		"اجتماع عاجل: قرارات مهمة",
		"اجتماع عاجل للجنة",
		"زلزال في البحر.. عاجل",
		"زلزال | عاجل",
		"عاجل جدًا: زلزال",
		"عاجل زلزال",
		"عاجلًا أم آجلًا",
		"عاجلا: زلزال",
		"عاجلة: قضية",
		"عاجلـة: قضية",
		"العاجل: زلزال",
		"نداء عاجل",
		"خبر عاجل عن زلزال",
		"خبر: عاجل",
		"«عاجل» مسلسل جديد",
		"#عاجل_عمان: زلزال",
		"عاجل. زلزال",
		"عاجل، زلزال",
		"غير عاجل: زلزال",
		"x عاجل: زلزال",
	} {
		if rest, ok := arabic.UrgentPrefix(in); ok || rest != in {
			t.Errorf("UrgentPrefix(%q) = %q, %v, want no label", in, rest, ok)
		}
	}
}

func FuzzUrgentPrefix(f *testing.F) {
	for _, s := range append(seeds, "عاجل", "[عاجل] | عاجل..", "عاجلـ", "عاجل!\xd8\xe9") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		rest, ok := arabic.UrgentPrefix(s)
		if !ok && rest != s || ok && arabic.Runes(rest) >= arabic.Runes(s) {
			t.Errorf("UrgentPrefix(%q) = %q, %v", s, rest, ok)
		}
		if again, ok := arabic.UrgentPrefix(rest); ok {
			t.Errorf("UrgentPrefix(%q) = %q, which is still urgent: %q", s, rest, again)
		}
	})
}
