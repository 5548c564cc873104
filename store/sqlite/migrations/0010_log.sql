-- The log of the desk is read from a day on, without what was before it.
CREATE INDEX audit_at ON audit (at);
