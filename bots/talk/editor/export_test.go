package editor

import "context"

// Look shows what is followed, as Run does.
func (d *Door) Look(ctx context.Context) bool { return d.look(ctx) }

// Adopt is what Run begins with.
func (d *Door) Adopt(ctx context.Context) error { return d.adopt(ctx) }
