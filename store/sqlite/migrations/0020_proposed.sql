-- What is proposed of an article for one draft does not stand in the way of what
-- is proposed for another.
CREATE TABLE worded AS SELECT * FROM suggestion;
DELETE FROM suggestion;
CREATE TABLE proposed (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind    TEXT    NOT NULL,
    source  TEXT    NOT NULL,              -- of the article
    article INTEGER NOT NULL,
    title   TEXT    NOT NULL,              -- its headline; of words without an article, the key of the request
    link    TEXT    NOT NULL,              -- where it stands: two feeds of a site may bring it
    of      INTEGER NOT NULL,              -- the draft to correct
    made    INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    settled TEXT    NOT NULL DEFAULT '',
    draft   INTEGER NOT NULL DEFAULT 0,
    quiet   INTEGER NOT NULL DEFAULT 0,    -- it got no letter of its own: there were too many within the hour
    body    TEXT    NOT NULL,              -- the article, JSON
    UNIQUE (kind, article, title, of)
) STRICT;
INSERT INTO proposed (id, kind, source, article, title, link, of, made, expires, settled, draft, quiet, body)
    SELECT id, kind, source, article, iif(of > 0 AND instr(title, char(10)) > 0, substr(title, 1, instr(title, char(10)) - 1), title),
        link, of, made, expires, settled, draft, quiet, body FROM proposal ORDER BY id;
DROP TABLE proposal;
ALTER TABLE proposed RENAME TO proposal;
CREATE INDEX proposal_waiting ON proposal (expires) WHERE settled = '';
CREATE INDEX proposal_source ON proposal (source, quiet, made);
CREATE INDEX proposal_quiet ON proposal (source, id) WHERE quiet = 1 AND settled = '';
CREATE INDEX proposal_link ON proposal (link, made) WHERE kind = 'breaking' AND link <> '';
INSERT INTO suggestion SELECT * FROM worded;
DROP TABLE worded;
