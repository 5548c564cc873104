-- The medium of an alert, JSON; '{}': none.
ALTER TABLE broadcast ADD COLUMN media TEXT NOT NULL DEFAULT '{}';

-- The files that editors send along. Drafts and broadcasts name one by its sum.
CREATE TABLE file (
    id   INTEGER PRIMARY KEY,
    sum  TEXT    NOT NULL UNIQUE,          -- SHA-256, hex
    kind TEXT    NOT NULL,
    mime TEXT    NOT NULL,
    size INTEGER NOT NULL,
    used INTEGER NOT NULL,                 -- when it was last sent in, or published
    data BLOB    NOT NULL
) STRICT;
CREATE INDEX file_used ON file (used);

-- Replies that wait with a picture.
UPDATE reply SET message = json_remove(json_set(message, '$.media', json_object('kind', 'photo', 'ref', message ->> '$.photo')), '$.photo')
    WHERE message ->> '$.photo' IS NOT NULL;
