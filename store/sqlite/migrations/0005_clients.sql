-- The newsroom's own programs, which act over HTTP. Each is an editor of the
-- role client; a token itself is not stored.
CREATE TABLE client (
    editor     INTEGER PRIMARY KEY REFERENCES editor,
    name       TEXT    NOT NULL UNIQUE,
    hash       BLOB    NOT NULL,
    scopes     TEXT    NOT NULL,           -- parted by commas
    per_minute INTEGER NOT NULL,
    until      INTEGER NOT NULL,           -- 0: for good
    used       TEXT    NOT NULL DEFAULT '' -- the last day
) STRICT;

-- answer: what a client's request was answered, so that the same one again gets
-- the same answer.
CREATE TABLE answer (
    client INTEGER NOT NULL REFERENCES editor,
    key    TEXT    NOT NULL,
    hash   BLOB    NOT NULL,               -- of the request
    status INTEGER NOT NULL,               -- 0: not answered yet
    body   TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (client, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_at ON answer (at);

-- suggestion: a proposal in a client's own words. Its title is the key of the
-- request.
CREATE TABLE suggestion (
    proposal INTEGER PRIMARY KEY REFERENCES proposal,
    by       INTEGER NOT NULL REFERENCES editor,
    content  TEXT    NOT NULL              -- JSON
) STRICT;
