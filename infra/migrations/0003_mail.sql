-- Mail on its way: a row is written in the batch that causes the mail, and functions/email sends it.
-- What could let somebody in is not in it: a link's token is derived from the link's id when the mail
-- is written.
CREATE TABLE outbox (
  id             TEXT    PRIMARY KEY NOT NULL,      -- also the Message-ID's left part
  kind           TEXT    NOT NULL,
  user_id        TEXT    REFERENCES users (id) ON DELETE CASCADE,
  to_address     TEXT    NOT NULL,
  to_name        TEXT    NOT NULL,
  data           TEXT    NOT NULL,                  -- JSON object of strings, never a token
  created_at     INTEGER NOT NULL,
  expires_at     INTEGER,                           -- when what it speaks of ends; NULL: never
  state          TEXT    NOT NULL DEFAULT 'queued', -- queued, sent, refused, expired, given_up
  attempts       INTEGER NOT NULL DEFAULT 0,
  due_at         INTEGER NOT NULL,                  -- when it may be taken; of a claim: its end
  claim          TEXT,                              -- of the dispatcher that has it now
  handed_over_at INTEGER,                           -- when the attempt under way, or a cut-off one, began
  reply          TEXT,                              -- the server's last words
  ended_at       INTEGER
) STRICT;

CREATE INDEX outbox_by_due_at   ON outbox (due_at) WHERE state = 'queued';
CREATE INDEX outbox_by_user     ON outbox (user_id, created_at);
CREATE INDEX outbox_by_ended_at ON outbox (ended_at) WHERE ended_at IS NOT NULL;

-- Each mail clears away a few that ended a month ago, so the outbox needs no cleaner.
CREATE TRIGGER outbox_inserted AFTER INSERT ON outbox BEGIN
  DELETE FROM outbox WHERE id IN (
    SELECT id FROM outbox WHERE ended_at < new.created_at - 2592000000
    ORDER BY ended_at LIMIT 4);
END;
