-- Who has left, for counting those who left after an alert.
CREATE INDEX subscriber_gone ON subscriber (gone) WHERE gone > 0;
