package telegramtest

import (
	"encoding/json"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Command is one line of a bot's command menu.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// menuKey is a scope ("default", "chat:5", "chat_member:5:7") and a language.
type menuKey struct{ scope, language string }

const (
	maxCommands    = 100
	maxCommand     = 32
	maxDescription = 256
)

// Menu is the command menu of a scope and language, nil if none was set. A
// scope with a chat is written "chat:ID", one of a member "chat_member:ID:USER".
func (b *Bot) Menu(scope, language string) []Command {
	b.server.mu.Lock()
	defer b.server.mu.Unlock()
	return b.menus[menuKey{scope, language}]
}

// About is what setMyName, setMyDescription and setMyShortDescription set
// (what: name, description, short_description).
func (b *Bot) About(what, language string) string {
	b.server.mu.Lock()
	defer b.server.mu.Unlock()
	return b.texts[what+" "+language]
}

func (s *Server) menuMethod(name string) method {
	switch name {
	case "setmycommands":
		return s.setMyCommands
	case "deletemycommands":
		return func(b *Bot, q *request) (any, *Error) { return s.putMenu(b, q, nil) }
	case "getmycommands":
		return s.getMyCommands
	case "setmyname":
		return s.setText("name", 64)
	case "setmydescription":
		return s.setText("description", 512)
	case "setmyshortdescription":
		return s.setText("short_description", 120)
	case "setchatmenubutton":
		return accept
	}
	what := strings.TrimPrefix(name, "getmy")
	if what == "shortdescription" {
		what = "short_description"
	}
	return func(b *Bot, q *request) (any, *Error) {
		return map[string]string{what: b.About(what, q.params["language_code"])}, nil
	}
}

func (s *Server) setText(what string, limit int) method {
	return func(b *Bot, q *request) (any, *Error) {
		text := q.params[what]
		if utf8.RuneCountInString(text) > limit {
			return nil, bad(strings.ReplaceAll(what, "_", " ") + " is too long")
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		language := q.params["language_code"]
		b.texts[what+" "+language] = text
		if what == "name" && language == "" && text != "" {
			b.name = text
		}
		return true, nil
	}
}

func (s *Server) setMyCommands(b *Bot, q *request) (any, *Error) {
	raw := q.params["commands"]
	if raw == "" {
		raw = "[]"
	}
	if !json.Valid([]byte(raw)) {
		return nil, bad("can't parse commands JSON object")
	}
	var commands []Command
	if json.Unmarshal([]byte(raw), &commands) != nil {
		return nil, bad("expected an Array of BotCommand")
	}
	if len(commands) > maxCommands {
		return nil, bad("BOT_COMMANDS_TOO_MUCH")
	}
	for i := range commands {
		if fail := commands[i].check(); fail != nil {
			return nil, fail
		}
	}
	return s.putMenu(b, q, commands)
}

func (c *Command) check() *Error {
	c.Command = strings.TrimPrefix(strings.TrimSpace(c.Command), "/")
	c.Description = strings.TrimSpace(c.Description)
	switch {
	case c.Command == "":
		return bad("command must be non-empty")
	case utf8.RuneCountInString(c.Command) > maxCommand:
		return bad("command length must not exceed 32")
	case c.Description == "":
		return bad("command description must be non-empty")
	case utf8.RuneCountInString(c.Description) > maxDescription:
		return bad("command description length must not exceed 256")
	case !regexp.MustCompile(`^[a-z0-9_]+$`).MatchString(c.Command):
		return bad("BOT_COMMAND_INVALID")
	}
	return nil
}

func (s *Server) putMenu(b *Bot, q *request, commands []Command) (any, *Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key, fail := s.menuKey(b, q)
	if fail != nil {
		return nil, fail
	}
	if len(commands) == 0 {
		delete(b.menus, key)
	} else {
		b.menus[key] = commands
	}
	s.notify()
	return true, nil
}

func (s *Server) getMyCommands(b *Bot, q *request) (any, *Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key, fail := s.menuKey(b, q)
	if fail != nil {
		return nil, fail
	}
	return append([]Command{}, b.menus[key]...), nil
}

// menuKey reads scope and language_code; a chat that the bot doesn't know is
// not found. The lock is held.
func (s *Server) menuKey(b *Bot, q *request) (menuKey, *Error) {
	key := menuKey{scope: "default", language: q.params["language_code"]}
	if len(key.language) != 0 && !regexp.MustCompile(`^[a-z]{2}$`).MatchString(key.language) {
		return key, bad("invalid language code specified")
	}
	raw := q.params["scope"]
	if raw == "" {
		return key, nil
	}
	var scope struct {
		Type string          `json:"type"`
		Chat json.RawMessage `json:"chat_id"`
		User int64           `json:"user_id"`
	}
	if json.Unmarshal([]byte(raw), &scope) != nil {
		return key, bad("can't parse BotCommandScope JSON object")
	}
	switch scope.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
		key.scope = scope.Type
		return key, nil
	case "chat", "chat_administrators", "chat_member":
	default:
		return key, bad("can't parse BotCommandScope: Unsupported type specified")
	}
	name := strings.Trim(string(scope.Chat), `"`)
	if name == "" {
		return key, bad("can't parse BotCommandScope: Empty chat_id specified")
	}
	c, fail := s.chat(b, name)
	if fail != nil {
		return key, fail
	}
	key.scope = scope.Type + ":" + decimal(c.id)
	if scope.Type == "chat_member" {
		if scope.User <= 0 {
			return key, bad("can't parse BotCommandScope: Invalid user_id specified")
		}
		key.scope += ":" + decimal(scope.User)
	}
	return key, nil
}
