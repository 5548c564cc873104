-- The editors' desk. Rows that a person decided name who it was; editor 0 is
-- the server.
CREATE TABLE desk (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    open      INTEGER NOT NULL,            -- 1: readers are sent to
    frozen    INTEGER NOT NULL DEFAULT 0,  -- 1: nothing is sent
    frozen_by INTEGER NOT NULL DEFAULT 0,
    frozen_at INTEGER NOT NULL DEFAULT 0,
    held      INTEGER NOT NULL DEFAULT 0,  -- 1: nothing automatic is sent
    held_by   INTEGER NOT NULL DEFAULT 0,
    held_at   INTEGER NOT NULL DEFAULT 0,
    held_why  TEXT    NOT NULL DEFAULT ''
) STRICT;
INSERT INTO desk (one, open) SELECT 1, EXISTS (SELECT 1 FROM subscriber);

CREATE TABLE editor (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT    NOT NULL,
    role     TEXT    NOT NULL,
    sections TEXT    NOT NULL,             -- slugs, parted by commas
    revision INTEGER NOT NULL,
    joined   INTEGER NOT NULL,
    gone     INTEGER NOT NULL DEFAULT 0    -- when they were removed
) STRICT;

CREATE TABLE seat (
    account INTEGER NOT NULL REFERENCES account,
    chat    TEXT    NOT NULL,
    editor  INTEGER NOT NULL REFERENCES editor,
    PRIMARY KEY (account, chat)
) STRICT, WITHOUT ROWID;
CREATE INDEX seat_editor ON seat (editor);

CREATE TABLE invitation (
    hash     BLOB    PRIMARY KEY,
    role     TEXT    NOT NULL,
    sections TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    editor   INTEGER NOT NULL,             -- who gets a seat; 0: somebody new
    by       INTEGER NOT NULL,
    expires  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    at        INTEGER NOT NULL,
    by        INTEGER NOT NULL,
    name      TEXT    NOT NULL,
    act       TEXT    NOT NULL,
    draft     INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    broadcast INTEGER NOT NULL,
    about     TEXT    NOT NULL
) STRICT;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the log of the desk is never changed'); END;
CREATE TRIGGER audit_grows BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id >= NEW.id AND NEW.id > 0)
BEGIN SELECT raise(ABORT, 'the log of the desk is never changed'); END;
CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the log of the desk is never shortened'); END;

CREATE TABLE draft (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    key       TEXT    UNIQUE,              -- of the event it came from
    form      TEXT    NOT NULL,
    by        INTEGER NOT NULL,
    state     TEXT    NOT NULL,
    revision  INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    due       INTEGER NOT NULL,
    made      INTEGER NOT NULL,
    touched   INTEGER NOT NULL,
    broadcast INTEGER NOT NULL,
    root      INTEGER NOT NULL,            -- 0: it is one
    latest    INTEGER NOT NULL,            -- of a root: the newest decided over it
    withdrawn INTEGER NOT NULL,
    article   INTEGER NOT NULL,
    body      TEXT    NOT NULL             -- JSON
) STRICT;
CREATE INDEX draft_live ON draft (id) WHERE state NOT IN ('done', 'stopped', 'dropped');
CREATE INDEX draft_root ON draft (root, id) WHERE root > 0;
CREATE INDEX draft_broadcast ON draft (broadcast) WHERE broadcast > 0;
CREATE INDEX draft_article ON draft (article) WHERE article > 0;

-- wording: what every version of a draft said.
CREATE TABLE wording (
    draft   INTEGER NOT NULL REFERENCES draft,
    version INTEGER NOT NULL,
    content TEXT    NOT NULL,              -- JSON
    PRIMARY KEY (draft, version)
) STRICT, WITHOUT ROWID;

-- printed: which broadcast a version of a draft became. It is written in the
-- broadcast's own transaction.
CREATE TABLE printed (
    draft     INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    broadcast INTEGER NOT NULL REFERENCES broadcast,
    PRIMARY KEY (draft, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE edition (
    slot     TEXT    NOT NULL,
    date     TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    body     TEXT    NOT NULL,             -- JSON
    PRIMARY KEY (slot, date)
) STRICT, WITHOUT ROWID;

CREATE TABLE shift (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    name      TEXT    NOT NULL,
    slot      TEXT    NOT NULL,
    from_date TEXT    NOT NULL,
    to_date   TEXT    NOT NULL,            -- empty: until it is taken back
    at        TEXT    NOT NULL,            -- "07:30"
    off       INTEGER NOT NULL
) STRICT;

CREATE TABLE proposal (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind    TEXT    NOT NULL,
    article INTEGER NOT NULL,
    title   TEXT    NOT NULL,
    of      INTEGER NOT NULL,              -- the draft to correct
    made    INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    settled TEXT    NOT NULL DEFAULT '',
    draft   INTEGER NOT NULL DEFAULT 0,
    body    TEXT    NOT NULL,              -- the article, JSON
    UNIQUE (kind, article, title)
) STRICT;
CREATE INDEX proposal_waiting ON proposal (expires) WHERE settled = '';

CREATE TABLE tip (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    key     TEXT    UNIQUE,
    account INTEGER NOT NULL REFERENCES account,
    chat    TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    agreed  INTEGER NOT NULL,
    words   TEXT    NOT NULL,
    forward INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    closed  TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX tip_chat ON tip (account, chat);
CREATE INDEX tip_at ON tip (at);

CREATE TABLE watch (
    id       INTEGER PRIMARY KEY,
    editor   INTEGER NOT NULL REFERENCES editor,
    weekdays INTEGER NOT NULL,             -- mask, Sunday is 1
    from_min INTEGER NOT NULL,
    to_min   INTEGER NOT NULL
) STRICT;
CREATE INDEX watch_editor ON watch (editor);

-- notice: how a thing was when those on duty were told.
CREATE TABLE notice (
    thing TEXT    PRIMARY KEY,
    state TEXT    NOT NULL,
    at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
