-- Whether a broadcast was published before the bot was opened to the public. It
-- reaches those who sit at the desk, and nobody else, whenever it is sent.
ALTER TABLE broadcast ADD COLUMN trial INTEGER NOT NULL DEFAULT 0;
