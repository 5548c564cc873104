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
	b.see("three choices", `document.querySelectorAll("#telegram .msg:last-child .keys button").length === 3`)
	b.see("headlines that are links", `document.querySelectorAll("#telegram .bubble a[href^=http]").length >= 3`)

	b.press("اختيار الأقسام")
	b.arrives("المس القسم")
	b.say("اشتراك الطقس")
	b.arrives("الطقس")

	b.do("move the clock", chromedp.Click("#next"))
	b.arrives("موجز عاشق عُمان · ")
	b.see("bold in the digest", `document.querySelectorAll("#telegram .bubble b").length > 5`)
	b.picture("demo.png")

	b.do("publish breaking news",
		chromedp.SetValue(`#publish [name=title]`, "إغلاق طريق الوادي الأخضر مؤقتًا"),
		chromedp.SetValue(`#publish [name=body]`, "أُغلق الطريق في الاتجاهين بسبب جريان الوادي. وتنصح الجهات المختصة بسلوك الطريق البديل."),
		chromedp.Click(`#publish [name=urgent]`),
		chromedp.Click(`#publish button[type=submit]`))
	b.arrives("عاجل | إغلاق طريق الوادي الأخضر مؤقتًا")
	b.picture("breaking.png")

	b.say("إلغاء")
	b.arrives("توقفت الرسائل كلها")

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
	b.picture("phones.png")
	b.see("no sideways scrolling", `document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1`)
	b.do("narrow the window", chromedp.EmulateViewport(420, 900))
	b.see("no sideways scrolling", `document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1`)
	b.picture("narrow.png")
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
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
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
