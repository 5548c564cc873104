package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestPage plays the README's story on the page in a real browser. With
// NASHRA_PICTURES set to a folder, it leaves pictures of the page there.
func TestPage(t *testing.T) {
	ctx := browser(t)
	address := play(t)
	b := &page{t: t, ctx: ctx, phone: "telegram"}

	b.do("open the page", chromedp.EmulateViewport(1680, 1050), chromedp.Navigate(address), chromedp.WaitVisible(`body[data-ready=yes]`))
	b.see("the site's articles", `document.querySelectorAll("#articles li").length > 20`)
	b.see("right to left", `getComputedStyle(document.body).direction === "rtl"`)

	b.say("السلام عليكم")
	b.arrives("وعليكم السلام")
	b.see("four choices", `document.querySelectorAll("#telegram .msg:last-child .keys button").length === 4`)
	b.see("headlines that are links", `document.querySelectorAll("#telegram .bubble a[href^=http]").length >= 3`)

	b.press("اختيار الأقسام")
	b.arrives("المس القسم")
	b.say("اشتراك الطقس")
	b.arrives("الطقس")

	b.do("move the clock", chromedp.Click("#next"))
	b.arrives("موجز عاشق عُمان · ")
	b.see("bold in the digest", `document.querySelectorAll("#telegram .bubble b").length > 5`)

	b.do("publish breaking news",
		chromedp.SetValue(`#publish [name=title]`, "إغلاق طريق الوادي الأخضر مؤقتًا"),
		chromedp.SetValue(`#publish [name=body]`, "أُغلق الطريق في الاتجاهين بسبب جريان الوادي. وتنصح الجهات المختصة بسلوك الطريق البديل."),
		chromedp.Click(`#publish [name=urgent]`),
		chromedp.Click(`#publish button[type=submit]`))
	b.arrives("عاجل | إغلاق طريق الوادي الأخضر مؤقتًا")
	w := &page{t: t, ctx: ctx, phone: "whatsapp"}
	w.say("صباح الخير")
	w.arrives("3. اختيار الأقسام")
	w.say("٣")
	w.arrives("الأقسام")
	w.say("اشتراك شعر")
	w.arrives("شعر")
	b.do("move the clock", chromedp.Click("#next"))
	w.arrives("موجز عاشق عُمان · ")
	w.see("bold in the digest", `document.querySelectorAll("#whatsapp .bubble b").length > 5`)

	decide(&page{t: t, ctx: ctx, phone: "editor"}, b, w)

	b.say("إلغاء")
	b.arrives("توقفت الرسائل كلها")
	for _, size := range [][2]int64{{1280, 800}, {900, 800}, {420, 900}} {
		b.do("resize the window", chromedp.EmulateViewport(size[0], size[1]))
		b.see("no sideways scrolling", `document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1`)
		b.see("phones in full", `[...document.querySelectorAll(".phone")].every(p => p.clientWidth > 240 && p.getBoundingClientRect().left >= 0)`)
		b.picture(fmt.Sprintf("%d.png", size[0]))
	}
}

// decide plays the editor: an alert is seen, sent to all, corrected where it was
// read, and taken back. Readers look on. Number 1 is the breaking news that came
// by itself before.
func decide(editor *page, readers ...*page) {
	const wrong, right = "عاجل | إغلاق طريق الوادي الأخضر شهرًا", "إغلاق طريق الوادي الأخضر يومًا واحدًا"
	all := func(see func(*page)) {
		for _, r := range readers {
			see(r)
		}
	}
	editor.arrives("صفتك: مالك")
	editor.arrives("البوت مفتوح للجمهور")
	editor.offer("خبر عاجل…")
	editor.arrives(wrong)
	editor.arrives("لم تُختر الوجهة بعد")
	editor.offer("للجميع")
	editor.arrives("النسخة 2")
	editor.offer("تأكيد 2.2")
	editor.arrives("عدّ تنازلي")
	all(func(r *page) { r.arrives(wrong) })
	editor.arrives("خبر عاجل رقم 2: اكتمل")

	editor.offer("تصحيح…")
	editor.arrives("تصحيح رقم 3: بانتظار التأكيد")
	editor.press("أرسل")
	editor.arrives("تصحيح رقم 3: عدّ تنازلي")
	all(func(r *page) { r.arrives(right) })
	editor.arrives("تصحيح رقم 3: اكتمل")
	all(func(r *page) {
		r.vanishes(wrong)
		r.see("the mark of an edit", `[...document.querySelectorAll("#`+r.phone+` .when")].some(n => n.textContent.includes("معدّلة"))`)
	})
	editor.picture("demo.png")

	editor.offer("سحب")
	editor.arrives("سحب رقم 4: بانتظار التأكيد")
	editor.press("أرسل")
	editor.arrives("سحب رقم 4: اكتمل")
	all(func(r *page) {
		r.vanishes(right) // and with it the message that told of the correction
		r.arrives("سُحب هذا الخبر")
	})
	editor.picture("withdrawn.png")
}

// play runs the demo and returns the page's address.
func play(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s, err := newStage(t.Context(), stageOptions{Folder: t.TempDir(), Base: "http://" + l.Addr().String(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- serve(ctx, l, s) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("the demo ended with %v", err)
		}
	})
	return "http://" + l.Addr().String() + "/"
}

// browser starts Chromium, or skips the test where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("there is no Chromium on this machine: install Debian's packages chromium and fonts-noto-core")
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true),
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	// The first call starts the browser, which lives as long as its context.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	return ctx
}

// page is the demo's page in the browser.
type page struct {
	t     *testing.T
	ctx   context.Context
	phone string // by its id
}

func (p *page) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
}

// see waits until a condition of the page holds.
func (p *page) see(what, condition string) {
	p.t.Helper()
	p.do("see "+what, chromedp.Poll[chromedp.Void](condition, chromedp.WithPollingInterval(50*time.Millisecond)))
}

func (p *page) say(text string) {
	p.t.Helper()
	p.do("say "+text, chromedp.SetValue("#"+p.phone+" .say [name=text]", text), chromedp.Click("#"+p.phone+" .send"))
}

// arrives waits for a message of the bot that holds text.
func (p *page) arrives(text string) {
	p.t.Helper()
	p.see("a message with "+text, fmt.Sprintf(
		`[...document.querySelectorAll("#%s .msg:not(.mine) .text")].some(n => n.textContent.replace(/[\u200e\u200f]/g, "").includes(%q))`, p.phone, text))
}

// vanishes waits until no message of the bot holds text.
func (p *page) vanishes(text string) {
	p.t.Helper()
	p.see("no message with "+text, fmt.Sprintf(
		`![...document.querySelectorAll("#%s .msg:not(.mine) .text")].some(n => n.textContent.replace(/[\u200e\u200f]/g, "").includes(%q))`, p.phone, text))
}

// offer taps a suggestion.
func (p *page) offer(label string) {
	p.t.Helper()
	offer := fmt.Sprintf(`[...document.querySelectorAll("#%s .try button")].find(b => b.textContent === %q && !b.disabled)`, p.phone, label)
	p.see("the suggestion "+label, offer+" !== undefined")
	p.do("tap "+label, chromedp.Evaluate[chromedp.Void](offer+".click()"))
}

// press presses the lowest button with these words.
func (p *page) press(label string) {
	p.t.Helper()
	p.do("press "+label, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(
		`[...document.querySelectorAll("#%s .keys button")].filter(b => b.textContent.includes(%q)).pop().click()`, p.phone, label)))
}

func (p *page) picture(name string) {
	p.t.Helper()
	folder := os.Getenv("NASHRA_PICTURES")
	if folder == "" {
		return
	}
	p.do("let it come to rest", chromedp.Sleep(400*time.Millisecond))
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatalf("take a picture: %v", err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), png, 0o644); err != nil {
		p.t.Fatal(err)
	}
}
