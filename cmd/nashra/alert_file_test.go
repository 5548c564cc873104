package main

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/desk"
)

// picture is a photo of a size.
func picture(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 32, 24))); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// An alert from the server carries a file, with the words from standard input;
// what it is tells its content.
func TestAlertWithAFile(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.founded()
		chat, row := s.reader("news")
		s.write("readers.csv", head+row+"\n")
		s.must("subscribers", "import", s.path("readers.csv"))
		photo := picture(t)
		s.write("photo.jpg", photo)
		s.write("report.pdf", "%PDF-1.7 تقرير")
		s.env.Stdin = strings.NewReader("إغلاق الطريق\n")
		s.must("alert", "-", "--everyone", "--file", s.path("photo.jpg"))
		s.must("alert", "تقرير الأرصاد", "--everyone", "--file", s.path("report.pdf"))
		s.start()
		time.Sleep(time.Minute)
		synctest.Wait()
		got := map[string]string{}
		for _, m := range chat.FromBots() {
			if m.Media != nil {
				f, _ := s.network.File(m.Media.FileID)
				got[m.Media.Kind+" "+m.Media.Name] = string(f.Data)
				if !strings.Contains(m.Text, "عاجل") {
					t.Errorf("under it stands %q", m.Text)
				}
			}
		}
		if len(got) != 2 || got["photo photo"] != photo || got["document report.pdf"] != "%PDF-1.7 تقرير" {
			t.Errorf("arrived %q", got)
		}
		if out := s.must("deliveries", "1"); !strings.Contains(out, "media") {
			t.Errorf("the deliveries do not say that it went with its medium:\n%s", out)
		}
	})
}

func TestAlertWithAFileRefused(t *testing.T) {
	bubble(t, func(t *testing.T, s *scene) {
		s.founded()
		s.write("empty.jpg", "")
		s.write("program.pdf", "MZ\x90\x00")
		s.write("big.mp4", "\x00\x00\x00\x18ftypmp42"+strings.Repeat("\x00", desk.MaxFile))
		for name, want := range map[string]string{
			"empty.jpg": "empty", "program.pdf": "no JPEG or PNG photo, MP4 video or PDF", "big.mp4": "at most 16", "gone.jpg": "read the file", ".": "is no file",
		} {
			s.refused(exitProblem, []string{"alert", "خبر", "--everyone", "--file", s.path(name)}, want)
		}
		if out := s.must("deliveries"); strings.Contains(out, "breaking") {
			t.Errorf("something was sent:\n%s", out)
		}
	})
}
