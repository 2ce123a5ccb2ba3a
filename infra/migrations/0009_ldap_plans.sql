-- What the sync learnt since (decision 20).

-- A plan is outdated once another one has begun to be applied. Counted, not timed: clocks differ.
ALTER TABLE ldap_state ADD COLUMN plans INTEGER NOT NULL DEFAULT 0;      -- that have begun to be applied
ALTER TABLE ldap_runs ADD COLUMN after_plan INTEGER NOT NULL DEFAULT 0;  -- how many had, when the run started

DROP INDEX ldap_runs_with_plan;

-- Buckets that one request reads at most: fewer, once that many were too much.
ALTER TABLE ldap_runs ADD COLUMN at_once INTEGER NOT NULL DEFAULT 1024;

CREATE TRIGGER ldap_plan_begun AFTER UPDATE OF state ON ldap_runs
WHEN new.state = 'applying' AND old.state <> 'applying' AND new.total > 0 BEGIN
  UPDATE ldap_state SET plans = plans + 1 WHERE id = 1;
END;

-- Off is no row. Whoever works at a run loses it, so that nothing more of it is applied.
CREATE TRIGGER ldap_switched_off AFTER DELETE ON configuration WHEN old.key = 'ldapEnabled' BEGIN
  UPDATE ldap_runs SET lease = NULL, lease_until = 0 WHERE finished_at IS NULL;
END;

CREATE INDEX ldap_entries_gone ON ldap_entries (kind) WHERE gone = 1;
