-- The further chats of readers, beside the one that subscriber names.
CREATE TABLE further (
    account    INTEGER NOT NULL REFERENCES account,
    chat       TEXT    NOT NULL,
    subscriber INTEGER NOT NULL REFERENCES subscriber,
    linked     INTEGER NOT NULL,           -- when
    home       INTEGER NOT NULL DEFAULT 0, -- 1: broadcasts belong here; the account is lost
    PRIMARY KEY (account, chat)
) STRICT, WITHOUT ROWID;
CREATE INDEX further_subscriber ON further (subscriber);

-- Other numbers and accounts under which a reader has receipts.
CREATE TABLE former (
    subscriber INTEGER NOT NULL REFERENCES subscriber,
    account    INTEGER NOT NULL REFERENCES account,
    id         INTEGER NOT NULL,
    PRIMARY KEY (subscriber, account, id)
) STRICT, WITHOUT ROWID;

-- The codes that were given and not taken yet.
CREATE TABLE code (
    hash    BLOB    PRIMARY KEY,           -- keyed, like forgotten
    account INTEGER NOT NULL REFERENCES account,
    chat    TEXT    NOT NULL,
    expires INTEGER NOT NULL,
    UNIQUE (account, chat)
) STRICT, WITHOUT ROWID;

-- The accounts that cannot send for a reason of ours.
CREATE TABLE lost (
    account INTEGER PRIMARY KEY REFERENCES account,
    at      INTEGER NOT NULL
) STRICT;
