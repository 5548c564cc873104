package telegramtest

import (
	"encoding/json"
	"strconv"
	"strings"
)

// inputMedia is one item of sendMediaGroup, or editMessageMedia's.
type inputMedia struct {
	Type     string          `json:"type"`
	Media    string          `json:"media"`
	Caption  string          `json:"caption"`
	Mode     string          `json:"parse_mode"`
	Entities json.RawMessage `json:"caption_entities"`
	Above    bool            `json:"show_caption_above_media"`
	Spoiler  bool            `json:"has_spoiler"`
}

func (s *Server) readMedia(b *Bot, q *request, in inputMedia) (*Media, formatted, *Error) {
	switch in.Type {
	case "photo", "video", "document":
	default:
		return nil, formatted{}, bad("can't parse InputMedia: type \"" + in.Type + "\" is unsupported")
	}
	if in.Media == "" {
		return nil, formatted{}, bad("can't parse InputMedia: media not found")
	}
	text, fail := readText(in.Caption, in.Mode, string(in.Entities))
	if fail != nil {
		return nil, text, bad("can't parse InputMedia: " + strings.TrimPrefix(fail.Description, "Bad Request: "))
	}
	media, fail := s.mediaValue(b, q, in.Type, in.Media)
	if fail != nil {
		return nil, text, fail
	}
	media.Above, media.Spoiler = in.Above, in.Spoiler
	return media, text, nil
}

func (s *Server) sendMediaGroup(b *Bot, q *request) (any, *Error) {
	raw := q.params["media"]
	if raw == "" {
		return nil, bad("parameter \"media\" is required")
	}
	if !json.Valid([]byte(raw)) {
		return nil, bad("can't parse media JSON object")
	}
	var items []inputMedia
	if json.Unmarshal([]byte(raw), &items) != nil {
		return nil, bad("expected an Array of InputMedia")
	}
	o, fail := readOutgoing(q)
	if fail != nil {
		return nil, fail
	}
	batch := make([]outgoing, len(items))
	for i, in := range items {
		batch[i] = o
		if batch[i].media, batch[i].text, fail = s.readMedia(b, q, in); fail != nil {
			return nil, fail
		}
	}
	return s.sendAlbum(b, batch)
}

func (s *Server) sendAlbum(b *Bot, batch []outgoing) (any, *Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case len(batch) == 0:
		return nil, bad("there are no messages to send")
	case len(batch) > maxAlbum:
		return nil, bad("too many messages to send as an album")
	}
	var c *Chat
	var reply int
	for i, o := range batch {
		var fail *Error
		if c, reply, fail = s.judge(b, o); fail != nil {
			if i > 0 && fail.Code == 400 {
				fail = bad("failed to send message #" + strconv.Itoa(i+1) + " with the error message \"" +
					strings.TrimPrefix(fail.Description, "Bad Request: ") + "\"")
			}
			return nil, fail
		}
		if (o.media.Kind == "document") != (batch[0].media.Kind == "document") {
			return nil, bad("documents can't be mixed with other media types")
		}
	}
	if fail := s.pace.take(s, b, c, len(batch)); fail != nil {
		return nil, fail
	}
	album := ""
	if len(batch) >= minAlbum {
		album = decimal(s.newID())
	}
	shown := make([]*wireMessage, len(batch))
	for i, o := range batch {
		shown[i] = c.show(s.deliver(b, c, o, reply, album), true)
	}
	return shown, nil
}
