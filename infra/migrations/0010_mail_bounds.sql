-- How often a server may have taken the mail and did not say so: each may have been a copy (decision 17).
ALTER TABLE outbox ADD COLUMN unconfirmed INTEGER NOT NULL DEFAULT 0;
