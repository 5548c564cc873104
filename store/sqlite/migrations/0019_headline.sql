-- The headline with which an article went out, and where a proposed one stands:
-- two feeds of a site may bring it.
ALTER TABLE item ADD COLUMN title TEXT NOT NULL DEFAULT '';
UPDATE item SET title = coalesce((SELECT title FROM article WHERE article.id = item.article), '');
ALTER TABLE proposal ADD COLUMN link TEXT NOT NULL DEFAULT '';
CREATE INDEX proposal_link ON proposal (link, made) WHERE kind = 'breaking' AND link <> '';
