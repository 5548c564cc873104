package wire

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/nashra-bot/nashra/bots/whatsapp"
)

// How long a pairing that the owner asked for in a chat may take: with a code
// that is typed, and with pictures, of which each is good for so short a time
// that they come for no longer than those of one connection.
const (
	pairingTime = 10 * time.Minute
	pictureTime = 160 * time.Second
)

// pairing is one that the owner asks for.
type pairing struct {
	account *account
	picture bool // a QR code to be scanned, instead of a code to be typed
}

// pairForOwner links a lost WhatsApp number again with what goes to the owner's
// chat, so that nobody needs a shell at night.
func (p *Program) pairForOwner(picture bool) {
	for _, a := range p.accounts {
		adapter, ok := a.pairer()
		switch {
		case !ok:
			continue
		case adapter.State().Paired:
			a.told(p.ownerWords().Already)
			continue
		}
		select {
		case p.pairings <- pairing{account: a, picture: picture}:
		default:
			a.told(p.ownerWords().Busy)
		}
	}
}

// pair does the pairings that the owner asks for, one at a time: who asks again
// wants a new code, and the one before is no good any more.
func (p *Program) pair(ctx context.Context) error {
	var running sync.WaitGroup
	stop := func() {}
	for {
		select {
		case <-ctx.Done():
			stop()
			running.Wait()
			return nil
		case next := <-p.pairings:
			stop()
			running.Wait()
			var own context.Context
			own, stop = context.WithCancel(ctx)
			running.Go(func() { p.pairOne(own, next) })
		}
	}
}

func (p *Program) pairOne(ctx context.Context, ask pairing) {
	a := ask.account
	adapter, ok := a.pairer()
	if !ok {
		return
	}
	words, limit, options := p.ownerWords(), pairingTime, p.byCode(a)
	if ask.picture {
		limit, options = pictureTime, p.byPicture(a)
	}
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	err := adapter.Pair(timed, options)
	switch {
	case err == nil:
		a.told(words.Paired)
		select {
		case a.paired <- struct{}{}:
		default:
		}
	case ctx.Err() != nil: // the program stops, or the owner has asked again
	case errors.Is(err, whatsapp.ErrPaired):
		a.told(words.Already)
	default:
		a.log().Warn("the pairing did not succeed", "err", err)
		a.told(words.unpaired(err))
	}
}

// byCode sends the owner a code. Alone it opens nothing: it has to be typed on
// the bot's own phone.
func (p *Program) byCode(a *account) whatsapp.PairOptions {
	return whatsapp.PairOptions{
		Phone: p.Plan().Config.WhatsApp.Number,
		OnCode: func(code string, _ time.Duration) {
			a.told(strings.ReplaceAll(p.ownerWords().Code, "{code}", code))
		},
	}
}

// byPicture sends the owner each QR code while it is good. A phone with another
// number that scans it is refused.
func (p *Program) byPicture(a *account) whatsapp.PairOptions {
	words, shown := p.ownerWords(), false
	return whatsapp.PairOptions{OnQR: func(text string, valid time.Duration) {
		png, err := whatsapp.PNG(text)
		if err != nil {
			a.log().Warn("a code was not drawn", "err", err)
			return
		}
		caption := words.Scan
		if shown {
			caption = words.Rescan
		}
		shown = true
		until := p.parts.Now().Add(valid).In(p.newsroom().Zone).Format("15:04:05")
		a.notify(tiding{text: strings.ReplaceAll(caption, "{time}", until), picture: png})
	}}
}
