-- When things were, so that what is old is found without reading what is not.
CREATE INDEX inbound_at ON inbound (at);
CREATE INDEX memo_at ON memo (at);
