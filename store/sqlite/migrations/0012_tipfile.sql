-- The file that came with a tip: where the account that got it can fetch it, and
-- as what it was sent. Empty: none.
ALTER TABLE tip ADD COLUMN file_ref TEXT NOT NULL DEFAULT '';
ALTER TABLE tip ADD COLUMN file_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE tip ADD COLUMN file_size INTEGER NOT NULL DEFAULT 0;

-- What is in the files that an editor has opened, until they have surely been
-- sent. It goes with its tip.
CREATE TABLE tip_file (
    tip  INTEGER PRIMARY KEY REFERENCES tip ON DELETE CASCADE,
    sum  TEXT    NOT NULL UNIQUE,          -- SHA-256 of it and of the tip's number, hex
    kind TEXT    NOT NULL,
    mime TEXT    NOT NULL,
    size INTEGER NOT NULL,
    at   INTEGER NOT NULL,
    data BLOB    NOT NULL
) STRICT;
CREATE INDEX tip_file_at ON tip_file (at);
