package desk_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nashra-bot/nashra/bots/outbox"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/news"
)

// asked has an editor confirm an alert to everybody that needs a second person.
func (w *world) waits(by desk.EditorID, words string) desk.Draft {
	w.Helper()
	w.setup.Second = true
	d, err := w.desk.Write(w.ctx, by, "", desk.Content{Words: words, Everyone: true})
	w.must(err)
	_, err = w.desk.Confirm(w.ctx, by, d.ID, w.look(by, d.ID).Draft.Version)
	w.must(err)
	return w.is(d.ID, desk.Second)
}

// TestStopWordSparesWhatWaits says a stop word while a colleague's draft waits
// for a second person: it is theirs to lose, and one's own comes first.
func TestStopWordSparesWhatWaits(t *testing.T) {
	w := newWorld(t)
	salim, huda := w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2")
	own := w.draft(huda.ID, "مسودة هدى")
	theirs := w.waits(salim.ID, "للجميع")
	got, err := w.desk.StopLive(w.ctx, huda.ID)
	if w.must(err); got.ID != own.ID {
		t.Errorf("stopped %d, want one's own, %d", got.ID, own.ID)
	}
	_, err = w.desk.StopLive(w.ctx, huda.ID) // she has not had it before her
	w.refused(err, desk.NothingLive)
	w.is(theirs.ID, desk.Second)

	own = w.draft(huda.ID, "مسودة أخرى")
	w.look(huda.ID, theirs.ID)
	got, err = w.desk.StopLive(w.ctx, huda.ID)
	if w.must(err); got.ID != own.ID {
		t.Errorf("stopped %d, want one's own, %d", got.ID, own.ID)
	}
	got, err = w.desk.StopLive(w.ctx, huda.ID) // now the word means what she looked at
	w.must(err)
	if back := w.is(theirs.ID, desk.Drafting); got.ID != theirs.ID || back.Version != theirs.Version+1 || back.Confirmed != 0 {
		t.Errorf("given back as %+v", back)
	}
	w.look(salim.ID, theirs.ID) // and nothing is lost
	_, err = w.desk.Confirm(w.ctx, salim.ID, theirs.ID, theirs.Version+1)
	w.must(err)
	w.pass(time.Hour)
	w.tick()
	w.is(theirs.ID, desk.Second)
	got, err = w.desk.StopLive(w.ctx, salim.ID) // one's own is dropped, as ever
	w.must(err)
	w.is(got.ID, desk.Dropped)
}

// mail takes what a chat was written since the last look, with its buttons.
func (w *world) mail(chat news.ChatID) (out []string) {
	w.Helper()
	all, err := w.store.Replies(w.ctx, "telegram:1", 0, 1000)
	w.must(err)
	for _, l := range all {
		if l.Chat == chat && l.ID > w.read[chat] {
			w.read[chat] = l.ID
			out = append(out, strings.ReplaceAll(l.Message.Blocks[0].String(), "\u200f", ""))
		}
	}
	return out
}

// heard fails unless each of the chats was written just these letters, since the
// last look; a chat that is not named was written none.
func (w *world) heard(want map[news.ChatID]string) {
	w.Helper()
	for _, chat := range []news.ChatID{"0", "1", "2", "3", "4"} {
		if got := strings.Join(w.mail(chat), "\n---\n"); got != want[chat] {
			w.Errorf("%s heard:\n%s\nwant:\n%s", chat, got, want[chat])
		}
	}
}

// newsdesk seats an owner, two editors, a reporter and an editor of jobs alone.
func (w *world) newsdesk() (owner, salim, huda, qais desk.Editor) {
	w.Helper()
	w.read = map[news.ChatID]outbox.ReplyID{}
	owner, salim, huda, qais = w.hire(desk.Owner, "0"), w.hire(desk.Chief, "1"), w.hire(desk.Chief, "2"), w.hire(desk.Reporter, "3")
	w.hire(desk.Chief, "4", "jobs")
	return owner, salim, huda, qais
}

// confirm takes a draft as far as one editor can.
func (w *world) confirm(by desk.EditorID, id desk.DraftID) desk.Draft {
	w.Helper()
	d, err := w.desk.Confirm(w.ctx, by, id, w.look(by, id).Draft.Version)
	w.must(err)
	return d
}

// TestPeopleHearWhatColleaguesDo: one letter for each step, to those whose draft
// it is, and none to whoever takes the step.
func TestPeopleHearWhatColleaguesDo(t *testing.T) {
	w := newWorld(t)
	_, salim, huda, _ := w.newsdesk()
	d := w.draft(salim.ID, "خبر")
	w.confirm(salim.ID, d.ID)
	w.heard(nil)
	_, err := w.desk.StopLive(w.ctx, huda.ID)
	w.must(err)
	w.heard(map[news.ChatID]string{"1": "أعاد «2» رقم 1 إلى المسودات قبل أن يُرسَل منه شيء. للعودة إليه أرسل: معاينة 1"})

	w.confirm(huda.ID, d.ID) // somebody else's: its author hears that it goes out
	w.heard(map[news.ChatID]string{"1": "أكّد «2» رقم 1، ويبدأ إرساله بعد 5 ثوانٍ. لإيقافه أرسل: إلغاء 1"})
	w.pass(time.Minute)
	w.tick()
	w.is(d.ID, desk.Sending)
	_, err = w.desk.Stop(w.ctx, 0, d.ID)
	w.must(err)
	stopped := "أوقف «الخادم» إرسال رقم 1. من لم تصله الرسالة لن تصله."
	w.heard(map[news.ChatID]string{"1": stopped, "2": stopped})

	other := w.draft(salim.ID, "خبر آخر")
	w.look(huda.ID, other.ID)
	_, err = w.desk.Stop(w.ctx, huda.ID, other.ID)
	w.must(err)
	w.heard(map[news.ChatID]string{"1": "ألغى «2» المسودة 2، ولم يُرسَل منها شيء."})

	late, err := w.desk.Write(w.ctx, salim.ID, "", desk.Content{Words: "لاحقًا", Everyone: true, At: w.now.Add(time.Hour)})
	w.must(err)
	w.confirm(huda.ID, late.ID)
	w.heard(map[news.ChatID]string{"1": "أكّد «2» رقم 3، وموعد إرساله اليوم الأحد 23 نوفمبر 2025، الساعة 11:01. لإيقافه أرسل: إلغاء 3"})
	_, err = w.desk.Stop(w.ctx, salim.ID, late.ID)
	w.must(err)
	w.heard(map[news.ChatID]string{"2": "أعاد «1» رقم 3 إلى المسودات قبل أن يُرسَل منه شيء. للعودة إليه أرسل: معاينة 3"})
}

// TestWhoSeesItIsNotTold: whose own message shows how it stands gets no letter
// beside it.
func TestWhoSeesItIsNotTold(t *testing.T) {
	w := newWorld(t)
	_, salim, huda, _ := w.newsdesk()
	var asked []desk.State
	w.desk.Shows = func(d desk.Draft, s desk.Seat) bool {
		asked = append(asked, d.State)
		return s.Chat == "1"
	}
	d := w.draft(salim.ID, "خبر")
	w.confirm(salim.ID, d.ID)
	_, err := w.desk.Stop(w.ctx, huda.ID, d.ID)
	w.must(err)
	w.heard(nil)
	if len(asked) != 1 || asked[0] != desk.Drafting {
		t.Errorf("asked for %v", asked)
	}
	w.confirm(salim.ID, d.ID)
	w.must(w.desk.Freeze(w.ctx, huda.ID))
	w.heard(map[news.ChatID]string{"0": "جمّد «2» الإرسال كله. لا يرفع التجميد إلا مالك، بعبارة: رفع التجميد"})
}

// TestSecondPersonIsAsked: those who may confirm hear that a draft waits for
// them, those on duty first, and the first person hears the second's word.
func TestSecondPersonIsAsked(t *testing.T) {
	w := newWorld(t)
	_, salim, huda, _ := w.newsdesk()
	d := w.waits(salim.ID, "إغلاق طريق\nالجبل الأخضر")
	asked := "أكّد «1» رقم 1، ويلزمه تأكيد شخص ثانٍ:\nإغلاق طريق الجبل الأخضر\nلمعاينته أرسل: معاينة 1"
	w.heard(map[news.ChatID]string{"0": asked, "2": asked})
	w.confirm(huda.ID, d.ID)
	w.heard(map[news.ChatID]string{"1": "أكّد «2» رقم 1، ويبدأ إرساله بعد 5 ثوانٍ. لإيقافه أرسل: إلغاء 1"})
	_, err := w.desk.Stop(w.ctx, salim.ID, d.ID)
	w.must(err)
	w.heard(map[news.ChatID]string{"2": "أعاد «1» رقم 1 إلى المسودات قبل أن يُرسَل منه شيء. للعودة إليه أرسل: معاينة 1"})

	always := []desk.Watch{{}}
	w.must(w.desk.Keep(w.ctx, huda.ID, huda.ID, always))
	w.confirm(salim.ID, d.ID)
	w.heard(map[news.ChatID]string{"2": asked})
	v, err := w.desk.Edit(w.ctx, salim.ID, d.ID, w.is(d.ID, desk.Second).Version, d.Content)
	w.must(err)
	w.heard(nil)             // his own, and nobody else's word was taken back
	w.confirm(huda.ID, d.ID) // she is on duty alone, and has confirmed: the others are asked
	asked = strings.Replace(asked, "«1»", "«2»", 1)
	w.heard(map[news.ChatID]string{"0": asked, "1": asked})
	_, err = w.desk.Edit(w.ctx, salim.ID, d.ID, v.Version, v.Content)
	w.must(err)
	w.heard(map[news.ChatID]string{"2": "أعاد «1» رقم 1 إلى المسودات قبل أن يُرسَل منه شيء. للعودة إليه أرسل: معاينة 1"})
}

// TestReportersDraftIsAnnounced once, when it is one that could be sent.
func TestReportersDraftIsAnnounced(t *testing.T) {
	w := newWorld(t)
	_, _, _, qais := w.newsdesk()
	d, err := w.desk.Write(w.ctx, qais.ID, "", desk.Content{Words: "خبر المراسل"})
	w.must(err)
	w.look(qais.ID, d.ID)
	w.heard(nil) // for nobody yet
	d, err = w.desk.Edit(w.ctx, qais.ID, d.ID, d.Version, desk.Content{Words: "خبر المراسل", Sections: []news.Slug{"weather"}})
	w.must(err)
	w.look(qais.ID, d.ID)
	ready := "أعدّ «3» رقم 1، وينتظر محررًا يؤكده:\nخبر المراسل\nلمعاينته أرسل: معاينة 1"
	w.heard(map[news.ChatID]string{"0": ready, "1": ready, "2": ready})
	d, err = w.desk.Edit(w.ctx, qais.ID, d.ID, d.Version, desk.Content{Words: "خبر المراسل الجديد", Sections: []news.Slug{"weather"}})
	w.must(err)
	w.look(qais.ID, d.ID)
	w.heard(nil)
	jobs, err := w.desk.Write(w.ctx, qais.ID, "", desk.Content{Words: "وظيفة", Sections: []news.Slug{"jobs"}})
	w.must(err)
	w.look(qais.ID, jobs.ID)
	ready = "أعدّ «3» رقم 2، وينتظر محررًا يؤكده:\nوظيفة\nلمعاينته أرسل: معاينة 2"
	w.heard(map[news.ChatID]string{"0": ready, "1": ready, "2": ready, "4": ready}) // also who writes for jobs alone
}

// TestSwitchesAreTold: a freeze to owners and to those it has stopped, a hold to
// those on duty; what changes nothing is no news.
func TestSwitchesAreTold(t *testing.T) {
	w := newWorld(t)
	owner, salim, huda, _ := w.newsdesk()
	sent := w.send(salim.ID, w.draft(salim.ID, "الأول").ID)
	d := w.draft(salim.ID, "الثاني")
	w.confirm(huda.ID, d.ID)
	w.mail("1")
	w.must(w.desk.Freeze(w.ctx, huda.ID))
	w.must(w.desk.Freeze(w.ctx, salim.ID))
	const froze = "جمّد «2» الإرسال كله. لا يرفع التجميد إلا مالك، بعبارة: رفع التجميد"
	w.heard(map[news.ChatID]string{"0": froze, "1": froze + "\nعاد رقم 2 إلى المسودات قبل أن يُرسَل منه شيء.\nتوقف إرسال رقم 1 مؤقتًا."})
	w.is(sent.ID, desk.Sending) // until Run looks
	w.must(w.desk.Thaw(w.ctx, owner.ID))
	w.must(w.desk.Thaw(w.ctx, owner.ID))
	w.heard(map[news.ChatID]string{"2": "رفع «0» التجميد. ما توقف يبقى متوقفًا حتى يُستأنف."})
	w.must(w.desk.Freeze(w.ctx, owner.ID))
	w.mail("1")
	w.must(w.desk.Thaw(w.ctx, 0))
	w.heard(map[news.ChatID]string{"0": "رفع «الخادم» التجميد. ما توقف يبقى متوقفًا حتى يُستأنف.\n" +
		"ما أوقفه التجميد من أخبار المحررين:\nرقم 1: الأول\nلإكمال أحدها أرسل رقمه: استأنف 1"})

	w.must(w.desk.Keep(w.ctx, salim.ID, salim.ID, []desk.Watch{{}}))
	w.must(w.desk.Hold(w.ctx, huda.ID, "حدادًا"))
	w.must(w.desk.Hold(w.ctx, owner.ID, ""))
	w.heard(map[news.ChatID]string{"1": "أوقف «2» الإرسال الآلي كله. لإعادته أرسل: استأنف الكل\nالسبب: حدادًا"})
	w.must(w.desk.Release(w.ctx, salim.ID))
	w.must(w.desk.Release(w.ctx, huda.ID))
	w.heard(nil) // who alone is on duty did it
}

// TestStoppedClientIsTold: those on duty were told that a client's alert goes
// out, and are told that it does not.
func TestStoppedClientIsTold(t *testing.T) {
	w := newWorld(t)
	_, salim, _, _ := w.newsdesk()
	_, c, err := w.desk.Enroll(w.ctx, desk.NewClient{Name: "cms", Scopes: []desk.Scope{desk.ScopeAlert}})
	w.must(err)
	d, _, err := w.desk.Post(w.ctx, c.ID, "k", desk.Alert{Words: "خبر من النظام", Link: "https://n.example/1", Sections: []news.Slug{"weather"}}, nil)
	w.must(err)
	for _, chat := range []news.ChatID{"0", "1", "2", "4"} {
		w.mail(chat)
	}
	_, err = w.desk.Stop(w.ctx, salim.ID, d.ID)
	w.must(err)
	back := "أعاد «1» رقم 1 إلى المسودات قبل أن يُرسَل منه شيء. للعودة إليه أرسل: معاينة 1"
	w.heard(map[news.ChatID]string{"0": back, "2": back, "4": back})
}
