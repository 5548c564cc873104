package wire

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/nashra-bot/nashra/store"
)

// backupName is the pattern of a scheduled backup's file: its times sort as
// names do.
const backupName = "nashra-20060102-150405.db"

// Backups writes a backup into a folder and removes the oldest ones beyond
// Keep. Files with other names are left alone.
type Backups struct {
	Store  store.Keeper
	Folder string
	Keep   int
	Now    func() time.Time
}

// Once writes one backup. Older ones go only after it is there.
func (b Backups) Once(ctx context.Context) error {
	if err := os.MkdirAll(b.Folder, 0o700); err != nil {
		return fmt.Errorf("make the folder of backups: %w", err)
	}
	file := filepath.Join(b.Folder, b.Now().UTC().Format(backupName))
	if err := b.Store.Backup(ctx, file); err != nil {
		return fmt.Errorf("write the backup %s: %w", file, err)
	}
	entries, err := os.ReadDir(b.Folder)
	if err != nil {
		return fmt.Errorf("look for old backups: %w", err)
	}
	var ours []string
	for _, e := range entries {
		if _, err := time.Parse(backupName, e.Name()); err == nil {
			ours = append(ours, e.Name())
		}
	}
	slices.Sort(ours)
	for _, name := range ours[:max(0, len(ours)-b.Keep)] {
		if err := os.Remove(filepath.Join(b.Folder, name)); err != nil {
			return fmt.Errorf("remove an old backup: %w", err)
		}
	}
	return nil
}
