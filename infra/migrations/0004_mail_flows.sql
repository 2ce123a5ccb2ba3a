-- Links that are mailed. A link's token is derived from its identifier when the mail is written, so
-- the outbox holds nothing that lets somebody in.
ALTER TABLE one_time_links ADD COLUMN mailed        INTEGER NOT NULL DEFAULT 0;
-- SHA-256 of the cookie of the browser that asked for the link, which alone may redeem it; NULL: any.
ALTER TABLE one_time_links ADD COLUMN device_hash   BLOB;
-- HMAC of that hash and of the code that may be typed there instead: the code is short, and without the
-- deployment's key it cannot be guessed from this.
ALTER TABLE one_time_links ADD COLUMN code_hash     BLOB;
ALTER TABLE one_time_links ADD COLUMN code_attempts INTEGER NOT NULL DEFAULT 0;

CREATE INDEX one_time_links_by_device ON one_time_links (device_hash, created_at)
  WHERE device_hash IS NOT NULL;
CREATE INDEX one_time_links_by_code ON one_time_links (code_hash) WHERE code_hash IS NOT NULL;

-- Anybody may ask for a link, so each mailed one clears away a few that ended a month ago.
CREATE INDEX one_time_links_mailed ON one_time_links (expires_at) WHERE mailed = 1;

CREATE TRIGGER one_time_links_inserted AFTER INSERT ON one_time_links WHEN new.mailed = 1 BEGIN
  DELETE FROM one_time_links WHERE id IN (
    SELECT id FROM one_time_links WHERE mailed = 1 AND expires_at < new.created_at - 2592000000
    ORDER BY expires_at LIMIT 4);
END;

-- Proof of an address under way: the latest a user, bound to the address it was sent to.
CREATE TABLE email_verifications (
  user_id    TEXT    PRIMARY KEY NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  id         TEXT    NOT NULL,                      -- fresh for each; its token is derived from it
  token_hash BLOB    NOT NULL,
  email_key  TEXT    NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A mail about a link that is over does not go out any more, nor again.
CREATE INDEX outbox_by_link ON outbox (json_extract(data, '$.linkId'));

CREATE TRIGGER one_time_links_ended AFTER UPDATE OF revoked_at, redeemed_at ON one_time_links
WHEN new.mailed = 1 AND coalesce(new.revoked_at, new.redeemed_at) IS NOT NULL BEGIN
  UPDATE outbox SET expires_at = min(expires_at, coalesce(new.revoked_at, new.redeemed_at))
  WHERE json_extract(data, '$.linkId') = new.id;
END;

CREATE TRIGGER email_verifications_replaced AFTER UPDATE OF id ON email_verifications BEGIN
  UPDATE outbox SET expires_at = min(expires_at, created_at)
  WHERE json_extract(data, '$.linkId') = old.id;
END;

CREATE TRIGGER email_verifications_ended AFTER DELETE ON email_verifications BEGIN
  UPDATE outbox SET expires_at = min(expires_at, created_at)
  WHERE json_extract(data, '$.linkId') = old.id;
END;

-- From where a user has signed in: SHA-256 of network address and browser.
CREATE TABLE known_devices (
  user_id      TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  device_hash  BLOB    NOT NULL,
  last_seen_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, device_hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX known_devices_by_last_seen_at ON known_devices (last_seen_at);

-- Each new one clears away a few that were not seen for half a year.
CREATE TRIGGER known_devices_inserted AFTER INSERT ON known_devices BEGIN
  DELETE FROM known_devices WHERE (user_id, device_hash) IN (
    SELECT user_id, device_hash FROM known_devices
    WHERE last_seen_at < new.last_seen_at - 15552000000 ORDER BY last_seen_at LIMIT 4);
END;

-- API keys whose owner has not been told yet that they end.
CREATE INDEX api_keys_to_be_noticed ON api_keys (expires_at) WHERE expiration_email_sent = 0;
