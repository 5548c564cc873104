package outbox

// uploads keeps messages out of the slots as long as all that they could do
// there is wait for a file that another one brings to the network.
type uploads struct {
	most  int             // at once: the other slots stay free
	under map[string]bool // by the adapter's name
	held  []*letter       // that wait for one to end, the first first
}

// loaded reports whether l may go as far as the file is concerned that it would
// upload. If not, it comes again when an upload has ended, however it did.
func (d *dispatcher) loaded(l *letter) bool {
	l.upload = d.uploadOf(l)
	u := &d.uploads
	if l.upload == "" || !u.under[l.upload] && len(u.under) < u.most {
		return true
	}
	u.held = append(u.held, l)
	if l.reply != nil {
		d.paces.take(l) // what is behind it to the chat stays there
	}
	return false
}

// uploadOf names the upload that l's next part would begin with; empty: none.
func (d *dispatcher) uploadOf(l *letter) string {
	parts := l.parts
	if l.reply == nil && l.variant != nil {
		parts = l.variant.parts
	}
	if d.uploader == nil || len(parts) == 0 || parts[0].Media.None() {
		return ""
	}
	j := d.job(l)
	return d.uploader.Upload(j.message, j.edit != "")
}

// uploading notes that l, which is about to be sent, may upload something.
func (d *dispatcher) uploading(l *letter) {
	if l.upload != "" {
		d.uploads.under[l.upload] = true
	}
}

// uploaded has those who waited for an upload look at it again: the network has
// the file by now, or has refused it, or the next one tries.
func (d *dispatcher) uploaded(l *letter) {
	if l.upload == "" {
		return
	}
	delete(d.uploads.under, l.upload)
	l.upload = ""
	held := d.uploads.held
	d.uploads.held = nil
	for _, other := range held {
		d.ready(other)
		if other.reply == nil {
			continue
		}
		for _, behind := range d.paces.free(other.to.Chat) {
			if behind.phase == waiting {
				d.wait(behind, 0)
			}
		}
	}
}
