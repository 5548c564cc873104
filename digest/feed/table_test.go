package feed

import (
	"strings"
	"testing"
	"time"
)

func TestPlainText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"سطر واحد", "سطر واحد"},
		{"سطر\nوآخر", "سطر\nوآخر"},
		{"<p>فقرة أولى</p>\n<p>فقرة ثانية</p>", "فقرة أولى\n\nفقرة ثانية"},
		{"<p>بيت<br/>الشعر</p>", "بيت\nالشعر"},
		{"<p>سطر من\nالمصدر</p>", "سطر من المصدر"},
		{"<div><div>عميق</div></div><h2>عنوان</h2>نص", "عميق\n\nعنوان\n\nنص"},
		{"<ul><li>أول</li><li><p>ثان</p></li></ul>", "• أول\n• ثان"},
		{"<ol start=3><li>ثالث</li><li>رابع<ul><li>فرع</li></ul></li></ol>", "3. ثالث\n4. رابع\n• فرع"},
		{"<pre class=\"wp-block-verse\">سطر\n  سطر\n\nمقطع</pre>", "سطر\nسطر\n\nمقطع"},
		{"قبل<script>alert(1)</script><style>p{}</style><iframe src=x></iframe><svg><text>س</text></svg><form><input value=x></form>بعد", "قبلبعد"},
		{"<figure><img src=x><figcaption>تعليق</figcaption></figure><p>نص</p>", "نص"},
		{"<figure class=\"wp-block-table\"><table><tr><td>مسقط</td><td>29</td></tr></table></figure>", "مسقط … 29"},
		{"<table><tr><th>مدينة</th><th>عظمى</th><th>صغرى</th></tr><tr><td>نزوى</td><td>31</td><td>18</td></tr></table>", "مدينة | عظمى | صغرى\nنزوى | 31 | 18"},
		{"<p>صدر البيت&emsp;&emsp;عجز البيت<br>صدر ثان&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;عجز ثان</p>", "صدر البيت … عجز البيت\nصدر ثان … عجز ثان"},
		{"<p>&emsp;فقرة مزاحة&nbsp;قليلًا</p>", "فقرة مزاحة قليلًا"},
		{"<p>أ&lt;b&gt;ب &amp;amp; ج</p>", "أ<b>ب &amp; ج"},
		{"\u200fنص\u202b معلّم\u202c\ufeff", "نص معلّم"},
		{"نص&#x202e;مقلوب&rlm;&#8207;", "نصمقلوب"},
		{"a\x00b\x07c&#0;d&#11;e", "abcde"},
		{"نص\xff مكسور", "نص مكسور"},
		{"<p style='display: none'>خفي</p><p hidden>خفي</p><div class='x sharedaddy sd-block'>شارك</div>ظاهر", "ظاهر"},
		{"<p>قبل</p><div class=\"jnews_inline_related_post_wrapper\">اقرأ أيضًا</div><p>بعد</p>", "قبل\n\nبعد"},
		{"نص &#xFDD0; و&#xfdd1 علامة <br> سطر", "نص و علامة\nسطر"},
		{strings.Repeat("<div>", 600) + "عميق جدًا", "عميق جدًا"},
	} {
		if got := plainText(c.in); got != c.want {
			t.Errorf("%.80q\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}

func TestPlainLine(t *testing.T) {
	for in, want := range map[string]string{
		"عنوان &#8211; فرعي":          "عنوان – فرعي",
		"عنوان &amp;#8211; فرعي":      "عنوان – فرعي",
		"<em>عنوان</em>\n  على سطرين": "عنوان على سطرين",
		"أ &amp;amp; ب":               "أ & ب",
		"&lt;b&gt;غليظ&lt;/b&gt;":     "<b>غليظ</b>",
		"5 < 6":                       "5 < 6",
	} {
		if got := plainLine(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestWithoutFooter(t *testing.T) {
	for _, c := range []struct {
		in, want string
		short    bool
	}{
		{"نص المقال.\n\nThe post عنوان appeared first on موقع.", "نص المقال.", false},
		{"نص المقال […]\n\nThe post عنوان first appeared on موقع.", "نص المقال", true},
		{"نص المقال [...] The post عنوان appeared first on موقع.", "نص المقال", true},
		{"نص المقال.\n\nظهرت المقالة عنوان أولاً على موقع.", "نص المقال.", false},
		{"نص المقال…\n\nاقرأ المزيد »", "نص المقال…", false},
		{"The post office is open.", "The post office is open.", false},
		{"قال إن المقال الذي نشره ظهر على الموقع.", "قال إن المقال الذي نشره ظهر على الموقع.", false},
	} {
		if got, short := withoutFooter(c.in); got != c.want || short != c.short {
			t.Errorf("%q: got %q, %v", c.in, got, short)
		}
	}
}

func TestParseDate(t *testing.T) {
	muscat := time.FixedZone("", 4*3600)
	for in, want := range map[string]string{
		"Mon, 23 Nov 2026 08:15:00 +0000":  "2026-11-23T08:15:00Z",
		"Mon, 23 Nov 2026 08:15:00 GMT":    "2026-11-23T08:15:00Z",
		"Mon, 23 Nov 2026 08:15:00 GST":    "2026-11-23T04:15:00Z",
		"Mon, 23 Nov 2026 08:15:00 GMT+4":  "2026-11-23T04:15:00Z",
		"Mon, 23 Nov 2026 08:15 UTC+04:00": "2026-11-23T04:15:00Z",
		"Mon, 23 Nov 2026 08:15:00 EST":    "2026-11-23T13:15:00Z",
		"Tue, 23 Nov 2026 08:15:00 +0400":  "2026-11-23T04:15:00Z", // the wrong weekday is no reason
		"Monday, 23 November 2026 08:15":   "2026-11-23T04:15:00Z",
		"23 Nov 26 08:15:00 +0400":         "2026-11-23T04:15:00Z",
		"November 23, 2026 8:15 PM":        "2026-11-23T16:15:00Z",
		"2026-11-23T08:15:00Z":             "2026-11-23T08:15:00Z",
		"2026-11-23T08:15:00.250+04:00":    "2026-11-23T04:15:00Z",
		"2026-11-23T08:15:00":              "2026-11-23T04:15:00Z",
		"2026-11-23 08:15:00":              "2026-11-23T04:15:00Z",
		"2026-11-23":                       "2026-11-22T20:00:00Z",
		"23/11/2026":                       "2026-11-22T20:00:00Z",
		"3/11/2026 08:15":                  "2026-11-03T04:15:00Z",
		"11/23/2026 8:15 pm":               "2026-11-23T16:15:00Z",
		"٢٣/١١/٢٠٢٦":                       "2026-11-22T20:00:00Z",
		"الاثنين 23 نوفمبر 2026":           "2026-11-22T20:00:00Z",
		"23 تشرين الثاني 2026 - 8:15 ص":    "2026-11-23T04:15:00Z",
		"\u200f23 نوفمبر، 2026 8:15 مساءً": "2026-11-23T16:15:00Z",
		"Mon, 30 Nov -0001 00:00:00 +0000": "",
		"Thu, 01 Jan 1970 00:00:00 +0000":  "",
		"أمس":                              "",
		"32/13/2026":                       "",
		"":                                 "",
	} {
		got := ""
		if d := parseDate(in, muscat); !d.IsZero() {
			got = d.UTC().Truncate(time.Second).Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestWordPressTime(t *testing.T) {
	muscat := time.FixedZone("", 4*3600)
	for _, c := range []struct{ gmt, local, want string }{
		{"2026-11-23T04:15:00", "2026-11-23T08:15:00", "2026-11-23T04:15:00Z"},
		{"", "2026-11-23T08:15:00", "2026-11-23T04:15:00Z"},
		{"0000-00-00T00:00:00", "", ""},
		{"-0001-11-30T00:00:00", "-0001-11-30T00:00:00", ""},
	} {
		got := ""
		if d := wordPressTime(c.gmt, c.local, muscat); !d.IsZero() {
			got = d.UTC().Format(time.RFC3339)
		}
		if got != c.want {
			t.Errorf("%+v: got %q", c, got)
		}
	}
}

func TestCanonical(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.News.example/a/?utm_source=x&b=2&fbclid=1#top": "https://news.example/a?b=2",
		"http://news.example:80/a":                                  "https://news.example/a",
		"https://news.example/%D8%A3%D8%AE/":                        "https://news.example/%D8%A3%D8%AE",
		"https://news.example/%d8%a3%d8%ae":                         "https://news.example/%D8%A3%D8%AE",
		"https://news.example/%D8%A7%D9%94%D8%AE":                   "https://news.example/%D8%A3%D8%AE", // alef and a combining hamza
		"https://news.example/أخ":                                   "https://news.example/%D8%A3%D8%AE",
		"https://news.example":                                      "https://news.example",
		"https://news.example/":                                     "https://news.example/",
	} {
		if got := Canonical(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestAbsolute(t *testing.T) {
	for _, c := range []struct{ ref, base, want string }{
		{"/a", "https://news.example/feed/", "https://news.example/a"},
		{"//cdn.example/a.jpg", "https://news.example/", "https://cdn.example/a.jpg"},
		{" https://news.example/أ \n", "", "https://news.example/%D8%A3"},
		{"javascript:alert(1)", "https://news.example/", ""},
		{"data:text/html,x", "https://news.example/", ""},
		{"https://ali:pw@news.example/", "", "https://news.example/"},
		{"a", "", ""},
		{"https:///a", "", ""},
		{"", "https://news.example/", ""},
	} {
		if got := absolute(c.ref, c.base); got != c.want {
			t.Errorf("%+v: got %q", c, got)
		}
	}
}

func TestPostID(t *testing.T) {
	for in, want := range map[string]int{
		"https://news.example/?p=12": 12, "https://news.example/blog/?post_type=x&p=7": 7, "https://news.example/?p=0": 0,
		"https://news.example/?p=-3": 0, "https://news.example/a": 0, "12": 0, "https://news.example/?p=99999999999999999999": 0,
	} {
		if got := postID(in); got != want {
			t.Errorf("%s: %d", in, got)
		}
	}
}

func TestPrivate(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST.": true, "127.0.0.1": true, "::1": true, "10.1.2.3": true, "169.254.169.254": true, "100.64.0.1": true,
		"::ffff:127.0.0.1": true, "64:ff9b::a00:1": true, "64:ff9b:1::a00:1": true, "2002:7f00:1::": true, "::127.0.0.1": true, "fe80::1%eth0": true, "fec0::1%1": true,
		"192.168.1.1": true, "0.1.2.3": true, "255.255.255.255": true, "0.0.0.0": true, "printer.local": true, "intranet": true, "metadata.google.internal": true,
		"news.example": false, "8.8.8.8": false, "mylocalhost.example": false, "2606:4700::1": false,
	} {
		if private(host) != want {
			t.Errorf("%s: %v", host, !want)
		}
	}
}
