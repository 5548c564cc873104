CREATE TABLE account (
    id     INTEGER PRIMARY KEY,
    name   TEXT    NOT NULL UNIQUE,
    epoch  INTEGER NOT NULL DEFAULT 0,
    halted TEXT    NOT NULL DEFAULT ''     -- why it may not send; empty: it may
) STRICT;
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
CREATE TABLE article (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    source     TEXT    NOT NULL,
    key        TEXT    NOT NULL,
    url        TEXT    NOT NULL,
    short_url  TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    lead       TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    image      TEXT    NOT NULL,
    author     TEXT    NOT NULL,
    categories TEXT    NOT NULL,           -- JSON
    published  INTEGER NOT NULL,
    modified   INTEGER NOT NULL,
    section    TEXT    NOT NULL,
    matched    INTEGER NOT NULL,
    form       TEXT    NOT NULL,
    urgent     INTEGER NOT NULL,
    arrived    INTEGER NOT NULL,
    archive    INTEGER NOT NULL,
    moment     INTEGER NOT NULL,           -- published, or arrived where that is missing or later
    fresh      INTEGER NOT NULL,           -- 1: neither sent singly nor left to the digests
    late       INTEGER NOT NULL DEFAULT 0, -- the number it counts as, when an edition went past while it waited as urgent
    UNIQUE (source, key)
) STRICT;
CREATE INDEX article_arrived ON article (arrived, section, archive);
CREATE INDEX article_fresh ON article (id) WHERE fresh = 1;
CREATE INDEX article_late ON article (late) WHERE late > 0;
CREATE INDEX article_moment ON article (moment);
CREATE INDEX article_section ON article (section, moment);
CREATE TRIGGER audit_grows BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id >= NEW.id AND NEW.id > 0)
BEGIN SELECT raise(ABORT, 'the log of the desk is never changed'); END;
CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the log of the desk is never shortened'); END;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the log of the desk is never changed'); END;
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
CREATE INDEX audit_at ON audit (at);
CREATE TABLE broadcast (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    original    INTEGER REFERENCES broadcast, -- what a correction or a withdrawal is about
    slot        TEXT    NOT NULL,
    date        TEXT    NOT NULL,
    items       TEXT    NOT NULL,          -- JSON
    words       TEXT    NOT NULL,
    link        TEXT    NOT NULL,
    audience    TEXT    NOT NULL,          -- JSON
    silent      INTEGER NOT NULL,
    auto        INTEGER NOT NULL,
    article     INTEGER REFERENCES article, -- of an automatic one
    window_from INTEGER NOT NULL,
    window_to   INTEGER NOT NULL,
    asof        INTEGER NOT NULL,
    since       INTEGER NOT NULL,
    published   INTEGER NOT NULL,
    expires     INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    finished    INTEGER NOT NULL DEFAULT 0,
    purged      INTEGER NOT NULL DEFAULT 0 -- 1: its receipts are gone
, intro TEXT NOT NULL DEFAULT '', media TEXT NOT NULL DEFAULT '{}', trial INTEGER NOT NULL DEFAULT 0, stalled INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE UNIQUE INDEX broadcast_article ON broadcast (kind, article) WHERE article IS NOT NULL;
CREATE UNIQUE INDEX broadcast_edition ON broadcast (slot, date) WHERE kind = 'digest';
CREATE INDEX broadcast_kept ON broadcast (published) WHERE purged = 0;
CREATE INDEX broadcast_open ON broadcast (state) WHERE state IN ('running', 'paused');
CREATE INDEX broadcast_published ON broadcast (published);
CREATE TABLE chunk (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    broadcast INTEGER NOT NULL,
    account   INTEGER NOT NULL,
    channels  INTEGER NOT NULL,
    lo        INTEGER NOT NULL,
    hi        INTEGER NOT NULL,
    epoch     INTEGER NOT NULL,            -- of the account's owner who opened it last
    closed    INTEGER NOT NULL DEFAULT 0,
    sent      INTEGER NOT NULL DEFAULT 0,
    old_news  INTEGER NOT NULL DEFAULT 0,
    failed    INTEGER NOT NULL DEFAULT 0,
    unknown   INTEGER NOT NULL DEFAULT 0,
    deferred  INTEGER NOT NULL DEFAULT 0,
    gone      INTEGER NOT NULL DEFAULT 0,
    receipts  BLOB, delivered BLOB, read BLOB,                        -- packed by the outbox
    FOREIGN KEY (broadcast, account, channels) REFERENCES lane
) STRICT;
CREATE UNIQUE INDEX chunk_hi ON chunk (broadcast, account, channels, hi);
CREATE INDEX chunk_open ON chunk (account, broadcast, channels) WHERE closed = 0;
CREATE TABLE client (
    editor     INTEGER PRIMARY KEY REFERENCES editor,
    name       TEXT    NOT NULL UNIQUE,
    hash       BLOB    NOT NULL,
    scopes     TEXT    NOT NULL,           -- parted by commas
    per_minute INTEGER NOT NULL,
    until      INTEGER NOT NULL,           -- 0: for good
    used       TEXT    NOT NULL DEFAULT '' -- the last day
) STRICT;
CREATE TABLE clock (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL
) STRICT;
CREATE TABLE code (
    hash    BLOB    PRIMARY KEY,           -- keyed, like forgotten
    account INTEGER NOT NULL REFERENCES account,
    chat    TEXT    NOT NULL,
    expires INTEGER NOT NULL,
    UNIQUE (account, chat)
) STRICT, WITHOUT ROWID;
CREATE TABLE consent (
    id         INTEGER PRIMARY KEY,
    subscriber INTEGER NOT NULL REFERENCES subscriber,
    at         INTEGER NOT NULL,
    how        TEXT    NOT NULL,
    words      TEXT    NOT NULL
) STRICT;
CREATE INDEX consent_subscriber ON consent (subscriber);
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
CREATE INDEX draft_article ON draft (article) WHERE article > 0;
CREATE INDEX draft_broadcast ON draft (broadcast) WHERE broadcast > 0;
CREATE INDEX draft_live ON draft (id) WHERE state NOT IN ('done', 'stopped', 'dropped');
CREATE INDEX draft_root ON draft (root, id) WHERE root > 0;
CREATE TABLE edition (
    slot     TEXT    NOT NULL,
    date     TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    body     TEXT    NOT NULL,             -- JSON
    PRIMARY KEY (slot, date)
) STRICT, WITHOUT ROWID;
CREATE TABLE editor (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT    NOT NULL,
    role     TEXT    NOT NULL,
    sections TEXT    NOT NULL,             -- slugs, parted by commas
    revision INTEGER NOT NULL,
    joined   INTEGER NOT NULL,
    gone     INTEGER NOT NULL DEFAULT 0    -- when they were removed
) STRICT;
CREATE TABLE fetch (
    source        TEXT    NOT NULL,
    url           TEXT    NOT NULL,
    etag          TEXT    NOT NULL,
    last_modified TEXT    NOT NULL,
    full_at       INTEGER NOT NULL,
    checked_at    INTEGER NOT NULL,
    ok_at         INTEGER NOT NULL,
    failures      INTEGER NOT NULL,
    retry_at      INTEGER NOT NULL,
    status        TEXT    NOT NULL,
    problem       TEXT    NOT NULL,
    PRIMARY KEY (source, url)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE forgotten (
    hash BLOB PRIMARY KEY,
    at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE forgotten_key (
    id  INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE
) STRICT;
CREATE TABLE former (
    subscriber INTEGER NOT NULL REFERENCES subscriber,
    account    INTEGER NOT NULL REFERENCES account,
    id         INTEGER NOT NULL,
    PRIMARY KEY (subscriber, account, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE further (
    account    INTEGER NOT NULL REFERENCES account,
    chat       TEXT    NOT NULL,
    subscriber INTEGER NOT NULL REFERENCES subscriber,
    linked     INTEGER NOT NULL,           -- when
    home       INTEGER NOT NULL DEFAULT 0, -- 1: broadcasts belong here; the account is lost
    PRIMARY KEY (account, chat)
) STRICT, WITHOUT ROWID;
CREATE INDEX further_subscriber ON further (subscriber);
CREATE TABLE inbound (
    account INTEGER NOT NULL REFERENCES account,
    key     TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (account, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbound_at ON inbound (at);
CREATE TABLE invitation (
    hash     BLOB    PRIMARY KEY,
    role     TEXT    NOT NULL,
    sections TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    editor   INTEGER NOT NULL,             -- who gets a seat; 0: somebody new
    by       INTEGER NOT NULL,
    expires  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE item (
    article   INTEGER NOT NULL,
    broadcast INTEGER NOT NULL REFERENCES broadcast, title TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (article, broadcast)
) STRICT, WITHOUT ROWID;
CREATE TABLE lane (
    broadcast INTEGER NOT NULL REFERENCES broadcast,
    account   INTEGER NOT NULL REFERENCES account,
    channels  INTEGER NOT NULL,
    state     TEXT    NOT NULL,
    reason    TEXT    NOT NULL DEFAULT '', -- why the outbox has paused it
    cursor    INTEGER NOT NULL DEFAULT 0,  -- everybody up to here is in a chunk
    ended     INTEGER NOT NULL DEFAULT 0,
    sent      INTEGER NOT NULL DEFAULT 0,  -- the sums of its chunks
    old_news  INTEGER NOT NULL DEFAULT 0,
    failed    INTEGER NOT NULL DEFAULT 0,
    unknown   INTEGER NOT NULL DEFAULT 0,
    deferred  INTEGER NOT NULL DEFAULT 0,
    gone      INTEGER NOT NULL DEFAULT 0, delivered INTEGER NOT NULL DEFAULT 0, read INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (broadcast, account, channels)
) STRICT, WITHOUT ROWID;
CREATE INDEX lane_open ON lane (account) WHERE state IN ('running', 'paused');
CREATE TABLE look (
    account INTEGER NOT NULL REFERENCES account,
    chat    TEXT    NOT NULL,
    thing   TEXT    NOT NULL,
    body    TEXT    NOT NULL,              -- JSON
    PRIMARY KEY (account, chat, thing)
) STRICT, WITHOUT ROWID;
CREATE TABLE lost (
    account INTEGER PRIMARY KEY REFERENCES account,
    at      INTEGER NOT NULL
) STRICT;
CREATE TABLE memo (
    account INTEGER NOT NULL REFERENCES account,
    chat    TEXT    NOT NULL,
    memo    BLOB    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (account, chat)
) STRICT, WITHOUT ROWID;
CREATE INDEX memo_at ON memo (at);
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE note (
    account INTEGER NOT NULL REFERENCES account,
    key     TEXT    NOT NULL,
    value   BLOB    NOT NULL,
    PRIMARY KEY (account, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE notice (
    thing TEXT    PRIMARY KEY,
    state TEXT    NOT NULL,
    at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE printed (
    draft     INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    broadcast INTEGER NOT NULL REFERENCES broadcast,
    PRIMARY KEY (draft, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE "proposal" (
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
CREATE INDEX proposal_link ON proposal (link, made) WHERE kind = 'breaking' AND link <> '';
CREATE INDEX proposal_quiet ON proposal (source, id) WHERE quiet = 1 AND settled = '';
CREATE INDEX proposal_source ON proposal (source, quiet, made);
CREATE INDEX proposal_waiting ON proposal (expires) WHERE settled = '';
CREATE TABLE reply (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    account  INTEGER NOT NULL REFERENCES account,
    chat     TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    message  TEXT    NOT NULL,             -- JSON
    edit     TEXT    NOT NULL,
    part     INTEGER NOT NULL,
    due      INTEGER NOT NULL,
    attempts INTEGER NOT NULL
) STRICT;
CREATE INDEX reply_account ON reply (account, id);
CREATE INDEX reply_chat ON reply (chat);
CREATE TABLE retry (
    broadcast  INTEGER NOT NULL,
    account    INTEGER NOT NULL,
    channels   INTEGER NOT NULL,
    subscriber INTEGER NOT NULL,
    part       INTEGER NOT NULL,
    ids        TEXT    NOT NULL,           -- JSON: of the parts that were sent
    variant    INTEGER NOT NULL,
    due        INTEGER NOT NULL,
    attempts   INTEGER NOT NULL,
    reason     TEXT    NOT NULL,           -- why it waits
    PRIMARY KEY (broadcast, account, channels, subscriber),
    FOREIGN KEY (broadcast, account, channels) REFERENCES lane
) STRICT, WITHOUT ROWID;
CREATE INDEX retry_due ON retry (account, due);
CREATE INDEX retry_subscriber ON retry (subscriber);
CREATE TABLE seat (
    account INTEGER NOT NULL REFERENCES account,
    chat    TEXT    NOT NULL,
    editor  INTEGER NOT NULL REFERENCES editor,
    PRIMARY KEY (account, chat)
) STRICT, WITHOUT ROWID;
CREATE INDEX seat_editor ON seat (editor);
CREATE TABLE section (
    id     INTEGER PRIMARY KEY,
    slug   TEXT    NOT NULL UNIQUE,
    parent TEXT    NOT NULL DEFAULT '',
    place  INTEGER NOT NULL DEFAULT -1     -- in the menu; -1: not configured
) STRICT;
CREATE TABLE shift (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    name      TEXT    NOT NULL,
    slot      TEXT    NOT NULL,
    from_date TEXT    NOT NULL,
    to_date   TEXT    NOT NULL,            -- empty: until it is taken back
    at        TEXT    NOT NULL,            -- "07:30"
    off       INTEGER NOT NULL
, weekdays INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE slot (
    bit   INTEGER PRIMARY KEY,             -- of the masks in subscriber and subscription
    name  TEXT    NOT NULL UNIQUE,
    place INTEGER NOT NULL DEFAULT -1      -- in the day; -1: not configured
) STRICT;
CREATE TABLE source (
    source   TEXT PRIMARY KEY,
    complete INTEGER NOT NULL              -- 1: read as far as needed at least once
) STRICT, WITHOUT ROWID;
CREATE TABLE subscriber (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    account  INTEGER NOT NULL REFERENCES account,
    chat     TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    channel  INTEGER NOT NULL,             -- 1 for the kind "channel"
    pace     TEXT    NOT NULL,
    slots    INTEGER NOT NULL,             -- mask of slot.bit
    follows  TEXT    NOT NULL,             -- slugs, parted by commas
    breaking INTEGER NOT NULL,
    quiet    INTEGER NOT NULL,
    paused   INTEGER NOT NULL,             -- until when; the highest number: until they resume
    floor    INTEGER NOT NULL,
    seq      INTEGER NOT NULL,             -- clock.seq when they joined
    joined   INTEGER NOT NULL,
    gone     INTEGER NOT NULL DEFAULT 0,   -- when they left
    reason   TEXT    NOT NULL DEFAULT '', important INTEGER NOT NULL DEFAULT 0, wrote INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account, chat)
) STRICT;
CREATE INDEX subscriber_active ON subscriber (account, channel, id) WHERE gone = 0;
CREATE INDEX subscriber_gone ON subscriber (gone) WHERE gone > 0;
CREATE INDEX subscriber_wishes ON subscriber (account, breaking, important, follows, paused) WHERE gone = 0;
CREATE TABLE subscription (
    section    INTEGER NOT NULL REFERENCES section,
    account    INTEGER NOT NULL REFERENCES account,
    channel    INTEGER NOT NULL,
    subscriber INTEGER NOT NULL REFERENCES subscriber,
    since      INTEGER NOT NULL,           -- clock.seq when they followed it
    wants      INTEGER NOT NULL,           -- 1: breaking news, 2: each article, 4 << bit: the digest of a slot
    PRIMARY KEY (section, account, channel, subscriber)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscription_each ON subscription (section, account, channel, subscriber, since, wants) WHERE wants & 2;
CREATE INDEX subscription_subscriber ON subscription (subscriber);
CREATE TABLE suggestion (
    proposal INTEGER PRIMARY KEY REFERENCES proposal,
    by       INTEGER NOT NULL REFERENCES editor,
    content  TEXT    NOT NULL              -- JSON
) STRICT;
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
, file_ref TEXT NOT NULL DEFAULT '', file_kind TEXT NOT NULL DEFAULT '', file_size INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX tip_at ON tip (at);
CREATE INDEX tip_chat ON tip (account, chat);
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
CREATE TABLE urgent (
    article INTEGER PRIMARY KEY REFERENCES article,
    due     INTEGER NOT NULL,
    settled INTEGER NOT NULL DEFAULT 0      -- 1: it has been decided
) STRICT;
CREATE TABLE variant (
    broadcast INTEGER NOT NULL REFERENCES broadcast,
    account   INTEGER NOT NULL REFERENCES account,
    version   INTEGER NOT NULL,
    n         INTEGER NOT NULL,
    articles  TEXT    NOT NULL,            -- JSON
    parts     INTEGER NOT NULL,
    PRIMARY KEY (broadcast, account, version, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE watch (
    id       INTEGER PRIMARY KEY,
    editor   INTEGER NOT NULL REFERENCES editor,
    weekdays INTEGER NOT NULL,             -- mask, Sunday is 1
    from_min INTEGER NOT NULL,
    to_min   INTEGER NOT NULL
) STRICT;
CREATE INDEX watch_editor ON watch (editor);
CREATE TABLE wording (
    draft   INTEGER NOT NULL REFERENCES draft,
    version INTEGER NOT NULL,
    content TEXT    NOT NULL,              -- JSON
    PRIMARY KEY (draft, version)
) STRICT, WITHOUT ROWID;
