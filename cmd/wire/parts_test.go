package wire_test

import (
	"strings"
	"testing"

	"github.com/nashra-bot/nashra/cmd/wire"
)

// Whoever takes the "#" away before the name of a part wants the part.
func TestConfigPartAlone(t *testing.T) {
	p, err := wire.ParseConfig("/srv/n.yaml", []byte("telegram:\n  #rate: 30\nbackup:\n#  keep: 3\nheartbeat:\nnight:\ndigest:\nbreaking:\ndesk:\nreaders:\nlog:\nslots:\n"+good))
	if err != nil {
		t.Fatal(err)
	}
	c := p.Config
	if c.Telegram == nil || c.Backup == nil || c.Backup.Keep != 14 || p.BackupFolder != "/srv/backups" || p.Backup.String() != "30 3 * * *" {
		t.Errorf("telegram %v, backup %+v in %s on %s", c.Telegram, c.Backup, p.BackupFolder, p.Backup)
	}
	if c.Beat == nil || p.Beat.String() != "*/5 * * * *" || p.Newsroom.Night.From != 22*60 || p.Newsroom.Night.To != 7*60 || len(p.Newsroom.Calendar) != 3 {
		t.Errorf("heartbeat %v on %s, night %v, %d slots", c.Beat, p.Beat, p.Newsroom.Night, len(p.Newsroom.Calendar))
	}
	p, err = wire.ParseConfig("n.yaml", []byte(good))
	if err != nil || p.Config.Telegram != nil || p.Config.Backup != nil || p.Config.Beat != nil || !p.Backup.Zero() || !p.Beat.Zero() {
		t.Errorf("what is not written is on: %+v, %v", p, err)
	}
}

// What has no defaults is refused where it stands alone.
func TestConfigPartIncomplete(t *testing.T) {
	for text, want := range map[string]string{
		"log:\napi:\n":                                                     "n.yaml:2: expected an address and a port",
		"whatsapp:\n#  number: \"1\"\n":                                    "n.yaml:1: expected the bot's own number",
		"telegram:\n  webhook:\n  rate: 30\n":                              "n.yaml:2: expected a public https address",
		"telegram:\n  channels:\n  #  - chat: x\n":                         `n.yaml:2: expected a channel below channels, or a "#" before it`,
		"log:\nowner:\n#  telegram: \"1\"\n":                               `n.yaml:2: expected telegram below owner, or a "#" before it`,
		"calendars:\n":                                                     `n.yaml:1: expected a name and its hours below calendars`,
		"slots:\n  - name: a\n    at: \"07:00\"\n    calendar:\n":          `n.yaml:4: expected an exception below calendar`,
		"calendars:\n  - name: x\n    at: {evening: off}\n    calendar:\n": `n.yaml:4: expected an exception below calendar`,
	} {
		_, err := wire.ParseConfig("n.yaml", []byte(text+good))
		if err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: said %v, want %s", text, err, want)
		}
	}
	for old, want := range map[string]string{
		"    match: {categories: [أخبار]}\n": `n.yaml:9: expected a condition below match`,
		"        synonyms: [طقس, المطر]\n":   `n.yaml:13: expected a word below synonyms`,
		"        match: {ids: [7]}\n":        `n.yaml:14: expected a condition below match`,
	} {
		key, _, _ := strings.Cut(old, ":")
		_, err := wire.ParseConfig("n.yaml", []byte(strings.Replace(good, old, key+":\n", 1)))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: said %v, want %s", key, err, want)
		}
	}
}
