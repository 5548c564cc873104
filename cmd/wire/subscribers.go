package wire

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nashra-bot/nashra/bots/telegram"
	"github.com/nashra-bot/nashra/bots/whatsapp"
	"github.com/nashra-bot/nashra/desk"
	"github.com/nashra-bot/nashra/digest"
	"github.com/nashra-bot/nashra/news"
	"github.com/nashra-bot/nashra/store"
)

// columns of the subscribers' file, in the order of an export. An import needs
// account, chat and consent; it takes the others in any order, and may leave
// them out.
var columns = []string{
	"account", "chat", "kind", "pace", "slots", "sections", "breaking", "important", "quiet", "paused_until", "joined", "consent",
}

// maxProblems is how many bad rows are named before the rest is counted.
const maxProblems = 20

// WriteSubscribers writes the head of the file and returns a function that
// writes one reader a line, and one that ends the file.
func WriteSubscribers(w io.Writer) (write func(store.Subscriber) error, end func() error) {
	out := csv.NewWriter(w)
	err := out.Write(columns)
	write = func(s store.Subscriber) error {
		paused := ""
		switch {
		case s.Paused && s.PausedUntil.IsZero():
			paused = "resume"
		case s.Paused:
			paused = s.PausedUntil.UTC().Format(time.RFC3339)
		}
		return errors.Join(err, out.Write([]string{
			string(s.Account), string(s.Chat), string(s.Kind), string(s.Pace), joined(s.Slots), joined(s.Follows),
			strconv.FormatBool(s.Breaking), strconv.FormatBool(s.Important), strconv.FormatBool(s.Quiet), paused,
			s.Joined.UTC().Format(time.RFC3339), s.Consent,
		}))
	}
	return write, func() error {
		out.Flush()
		return errors.Join(err, out.Error())
	}
}

func joined[S ~string](list []S) string {
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = string(s)
	}
	return strings.Join(words, " ")
}

// ReadSubscribers reads a whole file and checks every row against the
// configuration and its accounts (see [Plan.Accounts]; nil: not known here). Any bad row refuses the file: the error is a
// *desk.RefusedError that names the lines.
func ReadSubscribers(r io.Reader, p *Plan, accounts []news.AccountID) ([]store.Subscriber, error) {
	in := csv.NewReader(r)
	in.TrimLeadingSpace = true
	head, err := in.Read()
	if err != nil {
		return nil, &desk.RefusedError{Reason: "line 1: expected the names of the columns: " + strings.Join(columns, ",")}
	}
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	f := &subscriberFile{plan: p, accounts: accounts, column: map[string]int{}, seen: map[string]int{}}
	f.header(head)
	var readers []store.Subscriber
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := in.FieldPos(0)
		var malformed *csv.ParseError
		if errors.As(err, &malformed) {
			f.bad(malformed.Line, "%v", malformed.Err)
			if !errors.Is(err, csv.ErrFieldCount) {
				break
			}
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read the subscribers: %w", err)
		}
		readers = append(readers, f.reader(line, row))
	}
	if f.count > 0 {
		if f.count > len(f.problems) {
			f.problems = append(f.problems, fmt.Sprintf("and %d more", f.count-len(f.problems)))
		}
		return nil, &desk.RefusedError{Reason: strings.Join(f.problems, "\n") + "\nnothing was imported"}
	}
	return readers, nil
}

// Accounts are the accounts of the configuration. The token says which one is
// Telegram's.
func (p *Plan) Accounts(secret func(name string) (string, error)) ([]news.AccountID, error) {
	var ids []news.AccountID
	if p.Config.Telegram != nil {
		token, err := secret(TokenName)
		if err != nil {
			return nil, err
		}
		id, err := telegram.AccountOf(token)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", TokenName, err)
		}
		ids = append(ids, id)
	}
	if id, ok := p.WhatsAppAccount(); ok {
		ids = append(ids, id)
	}
	return ids, nil
}

// subscriberFile is a file being read.
type subscriberFile struct {
	plan     *Plan
	accounts []news.AccountID
	column   map[string]int
	seen     map[string]int // address to line
	problems []string
	count    int
}

func (f *subscriberFile) bad(line int, format string, args ...any) {
	if f.count++; f.count <= maxProblems {
		f.problems = append(f.problems, fmt.Sprintf("line %d: ", line)+fmt.Sprintf(format, args...))
	}
}

func (f *subscriberFile) header(head []string) {
	for i, name := range head {
		if !slices.Contains(columns, name) {
			f.bad(1, "there is no column %q; there are %s", name, strings.Join(columns, ", "))
		}
		f.column[name] = i
	}
	for _, name := range []string{"account", "chat", "consent"} {
		if _, ok := f.column[name]; !ok {
			f.bad(1, "the column %q is missing", name)
		}
	}
}

func (f *subscriberFile) reader(line int, row []string) store.Subscriber {
	get := func(name string) string {
		if i, ok := f.column[name]; ok {
			return strings.TrimSpace(row[i])
		}
		return ""
	}
	d := f.plan.NewReader()
	s := store.Subscriber{Reader: d, Consent: get("consent")}
	s.Account = news.AccountID(get("account"))
	s.Chat, s.Kind = f.address(line, s.Account, get("chat"), news.ChatKind(get("kind")))
	s.Pace = news.Pace(orDefault(get("pace"), string(d.Pace)))
	s.Slots = orList(get("slots"), d.Slots)
	s.Follows = orList(get("sections"), d.Follows)
	s.Breaking = f.flag(line, "breaking", get("breaking"), d.Breaking)
	s.Important = f.flag(line, "important", get("important"), d.Important)
	s.Quiet = f.flag(line, "quiet", get("quiet"), d.Quiet)
	s.Joined = f.moment(line, "joined", get("joined"))
	if paused := get("paused_until"); paused != "" {
		s.Paused = true
		if paused != "resume" {
			s.PausedUntil = f.moment(line, "paused_until", paused)
		}
	}
	f.check(line, s)
	return s
}

// address checks a chat and its account. The chat gets the one form that the
// network's adapter gives it: by another one, who has left would not be known.
func (f *subscriberFile) address(line int, account news.AccountID, chat string, kind news.ChatKind) (news.ChatID, news.ChatKind) {
	switch {
	case account.Platform() != news.Telegram && account.Platform() != news.WhatsApp:
		f.bad(line, "expected an account like telegram:123456, not %q", account)
		return news.ChatID(chat), kind
	case f.accounts != nil && !slices.Contains(f.accounts, account):
		f.bad(line, "expected the account %s, not %q", either(f.accounts), account)
	}
	parse, example := telegram.ParseChat, "812345, or -1001234567890 for a group"
	if account.Platform() == news.WhatsApp {
		parse, example = whatsapp.ParseChat, "+96890000000, 1234@lid, or 1234@g.us for a group"
	}
	id, is, ok := parse(chat)
	switch {
	case !ok:
		f.bad(line, "expected a chat like %s, not %q", example, chat)
		return news.ChatID(chat), kind
	case is != news.Private && is != news.Group:
		f.bad(line, "a %s is no subscriber: the configuration names channels", is)
	case kind != "" && kind != is:
		f.bad(line, "the chat %s is of the kind %s, not %q", chat, is, kind)
	}
	return id, is
}

func either[S ~string](list []S) string {
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = string(s)
	}
	return strings.Join(words, " or ")
}

func (f *subscriberFile) check(line int, s store.Subscriber) {
	address := string(s.Account) + " " + string(s.Chat)
	if first := f.seen[address]; first != 0 {
		f.bad(line, "the same chat stands in line %d", first)
	}
	f.seen[address] = line
	if s.Consent == "" {
		f.bad(line, "the consent is missing: say how and when this reader asked for messages")
	}
	if !slices.Contains([]news.Pace{news.PaceBreaking, news.PaceDigest, news.PaceEach}, s.Pace) {
		f.bad(line, "expected the pace breaking, digest or each, not %q", s.Pace)
	}
	for _, slot := range s.Slots {
		if _, ok := f.plan.Newsroom.Calendar.Find(slot); !ok {
			f.bad(line, "there is no slot called %q", slot)
		}
	}
	for _, slug := range s.Follows {
		if _, ok := f.plan.Newsroom.Tree.Find(slug); !ok {
			f.bad(line, "there is no section called %q", slug)
		}
	}
}

func (f *subscriberFile) flag(line int, name, text string, fallback bool) bool {
	if text == "" {
		return fallback
	}
	v, err := strconv.ParseBool(text)
	if err != nil {
		f.bad(line, "expected true or false for %s, not %q", name, text)
	}
	return v
}

func (f *subscriberFile) moment(line int, name, text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		f.bad(line, "expected a time like 2026-01-31T07:00:00Z for %s, not %q", name, text)
	}
	return t
}

func orList[S ~string](text string, fallback []S) []S {
	if text == "" {
		return slices.Clone(fallback)
	}
	var out []S
	for word := range strings.FieldsSeq(text) {
		out = append(out, S(word))
	}
	return out
}

// NewReader is what a reader gets who chooses nothing.
func (p *Plan) NewReader() news.Reader {
	r := p.Config.Readers
	reader := news.Reader{
		Kind: news.Private, Pace: news.Pace(orDefault(r.Pace, string(news.PaceDigest))),
		Slots: slices.Clone(r.Slots), Follows: slices.Clone(r.Sections), Breaking: true,
	}
	if len(reader.Slots) == 0 {
		reader.Slots = []news.Slot{last(p.Newsroom.Calendar).Name}
	}
	if len(reader.Follows) == 0 {
		for _, s := range p.Newsroom.Tree.Children("") {
			reader.Follows = append(reader.Follows, s.Slug)
		}
	}
	return reader
}

func last(c digest.Calendar) digest.Slot { return c[len(c)-1] }
