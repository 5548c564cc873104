-- look: what an editor's chat has before it to decide on, so that words about
-- it mean what was shown: a digest, or a change of the calendar.
CREATE TABLE look (
    account INTEGER NOT NULL REFERENCES account,
    chat    TEXT    NOT NULL,
    thing   TEXT    NOT NULL,
    body    TEXT    NOT NULL,              -- JSON
    PRIMARY KEY (account, chat, thing)
) STRICT, WITHOUT ROWID;

-- What stands above an edition.
ALTER TABLE broadcast ADD COLUMN intro TEXT NOT NULL DEFAULT '';
