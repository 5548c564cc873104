package telegramtest

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

const (
	maxPhoto     = 10 << 20 // uploaded
	maxPhotoURL  = 5 << 20
	maxUpload    = 50 << 20
	maxURLFile   = 20 << 20
	maxAlbum     = 10
	minAlbum     = 2
	photoSide    = 1280 // what the stand-in says of every photo
	maxFileNames = 60
)

type storedFile struct {
	File
	kind string
	bot  int64 // file ids belong to one bot
	url  string
}

// File returns what was uploaded or fetched under a file id.
func (s *Server) File(fileID string) (File, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[fileID]
	if f == nil {
		return File{}, false
	}
	return f.File, true
}

// media takes what a media parameter names: an upload ("attach://name" or a
// file part), a link, or a file id. The lock is not held: links are fetched.
func (s *Server) media(b *Bot, q *request, kind, field string) (*Media, *Error) {
	if f, ok := q.files[field]; ok {
		return s.upload(b, kind, f)
	}
	value := strings.TrimSpace(q.params[field])
	return s.mediaValue(b, q, kind, value)
}

func (s *Server) mediaValue(b *Bot, q *request, kind, value string) (*Media, *Error) {
	if name, ok := strings.CutPrefix(value, "attach://"); ok {
		f, ok := q.files[name]
		if !ok {
			return nil, bad("there is no " + kind + " in the request")
		}
		return s.upload(b, kind, f)
	}
	switch {
	case value == "":
		return nil, bad("there is no " + kind + " in the request")
	case strings.HasPrefix(value, "http://") || strings.HasPrefix(value, "https://") || strings.Contains(value, "."):
		return s.byURL(b, kind, value)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[value]
	switch {
	case f == nil || f.bot != b.id:
		return nil, bad("wrong file identifier/HTTP URL specified")
	case f.kind != kind:
		return nil, bad(fmt.Sprintf("can't use file of type %s as %s", title(f.kind), title(kind)))
	}
	return &Media{Kind: kind, FileID: value, URL: f.url, Name: f.Name, Size: len(f.Data), MIME: mimeOf(kind, f.Data)}, nil
}

func title(kind string) string { return strings.ToUpper(kind[:1]) + kind[1:] }

func (s *Server) upload(b *Bot, kind string, f File) (*Media, *Error) {
	switch {
	case len(f.Data) == 0:
		return nil, bad("file must be non-empty")
	case len(f.Data) > maxUpload:
		return nil, &Error{Code: http.StatusRequestEntityTooLarge, Description: "Request Entity Too Large"}
	case kind == "photo" && len(f.Data) > maxPhoto:
		return nil, bad("file is too big")
	case kind == "photo" && !image(f.Data):
		return nil, bad("IMAGE_PROCESS_FAILED")
	}
	if fail := s.takeUpload(b, len(f.Data)); fail != nil {
		return nil, fail
	}
	return s.store(b, made(kind, f.Data), f, ""), nil
}

// made is what Telegram makes of an upload: a video without sound becomes an
// animation, and what is no video a document.
func made(kind string, data []byte) string {
	switch {
	case kind == "voice" && !bytes.HasPrefix(data, []byte("OggS")):
		return "document"
	case kind != "video":
		return kind
	case len(data) < 12 || string(data[4:8]) != "ftyp":
		return "document"
	case !bytes.Contains(data, []byte("soun")):
		return "animation"
	}
	return "video"
}

// image accepts what starts like a JPEG, PNG, GIF or WebP.
func image(data []byte) bool {
	return strings.HasPrefix(http.DetectContentType(data), "image/")
}

func (s *Server) byURL(b *Bot, kind, link string) (*Media, *Error) {
	url, problem := checkLink(link)
	if problem != "" {
		return nil, bad("wrong HTTP URL specified")
	}
	limit := maxURLFile
	if kind == "photo" {
		limit = maxPhotoURL
	}
	f := File{Name: link[strings.LastIndexByte(link, '/')+1:]}
	if s.Fetch != nil {
		fetched, err := s.Fetch(url)
		switch {
		case err != nil:
			return nil, bad("failed to get HTTP URL content")
		case len(fetched.Data) > limit, kind == "photo" && !image(fetched.Data):
			return nil, bad("wrong type of the web page content")
		}
		f = fetched
	}
	return s.store(b, kind, f, url), nil
}

func (s *Server) store(b *Bot, kind string, f File, url string) *Media {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files == nil {
		s.files = map[string]*storedFile{}
	}
	if len(f.Name) > maxFileNames {
		f.Name = f.Name[:maxFileNames]
	}
	id := fmt.Sprintf("AgAC%s-%d-%d", kind, b.id, len(s.files)+1)
	s.files[id] = &storedFile{File: f, kind: kind, bot: b.id, url: url}
	return &Media{Kind: kind, FileID: id, URL: url, Name: f.Name, Size: len(f.Data), MIME: mimeOf(kind, f.Data)}
}

// mimeOf is what the server says of a file's content.
func mimeOf(kind string, data []byte) string {
	if kind != "document" && kind != "video" && kind != "animation" {
		return ""
	}
	return http.DetectContentType(data)
}

// keep has a bot find what a phone sends. The lock is held.
func (s *Server) keep(c *Chat, m *Media) {
	if m.Size == 0 {
		m.Size = len(m.Data)
	}
	if s.files == nil {
		s.files = map[string]*storedFile{}
	}
	f := &storedFile{File: File{Name: m.Name, Data: m.Data}, kind: m.Kind}
	if c.bot != nil {
		f.bot = c.bot.id
	}
	s.files[m.FileID] = f
}

type wireFile struct {
	FileID   string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Name     string `json:"file_name,omitempty"`
	Size     int    `json:"file_size,omitempty"`
	MIME     string `json:"mime_type,omitempty"`
	Path     string `json:"file_path,omitempty"`
	Width    int    `json:"width,omitempty"`
	Height   int    `json:"height,omitempty"`
	Duration *int   `json:"duration,omitempty"`
	Emoji    string `json:"emoji,omitempty"`
	Type     string `json:"type,omitempty"`
}

type wireLocation struct {
	Lat float64 `json:"latitude"`
	Lon float64 `json:"longitude"`
}

type wireMedia struct {
	Photo    []wireFile    `json:"photo,omitempty"`
	Document *wireFile     `json:"document,omitempty"`
	Video    *wireFile     `json:"video,omitempty"`
	Anim     *wireFile     `json:"animation,omitempty"`
	Sticker  *wireFile     `json:"sticker,omitempty"`
	Voice    *wireFile     `json:"voice,omitempty"`
	Note     *wireFile     `json:"video_note,omitempty"`
	Location *wireLocation `json:"location,omitempty"`
	Spoiler  bool          `json:"has_media_spoiler,omitempty"`
}

func (m *Media) wire() wireMedia {
	f := wireFile{FileID: m.FileID, UniqueID: "u" + m.FileID, Name: m.Name, Size: m.Size, MIME: m.MIME}
	second := 1
	w := wireMedia{Spoiler: m.Spoiler}
	switch m.Kind {
	case "photo":
		f.Name, f.MIME, f.Width, f.Height = "", "", photoSide, photoSide
		small := f
		small.FileID, small.Width, small.Height, small.Size = f.FileID+"s", 90, 90, 0
		w.Photo = []wireFile{small, f}
	case "document":
		w.Document = &f
	case "video":
		f.Width, f.Height, f.Duration = photoSide, photoSide, &second
		w.Video = &f
	case "animation":
		same := f
		f.Width, f.Height, f.Duration = photoSide, photoSide, &second
		w.Anim, w.Document = &f, &same
	case "sticker":
		f.Width, f.Height, f.Emoji, f.Type = 512, 512, m.Emoji, "regular"
		w.Sticker = &f
	case "voice":
		f.Name, f.Duration = "", &second
		w.Voice = &f
	case "video_note":
		f.Name, f.Duration = "", &second
		w.Note = &f
	case "location":
		w.Location = &wireLocation{Lat: m.Lat, Lon: m.Lon}
	}
	return w
}

func (s *Server) getFile(b *Bot, q *request) (any, *Error) {
	id := q.params["file_id"]
	if id == "" {
		return nil, bad("file_id not specified")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[id]
	if f == nil || f.bot != b.id {
		return nil, bad("wrong file_id or the file is temporarily unavailable")
	}
	if len(f.Data) > maxURLFile {
		return nil, bad("file is too big")
	}
	return wireFile{FileID: id, UniqueID: "u" + id, Size: len(f.Data), Path: f.kind + "s/" + id}, nil
}

// serveFile answers /file/bot<token>/<file_path>.
func (s *Server) serveFile(w http.ResponseWriter, rest string) {
	token, path, _ := strings.Cut(rest, "/")
	s.mu.Lock()
	b := s.bots[token]
	f := s.files[path[strings.LastIndexByte(path, '/')+1:]]
	revoked := b == nil || b.revoked
	s.mu.Unlock()
	switch {
	case revoked:
		writeError(w, &Error{Code: http.StatusUnauthorized, Description: "Unauthorized"})
	case f == nil || f.bot != b.id:
		writeError(w, &Error{Code: http.StatusNotFound, Description: "Not Found"})
	default:
		w.Header().Set("Content-Length", strconv.Itoa(len(f.Data)))
		_, _ = w.Write(f.Data)
	}
}
