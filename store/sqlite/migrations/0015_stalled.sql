-- What a freeze has paused, until somebody resumes it.
ALTER TABLE broadcast ADD COLUMN stalled INTEGER NOT NULL DEFAULT 0;
