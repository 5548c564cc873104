-- What a site proposes, and whether it got no letter of its own: there were too
-- many within the hour.
ALTER TABLE proposal ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE proposal ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;
CREATE INDEX proposal_source ON proposal (source, quiet, made);
CREATE INDEX proposal_quiet ON proposal (source, id) WHERE quiet = 1 AND settled = '';
