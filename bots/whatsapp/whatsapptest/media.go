package whatsapptest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"go.mau.fi/whatsmeow"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/util/cbcutil"
	"go.mau.fi/whatsmeow/util/hkdfutil"
)

const (
	mediaHost = "media.whatsapptest.invalid"
	mediaAuth = "auth-whatsapptest"
	maxMedia  = 100 << 20
	macLength = 10
)

// blob is one uploaded file, encrypted unless it is a channel's.
type blob struct {
	data   []byte
	handle string
}

func (s *Server) mediaHosts() waBinary.Node {
	return waBinary.Node{
		Tag:     "media_conn",
		Attrs:   waBinary.Attrs{"auth": mediaAuth, "ttl": "300", "auth_ttl": "21600", "max_buckets": "12"},
		Content: []waBinary.Node{{Tag: "host", Attrs: waBinary.Attrs{"hostname": mediaHost}}},
	}
}

func (s *Server) serveMedia(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	status := s.faults.media
	s.mu.Unlock()
	if status != 0 {
		http.Error(w, http.StatusText(status), status)
		return
	}
	switch r.Method {
	case http.MethodPost:
		s.upload(w, r)
	case http.MethodGet:
		s.mu.Lock()
		found, ok := s.blobs[r.URL.Path]
		s.mu.Unlock()
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(found.data)
	case http.MethodDelete: // the client tidies up after a history sync
	default:
		http.Error(w, "method", http.StatusMethodNotAllowed)
	}
}

// upload checks that the token is the hash of what was sent, as the hosts do.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) {
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxMedia))
	if err != nil {
		http.Error(w, "body", http.StatusBadRequest)
		return
	}
	sum := sha256.Sum256(data)
	if r.URL.Query().Get("auth") != mediaAuth || r.URL.Query().Get("token") != base64.URLEncoding.EncodeToString(sum[:]) {
		http.Error(w, "token", http.StatusForbidden)
		return
	}
	if !s.arrives(r.Context(), len(data)) {
		return
	}
	s.mu.Lock()
	path := s.store(data)
	handle := s.blobs[path].handle
	s.mu.Unlock()
	if !strings.HasPrefix(r.URL.Path, "/newsletter/") {
		handle = ""
	}
	path += "?ccb=1"
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{
		"url": "https://" + mediaHost + path, "direct_path": path, "handle": handle,
	})
}

// arrives waits for an upload; false when the client has given up.
func (s *Server) arrives(ctx context.Context, size int) bool {
	s.mu.Lock()
	rate := s.faults.uplink
	s.mu.Unlock()
	if rate <= 0 {
		return true
	}
	timer := time.NewTimer(time.Duration(float64(size) / float64(rate) * float64(time.Second)))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// store keeps data and returns its path on the media host.
func (s *Server) store(data []byte) string {
	sum := sha256.Sum256(data)
	name := hex.EncodeToString(sum[:12])
	s.blobs["/v/"+name] = blob{data: data, handle: "handle-" + name}
	return "/v/" + name
}

// fetch downloads the files of a message that a phone has just shown; m may be nil.
func (s *Server) fetch(m *Message) {
	if m == nil || m.Content == nil {
		return
	}
	if m.Media != nil {
		file, kind, _, _ := attachmentOf(m.Content)
		media := *m.Media
		data, err := s.download(file.GetDirectPath(), file.GetMediaKey(), file.GetFileEncSHA256(), file.GetFileSHA256(), mediaInfo(kind))
		if media.Data = data; err != nil {
			media.Error = err.Error()
		} else if media.Size != len(data) {
			media.Error = fmt.Sprintf("length is %d, not %d", len(data), media.Size)
		} else if media.MIME == "" || kind == KindDocument && media.FileName == "" {
			media.Error = "a phone cannot tell what to open it with"
		}
		m.Media = &media
		s.files[m.ID] = media
	}
	text := m.Content.GetExtendedTextMessage()
	if m.Preview == nil || text.GetThumbnailDirectPath() == "" {
		return
	}
	preview := *m.Preview
	data, err := s.download(text.GetThumbnailDirectPath(), text.GetMediaKey(), text.GetThumbnailEncSHA256(), text.GetThumbnailSHA256(), whatsmeow.MediaLinkThumbnail)
	if preview.Image = data; err != nil {
		s.complain("large preview: %v", err)
	}
	m.Preview = &preview
	s.files[m.ID] = Media{MIME: "image/jpeg", Data: data, Size: len(data)}
}

// File is the file of a message, or the large picture of its preview, by the
// message's id; ok is false when there is none.
func (s *Server) File(id string) (file Media, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	file, ok = s.files[id]
	return file, ok
}

// download gets a file back as a phone does: hashes and MAC checked, decrypted if it has a key.
func (s *Server) download(path string, key, sealedSum, plainSum []byte, info whatsmeow.MediaType) ([]byte, error) {
	name, _, hasQuery := strings.Cut(path, "?")
	found, ok := s.blobs[name]
	if !ok || !hasQuery {
		return nil, errors.New("no such file")
	}
	plain := found.data
	if len(key) > 0 {
		if sum := sha256.Sum256(plain); !bytes.Equal(sum[:], sealedSum) {
			return nil, errors.New("hash of the encrypted file differs")
		}
		var err error
		if plain, err = openMedia(plain, key, info); err != nil {
			return nil, err
		}
	}
	if sum := sha256.Sum256(plain); !bytes.Equal(sum[:], plainSum) {
		return nil, errors.New("hash of the file differs")
	}
	return plain, nil
}

func openMedia(sealed, key []byte, info whatsmeow.MediaType) ([]byte, error) {
	if len(sealed) <= macLength {
		return nil, errors.New("file too short")
	}
	iv, cipherKey, macKey := mediaKeys(key, info)
	body, mac := sealed[:len(sealed)-macLength], sealed[len(sealed)-macLength:]
	if !hmac.Equal(mediaMAC(macKey, iv, body), mac) {
		return nil, errors.New("MAC of the file differs")
	}
	return cbcutil.Decrypt(cipherKey, iv, bytes.Clone(body)) // it works in place
}

// file is an uploaded attachment, with what a message must say about it.
type file struct {
	url, path        string
	key, sealed, sum []byte
	size             uint64
}

// attach encrypts and uploads what a reader sends.
func (s *Server) attach(plain []byte, info whatsmeow.MediaType) (file, error) {
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	iv, cipherKey, macKey := mediaKeys(key, info)
	body, err := cbcutil.Encrypt(cipherKey, iv, plain)
	if err != nil {
		return file{}, fmt.Errorf("encrypt attachment: %w", err)
	}
	sealed := append(body, mediaMAC(macKey, iv, body)...)
	sealedSum, sum := sha256.Sum256(sealed), sha256.Sum256(plain)
	path := s.store(sealed) + "?ccb=1"
	return file{
		url: "https://" + mediaHost + path, path: path,
		key: key, sealed: sealedSum[:], sum: sum[:], size: uint64(len(plain)),
	}, nil
}

func mediaKeys(key []byte, info whatsmeow.MediaType) (iv, cipherKey, macKey []byte) {
	expanded := hkdfutil.SHA256(key, nil, []byte(info), 112)
	return expanded[:16], expanded[16:48], expanded[48:80]
}

func mediaMAC(key, iv, body []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(iv)
	mac.Write(body)
	return mac.Sum(nil)[:macLength]
}

func mediaInfo(kind Kind) whatsmeow.MediaType {
	switch kind {
	case KindVideo:
		return whatsmeow.MediaVideo
	case KindVoice, KindAudio:
		return whatsmeow.MediaAudio
	case KindDocument:
		return whatsmeow.MediaDocument
	default:
		return whatsmeow.MediaImage
	}
}
