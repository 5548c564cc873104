package arabic_test

import (
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/news/arabic"
)

func TestSameStory(t *testing.T) {
	const (
		port   = "افتتح وزير النقل اليوم الرصيف الجديد في ميناء صحار بحضور عدد من المسؤولين والمهندسين"
		other  = "تستعد فرق الدوري لجولة حاسمة تقام مبارياتها مساء الجمعة المقبل على ملاعب مسقط وصلالة"
		titleA = "وزير النقل يفتتح الرصيف الجديد بميناء صحار"
		titleB = "وزير النقل يدشن الرصيف الجديد لميناء صحار"
	)
	tests := []struct {
		what                         string
		titleA, bodyA, titleB, bodyB string
		want                         bool
	}{
		{"one title", titleA, port, titleA, other, true},
		{"one title in another spelling", "وزيرُ النقلِ يفتتح الرصيف الجديد", "", "وزير النقل يفتتح الرّصيف الجديد!", "", true},
		{"like titles, like bodies", titleA, port, titleB, "وقد " + port + ".", true},
		{"like titles, other bodies", titleA, port, titleB, other, false},
		{"like titles, no bodies", titleA, "", titleB, "", false},
		{"other titles, one body", titleA, port, "صحار تحتفل بيوم الشجرة", port, false},
		{"serial titles", "المسلسلات السورية في رمضان والقنوات الناقلة", "قائمة أولى طويلة من أعمال سورية",
			"المسلسلات المصرية في رمضان والقنوات الناقلة", "قائمة ثانية قصيرة من أعمال مصر", false},
		{"a title of one word", "مضلل", port, "مضلل", port, false},
		{"a title of two words", "أسعار النفط", port, "أسعار النفط", port, false},
		{"two words, one of them often", "مضلل مضلل خبر", port, "مضلل مضلل خبر", port, false},
		{"no titles", "", port, "", port, false},
	}
	for _, tt := range tests {
		if got := arabic.SameStory(tt.titleA, tt.bodyA, tt.titleB, tt.bodyB); got != tt.want {
			t.Errorf("%s: %v (titles %.2f)", tt.what, got, arabic.Similarity(tt.titleA, tt.titleB))
		}
		if got := arabic.SameStory(tt.titleB, tt.bodyB, tt.titleA, tt.bodyA); got != tt.want {
			t.Errorf("%s, the other way round: %v", tt.what, got)
		}
	}
}

func TestSimilarity(t *testing.T) {
	tests := []struct {
		a, b string
		want float64
	}{
		{"", "", 0},
		{"خبر", "", 0},
		{"المكتبات في عُمان", "مكتبة في عمان", 1},
		{"خبر أول", "خبر ثان", 1.0 / 3},
		{strings.Repeat("خبر ", 50), "خبر", 1},
	}
	for _, tt := range tests {
		if got := arabic.Similarity(tt.a, tt.b); got != tt.want {
			t.Errorf("Similarity(%q, %q) = %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}
