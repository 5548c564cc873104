package arabic_test

import (
	"fmt"
	"time"

	"github.com/nashra-bot/nashra/news/arabic"
)

func ExampleNoun_Count() {
	for _, n := range []int{0, 1, 2, 3, 11, 100, 1000} {
		fmt.Println(arabic.News().Count(n))
	}
	// Output:
	// لا أخبار جديدة
	// خبر واحد
	// خبران
	// 3 أخبار
	// 11 خبرًا
	// 100 خبر
	// 1,000 خبر
}

func ExampleNoun_Oblique() {
	for _, n := range []int{2, 5} {
		fmt.Println("موجز من " + arabic.News().Oblique(n))
	}
	// Output:
	// موجز من خبرين
	// موجز من 5 أخبار
}

func ExampleDate() {
	fmt.Println(arabic.Date(time.Date(2025, time.November, 23, 7, 30, 0, 0, time.UTC)))
	// Output: الأحد 23 نوفمبر 2025
}

func ExampleAgo() {
	now := time.Date(2025, time.November, 23, 18, 0, 0, 0, time.UTC)
	fmt.Println(arabic.Ago(now, now.Add(-2*time.Minute)))
	fmt.Println(arabic.Ago(now, now.Add(-24*time.Hour)))
	// Output:
	// قبل دقيقتين
	// أمس
}

func ExampleParseDate() {
	t, ok := arabic.ParseDate("الأحد، ٢٣ تشرين الثاني ٢٠٢٥ - ١٠:١٥ م", time.UTC)
	fmt.Println(t.Format(time.RFC3339), ok)
	// Output: 2025-11-23T22:15:00Z true
}

func ExampleMark() {
	fmt.Printf("%q\n", arabic.Mark("موجز اليوم\nhttps://example.om/?p=1"))
	// Output: "موجز اليوم\n\u200fhttps://example.om/?p=1"
}

func ExampleClip() {
	fmt.Println(arabic.Clip("السلطان يفتتح الرصيف الجديد في ميناء صحار", 33))
	// Output: السلطان يفتتح الرصيف الجديد…
}

func ExampleFoldCommand() {
	for _, typed := range []string{"/إلغـــاء!", "٣", "شكراااا", "؟"} {
		fmt.Println(arabic.FoldCommand(typed))
	}
	// Output:
	// الغاء
	// 3
	// شكرا
	// ?
}

func ExampleUrgentPrefix() {
	rest, ok := arabic.UrgentPrefix("🔴 عاجل | أمطار غزيرة على مسندم")
	fmt.Println(rest, ok)
	rest, ok = arabic.UrgentPrefix("اجتماع عاجل لبحث الأنواء المناخية")
	fmt.Println(rest, ok)
	// Output:
	// أمطار غزيرة على مسندم true
	// اجتماع عاجل لبحث الأنواء المناخية false
}
