-- An exception of the calendar may be of some days of the week alone.
ALTER TABLE shift ADD COLUMN weekdays INTEGER NOT NULL DEFAULT 0; -- mask, Sunday is 1; 0: every day
