-- Processes that work on this database, each of which tells now and then that it lives.
CREATE TABLE nodes (
    id INTEGER NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    works INTEGER NOT NULL,
    version TEXT NOT NULL,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    beat_at TEXT NOT NULL
) STRICT;
CREATE INDEX nodes_beat ON nodes (beat_at);

-- When something was last done that leaves no other trace: a backup.
CREATE TABLE operation_marks (
    name TEXT NOT NULL PRIMARY KEY,
    done_at TEXT NOT NULL,
    details TEXT NOT NULL
) STRICT;

-- People whose names and addresses are replaced by a pseudonym. What is looked for (`sought`) is forgotten once it is done.
CREATE TABLE erasures (
    id INTEGER NOT NULL PRIMARY KEY,
    person_id INTEGER REFERENCES people (id),
    account_id INTEGER REFERENCES accounts (id),
    pseudonym TEXT NOT NULL,
    sought TEXT,
    state TEXT NOT NULL,
    step INTEGER NOT NULL,
    walked INTEGER NOT NULL,
    replaced TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE INDEX erasures_of_person ON erasures (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX erasures_of_account ON erasures (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX erasures_running ON erasures (id) WHERE state = 'running';

-- What stands in an entry of the audit record instead of what was sealed. Never changes itself; a sealed entry
-- (`audit.redact`) vouches for each.
CREATE TABLE audit_redactions (
    id INTEGER NOT NULL PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES audit_entries (id),
    object TEXT NOT NULL,
    details TEXT NOT NULL,
    redacted_at TEXT NOT NULL
) STRICT;
CREATE INDEX audit_redactions_of_entry ON audit_redactions (entry_id);
CREATE TRIGGER audit_redactions_frozen_update BEFORE UPDATE ON audit_redactions
    BEGIN SELECT RAISE(ABORT, 'rows of audit_redactions never change'); END;
CREATE TRIGGER audit_redactions_frozen_delete BEFORE DELETE ON audit_redactions
    BEGIN SELECT RAISE(ABORT, 'rows of audit_redactions never change'); END;

-- An entry is sealed once; after that its object and details may become what a redaction says, and nothing else of it ever changes.
DROP TRIGGER audit_entries_frozen_update;
CREATE TRIGGER audit_entries_frozen_update BEFORE UPDATE ON audit_entries
    WHEN NEW.id IS NOT OLD.id
        OR NEW.recorded_at IS NOT OLD.recorded_at OR NEW.actor IS NOT OLD.actor OR NEW.account_id IS NOT OLD.account_id
        OR NEW.action IS NOT OLD.action OR NEW.request_id IS NOT OLD.request_id
        OR NEW.acting_id IS NOT OLD.acting_id OR NEW.address IS NOT OLD.address
        OR (NEW.object IS OLD.object AND NEW.details IS OLD.details AND (OLD.place IS NOT NULL OR NEW.place IS NULL OR NEW.hash IS NULL))
        OR ((NEW.object IS NOT OLD.object OR NEW.details IS NOT OLD.details) AND (NEW.place IS NOT OLD.place OR NEW.hash IS NOT OLD.hash
            OR NOT EXISTS (SELECT 1 FROM audit_redactions r WHERE r.entry_id = OLD.id AND r.object = NEW.object AND r.details = NEW.details)))
    BEGIN SELECT RAISE(ABORT, 'rows of audit_entries never change'); END;

CREATE TRIGGER erasures_noted_insert AFTER INSERT ON erasures BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'erasures', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER erasures_noted_update AFTER UPDATE ON erasures BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'erasures', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- What was given up is counted every few seconds.
CREATE INDEX punchout_documents_parked ON punchout_documents (id) WHERE state = 'parked';
