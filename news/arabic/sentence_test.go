package arabic_test

import (
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/news/arabic"
)

func TestDateline(t *testing.T) {
	const body = "احتفلت السلطنة اليوم."
	for _, head := range []string{
		"دبي، الإمارات العربية المتحدة (CNN)-- ",
		"مسقط (أ ف ب) – ",
		"مسقط (أ.ف.ب) - ",
		"لندن (رويترز) — ",
		"مسقط (العُمانية): ",
		"مسقط – العمانية: ",
		"مسقط - العمانية\n",
		"مسقط ـ العُمانية ـ ",
		"صلالة، مسقط - العمانية - ",
		"العمانية – ",
		"العمانية: ",
		"وكالة الأنباء العُمانية: ",
		"مسقط في 23 نوفمبر /العمانية/ ",
		"مسقط في 23 نوفمبر 2025 /العمانية/ -- ",
		"/العمانية/ ",
		"مسقط 23/11/2025 /العمانية/ ",
		"Muscat, 22 Jan 2026 (ONA) --- ",
		"  مسقط – رويترز: ",
	} {
		if got := arabic.Dateline(head + body); got != body {
			t.Errorf("Dateline(%q) = %q", head+body, got)
		}
	}
	for _, text := range []string{
		"", body, "العمانية",
		"مسقط – العمانية",
		"العمانية، صحيفة قديمة",
		"الصحف العمانية تحتفي بالكاتب",
		"احتفلت (رويترز) اليوم",
		"قناة (CNN) الأمريكية",
		"أعلنت شركة الطيران - العمانية للنقل - نتائجها",
		strings.Repeat("كلام ", 20) + "(رويترز) - خبر",
		strings.Repeat("كلام ", 20) + "/العمانية/ خبر",
		"سطر أول\n(رويترز) - خبر",
		"و/أو كان",
	} {
		if got := arabic.Dateline(text); got != text {
			t.Errorf("Dateline(%q) = %q, want it whole", text, got)
		}
	}
}

func TestLead(t *testing.T) {
	tests := []struct {
		in   string
		max  int
		want string
	}{
		{"", 200, ""},
		{"جملة أولى. جملة ثانية. جملة ثالثة.", 200, "جملة أولى. جملة ثانية."},
		{"جملة أولى. جملة ثانية.", 12, "جملة أولى."},
		{"جملة أولى؟ نعم! وثالثة", 200, "جملة أولى؟ نعم!"},
		{"عنوان قصير\n\nجملة أخرى", 200, "عنوان قصير جملة أخرى"},
		{"  كلام   كثير\u00a0المسافات. ", 200, "كلام كثير المسافات."},
		{"قال د. سالم إن م. علي حضر. ثم غادر. وعاد.", 200, "قال د. سالم إن م. علي حضر. ثم غادر."},
		{"بلغ المبلغ 5 ر.ع. فقط. ثم زاد. وانتهى.", 200, "بلغ المبلغ 5 ر.ع. فقط. ثم زاد."},
		{"التقى أ.د. حمد الوفد. وغادر. وعاد.", 200, "التقى أ.د. حمد الوفد. وغادر."},
		{"قال Dr. Smith نعم. ثم غادر. وعاد.", 200, "قال Dr. Smith نعم. ثم غادر."},
		{"1. افتتاح الميناء. 2. توسعة. 3. ختام.", 200, "1. افتتاح الميناء. 2. توسعة."},
		{"تأسست عام 2025. ثم توسعت. وكبرت.", 200, "تأسست عام 2025. ثم توسعت."},
		{"ارتفع 3.5 بالمئة. ثم انخفض. وثبت.", 200, "ارتفع 3.5 بالمئة. ثم انخفض."},
		{"قال: «نحن هنا.» ثم مضى. وعاد.", 200, "قال: «نحن هنا.» ثم مضى."},
		{"انتظر… ثم تكلم. وسكت.", 200, "انتظر… ثم تكلم."},
		{"موقع example.om يعمل. جيد. نعم.", 200, "موقع example.om يعمل. جيد."},
		{"دبي (CNN)-- أعلنت الشركة نتائجها. وارتفعت. ثم.", 200, "أعلنت الشركة نتائجها. وارتفعت."},
		{"مسقط – العمانية\nأعلنت الوزارة أمس عن خطة، في مسقط", 28, "أعلنت الوزارة أمس عن خطة…"},
	}
	for _, tt := range tests {
		if got := arabic.Lead(tt.in, tt.max); got != tt.want {
			t.Errorf("Lead(%q, %d) = %q, want %q", tt.in, tt.max, got, tt.want)
		}
	}
}

func FuzzLead(f *testing.F) {
	for _, s := range append(seeds, "مسقط – العمانية\nقال د. سالم 3. 5 «نعم.» ثم", "a/b/c (CNN)-- x") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		const budget = 40
		lead := arabic.Lead(s, budget)
		if arabic.Units(lead) > budget || strings.ContainsAny(lead, "\n\r\t") || strings.Contains(lead, "  ") {
			t.Errorf("Lead(%q) = %q", s, lead)
		}
		if strings.TrimSpace(s) != "" && lead == "" {
			t.Errorf("Lead(%q) is empty", s)
		}
		if rest := arabic.Dateline(s); !strings.HasSuffix(strings.TrimSpace(s), strings.TrimSpace(rest)) {
			t.Errorf("Dateline(%q) = %q is no end of it", s, rest)
		}
		first := strings.Join(strings.Fields(arabic.Dateline(s)), " ")
		if kept := strings.TrimSuffix(lead, "…"); !strings.HasPrefix(first, kept) {
			t.Errorf("Lead(%q) = %q is no beginning of it", s, lead)
		}
	})
}
