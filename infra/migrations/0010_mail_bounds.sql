-- How often a server may have taken the mail and did not say so: each may have been a copy (decision 17).
ALTER TABLE outbox ADD COLUMN unconfirmed INTEGER NOT NULL DEFAULT 0;

-- What ends soon goes out before what has waited for longer.
CREATE INDEX outbox_by_expires_at ON outbox (expires_at, due_at)
  WHERE state = 'queued' AND expires_at IS NOT NULL;

-- A link that was mailed is for who reads that mailbox: with the address, it leaves the account.
CREATE TRIGGER users_email_changed AFTER UPDATE OF email_key ON users
WHEN new.email_key IS NOT old.email_key BEGIN
  UPDATE one_time_links SET revoked_at = new.updated_at
  WHERE user_id = new.id AND mailed = 1 AND revoked_at IS NULL AND redeemed_at IS NULL
    AND expires_at > new.updated_at;
END;
