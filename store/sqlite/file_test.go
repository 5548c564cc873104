package sqlite_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store/sqlite"
)

// TestRepliesKeepTheirPictures migrates a file in which a reply with a picture
// waits.
func TestRepliesKeepTheirPictures(t *testing.T) {
	dump, err := os.ReadFile("testdata/v3.sql")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.db")
	raw(t, path, string(dump))
	raw(t, path, `UPDATE reply SET message = '{"blocks":[[{"t":"خبر"}]],"photo":"https://site.example/1.jpg","silent":true}' WHERE chat = '1001'`)
	s := openAt(t, path, sqlite.Options{})
	waiting, err := s.Replies(t.Context(), "telegram:1", 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range waiting {
		m := r.Message
		if want := r.Chat == "1001"; want != (m.Media == news.PhotoAt("https://site.example/1.jpg")) || want != m.Silent || len(m.Blocks) != 1 {
			t.Errorf("the reply to %s is %+v", r.Chat, m)
		}
	}
	var text string
	if err := s.DB().QueryRowContext(t.Context(), "SELECT message FROM reply WHERE chat = '903'").Scan(&text); err != nil && err != sql.ErrNoRows {
		t.Fatal(err)
	} else if text != `{"blocks":[[{"t":"أهلًا"}]]}` {
		t.Errorf("a reply without a picture became %s", text)
	}
}
