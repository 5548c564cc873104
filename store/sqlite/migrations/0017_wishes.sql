-- What readers want of alerts, so that an audience is counted by the index alone.
CREATE INDEX subscriber_wishes ON subscriber (account, breaking, important, follows, paused) WHERE gone = 0;
