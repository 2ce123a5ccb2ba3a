-- How often a server may have taken the mail and did not say so: each may have been a copy (decision 17).
ALTER TABLE outbox ADD COLUMN unconfirmed INTEGER NOT NULL DEFAULT 0;

-- What ends soon goes out before what has waited for longer.
CREATE INDEX outbox_by_expires_at ON outbox (expires_at, due_at)
  WHERE state = 'queued' AND expires_at IS NOT NULL;
