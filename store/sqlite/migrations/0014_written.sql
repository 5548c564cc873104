-- Whether a reader has written to us in their chats. An import, or a line of the
-- configuration, is nobody's word; further chats were linked by a code, which
-- says it of all of them.
ALTER TABLE subscriber ADD COLUMN wrote INTEGER NOT NULL DEFAULT 0;
UPDATE subscriber SET wrote = 1
WHERE id IN (SELECT subscriber FROM consent WHERE how NOT IN ('import', 'configuration'))
   OR id IN (SELECT subscriber FROM further);
