-- Staff who act for accounts: in their session, for a while, with a reason. Sessions go, this stays.
CREATE TABLE actings (
    id INTEGER NOT NULL PRIMARY KEY,
    session_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    reason TEXT NOT NULL,
    started_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
-- One at a time.
CREATE UNIQUE INDEX actings_in_force ON actings (session_id) WHERE ended_at IS NULL;
CREATE INDEX actings_of_account ON actings (account_id, id);

-- What was done while somebody acted for the account.
ALTER TABLE audit_entries ADD COLUMN acting_id INTEGER;
CREATE INDEX audit_entries_of_account ON audit_entries (account_id, id);
CREATE INDEX audit_entries_of_actor ON audit_entries (actor, id);
