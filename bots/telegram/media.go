package telegram

import (
	"context"
	"strings"
	"sync"
	"time"

	telegram "github.com/go-telegram/bot"

	"github.com/nashra-bot/nashra/bots"
	"github.com/nashra-bot/nashra/news"
)

const (
	maxMedia = 256
	badFor   = time.Minute // before Telegram is asked again for a medium that it could not get
)

// animation is what Telegram makes of a video without sound.
const animation news.MediaKind = "animation"

// library remembers, for a while, what became of media, so that a broadcast
// makes Telegram fetch its medium once, or find out once that it cannot.
type library struct {
	mu       sync.Mutex
	bySource map[string]medium
	byID     map[string]medium

	turn chan struct{} // held by the one message that fetches and uploads
}

type medium struct {
	kind   news.MediaKind
	fileID string    // or the source, as long as there is none
	source string    // link or file of ours; empty: not known
	bad    time.Time // could not be had then
}

// wait gives d the turn to upload. It is false when ctx ended before.
func (l *library) wait(ctx context.Context, d *draft) bool {
	if d.turn {
		return true
	}
	select {
	case l.turn <- struct{}{}:
		d.turn = true
	case <-ctx.Done():
	}
	return d.turn
}

// pass gives the turn on.
func (l *library) pass(d *draft) {
	if d.turn {
		d.turn = false
		<-l.turn
	}
}

// look returns how to send a medium, and whether there is no use in trying.
func (l *library) look(given news.Media) (m medium, bad bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	m = medium{kind: given.Kind, fileID: given.Ref}
	if !isLink(given.Ref) && !isFile(given.Ref) {
		if known, ok := l.byID[given.Ref]; ok {
			return known, false
		}
		return m, false
	}
	known := l.bySource[given.Ref]
	if known.fileID != "" {
		return known, false
	}
	m.source = given.Ref
	return m, !known.bad.IsZero() && time.Since(known.bad) < badFor
}

func (l *library) learn(source string, kind news.MediaKind, fileID string) {
	if source == "" || fileID == "" {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.room()
	m := medium{kind: kind, fileID: fileID, source: source}
	l.bySource[source], l.byID[fileID] = m, m
}

func (l *library) spoil(source string) {
	if source == "" {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.room()
	delete(l.byID, l.bySource[source].fileID)
	l.bySource[source] = medium{bad: time.Now()}
}

// room starts over when there is too much: what is in use is soon back.
func (l *library) room() {
	if l.bySource == nil || len(l.bySource) >= maxMedia || len(l.byID) >= maxMedia {
		l.bySource, l.byID = map[string]medium{}, map[string]medium{}
	}
}

// Upload names the file of ours that m would begin by uploading. A picture at an
// address is Telegram's to get, and an edit leaves the file as it is.
func (a *Adapter) Upload(m bots.Message, edit bool) string {
	if m.Media.None() || edit || a.config.Fetch == nil {
		return ""
	}
	known, bad := a.media.look(m.Media)
	if bad || !isFile(known.fileID) {
		return ""
	}
	return known.source
}

// filename is what an upload is called. Telegram tells by its ending what some
// files are.
func (d *draft) filename() string {
	switch d.kind {
	case news.MediaVideo, animation:
		return "video.mp4"
	case news.MediaVoice:
		return "voice.ogg"
	case news.MediaDocument:
		if name := strings.TrimSpace(d.name); name != "" {
			return name
		}
		return "document.pdf"
	}
	return "photo"
}

// sendMedia makes the one call that sends a draft with its medium.
func (a *Adapter) sendMedia(ctx context.Context, d *draft) error {
	switch d.kind {
	case news.MediaVideo:
		_, err := a.api.SendVideo(ctx, &telegram.SendVideoParams{
			ChatID: d.to.api(), MessageThreadID: d.to.thread, SupportsStreaming: true,
			Video: d.file(), Caption: d.text, CaptionEntities: d.entities,
			DisableNotification: d.silent, ReplyParameters: d.replyTo(), ReplyMarkup: d.markup(),
		})
		return a.redact.fail("sendVideo", err)
	case animation:
		_, err := a.api.SendAnimation(ctx, &telegram.SendAnimationParams{
			ChatID: d.to.api(), MessageThreadID: d.to.thread,
			Animation: d.file(), Caption: d.text, CaptionEntities: d.entities,
			DisableNotification: d.silent, ReplyParameters: d.replyTo(), ReplyMarkup: d.markup(),
		})
		return a.redact.fail("sendAnimation", err)
	case news.MediaVoice:
		_, err := a.api.SendVoice(ctx, &telegram.SendVoiceParams{
			ChatID: d.to.api(), MessageThreadID: d.to.thread,
			Voice: d.file(), Caption: d.text, CaptionEntities: d.entities,
			DisableNotification: d.silent, ReplyParameters: d.replyTo(), ReplyMarkup: d.markup(),
		})
		return a.redact.fail("sendVoice", err)
	case news.MediaDocument:
		_, err := a.api.SendDocument(ctx, &telegram.SendDocumentParams{
			ChatID: d.to.api(), MessageThreadID: d.to.thread, DisableContentTypeDetection: true,
			Document: d.file(), Caption: d.text, CaptionEntities: d.entities,
			DisableNotification: d.silent, ReplyParameters: d.replyTo(), ReplyMarkup: d.markup(),
		})
		return a.redact.fail("sendDocument", err)
	}
	_, err := a.api.SendPhoto(ctx, &telegram.SendPhotoParams{
		ChatID: d.to.api(), MessageThreadID: d.to.thread,
		Photo: d.file(), Caption: d.text, CaptionEntities: d.entities,
		DisableNotification: d.silent, ReplyParameters: d.replyTo(), ReplyMarkup: d.markup(),
	})
	return a.redact.fail("sendPhoto", err)
}
