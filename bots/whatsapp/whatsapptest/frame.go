package whatsapptest

import (
	"bytes"
	"context"
	"crypto/cipher"
	"fmt"
	"sync"

	"github.com/coder/websocket"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waWa6"
	"google.golang.org/protobuf/proto"
)

// maxFrame is the protocol's limit: the length has three bytes.
const maxFrame = 1 << 24

// link is one connection of a client: frames in a websocket, Noise in the
// frames, binary nodes in the Noise. Reading belongs to one goroutine, writing
// is guarded by mu.
type link struct {
	ws  *websocket.Conn
	ctx context.Context

	static  [32]byte
	payload *waWa6.ClientPayload
	greeted bool
	buffer  []byte

	readKey, writeKey cipher.AEAD
	reads             uint32

	mu     sync.Mutex
	writes uint32

	// Guarded by the server's lock.
	linking *linking
	device  *device
	active  bool
	cut     bool
}

// frame reads one length-prefixed frame; a websocket message may hold a part of one or several.
func (l *link) frame() ([]byte, error) {
	for {
		if !l.greeted && len(l.buffer) >= len(prologue) {
			if !bytes.Equal(l.buffer[:len(prologue)], prologue[:]) {
				return nil, fmt.Errorf("read connection header: got %x", l.buffer[:len(prologue)])
			}
			l.buffer, l.greeted = l.buffer[len(prologue):], true
		}
		if l.greeted && len(l.buffer) >= 3 {
			size := int(l.buffer[0])<<16 | int(l.buffer[1])<<8 | int(l.buffer[2])
			if len(l.buffer) >= 3+size {
				data := l.buffer[3 : 3+size]
				l.buffer = l.buffer[3+size:]
				return data, nil
			}
		}
		_, data, err := l.ws.Read(l.ctx)
		if err != nil {
			return nil, err
		}
		l.buffer = append(l.buffer, data...)
	}
}

func (l *link) sendFrame(data []byte) error {
	if len(data) >= maxFrame {
		return fmt.Errorf("send frame of %d bytes: too large", len(data))
	}
	frame := make([]byte, 3, 3+len(data))
	frame[0], frame[1], frame[2] = byte(len(data)>>16), byte(len(data)>>8), byte(len(data))
	return l.ws.Write(l.ctx, websocket.MessageBinary, append(frame, data...))
}

// receive reads the next node.
func (l *link) receive() (*waBinary.Node, error) {
	sealed, err := l.frame()
	if err != nil {
		return nil, err
	}
	plain, err := l.readKey.Open(nil, iv(l.reads), sealed, nil)
	l.reads++
	if err != nil {
		return nil, fmt.Errorf("open frame %d: %w", l.reads-1, err)
	}
	packed, err := waBinary.Unpack(plain)
	if err != nil {
		return nil, fmt.Errorf("unpack frame %d: %w", l.reads-1, err)
	}
	return waBinary.Unmarshal(packed)
}

// send writes one node; an error means that the connection is gone.
func (l *link) send(node waBinary.Node) error {
	plain, err := waBinary.Marshal(node)
	if err != nil {
		return fmt.Errorf("encode <%s>: %w", node.Tag, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	sealed := l.writeKey.Seal(nil, iv(l.writes), plain, nil)
	l.writes++
	return l.sendFrame(sealed)
}

func (l *link) handshakeMessage() (*waWa6.HandshakeMessage, error) {
	raw, err := l.frame()
	if err != nil {
		return nil, err
	}
	message := &waWa6.HandshakeMessage{}
	return message, proto.Unmarshal(raw, message)
}

func (l *link) sendHandshake(message *waWa6.HandshakeMessage) error {
	raw, err := proto.Marshal(message)
	if err != nil {
		return err
	}
	return l.sendFrame(raw)
}

// close ends the connection at once, as a lost network does.
func (l *link) close() { _ = l.ws.CloseNow() }
