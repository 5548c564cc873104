package whatsapp_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/bots/whatsapp"
)

func TestForget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := pairedWorld(t, whatsapp.Config{})
		a := w.adapter()
		r := w.run(a)
		w.Write(0, "مرحبا")
		w.Write(1, "مرحبا")
		r.next(bots.Wrote)
		r.next(bots.Wrote)
		w.send(a, w.text(1, "خبر", "1"))
		w.until("acknowledged", func() bool { return w.server.Pending() == 0 })
		if traces(w, w.readers[1].LID().User)+traces(w, w.readers[1].Number()) == 0 {
			t.Fatal("there is nothing to forget")
		}
		if err := a.Forget(t.Context(), w.Chat(1)); err != nil {
			t.Fatal(err)
		}
		for _, trace := range []string{w.readers[1].LID().User, w.readers[1].Number()} {
			if n := traces(w, trace); n != 0 {
				t.Errorf("%d rows are left", n)
			}
		}
		if traces(w, w.readers[0].LID().User) == 0 {
			t.Error("another reader was forgotten")
		}
		w.Write(1, "عدت")
		if e := r.next(bots.Wrote); e.Text != "عدت" {
			t.Errorf("heard %q", e.Text)
		}
		w.send(a, w.text(1, "أهلا", "2"))
	})
}

// traces counts the library's rows that name somebody.
func traces(w *world, who string) int {
	w.t.Helper()
	rows, err := w.db.Query(`SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name LIKE 'whatsmeow_%'`)
	if err != nil {
		w.t.Fatal(err)
	}
	defer rows.Close()
	var columns [][2]string
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			w.t.Fatal(err)
		}
		columns = append(columns, [2]string{table, column})
	}
	if err := rows.Err(); err != nil {
		w.t.Fatal(err)
	}
	total := 0
	for _, c := range columns {
		n := 0
		if err := w.db.QueryRow("SELECT COUNT(*) FROM "+c[0]+" WHERE CAST("+c[1]+" AS TEXT) LIKE ?", "%"+who+"%").Scan(&n); err != nil {
			w.t.Fatal(err)
		}
		total += n
	}
	return total
}

// Who asks to be forgotten while no session is there is forgotten all the same,
// under both addresses: after a restart, and after a pairing that came to nothing.
func TestForgetWithoutSession(t *testing.T) {
	for name, spoil := range map[string]func(*world, *whatsapp.Adapter) *whatsapp.Adapter{
		"in the same run": func(_ *world, a *whatsapp.Adapter) *whatsapp.Adapter { return a },
		"after a restart": func(w *world, _ *whatsapp.Adapter) *whatsapp.Adapter { return w.adapter() },
		"after a pairing in vain": func(w *world, a *whatsapp.Adapter) *whatsapp.Adapter {
			ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
			defer cancel()
			if err := a.Pair(ctx, whatsapp.PairOptions{}); err == nil {
				w.t.Error("it was paired")
			}
			return a
		},
	} {
		bubble(t, name, func(t *testing.T) {
			w := pairedWorld(t, whatsapp.Config{})
			a := w.adapter()
			r := w.run(a)
			w.Write(1, "مرحبا")
			r.next(bots.Wrote)
			w.until("acknowledged", func() bool { return w.server.Pending() == 0 })
			w.server.RemoveDevice()
			w.until("unlinked", func() bool { return !a.State().Paired })
			r.stop()
			synctest.Wait()
			if traces(w, w.readers[1].Number()) == 0 {
				t.Fatal("there is nothing to forget")
			}
			a = spoil(w, a)
			if err := a.Forget(t.Context(), w.Chat(1)); err != nil {
				t.Fatal(err)
			}
			for _, trace := range []string{w.readers[1].LID().User, w.readers[1].Number()} {
				if n := traces(w, trace); n != 0 {
					t.Errorf("%d rows are left", n)
				}
			}
		})
	}
}
