-- Whom a network has told of that a message was delivered to them, and that they
-- have read it: of each chunk the readers, packed by the outbox; of each lane the
-- sums, which stay when the chunks go.
ALTER TABLE chunk ADD COLUMN delivered BLOB;
ALTER TABLE chunk ADD COLUMN read BLOB;
ALTER TABLE lane ADD COLUMN delivered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lane ADD COLUMN read INTEGER NOT NULL DEFAULT 0;
